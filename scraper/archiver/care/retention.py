"""Drops raw pages that the settings let go. Records, texts and versions stay; only what extracted them goes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scraper.archiver.care.bodies import Dropped, drop_free
from scraper.archiver.store.columns import to_json, to_text
from scraper.archiver.store.database import Database

_PORTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRetention:
    """Which raw pages are kept: those of the latest `versions` of each article, those fetched in the last `days`.

    None keeps all. Where both are given, a page must meet both.
    """

    versions: int | None = None
    days: int | None = None

    @property
    def keeps_all(self) -> bool:
        return self.versions is None and self.days is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesDropped:
    """How many raw pages went, and the bodies that went with them."""

    pages: int = 0
    bodies: Dropped = field(default_factory=Dropped)


def drop_pages(database: Database, retention: PageRetention, now: datetime) -> PagesDropped:
    """Drop every page that `retention` does not keep, some hundred to a transaction."""
    pages, bodies = 0, Dropped()
    while True:
        some = drop_some_pages(database, retention, now)
        if not some.pages:
            return PagesDropped(pages=pages, bodies=bodies)
        pages, bodies = pages + some.pages, bodies + some.bodies


def drop_some_pages(
    database: Database, retention: PageRetention, now: datetime, *, changed_since: datetime | None = None
) -> PagesDropped:
    """Drop up to a few hundred pages, in one transaction.

    With `changed_since`, old versions are looked for only among articles that changed since then, so that the cost
    does not grow with the archive.
    """
    if retention.keeps_all:
        return PagesDropped()
    with database.transaction():
        doomed: list[int] = []
        if retention.days is not None:
            doomed += _fetched_before(database, now - timedelta(days=retention.days))
        if retention.versions is not None:
            doomed += _of_old_versions(database, retention.versions, changed_since)
        return drop(database, list(dict.fromkeys(doomed))[:_PORTION])


def drop(database: Database, page_ids: list[int]) -> PagesDropped:
    """Drop these pages, and their bodies where nothing else needs them."""
    if not page_ids:
        return PagesDropped()
    ids = to_json(page_ids)
    bodies = database.all("SELECT DISTINCT body_id FROM pages WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    count = database.execute("DELETE FROM pages WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    return PagesDropped(pages=count, bodies=drop_free(database, [row["body_id"] for row in bodies]))


def _fetched_before(database: Database, moment: datetime) -> list[int]:
    rows = database.all(
        "SELECT id FROM pages WHERE fetched_at < ? ORDER BY fetched_at LIMIT ?", (to_text(moment), _PORTION)
    )
    return [row["id"] for row in rows]


def _of_old_versions(database: Database, kept: int, changed_since: datetime | None) -> list[int]:
    """Pages of versions older than the latest `kept`, unless one of these came from the same page."""
    among, parameters = "", (kept, _PORTION)
    if changed_since is not None:
        among = " AND old.article_id IN (SELECT article_id FROM article_versions WHERE seen_at >= ?3)"
        parameters = (*parameters, to_text(changed_since))  # type: ignore[assignment]
    rows = database.all(
        "SELECT DISTINCT old.page_id FROM article_records AS records JOIN article_versions AS old"
        "  ON old.article_id = records.id AND old.number <= records.version_count - ?1 AND old.page_id IS NOT NULL"
        f" WHERE records.version_count > ?1{among} AND NOT EXISTS ("
        "  SELECT 1 FROM article_versions AS kept JOIN article_records AS owner ON owner.id = kept.article_id"
        "  WHERE kept.page_id = old.page_id AND kept.number > owner.version_count - ?1) LIMIT ?2",
        parameters,
    )
    return [row["page_id"] for row in rows]
