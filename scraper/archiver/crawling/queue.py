"""The queue of URLs to fetch: a table, so that a killed run goes on where it stopped."""

from collections.abc import Collection
from datetime import datetime, timedelta

from scraper.archiver.crawl_records import QueueItem, Revisit
from scraper.archiver.store.columns import (
    moment_or_none,
    record_from,
    text_or_none,
    to_json,
    to_text,
    to_text_rounded_up,
    validators_from,
)
from scraper.archiver.store.database import Database, Row
from scraper.errors import PermanentError, Reason
from scraper.records import FeedEntry, Validators
from scraper.urls import CanonicalUrl, canonicalize, host_of, resolve

_ITEM = (
    "SELECT queue.id AS queue_id, queue.request_url, queue.host, queue.feed_id AS queue_feed_id, queue.entry_id,"
    " queue.tries, queue.etag, queue.last_modified, queue.fetched_at, queue.born_at, queue.revisit_reason,"
    " queue.article_id AS queue_article_id, entries.*"
    " FROM queue LEFT JOIN entries ON entries.id = queue.entry_id"
)


# The hosts that have something due, found by a seek for each of those that have anything waiting.
_HOSTS = (
    "WITH RECURSIVE hosts (host) AS (SELECT min(host) FROM queue WHERE {of} UNION ALL"
    " SELECT (SELECT min(host) FROM queue WHERE {of} AND host > hosts.host) FROM hosts WHERE host IS NOT NULL)"
    " SELECT host, (SELECT min(next_try_at) FROM queue WHERE {of} AND queue.host = hosts.host) AS due_at FROM hosts"
    " WHERE host NOT IN (SELECT value FROM json_each(:busy)) AND due_at <= :now ORDER BY due_at, host LIMIT :most"
)
_OF_ALL, _OF_FEED = "queue.state = 'waiting'", "queue.state = 'waiting' AND queue.feed_id = :feed"

HEAD = 500
"""So many of those longest due are looked at one by one, which mostly shows hosts enough. A busy host may have a
million waiting before others: to walk through these took 200 ms, at each of ten turns a second."""


def due(
    database: Database,
    now: datetime,
    *,
    hosts_busy: Collection[str] = (),
    most_hosts: int = 1_000,
    limit: int = 1_000,
    feed_id: int | None = None,
) -> tuple[QueueItem, ...]:
    """Up to `limit` URLs whose time has come, host by host: `most_hosts`, longest due first, none in `hosts_busy`.

    What was never fetched comes before what is only looked at again; of one feed, `feed_id`, only that is given.
    """
    hosts = _hosts_due(database, now, hosts_busy, min(most_hosts, limit), feed_id)
    rows: list[Row] = []
    for host in hosts:
        rows += database.all(
            f"{_ITEM} WHERE {_OF_ALL if feed_id is None else _OF_FEED} AND queue.host = :host"
            " AND queue.next_try_at <= :now ORDER BY queue.next_try_at, queue.id LIMIT :share",
            {"now": to_text(now), "host": host, "feed": feed_id, "share": limit // len(hosts)},
        )
    if feed_id is None and len(hosts) < most_hosts and len(rows) < limit:
        rows += database.all(
            f"{_ITEM} WHERE queue.revisit_at <= ? AND queue.state = 'done' AND queue.article_id IS NOT NULL"
            " AND queue.host NOT IN (SELECT value FROM json_each(?)) ORDER BY queue.revisit_at, queue.id LIMIT ?",
            (to_text(now), to_json(sorted({*hosts_busy, *hosts})), limit - len(rows)),
        )
    return tuple(_item(row) for row in rows)


def _hosts_due(
    database: Database, now: datetime, busy: Collection[str], most: int, feed_id: int | None
) -> tuple[str, ...]:
    """The hosts that have something to be fetched for the first time, of one feed or of all."""
    if feed_id is None:
        head = database.all(
            f"SELECT host FROM queue WHERE {_OF_ALL} AND next_try_at <= ? ORDER BY next_try_at, id LIMIT ?",
            (to_text(now), HEAD),
        )
        hosts = tuple(dict.fromkeys(row["host"] for row in head if row["host"] not in busy))
        if len(hosts) >= most or len(head) < HEAD:
            return hosts[:most]
    found = database.all(
        _HOSTS.format(of=_OF_ALL if feed_id is None else _OF_FEED),
        {"now": to_text(now), "busy": to_json(sorted(busy)), "most": most, "feed": feed_id},
    )
    return tuple(row["host"] for row in found)


def has_waiting(database: Database) -> bool:
    """Whether any URL waits to be fetched, now or later."""
    return database.one("SELECT 1 FROM queue WHERE state = 'waiting' LIMIT 1") is not None


def add(
    database: Database,
    url: str,
    now: datetime,
    *,
    feed_id: int | None = None,
    entry_id: int | None = None,
) -> bool:
    """Put `url` into the queue; False where it was there before, in whatever state, or was deleted from the archive.

    Raises InvalidUrlError where it is no URL that could be fetched.
    """
    added = database.execute(
        "INSERT INTO queue (url, request_url, host, feed_id, entry_id, state, next_try_at, added_at)"
        " SELECT ?1, ?2, ?3, ?4, ?5, 'waiting', ?6, ?6 WHERE NOT EXISTS (SELECT 1 FROM deleted WHERE url = ?1)"
        " ON CONFLICT (url) DO NOTHING",
        (canonicalize(url), resolve(url), host_of(url), feed_id, entry_id, to_text(now)),
    )
    return added > 0


def enqueue(database: Database, url: str, now: datetime, feed_id: int | None = None) -> QueueItem:
    """The item for `url`, due now, whether it was in the queue before or not.

    Raises InvalidUrlError where it is no URL that could be fetched, PermanentError where it was deleted.
    """
    canonical = canonicalize(url)
    with database.transaction():
        if not add(database, url, now, feed_id=feed_id):
            wake(database, canonical, now)
        row = database.one(f"{_ITEM} WHERE queue.url = ?", (canonical,))
    if row is None:
        raise PermanentError(Reason.DELETED, "was deleted from the archive, and is not to come back", url=url)
    return _item(row)


def wake(database: Database, url: CanonicalUrl, now: datetime) -> bool:
    """Have a URL that was done with or given up fetched again; False where it waits already or is not in the queue.

    Where its article is archived, that stays done, and is looked at again now.
    """
    woken = database.execute(
        "UPDATE queue SET tries = 0, finished_at = iif(article_id IS NULL, NULL, finished_at),"
        " state = iif(article_id IS NULL, 'waiting', 'done'), next_try_at = iif(article_id IS NULL, ?1, NULL),"
        " revisit_at = iif(article_id IS NULL, NULL, ?1), revisit_reason = iif(article_id IS NULL, NULL, 'asked')"
        " WHERE url = ?2 AND state <> 'waiting'",
        (to_text(now), url),
    )
    return woken > 0


def look_again(database: Database, url: CanonicalUrl, now: datetime, *, calm: timedelta) -> None:
    """Have an archived page fetched whole again, but no sooner than `calm` after it last was."""
    database.execute(
        "UPDATE queue SET revisit_at = max(?1, ifnull(strftime('%Y-%m-%dT%H:%M:%SZ', fetched_at, ?2), ?1)),"
        " revisit_reason = 'entry changed' WHERE url = ?3 AND state = 'done' AND article_id IS NOT NULL",
        (to_text(now), f"+{calm.total_seconds():.0f} seconds", url),
    )


def revisit(database: Database, item: QueueItem, plan: Revisit | None) -> None:
    """Plan the next look at an archived page; None: there is no more."""
    database.execute(
        "UPDATE queue SET revisit_at = ?, revisit_reason = ?, born_at = ifnull(?, born_at)"
        " WHERE id = ? AND state = 'done'",
        (
            to_text_rounded_up(plan.at) if plan else None,
            plan.because if plan else None,
            text_or_none(plan.born_at) if plan else None,
            item.id,
        ),
    )


def finish(
    database: Database, item: QueueItem, article_id: int, validators: Validators, at: datetime, *, whole: bool = True
) -> None:
    """The item was fetched and its article stored; its validators are committed together with that.

    `whole` False: the answer was that nothing changed.
    """
    database.execute(
        "UPDATE queue SET state = 'done', next_try_at = NULL, tries = 0, article_id = ?1, etag = ?2,"
        " last_modified = ?3, finished_at = ?4, fetched_at = iif(?5, ?4, fetched_at), revisit_at = NULL,"
        " revisit_reason = NULL WHERE id = ?6",
        (article_id, validators.etag, validators.last_modified, to_text(at), int(whole), item.id),
    )


def postpone(database: Database, item: QueueItem, until: datetime) -> None:
    """Ask for the item no sooner, be it waiting or to be looked at again: its host is to be left alone."""
    database.execute(
        "UPDATE queue SET next_try_at = iif(state = 'waiting', ?1, NULL),"
        " revisit_at = iif(state = 'done', ?1, revisit_at) WHERE id = ?2",
        (to_text_rounded_up(until), item.id),
    )


def put_off(database: Database, item: QueueItem, next_try_at: datetime | None, at: datetime) -> None:
    """The item failed: to be tried again at `next_try_at`, or given up where that is None.

    Where its article is archived, that stays as it is, and only the next look is put off.
    """
    database.execute(
        "UPDATE queue SET tries = tries + 1,"
        " state = CASE WHEN article_id IS NOT NULL THEN 'done' WHEN ?1 IS NULL THEN 'given_up' ELSE 'waiting' END,"
        " next_try_at = iif(article_id IS NULL, ?1, NULL), revisit_at = iif(article_id IS NULL, NULL, ?1),"
        " revisit_reason = iif(article_id IS NULL OR ?1 IS NULL, NULL, 'failed'),"
        " finished_at = CASE WHEN article_id IS NOT NULL THEN finished_at WHEN ?1 IS NULL THEN ?2 END WHERE id = ?3",
        (text_or_none(next_try_at), to_text(at), item.id),
    )


# Why a look needs the whole page, whatever its validators say: somebody said that it changed.
_WHOLE = frozenset(("asked", "entry changed"))


def _item(row: Row) -> QueueItem:
    return QueueItem(
        id=row["queue_id"],
        url=row["request_url"],
        host=row["host"],
        feed_id=row["queue_feed_id"],
        entry_id=row["entry_id"],
        entry=None if row["entry_id"] is None else record_from(FeedEntry, row),
        tries=row["tries"],
        validators=validators_from(row),
        whole=row["revisit_reason"] in _WHOLE,
        article_id=row["queue_article_id"],
        fetched_at=moment_or_none(row["fetched_at"]),
        born_at=moment_or_none(row["born_at"]),
    )
