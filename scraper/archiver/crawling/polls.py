"""What a poll of a feed brought, committed as one: entries, queue items, and only together with them its validators."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from scraper.archiver.crawl_records import FeedPoll, PollOutcome, PollResult
from scraper.archiver.crawling import backfills, moves, rhythm
from scraper.archiver.crawling.entries import EntryMerge, Merged
from scraper.archiver.crawling.fetches import Failure, Request, log_answer, log_failure, note_failure
from scraper.archiver.records import FetchKind
from scraper.archiver.store.columns import (
    json_or_none,
    moment_or_none,
    strings_from,
    to_json,
    to_moment,
    to_text,
    to_text_rounded_up,
)
from scraper.archiver.store.database import Database, Row
from scraper.errors import Reason, TransientError
from scraper.records import Feed, FeedEntry, NotModified, Page, Precision, Validators

DISTRUST: Final = timedelta(days=30)
"""A feed whose 304 lied is asked without conditions for so long."""

_SOON: Final = timedelta(hours=1)
# A story that came out so long before the 304 that did not tell of it was not merely on its way.
_MISSED: Final = timedelta(hours=1)


def save_poll(database: Database, run_id: int | None, feed_id: int, poll: FeedPoll) -> PollResult:
    """Commit what a poll brought."""
    with database.transaction():
        feed = database.one("SELECT * FROM feeds WHERE id = ?", (feed_id,))
        if feed is None:
            raise KeyError(feed_id)
        request = Request(
            run_id=run_id,
            kind=FetchKind.FEED,
            url=feed["current_url"] or feed["url"],
            feed_id=feed_id,
            robots_asked=poll.robots_asked,
        )
        if poll.outcome is PollOutcome.FAILED:
            return _save_failure(database, request, feed, poll)
        fetch_id = None if poll.response is None else log_answer(database, request, poll.response)
        merged: Merged | None = None
        if poll.feed is not None:
            merge = EntryMerge(database, feed_id, poll.fetched_at, fetch_pages=poll.fetch_pages)
            merged = merge.merge(poll.feed.entries)
            _save_about(database, feed_id, poll.feed)
        backfills.save_sitemaps(database, feed_id, poll.sitemaps)
        notes = _notes(database, feed, poll, merged)
        if fetch_id is not None and merged and _was_lied_to(feed, poll, merged.fresh):
            notes.append(_save_lie(database, request, fetch_id, poll.fetched_at))
        _save_success(database, feed, poll, merged)
        result = merged.result if merged else PollResult()
        return PollResult(new_entries=result.new_entries, queued=result.queued, known=result.known, notes=tuple(notes))


def postpone(database: Database, feed_id: int, until: datetime) -> None:
    """Ask the feed no sooner: its host is to be left alone."""
    database.execute(
        "UPDATE feeds SET next_check_at = ?, next_check_reason = 'retry-after' WHERE id = ?",
        (to_text_rounded_up(until), feed_id),
    )


def _save_failure(database: Database, request: Request, feed: Row, poll: FeedPoll) -> PollResult:
    if poll.error is None:
        raise ValueError("a failed poll says why")
    points = feed["failure_points"] + poll.failure_points
    moved_back = None
    next_check_at = poll.next_check_at
    if feed["current_url"] and (poll.retired or points >= moves.FAILED_POINTS):
        moved_back = moves.take_back(database, feed, poll.fetched_at)
        points, next_check_at = 0.0, min(next_check_at, poll.fetched_at + _SOON)
    page = poll.response if isinstance(poll.response, Page) else None
    failure = Failure(error=poll.error, at=poll.fetched_at, next_try_at=next_check_at, page=page)
    log_failure(database, request, failure)
    database.execute(
        "UPDATE feeds SET last_checked_at = ?1, next_check_at = ?2, failures_in_a_row = failures_in_a_row + 1,"
        " failure_points = ?3, next_check_reason = ?4, retired_at = iif(?5, ifnull(retired_at, ?1), retired_at)"
        " WHERE id = ?6",
        (
            to_text(poll.fetched_at),
            _not_before(next_check_at, poll.fetched_at),
            points,
            "moved back" if moved_back else poll.because,
            poll.retired and not moved_back,
            feed["id"],
        ),
    )
    return PollResult(notes=(moved_back,) if moved_back else ())


def _notes(database: Database, feed: Row, poll: FeedPoll, merged: Merged | None) -> list[str]:
    """What a person should hear of beside news."""
    notes = []
    if poll.response is not None:
        overlaps = merged is None or merged.result.new_entries < len(poll.feed.entries if poll.feed else ())
        if moved := moves.note(database, feed, poll.response, proves=overlaps):
            notes.append(moved)
    if merged is not None and merged.policy.value != feed["guid_policy"] and not feed["guid_policy_configured"]:
        notes.append(f"its entries are told apart by {merged.policy.value} from now on, not by {feed['guid_policy']}")
    if feed["retired_at"] is not None:
        notes.append("it is back, though it said that it was gone for good")
    return notes


def _was_lied_to(feed: Row, poll: FeedPoll, fresh: Sequence[FeedEntry]) -> bool:
    """Whether an answer to a request without conditions shows that one with them would have hidden its news, or did."""
    if not fresh or poll.conditional or not isinstance(poll.response, Page):
        return False
    held = Validators(etag=feed["etag"], last_modified=feed["last_modified"])
    if held != Validators() and poll.response.validators == held:
        return True
    whole, told = moment_or_none(feed["last_full_at"]), moment_or_none(feed["last_not_modified_at"])
    if whole is None or told is None:
        return False
    stated = (entry.published for entry in fresh)
    return any(
        time.precision is not Precision.DAY and whole < time.at < told - _MISSED for time in stated if time is not None
    )


def _save_lie(database: Database, request: Request, fetch_id: int, at: datetime) -> str:
    words = "it said that nothing had changed when something had: asked without conditions for a time"
    error = TransientError(Reason.LYING_304, words, url=request.url, status=304)
    note_failure(database, request, fetch_id, Failure(error=error, at=at, next_try_at=at))
    database.execute("UPDATE feeds SET distrusted_until = ? WHERE id = ?", (to_text(at + DISTRUST), request.feed_id))
    return words


def _save_about(database: Database, feed_id: int, feed: Feed) -> None:
    values = {
        "format": feed.format,
        "title": feed.title,
        "site_url": feed.site_url,
        "language": feed.language,
        "ttl_seconds": feed.hints.ttl_seconds,
        "update_seconds": feed.hints.update_seconds,
        "skip_hours": json_or_none(sorted(feed.hints.skip_hours)),
        "skip_days": json_or_none(sorted(feed.hints.skip_days)),
    }
    settings = ", ".join(f"{name} = :{name}" for name in values)
    differs = " OR ".join(f"{name} IS NOT :{name}" for name in values)
    database.execute(f"UPDATE feeds SET {settings} WHERE id = :id AND ({differs})", values | {"id": feed_id})


def _save_success(database: Database, feed: Row, poll: FeedPoll, merged: Merged | None) -> None:
    validators, body_hash = _freshness(poll.response)
    new_entries = merged.result.new_entries if merged else 0
    database.execute(
        "UPDATE feeds SET last_checked_at = ?1, last_ok_at = ?1, next_check_at = ?2, failures_in_a_row = 0,"
        " etag = ?3, last_modified = ?4, body_hash = ifnull(?5, body_hash),"
        " last_new_at = iif(?6, ?1, last_new_at), failure_points = 0, retired_at = NULL, next_check_reason = ?7,"
        " rhythm = ?8, last_full_at = iif(?9, last_full_at, ?1),"
        " last_not_modified_at = iif(?9, ?1, last_not_modified_at) WHERE id = ?10",
        (
            to_text(poll.fetched_at),
            _not_before(poll.next_check_at, poll.fetched_at),
            validators.etag,
            validators.last_modified,
            body_hash,
            new_entries,
            poll.because,
            _rhythm_column(feed, poll, merged),
            isinstance(poll.response, NotModified),
            feed["id"],
        ),
    )


def _not_before(at: datetime, now: datetime) -> str:
    """A time to wait for, which must not end early; where there is none to wait for, now and not a second later."""
    return to_text_rounded_up(at) if at > now else to_text(at)


def _rhythm_column(feed: Row, poll: FeedPoll, merged: Merged | None) -> str | None:
    known: str | None = feed["rhythm"]
    if known is not None and (merged is None or not merged.fresh):
        return known
    times = rhythm.of_entries(merged.fresh if merged else (), poll.fetched_at, is_first=feed["last_ok_at"] is None)
    # Of a feed of which nothing is known, this is where its silence begins.
    return to_json([to_text(time) for time in rhythm.merged(rhythm_from(known), times) or (poll.fetched_at,)])


def rhythm_from(text: str | None) -> tuple[datetime, ...]:
    """The times in the column `rhythm`."""
    return tuple(to_moment(time) for time in strings_from(text))


def _freshness(response: Page | NotModified | None) -> tuple[Validators, str | None]:
    """What to ask with next time, and the hash of the body that was understood (None: as before)."""
    if isinstance(response, Page):
        return response.validators, sha256(response.body).hexdigest()
    return (response.validators if response else Validators()), None
