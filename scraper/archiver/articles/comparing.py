"""Two versions of an article side by side, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass

from scraper.archiver.articles.details import REVISIONS
from scraper.archiver.articles.differences import Piece, changed, difference
from scraper.archiver.articles.versions import version_from
from scraper.archiver.records import VersionRecord
from scraper.archiver.store.columns import strings_from
from scraper.archiver.store.database import Database, Row

TEXTS = ("title", "subtitle", "summary", "body")
"""The fields that are compared word by word."""

_NAMES = ("authors", "categories", "tags")
_FIELDS = ("title", "subtitle", "published", "modified", *_NAMES, "language", "paywalled", "summary", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that differs. `old` and `new` are as text, None where unknown; of what is no text, both are a piece."""

    field: str
    old: str | None
    new: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two versions of an article."""

    article_id: int
    url: str
    old: VersionRecord
    new: VersionRecord
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
        old=version_from(VersionRecord, before),
        new=version_from(VersionRecord, after),
        changes=tuple(_changes(before, after)),
    )


def _row(database: Database, article_id: int, number: int) -> Row:
    sql = f"{REVISIONS} AND versions.number = ?"
    row = database.one(sql, (article_id, number)) if 0 < number < 2**31 else None
    if row is None:
        raise KeyError(number)
    return row


def _changes(before: Row, after: Row) -> Iterator[FieldChange]:
    for name in _FIELDS:
        old, new = _text(before, name), _text(after, name)
        if old != new:
            pieces = difference(old or "", new or "") if name in TEXTS else changed(old or "", new or "")
            yield FieldChange(field=name, old=old, new=new, pieces=pieces)


def _text(row: Row, name: str) -> str | None:
    value = row[name]
    if value is None:
        return None
    if name in _NAMES:
        return ", ".join(strings_from(value)) or None
    return ("yes" if value else "no") if name == "paywalled" else str(value)
