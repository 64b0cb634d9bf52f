"""Reads what hangs on an article as typed records: its versions, its counts, the links from it and to it."""

from dataclasses import dataclass
from datetime import datetime

from scraper.archiver.articles.versions import version_from
from scraper.archiver.records import VersionRecord
from scraper.archiver.store.columns import records_from
from scraper.archiver.store.database import Database
from scraper.records import LinkKind

_KEPT = ("subtitle", "published", "language", "paywalled", "summary", "body", "body_html")
_LISTS = ("authors", "categories", "tags")

# What a version said stands with it; what the last one says is what the article says.
REVISIONS = (
    "SELECT versions.*, articles.url,"
    + ", ".join(f" iif(kept.version_id IS NULL, articles.{name}, kept.{name}) AS {name}" for name in _KEPT)
    + ", "
    + ", ".join(f" iif(kept.version_id IS NULL, articles.{name}_json, kept.{name}) AS {name}" for name in _LISTS)
    + " FROM article_versions AS versions JOIN articles ON articles.id = versions.article_id"
    " LEFT JOIN version_texts AS kept ON kept.version_id = versions.id"
    " WHERE versions.article_id = ?"
)
"""The versions of an article, each with all that it said."""

_COUNTS = (
    "SELECT seen_at, source, view_count, comment_count FROM count_sightings WHERE article_id = ?1"
    " UNION ALL SELECT sightings.seen_at, 'link', view_count, comment_count FROM urls"
    " JOIN links ON links.url_id = urls.id JOIN link_sightings AS sightings ON sightings.link_id = links.id"
    " WHERE urls.article_id = ?1 AND (view_count IS NOT NULL OR comment_count IS NOT NULL)"
    " ORDER BY seen_at, source"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(VersionRecord):
    """A version of an article with what it said; `published` and `modified` as stated."""

    subtitle: str | None
    published: datetime | None
    modified: datetime | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    language: str | None
    paywalled: bool | None
    summary: str | None
    body: str | None
    body_html: str | None
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSighting:
    """Counts of an article as shown at one time: by its ``page``, by a ``feed``, or by a ``link`` to it elsewhere."""

    seen_at: datetime
    source: str
    view_count: int | None
    comment_count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLink:
    """A link from one article to an address, and to the article archived from there, if any.

    `last_seen_at` is None for links in the text, which stay as long as the text does.
    """

    article_id: int
    article_url: str
    kind: LinkKind
    url: str
    target_article_id: int | None
    heading: str | None
    position: int
    title: str | None
    first_seen_at: datetime
    last_seen_at: datetime | None


def revisions(database: Database, article_id: int | None) -> tuple[Revision, ...]:
    """Every version of an article, oldest first."""
    return tuple(
        version_from(Revision, row) for row in database.all(f"{REVISIONS} ORDER BY versions.number", (article_id,))
    )


def counts(database: Database, article_id: int | None) -> tuple[CountSighting, ...]:
    """Every count that was shown of an article, in order of time."""
    return records_from(CountSighting, database.all(_COUNTS, (article_id,)))


def links_from(database: Database, article_id: int | None) -> tuple[SeenLink, ...]:
    """Every link that ever stood in an article or beside it."""
    sql = "SELECT * FROM article_links WHERE article_id = ? ORDER BY first_seen_at, kind, heading, position, url"
    return records_from(SeenLink, database.all(sql, (article_id,)))


def links_to(database: Database, article_id: int | None) -> tuple[SeenLink, ...]:
    """Every link that leads to an article."""
    sql = "SELECT * FROM article_links WHERE target_article_id = ? ORDER BY first_seen_at, article_id, kind, heading"
    return records_from(SeenLink, database.all(sql, (article_id,)))
