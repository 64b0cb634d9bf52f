"""The whole story of one URL: which feeds named it, every request, every failure, every version."""

from scraper.archiver.articles import urls
from scraper.archiver.articles.versions import version_from
from scraper.archiver.crawling import feeds, hosts, moves
from scraper.archiver.records import (
    DeletionRecord,
    EntrySighting,
    FailureRecord,
    FetchRecord,
    QueueRecord,
    ShownRecord,
    UrlHistory,
    VersionRecord,
)
from scraper.archiver.store.columns import record_from, records_from, to_json
from scraper.archiver.store.database import Database
from scraper.text import clean
from scraper.urls import canonicalize, host_of, resolve


def of(database: Database, url: str) -> UrlHistory:
    """What the archive knows of `url` and of every other URL that leads to the same article.

    Raises InvalidUrlError where it is no URL.
    """
    canonical, asked_for = canonicalize(url), resolve(url)
    article_id = urls.article_of(database, canonical)
    rows = database.all("SELECT url FROM urls WHERE article_id = ? ORDER BY role DESC, id", (article_id,))
    places = [row["url"] for row in rows] or [str(canonical)]
    article_url = places[0] if rows else None
    feed = feeds.health_of(database, clean(url)) or feeds.health_of(database, asked_for)
    addresses = [place for place in (feed.url, feed.current_url) if place] if feed else []
    return UrlHistory(
        url=canonical,
        article_id=article_id,
        article_url=article_url,
        aliases=tuple(place for place in places if place != article_url) if rows else (),
        entries=_entries(database, article_id, places),
        queue=_queue(database, canonical, article_id),
        fetches=_fetches(database, [asked_for, *places, *addresses]),
        failures=_failures(database, [asked_for, *places, *addresses]),
        feed=feed,
        moves=moves.of_feed(database, feed.id) if feed else (),
        versions=versions_of(database, article_id) if article_id is not None else (),
        shown=_shown(database, article_id) if article_id is not None else (),
        deletion=_deletion(database, canonical),
        host=hosts.record_of(database, host_of(asked_for)),
    )


def _entries(database: Database, article_id: int | None, places: list[str]) -> tuple[EntrySighting, ...]:
    rows = database.all(
        "SELECT feeds.name AS feed, feeds.url AS feed_url, guid, entries.url, entries.title, first_seen_at"
        " FROM entries JOIN feeds ON feeds.id = entries.feed_id"
        " WHERE article_id = ?1 OR canonical_url IN (SELECT value FROM json_each(?2))"
        " ORDER BY first_seen_at, entries.id",
        (article_id, to_json(places)),
    )
    return records_from(EntrySighting, rows)


def _queue(database: Database, canonical: str, article_id: int | None) -> QueueRecord | None:
    row = database.one(
        "SELECT * FROM queue WHERE url = ?1 OR article_id = ?2 ORDER BY url <> ?1, id LIMIT 1", (canonical, article_id)
    )
    return None if row is None else record_from(QueueRecord, row)


# The log has URLs as they were asked for, the queue knows which of them are one: hence both.
_OF_PLACES = (
    "(fetches.url IN (SELECT value FROM json_each(?1))"
    " OR fetches.queue_id IN (SELECT id FROM queue WHERE url IN (SELECT value FROM json_each(?1))))"
)


def _fetches(database: Database, places: list[str]) -> tuple[FetchRecord, ...]:
    rows = database.all(f"SELECT * FROM fetches WHERE {_OF_PLACES} ORDER BY fetched_at, id", (to_json(places),))
    return records_from(FetchRecord, rows)


def _failures(database: Database, places: list[str]) -> tuple[FailureRecord, ...]:
    rows = database.all(
        "SELECT failures.* FROM failures JOIN fetches ON fetches.id = failures.fetch_id"
        f" WHERE {_OF_PLACES} ORDER BY failed_at, failures.id",
        (to_json(places),),
    )
    return records_from(FailureRecord, rows)


def _shown(database: Database, article_id: int) -> tuple[ShownRecord, ...]:
    rows = database.all(
        "SELECT number AS version, sights.seen_at FROM version_sightings AS sights"
        " JOIN article_versions ON id = version_id WHERE sights.article_id = ? ORDER BY sights.seen_at",
        (article_id,),
    )
    return records_from(ShownRecord, rows)


def _deletion(database: Database, url: str) -> DeletionRecord | None:
    row = database.one("SELECT * FROM deleted WHERE url = ?", (url,))
    return None if row is None else record_from(DeletionRecord, row)


def versions_of(database: Database, article_id: int) -> tuple[VersionRecord, ...]:
    """Every version of an article, first one first."""
    rows = database.all("SELECT * FROM article_versions WHERE article_id = ? ORDER BY number", (article_id,))
    return tuple(version_from(VersionRecord, row) for row in rows)
