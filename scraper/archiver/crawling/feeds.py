"""Feeds: what is subscribed to, what is due, and what a poll brought, committed as one."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from scraper.archiver.crawl_records import DueFeed, FeedPoll, PollOutcome, PollResult
from scraper.archiver.crawling.entries import EntryMerge
from scraper.archiver.crawling.fetches import Failure, Request, log_answer, log_failure
from scraper.archiver.records import FeedHealth, FeedState, FetchKind
from scraper.archiver.store.columns import moment_or_none, to_json, to_text, validators_from
from scraper.archiver.store.database import Database
from scraper.records import Feed, NotModified, Page, Validators
from scraper.settings import FeedSettings


def sync(database: Database, settings: Sequence[FeedSettings], now: datetime) -> None:
    """Make `feeds` say what the configuration says: new ones come, changed ones change, missing ones are kept."""
    rows = [
        (feed.url, feed.name, int(feed.enabled), int(feed.fetch_pages), feed.interval_seconds, to_text(now))
        for feed in settings
    ]
    with database.transaction():
        database.execute_many(
            "INSERT INTO feeds (url, name, enabled, fetch_pages, interval_seconds, added_at, next_check_at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT (url) DO UPDATE SET"
            " name = excluded.name, enabled = excluded.enabled, fetch_pages = excluded.fetch_pages,"
            " interval_seconds = excluded.interval_seconds, subscribed = 1"
            " WHERE (name, enabled, fetch_pages, interval_seconds, subscribed)"
            " IS NOT (excluded.name, excluded.enabled, excluded.fetch_pages, excluded.interval_seconds, 1)",
            rows,
        )
        database.execute(
            "UPDATE feeds SET subscribed = 0 WHERE subscribed = 1 AND url NOT IN (SELECT value FROM json_each(?))",
            (to_json([feed.url for feed in settings]),),
        )


def due(database: Database, now: datetime) -> tuple[DueFeed, ...]:
    """The subscribed feeds whose time has come, longest due first."""
    return tuple(
        DueFeed(
            id=row["id"],
            url=row["url"],
            name=row["name"],
            validators=validators_from(row),
            body_hash=row["body_hash"],
            fetch_pages=bool(row["fetch_pages"]),
            failures_in_a_row=row["failures_in_a_row"],
            interval_seconds=row["interval_seconds"],
            last_checked_at=moment_or_none(row["last_checked_at"]),
            last_new_at=moment_or_none(row["last_new_at"]),
        )
        for row in database.all(
            "SELECT * FROM feeds WHERE subscribed = 1 AND enabled = 1 AND (next_check_at IS NULL OR next_check_at <= ?)"
            " ORDER BY next_check_at, id",
            (to_text(now),),
        )
    )


def save_poll(database: Database, run_id: int | None, feed_id: int, poll: FeedPoll) -> PollResult:
    """Commit what a poll brought: its entries, its queue items, and only together with them its validators."""
    with database.transaction():
        url = database.one("SELECT url FROM feeds WHERE id = ?", (feed_id,))
        if url is None:
            raise KeyError(feed_id)
        request = Request(run_id=run_id, kind=FetchKind.FEED, url=url[0], feed_id=feed_id)
        if poll.outcome is PollOutcome.FAILED:
            _save_failure(database, request, poll)
            return PollResult()
        if poll.response is not None:
            log_answer(database, request, poll.response)
        result = PollResult()
        if poll.feed is not None:
            merge = EntryMerge(database, feed_id, poll.fetched_at, fetch_pages=poll.fetch_pages)
            result = merge.merge(poll.feed.entries)
            _save_about(database, feed_id, poll.feed)
        _save_success(database, feed_id, poll, result)
    return result


def _save_failure(database: Database, request: Request, poll: FeedPoll) -> None:
    if poll.error is None:
        raise ValueError("a failed poll says why")
    page = poll.response if isinstance(poll.response, Page) else None
    failure = Failure(error=poll.error, at=poll.fetched_at, next_try_at=poll.next_check_at, page=page)
    log_failure(database, request, failure)
    database.execute(
        "UPDATE feeds SET last_checked_at = ?, next_check_at = ?, failures_in_a_row = failures_in_a_row + 1"
        " WHERE id = ?",
        (to_text(poll.fetched_at), to_text(poll.next_check_at), request.feed_id),
    )


def _save_about(database: Database, feed_id: int, feed: Feed) -> None:
    database.execute(
        "UPDATE feeds SET format = ?1, title = ?2, site_url = ?3, language = ?4 WHERE id = ?5"
        " AND (format IS NOT ?1 OR title IS NOT ?2 OR site_url IS NOT ?3 OR language IS NOT ?4)",
        (feed.format, feed.title, feed.site_url, feed.language, feed_id),
    )


def _save_success(database: Database, feed_id: int, poll: FeedPoll, result: PollResult) -> None:
    now = to_text(poll.fetched_at)
    validators, body_hash = _freshness(poll.response)
    database.execute(
        "UPDATE feeds SET last_checked_at = ?1, last_ok_at = ?1, next_check_at = ?2, failures_in_a_row = 0,"
        " etag = ?3, last_modified = ?4, body_hash = ifnull(?5, body_hash),"
        " last_new_at = iif(?6, ?1, last_new_at) WHERE id = ?7",
        (
            now,
            to_text(poll.next_check_at),
            validators.etag,
            validators.last_modified,
            body_hash,
            result.new_entries,
            feed_id,
        ),
    )


def _freshness(response: Page | NotModified | None) -> tuple[Validators, str | None]:
    """What to ask with next time, and the hash of the body that was understood (None: as before)."""
    if isinstance(response, Page):
        return response.validators, sha256(response.body).hexdigest()
    return (response.validators if response else Validators()), None


def health(database: Database) -> tuple[FeedHealth, ...]:
    """How every feed is doing, those in trouble first."""
    rows = database.all("SELECT * FROM feed_health ORDER BY failures_in_a_row DESC, name")
    return tuple(
        FeedHealth(
            id=row["id"],
            url=row["url"],
            name=row["name"],
            state=FeedState(row["state"]),
            title=row["title"],
            last_checked_at=moment_or_none(row["last_checked_at"]),
            last_ok_at=moment_or_none(row["last_ok_at"]),
            last_new_at=moment_or_none(row["last_new_at"]),
            next_check_at=moment_or_none(row["next_check_at"]),
            failures_in_a_row=row["failures_in_a_row"],
            last_reason=row["last_reason"],
            last_message=row["last_message"],
            entries=row["entries"],
            articles=row["articles"],
            waiting=row["waiting"],
        )
        for row in rows
    )
