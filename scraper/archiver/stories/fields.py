"""Reads the fields of a JSON object as what they should be, and says of those that are not where and what. Pure."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, TypeVar

from scraper.archiver.store.columns import to_text
from scraper.dates.reading import parse_epoch, parse_timestamp
from scraper.errors import StoryError
from scraper.records import Precision, Timestamp

Word = TypeVar("Word", bound=StrEnum)

_UTC_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_DAY_LENGTH = len("2024-10-26")
_MOST = 2**63 - 1
_MOST_OFFSET = 24 * 60 - 1
_SHOWN = 60


class Fields:
    """The fields of one JSON object. Every method raises StoryError where a field is not what it should be.

    A field that is missing is the same as one that is null. What is not asked for is passed over.
    """

    def __init__(self, document: object, place: str = "") -> None:
        self.place = place
        if not isinstance(document, dict):
            raise StoryError(f"{place or 'the line'}: a JSON object is needed, not {_shown(document)}")
        self._values: dict[str, Any] = document

    def has(self, name: str) -> bool:
        return self._values.get(name) is not None

    def text(self, name: str) -> str | None:
        value = self._values.get(name)
        return None if value is None else self._text(name, value)

    def needed(self, name: str) -> str:
        """A text that must not be missing."""
        text = self.text(name)
        if not text:
            raise self.wrong(name, "is missing")
        return text

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._text(f"{name}[{place}]", value) for place, value in enumerate(self.items(name)))

    def words(self, name: str) -> dict[str, str]:
        """An object of texts."""
        value = self._values.get(name)
        inner = Fields({} if value is None else value, self._place(name))
        return {inner._text(key, key): inner.needed(key) for key in inner._values}

    def number(self, name: str, least: int = 0) -> int | None:
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _MOST:
            raise self.wrong(name, f"a whole number of {least} or more is needed, not {_shown(value)}")
        return value

    def flag(self, name: str) -> bool | None:
        value = self._values.get(name)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(name, f"true, false or null is needed, not {_shown(value)}")
        return value

    def word(self, name: str, kind: type[Word], default: Word | None = None) -> Word:
        """One of the words of `kind`; `default` where it is missing."""
        value = self.text(name)
        if value is None and default is not None:
            return default
        if value not in {word.value for word in kind}:
            known = ", ".join(word.value for word in kind)
            raise self.wrong(name, f"one of {known} is needed, not {_shown(value)}")
        return kind(value)

    def objects(self, name: str) -> Iterator["Fields"]:
        return (Fields(value, self._place(f"{name}[{place}]")) for place, value in enumerate(self.items(name)))

    def inner(self, name: str) -> "Fields":
        """The object of that name; one without fields where it is missing."""
        value = self._values.get(name)
        return Fields({} if value is None else value, self._place(name))

    def moment(self, name: str) -> str | None:
        """A time with its zone, as UTC text."""
        text = self.text(name)
        if text is None:
            return None
        try:
            moment = datetime.fromisoformat(text)
            if _UTC_TEXT.fullmatch(text):
                return text
            if moment.tzinfo is not None:
                return to_text(moment)
        except (ValueError, OverflowError):
            pass
        raise self.wrong(name, f"a time such as 2026-11-22T12:00:00Z is needed, not {_shown(text)}")

    def needed_moment(self, name: str) -> str:
        moment = self.moment(name)
        if moment is None:
            raise self.wrong(name, "is missing")
        return moment

    def stamp(self, name: str) -> Timestamp | None:
        """The Timestamp that :func:`stamp_data` wrote; what others wrote, as the dates of web pages are read."""
        value = self._values.get(name)
        if value is None:
            return None
        raw = self.text(f"{name}_raw")
        if not self.has(f"{name}_precision"):
            return self._foreign_stamp(name, value, raw)
        precision = self.word(f"{name}_precision", Precision)
        offset = self.number(f"{name}_offset_minutes", -_MOST_OFFSET)
        if offset is not None and offset > _MOST_OFFSET:
            raise self.wrong(f"{name}_offset_minutes", f"{offset} minutes are more than a day")
        text = self.needed(name)
        at = moment_of(text, offset)
        if at is None:
            raise self.wrong(name, f"a time such as 2026-11-22T12:00:00+01:00 is needed, not {_shown(text)}")
        return Timestamp(at=at, offset_minutes=offset, precision=precision, raw=text if raw is None else raw)

    def _foreign_stamp(self, name: str, value: object, raw: str | None) -> Timestamp:
        if isinstance(value, int | float) and not isinstance(value, bool):
            found = parse_epoch(str(int(value))) if abs(value) < _MOST else None
        else:
            found = parse_timestamp(self._text(name, value))
        if found is None:
            raise self.wrong(name, f"no date that can be read: {_shown(value)}")
        if raw is None:
            return found
        return Timestamp(at=found.at, offset_minutes=found.offset_minutes, precision=found.precision, raw=raw)

    def wrong(self, name: str, what: str) -> StoryError:
        """What is wrong with a field."""
        return StoryError(f"{self._place(name)}: {what}")

    def _text(self, name: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.wrong(name, f"text is needed, not {_shown(value)}")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self.wrong(name, "half a character (a lone surrogate), which is no text") from None
        return value

    def items(self, name: str) -> list[Any]:
        """A list of anything, empty where it is missing."""
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(name, f"a list is needed, not {_shown(value)}")
        return value

    def _place(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name


def stamp_data(name: str, stamp: Timestamp | None) -> dict[str, object]:
    """A Timestamp as four fields, from which :meth:`Fields.stamp` makes exactly it again.

    The first is as it was written, in its own zone and no more precise; in UTC where that would lose something.
    """
    if stamp is None:
        return {name: None, f"{name}_precision": None, f"{name}_offset_minutes": None, f"{name}_raw": None}
    text = str(stamp)
    if moment_of(text, stamp.offset_minutes) != stamp.at:
        text = to_text(stamp.at)
    return {
        name: text,
        f"{name}_precision": stamp.precision.value,
        f"{name}_offset_minutes": stamp.offset_minutes,
        f"{name}_raw": stamp.raw,
    }


def moment_of(text: str, offset_minutes: int | None) -> datetime | None:
    """The moment that a Timestamp's text and offset name: a day begins at midnight UTC. None for what is no time."""
    try:
        if len(text) == _DAY_LENGTH:
            day = datetime.fromisoformat(text).replace(tzinfo=UTC)
            # West of Greenwich it is still the day before at midnight UTC.
            return day + timedelta(days=1) if (offset_minutes or 0) < 0 else day
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone(timedelta(minutes=offset_minutes or 0)))
        return moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


Clean = Callable[[str], str]
"""Makes HTML from elsewhere safe to show."""
