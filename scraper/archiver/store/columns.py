"""How records become column values and back: times as ISO 8601 text in UTC, lists as JSON. No SQL."""

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from scraper.archiver.store.database import Row
from scraper.records import Precision, Redirect, Timestamp, Validators

Record = TypeVar("Record")
Read = Callable[[Row, str], object]

StampColumns = tuple[str | None, str | None, int | None, str | None]
"""A Timestamp as its four columns: UTC text, precision, offset in minutes, as written."""

HOUR = len("2026-11-22T12")
"""How much of a time's text names its clock hour."""

_SECONDS = len("2026-11-22T12:00:00")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_text(moment: datetime) -> str:
    """`moment` as ``2026-11-22T12:00:00Z``: one form for all times, so that text order is time order."""
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return in_utc.isoformat(timespec="seconds")[:_SECONDS] + "Z"


def to_text_rounded_up(moment: datetime) -> str:
    """The first full second not before `moment`: for waiting times, which must never end early."""
    return to_text(moment if moment.microsecond == 0 else moment + timedelta(seconds=1))


def text_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def to_moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else to_moment(text)


def stamp_columns(stamp: Timestamp | None) -> StampColumns:
    if stamp is None:
        return (None, None, None, None)
    return (to_text(stamp.at), stamp.precision.value, stamp.offset_minutes, stamp.raw)


def stamp_from(row: Row, name: str) -> Timestamp | None:
    """The Timestamp in the columns `name`, `name`_precision, `name`_offset_minutes and `name`_raw."""
    at = row[name]
    if at is None:
        return None
    return Timestamp(
        at=to_moment(at),
        offset_minutes=row[f"{name}_offset_minutes"],
        precision=Precision(row[f"{name}_precision"] or Precision.SECOND),
        raw=row[f"{name}_raw"] or at,
    )


def to_json(value: object) -> str:
    return _ENCODER.encode(value)


def json_or_none(values: Sequence[object] | Mapping[str, object]) -> str | None:
    """JSON of what is not empty; nothing is NULL."""
    return to_json(values) if values else None


def strings_from(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def redirects_column(redirects: Sequence[Redirect]) -> str | None:
    return json_or_none([{"url": hop.url, "status": hop.status, "location": hop.location} for hop in redirects])


def validators_from(row: Row) -> Validators | None:
    if row["etag"] is None and row["last_modified"] is None:
        return None
    return Validators(etag=row["etag"], last_modified=row["last_modified"])


def flag(value: bool | None) -> int | None:
    return None if value is None else int(value)


def record_from(kind: type[Record], row: Row, /, **others: object) -> Record:
    """A record whose fields are the columns of their names, each read as the field's type says; `others` are given.

    Times, flags, words of an enum and lists (JSON) become what they are; a Timestamp and Validators, which stand in
    several columns, are put together.
    """
    return kind(**{name: read(row, name) for name, read in _readers(cast("Any", kind)) if name not in others}, **others)


def records_from(kind: type[Record], rows: Iterable[Row]) -> tuple[Record, ...]:
    """A record of each row."""
    return tuple(record_from(kind, row) for row in rows)


@lru_cache
def _readers(kind: Any) -> tuple[tuple[str, Read], ...]:
    return tuple((name, _reader(hint)) for name, hint in get_type_hints(kind).items())


def _reader(hint: Any) -> Read:
    if hint == Timestamp | None:
        return stamp_from
    if hint == Validators | None:
        return lambda row, _: validators_from(row)
    is_optional = isinstance(hint, UnionType)
    convert = _converter(get_args(hint)[0] if is_optional else hint)
    if convert is None:
        return Row.__getitem__
    return lambda row, name: None if (value := row[name]) is None and is_optional else convert(value)


def _converter(kind: Any) -> Callable[[Any], object] | None:
    """What makes one of `kind` of a value; None where it is one already."""
    if get_origin(kind) in (tuple, frozenset):
        return _collector(get_origin(kind), _converter(get_args(kind)[0]))
    if get_origin(kind) is Mapping:
        return lambda text: json.loads(text or "{}")
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return lambda fields: kind(**fields)
    if kind is datetime:
        return to_moment
    is_made_of_it = kind is bool or (isinstance(kind, type) and issubclass(kind, StrEnum))
    return kind if is_made_of_it else None


def _collector(collect: Callable[[Any], object], convert: Callable[[Any], object] | None) -> Callable[[Any], object]:
    def read(text: str | None) -> object:
        items = json.loads(text or "[]")
        return collect(map(convert, items) if convert else items)

    return read
