"""Permanent redirects of feeds (301, 308): noted, taken over once they proved themselves, taken back where they fail.

The configured address is never changed: what is taken over is `feeds.current_url`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from scraper.archiver.crawl_records import FeedMove, MoveState
from scraper.archiver.store.columns import moment_or_none, records_from, to_moment, to_text
from scraper.archiver.store.database import Database, Row
from scraper.records import NotModified, Page, Redirect

PROOF_POLLS: Final = 3
"""A new address is taken over after so many good polls through it ..."""

PROOF_TIME: Final = timedelta(days=1)
"""... over so long a time: a mistake in a server's settings is noticed by then."""

FAILED_POINTS: Final = 3.0
"""A new address that fails for so many points is given back for the old one ..."""

SHUNNED: Final = timedelta(days=30)
"""... and not taken over again for so long."""

_PERMANENT = frozenset((301, 308))


def permanent_target(redirects: Sequence[Redirect]) -> tuple[str, int] | None:
    """Where the redirects that are permanent lead, up to the first that is not, and the status of the first."""
    target = None
    for hop in redirects:
        if hop.status not in _PERMANENT:
            break
        target = hop.location
    return None if target is None else (target, redirects[0].status)


def note(database: Database, feed: Row, answer: Page | NotModified, *, proves: bool) -> str | None:
    """Note what a good poll says of a move; what to tell a person if its new address is taken over by that.

    `proves`: the answer held entries known from before, or nothing new at all.
    """
    found = permanent_target(answer.redirects)
    if found is None:
        # Asked for directly it answers itself again: what was seen before was no move.
        database.execute("DELETE FROM feed_moves WHERE feed_id = ? AND state = 'seen'", (feed["id"],))
        return None
    to_url, status = found
    at = to_text(answer.fetched_at)
    database.execute(
        "INSERT INTO feed_moves (feed_id, from_url, to_url, status, state, polls, first_seen_at, last_seen_at)"
        " VALUES (?1, ?2, ?3, ?4, 'seen', ?5, ?6, ?6) ON CONFLICT (feed_id, to_url) DO UPDATE SET"
        " from_url = excluded.from_url, status = excluded.status, polls = polls + ?5, last_seen_at = ?6",
        (feed["id"], feed["current_url"] or feed["url"], to_url, status, int(proves), at),
    )
    move = database.one("SELECT * FROM feed_moves WHERE feed_id = ? AND to_url = ?", (feed["id"], to_url))
    assert move is not None
    if not feed["follow_moves"] or not _has_proved_itself(move, answer.fetched_at):
        return None
    # Asked for where it was configured, it stands where it was configured.
    current = None if to_url == feed["url"] else to_url
    database.execute("UPDATE feeds SET current_url = ? WHERE id = ?", (current, feed["id"]))
    database.execute("UPDATE feed_moves SET state = 'adopted', decided_at = ? WHERE id = ?", (at, move["id"]))
    return f"moved for good to {to_url} (status {status}): asked there from now on"


def _has_proved_itself(move: Row, now: datetime) -> bool:
    since = to_moment(move["first_seen_at"])
    if move["state"] == MoveState.REVERTED:
        decided = moment_or_none(move["decided_at"])
        return move["polls"] >= PROOF_POLLS and decided is not None and now - decided >= SHUNNED
    return move["polls"] >= PROOF_POLLS and now - since >= PROOF_TIME


def take_back(database: Database, feed: Row, at: datetime) -> str | None:
    """Ask the feed where it was configured again; what to tell a person, or None where it is asked there already."""
    if feed["current_url"] is None:
        return None
    database.execute("UPDATE feeds SET current_url = NULL, failure_points = 0 WHERE id = ?", (feed["id"],))
    database.execute(
        "UPDATE feed_moves SET state = 'reverted', polls = 0, decided_at = ? WHERE feed_id = ? AND to_url = ?",
        (to_text(at), feed["id"], feed["current_url"]),
    )
    return f"{feed['current_url']} fails: asked at {feed['url']} again"


def of_feed(database: Database, feed_id: int) -> tuple[FeedMove, ...]:
    """Every move of a feed, first seen first."""
    rows = database.all("SELECT * FROM feed_moves WHERE feed_id = ? ORDER BY first_seen_at, id", (feed_id,))
    return records_from(FeedMove, rows)
