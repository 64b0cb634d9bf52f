"""Two versions of an article side by side, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from scraper.archiver.articles.differences import Piece, difference
from scraper.archiver.store.columns import strings_from, to_moment
from scraper.archiver.store.database import Database, Row

TEXTS = ("title", "subtitle", "summary", "body")
"""The fields that are compared word by word."""

_NAMES = ("authors", "categories", "tags")
_FIELDS = ("title", "subtitle", "published", "modified", *_NAMES, "language", "paywalled", "summary", "body")

_VERSION = (
    "SELECT versions.number, versions.seen_at, versions.kind, versions.silent, versions.title, versions.modified,"
    " versions.word_count, articles.url,"
    + ", ".join(
        f" iif(kept.version_id IS NULL, articles.{current}, kept.{name}) AS {name}"
        for name, current in (
            *((name, name) for name in ("subtitle", "published", "language", "paywalled", "summary", "body")),
            *((name, f"{name}_json") for name in _NAMES),
        )
    )
    + " FROM article_versions AS versions JOIN articles ON articles.id = versions.article_id"
    " LEFT JOIN version_texts AS kept ON kept.version_id = versions.id"
    " WHERE versions.article_id = ? AND versions.number = ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedVersion:
    """One of the versions compared. `kind` is None for the first; `silent`: edited without a new modified date."""

    number: int
    seen_at: datetime
    kind: str | None
    silent: bool
    title: str | None
    word_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that differs. `old` and `new` are as text, None where unknown; `pieces` are those of a text."""

    field: str
    old: str | None
    new: str | None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two versions of an article."""

    article_id: int
    url: str
    old: ComparedVersion
    new: ComparedVersion
    changes: tuple[FieldChange, ...]


def compare(database: Database, article_id: int, old: int | None = None, new: int | None = None) -> Comparison:
    """Versions `old` and `new` of an article: the last two unless said otherwise; `old` alone is against the last.

    Raises KeyError for a version that is not there.
    """
    last = database.number("SELECT max(number) FROM article_versions WHERE article_id = ?", (article_id,)) or 0
    new = last if new is None else new
    before, after = _row(database, article_id, last - 1 if old is None else old), _row(database, article_id, new)
    return Comparison(
        article_id=article_id,
        url=after["url"],
        old=_version(before),
        new=_version(after),
        changes=tuple(_changes(before, after)),
    )


def _row(database: Database, article_id: int, number: int) -> Row:
    row = database.one(_VERSION, (article_id, number)) if 0 < number < 2**31 else None
    if row is None:
        raise KeyError(number)
    return row


def _version(row: Row) -> ComparedVersion:
    return ComparedVersion(
        number=row["number"],
        seen_at=to_moment(row["seen_at"]),
        kind=None if row["kind"] == "first" else row["kind"],
        silent=bool(row["silent"]),
        title=row["title"],
        word_count=row["word_count"],
    )


def _changes(before: Row, after: Row) -> Iterator[FieldChange]:
    for name in _FIELDS:
        old, new = _text(before, name), _text(after, name)
        if old != new:
            pieces = difference(old or "", new or "") if name in TEXTS else ()
            yield FieldChange(field=name, old=old, new=new, pieces=pieces)


def _text(row: Row, name: str) -> str | None:
    value = row[name]
    if value is None:
        return None
    if name in _NAMES:
        return ", ".join(strings_from(value)) or None
    return ("yes" if value else "no") if name == "paywalled" else str(value)
