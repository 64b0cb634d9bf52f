"""The whole story of one URL: which feeds named it, every request, every failure, every version."""

import json

from scraper.archiver.articles import urls
from scraper.archiver.crawling import feeds, hosts, moves
from scraper.archiver.records import (
    DeletionRecord,
    EntrySighting,
    FailureRecord,
    FetchKind,
    FetchRecord,
    QueueRecord,
    QueueState,
    ShownRecord,
    UrlHistory,
    VersionRecord,
)
from scraper.archiver.store.columns import moment_or_none, redirects_from, to_json, to_moment
from scraper.archiver.store.database import Database
from scraper.records import ChangeKind
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
        "SELECT feeds.name, feeds.url AS feed_url, guid, entries.url, entries.title, first_seen_at"
        " FROM entries JOIN feeds ON feeds.id = entries.feed_id"
        " WHERE article_id = ?1 OR canonical_url IN (SELECT value FROM json_each(?2))"
        " ORDER BY first_seen_at, entries.id",
        (article_id, to_json(places)),
    )
    return tuple(
        EntrySighting(
            feed=row["name"],
            feed_url=row["feed_url"],
            guid=row["guid"],
            url=row["url"],
            title=row["title"],
            first_seen_at=to_moment(row["first_seen_at"]),
        )
        for row in rows
    )


def _queue(database: Database, canonical: str, article_id: int | None) -> QueueRecord | None:
    row = database.one(
        "SELECT * FROM queue WHERE url = ?1 OR article_id = ?2 ORDER BY url <> ?1, id LIMIT 1", (canonical, article_id)
    )
    if row is None:
        return None
    return QueueRecord(
        state=QueueState(row["state"]),
        tries=row["tries"],
        added_at=to_moment(row["added_at"]),
        next_try_at=moment_or_none(row["next_try_at"]),
        finished_at=moment_or_none(row["finished_at"]),
        revisit_at=moment_or_none(row["revisit_at"]),
        revisit_reason=row["revisit_reason"],
    )


# The log has URLs as they were asked for, the queue knows which of them are one: hence both.
_OF_PLACES = (
    "(fetches.url IN (SELECT value FROM json_each(?1))"
    " OR fetches.queue_id IN (SELECT id FROM queue WHERE url IN (SELECT value FROM json_each(?1))))"
)


def _fetches(database: Database, places: list[str]) -> tuple[FetchRecord, ...]:
    rows = database.all(f"SELECT * FROM fetches WHERE {_OF_PLACES} ORDER BY fetched_at, id", (to_json(places),))
    return tuple(
        FetchRecord(
            id=row["id"],
            run_id=row["run_id"],
            kind=FetchKind(row["kind"]),
            url=row["url"],
            final_url=row["final_url"],
            outcome=row["outcome"],
            status=row["status"],
            fetched_at=to_moment(row["fetched_at"]),
            redirects=redirects_from(row["redirects"]),
            wire_bytes=row["wire_bytes"],
            elapsed_seconds=row["elapsed_seconds"],
            page_id=row["page_id"],
        )
        for row in rows
    )


def _failures(database: Database, places: list[str]) -> tuple[FailureRecord, ...]:
    rows = database.all(
        "SELECT failures.* FROM failures JOIN fetches ON fetches.id = failures.fetch_id"
        f" WHERE {_OF_PLACES} ORDER BY failed_at, failures.id",
        (to_json(places),),
    )
    return tuple(
        FailureRecord(
            reason=row["reason"],
            message=row["message"],
            status=row["status"],
            failed_at=to_moment(row["failed_at"]),
            next_try_at=moment_or_none(row["next_try_at"]),
        )
        for row in rows
    )


def _shown(database: Database, article_id: int) -> tuple[ShownRecord, ...]:
    rows = database.all(
        "SELECT number, version_sightings.seen_at FROM version_sightings JOIN article_versions ON id = version_id"
        " WHERE version_sightings.article_id = ? ORDER BY version_sightings.seen_at",
        (article_id,),
    )
    return tuple(ShownRecord(version=row["number"], seen_at=to_moment(row["seen_at"])) for row in rows)


def _deletion(database: Database, url: str) -> DeletionRecord | None:
    row = database.one("SELECT * FROM deleted WHERE url = ?", (url,))
    if row is None:
        return None
    return DeletionRecord(deleted_at=to_moment(row["deleted_at"]), article_url=row["article_url"], reason=row["reason"])


def versions_of(database: Database, article_id: int) -> tuple[VersionRecord, ...]:
    """Every version of an article, first one first."""
    rows = database.all("SELECT * FROM article_versions WHERE article_id = ? ORDER BY number", (article_id,))
    return tuple(
        VersionRecord(
            number=row["number"],
            seen_at=to_moment(row["seen_at"]),
            kind=None if row["kind"] == "first" else ChangeKind(row["kind"]),
            silent=bool(row["silent"]),
            changed_fields=tuple(json.loads(row["changed_fields"] or "[]")),
            title=row["title"],
            word_count=row["word_count"],
            page_id=row["page_id"],
        )
        for row in rows
    )
