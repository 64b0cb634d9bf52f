"""The queue of URLs to fetch: a table, so that a killed run goes on where it stopped."""

from collections.abc import Collection
from datetime import datetime

from scraper.archiver.crawl_records import QueueItem
from scraper.archiver.crawling.entry_rows import entry_from
from scraper.archiver.store.columns import text_or_none, to_json, to_text, validators_from
from scraper.archiver.store.database import Database, Row
from scraper.records import Validators
from scraper.urls import CanonicalUrl, canonicalize, host_of, resolve

_ITEM = (
    "SELECT queue.id AS queue_id, queue.request_url, queue.host, queue.feed_id AS queue_feed_id, queue.entry_id,"
    " queue.tries, queue.etag, queue.last_modified, entries.*"
    " FROM queue LEFT JOIN entries ON entries.id = queue.entry_id"
)


def due(
    database: Database, now: datetime, *, hosts_busy: Collection[str] = (), limit: int = 1_000
) -> tuple[QueueItem, ...]:
    """Up to `limit` URLs whose time has come, longest due first, none of a host in `hosts_busy`."""
    rows = database.all(
        f"{_ITEM} WHERE queue.state = 'waiting' AND queue.next_try_at <= ?"
        " AND queue.host NOT IN (SELECT value FROM json_each(?)) ORDER BY queue.next_try_at, queue.id LIMIT ?",
        (to_text(now), to_json(sorted(hosts_busy)), limit),
    )
    return tuple(_item(row) for row in rows)


def add(
    database: Database,
    url: str,
    now: datetime,
    *,
    feed_id: int | None = None,
    entry_id: int | None = None,
) -> bool:
    """Put `url` into the queue; False where it was there before, in whatever state.

    Raises InvalidUrlError where it is no URL that could be fetched.
    """
    added = database.execute(
        "INSERT INTO queue (url, request_url, host, feed_id, entry_id, state, next_try_at, added_at)"
        " VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?) ON CONFLICT (url) DO NOTHING",
        (canonicalize(url), resolve(url), host_of(url), feed_id, entry_id, to_text(now), to_text(now)),
    )
    return added > 0


def enqueue(database: Database, url: str, now: datetime, feed_id: int | None = None) -> QueueItem:
    """The item for `url`, due now, whether it was in the queue before or not.

    Raises InvalidUrlError where it is no URL that could be fetched.
    """
    canonical = canonicalize(url)
    with database.transaction():
        if not add(database, url, now, feed_id=feed_id):
            wake(database, canonical, now)
        row = database.one(f"{_ITEM} WHERE queue.url = ?", (canonical,))
    assert row is not None
    return _item(row)


def wake(database: Database, url: CanonicalUrl, now: datetime) -> bool:
    """Have a URL that was done with or given up fetched again; False where it waits already or is not in the queue."""
    woken = database.execute(
        "UPDATE queue SET state = 'waiting', next_try_at = ?, tries = 0, finished_at = NULL"
        " WHERE url = ? AND state <> 'waiting'",
        (to_text(now), url),
    )
    return woken > 0


def finish(database: Database, item: QueueItem, article_id: int, validators: Validators, at: datetime) -> None:
    """The item was fetched and its article stored; its validators are committed together with that."""
    database.execute(
        "UPDATE queue SET state = 'done', next_try_at = NULL, tries = 0, article_id = ?, etag = ?, last_modified = ?,"
        " finished_at = ? WHERE id = ?",
        (article_id, validators.etag, validators.last_modified, to_text(at), item.id),
    )


def put_off(database: Database, item: QueueItem, next_try_at: datetime | None, at: datetime) -> None:
    """The item failed: to be tried again at `next_try_at`, or given up where that is None."""
    database.execute(
        "UPDATE queue SET tries = tries + 1, state = iif(?1 IS NULL, 'given_up', 'waiting'), next_try_at = ?1,"
        " finished_at = iif(?1 IS NULL, ?2, NULL) WHERE id = ?3",
        (text_or_none(next_try_at), to_text(at), item.id),
    )


def _item(row: Row) -> QueueItem:
    return QueueItem(
        id=row["queue_id"],
        url=row["request_url"],
        host=row["host"],
        feed_id=row["queue_feed_id"],
        entry_id=row["entry_id"],
        entry=None if row["entry_id"] is None else entry_from(row),
        tries=row["tries"],
        validators=validators_from(row),
    )
