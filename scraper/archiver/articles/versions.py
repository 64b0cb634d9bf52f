"""Versions: one row for each, and what a version said once a newer one has taken its place."""

from scraper.archiver.articles.fingerprints import changed_fields
from scraper.archiver.records import KnownArticle
from scraper.archiver.store.columns import json_or_none
from scraper.archiver.store.database import Database, Value
from scraper.records import Article, ChangeKind

_FROM_CURRENT = (
    "INSERT INTO article_versions (article_id, number, seen_at, kind, silent, changed_fields, title, modified,"
    " word_count, content_hash, text_hash, extractor, page_id)"
    " SELECT records.id, records.version_count, records.changed_at, ?, ?, ?, records.title, records.modified,"
    " records.word_count, records.content_hash, records.text_hash, texts.extractor, records.page_id"
    " FROM article_records AS records JOIN article_texts AS texts ON texts.article_id = records.id WHERE records.id = ?"
)


def add_first(database: Database, article_id: int) -> None:
    """Note the article just stored as its own first version."""
    database.execute(_FROM_CURRENT, ("first", 0, None, article_id))


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
    """Whether the words of the text changed and the stated modified date did not (or there never was one)."""
    if known.text_hash == text_hash:
        return False
    old, new = (stamp and stamp.at for stamp in (known.modified, article.modified))
    return old == new


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
