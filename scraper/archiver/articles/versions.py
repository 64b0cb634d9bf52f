"""Versions: one row for each, and what a version said once a newer one has taken its place."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from scraper.archiver.articles.fingerprints import changed_fields
from scraper.archiver.records import EarlierVersion, KnownArticle, VersionRecord
from scraper.archiver.store import rows
from scraper.archiver.store.columns import json_or_none, record_from, records_from, to_text
from scraper.archiver.store.database import Database, Row, Value
from scraper.records import Article, ChangeKind

Version = TypeVar("Version", bound=VersionRecord)

_FROM_CURRENT = (
    "INSERT INTO article_versions (article_id, number, seen_at, kind, silent, changed_fields, title, modified,"
    " word_count, content_hash, text_hash, extractor, page_id)"
    " SELECT records.id, records.version_count, records.changed_at, ?, ?, ?, records.title, records.modified,"
    " records.word_count, records.content_hash, records.text_hash, texts.extractor, records.page_id"
    " FROM article_records AS records JOIN article_texts AS texts ON texts.article_id = records.id WHERE records.id = ?"
)

_FIRST = ("title", "modified", "word_count", "content_hash", "text_hash", "page_id")


def add_first(database: Database, article_id: int, record: Mapping[str, Value], extractor: str) -> None:
    """Note the article just stored, with these columns of `article_records`, as its own first version."""
    row: dict[str, Value] = {"article_id": article_id, "number": 1, "kind": "first", "silent": 0}
    row |= {"extractor": extractor, "seen_at": record["changed_at"]}
    rows.add(database, "article_versions", row | {name: record[name] for name in _FIRST})


def add_next(
    database: Database, known: KnownArticle, article: Article, kind: ChangeKind, text_hash: str | None
) -> None:
    """Note what the article has just become, with a text of that hash, as its next version."""
    parameters: tuple[Value, ...] = (
        kind,
        int(_is_silent(known, article, text_hash)),
        json_or_none(changed_fields(known, article)),
        known.id,
    )
    database.execute(_FROM_CURRENT, parameters)


def _is_silent(known: KnownArticle, article: Article, text_hash: str | None) -> bool:
    """Whether the words of the text changed and the stated modified date did not.

    Where a site states no modified date, nobody can say that it kept an edit to itself.
    """
    if known.text_hash == text_hash or known.modified is None or article.modified is None:
        return False
    return known.modified.at == article.modified.at


def earlier(database: Database, article_id: int) -> tuple[EarlierVersion, ...]:
    """All versions but the last, oldest first."""
    rows = database.all(
        "SELECT number, content_hash, title, text_hash FROM article_versions WHERE article_id = ? ORDER BY number",
        (article_id,),
    )
    return records_from(EarlierVersion, rows[:-1])


def version_from(kind: type[Version], row: Row) -> Version:
    """The version in a row, of which the first is no change of any kind."""
    return record_from(kind, row, kind=None if row["kind"] == "first" else ChangeKind(row["kind"]))


def shown(database: Database, article_id: int) -> int:
    """The number of the version that the page showed at the last sight: the last one, unless it went back."""
    number = database.number(
        "SELECT versions.number FROM article_versions AS last JOIN version_sightings AS sights"
        "  ON sights.article_id = last.article_id AND sights.seen_at >= last.seen_at"
        " JOIN article_versions AS versions ON versions.id = sights.version_id"
        " WHERE last.article_id = ?1"
        " AND last.number = (SELECT max(number) FROM article_versions WHERE article_id = ?1)"
        " ORDER BY sights.seen_at DESC LIMIT 1",
        (article_id,),
    )
    if number is None:
        number = database.number("SELECT max(number) FROM article_versions WHERE article_id = ?", (article_id,))
    return number or 1


def note_shown(database: Database, article_id: int, number: int, seen_at: datetime) -> None:
    """Note that the page shows another version than at the sight before, and none that is new."""
    database.execute(
        "INSERT INTO version_sightings (article_id, seen_at, version_id)"
        " SELECT article_id, ?, id FROM article_versions WHERE article_id = ? AND number = ?"
        " ON CONFLICT (article_id, seen_at) DO UPDATE SET version_id = excluded.version_id",
        (to_text(seen_at), article_id, number),
    )


def keep_current(database: Database, article_id: int) -> None:
    """Copy what the article says now to its latest version, before it says something else."""
    database.execute(
        "INSERT INTO version_texts (version_id, subtitle, published, authors, categories, tags, language, paywalled,"
        " summary, body, body_html)"
        " SELECT (SELECT id FROM article_versions WHERE article_id = articles.id ORDER BY number DESC LIMIT 1),"
        " subtitle, published, nullif(authors_json, '[]'), nullif(categories_json, '[]'), nullif(tags_json, '[]'),"
        " language, paywalled, summary, body, body_html FROM articles WHERE id = ?",
        (article_id,),
    )
