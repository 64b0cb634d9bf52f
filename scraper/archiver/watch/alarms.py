"""What a person should look at: feeds that fail for good or went quiet, sites whose pages are suddenly read worse.

Compares everything with its own past only, and says nothing where there is too little of that. Writes nothing.
"""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from math import comb

from scraper.archiver.store.columns import moment_or_none, to_moment, to_text
from scraper.archiver.store.database import Database, Row


class AlarmKind(StrEnum):
    """What is wrong. `run_failed` is told by whoever ran: an archive in trouble cannot keep it."""

    FEED_FAILING = "feed_failing"
    FEED_RETIRED = "feed_retired"
    FEED_QUIET = "feed_quiet"
    DRIFT = "drift"
    RUN_FAILED = "run_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something wrong with `subject`: the URL of a feed as configured, or a site. `name` is what people call it."""

    kind: AlarmKind
    subject: str
    name: str
    message: str


FAILING_AFTER, FAILURES = timedelta(hours=24), 3
"""A feed fails for good after so many failures in a row and so long without a good answer."""

QUIET_FACTOR, QUIET_AT_LEAST, LEAST_TIMES = 3, timedelta(days=5), 9
"""A feed is quiet after so many times its longest silence among its latest entries, never sooner than a long holiday
lasts, and only where so many of their times are known."""

RECENT, LEAST_RECENT, BEFORE, LEAST_BEFORE = 30, 20, 300, 60
"""Articles of a site that are compared: the latest ones with those before them; with fewer nothing is said."""

LONG_AGO, STILL_NEW, FRESH = timedelta(days=365), timedelta(days=14), 7
"""History goes back so far; an alarm needs articles of the last days; and pages of stories older than so many days when
they were found (a backfill, an import) are read otherwise than news."""

CHANCE, WORST_SHARE, LEAST_FALL = 1e-5, 0.5, 0.3
"""Drift is what chance brings less often than that, to less than such a share of what was usual, and a fall of the
share of pages that have the field by at least so much."""

_FIELDS = ("title", "published", "published_time", "authors", "category", "tags", "body", "images")
_SIGHTS = (
    "SELECT title IS NOT NULL AS title, published IS NOT NULL AS published,"
    " ifnull(published_precision <> 'day', 0) AS published_time, category IS NOT NULL AS category,"
    " text_hash IS NOT NULL AS body, word_count,"
    " EXISTS (SELECT 1 FROM article_authors WHERE article_id = records.id) AS authors,"
    " EXISTS (SELECT 1 FROM article_tags WHERE article_id = records.id) AS tags,"
    " EXISTS (SELECT 1 FROM images WHERE article_id = records.id) AS images, first_seen_at"
    " FROM article_records AS records WHERE site = ? AND first_seen_at > ? AND kind = 'article'"
    f" AND (published IS NULL OR published >= strftime('%Y-%m-%dT%H:%M:%SZ', first_seen_at, '-{FRESH} days'))"
    " ORDER BY first_seen_at DESC LIMIT ?"
)


def of_feeds(database: Database, now: datetime) -> tuple[Alarm, ...]:
    """Feeds that are asked and fail for good, are gone, or went quiet against their own rhythm."""
    rows = database.all(
        "SELECT id, url, name, failures_in_a_row, retired_at, last_ok_at, added_at, last_new_at, rhythm FROM feeds"
        " WHERE subscribed = 1 AND enabled = 1 ORDER BY name"
    )
    found = (_of_feed(database, row, now) for row in rows)
    return tuple(alarm for alarm in found if alarm is not None)


def of_sites(database: Database, now: datetime, sites: Iterable[str] | None = None) -> tuple[Alarm, ...]:
    """Sites, of those given or of all that brought something lately, whose pages are read worse than they were."""
    asked = sorted(set(sites if sites is not None else sites_with_news(database, now - STILL_NEW)))
    return tuple(alarm for site in asked if (alarm := _of_site(database, site, now)) is not None)


def sites_with_news(database: Database, since: datetime) -> tuple[str, ...]:
    """The sites of which something was archived since then."""
    rows = database.all("SELECT DISTINCT site FROM article_records WHERE first_seen_at >= ?", (to_text(since),))
    return tuple(row["site"] for row in rows)


def _of_feed(database: Database, feed: Row, now: datetime) -> Alarm | None:
    def alarm(kind: AlarmKind, message: str) -> Alarm:
        return Alarm(kind=kind, subject=feed["url"], name=feed["name"], message=message)

    if feed["retired_at"] is not None:
        return alarm(AlarmKind.FEED_RETIRED, f"said on {feed['retired_at'][:10]} that it is gone for good (410)")
    well_at = to_moment(feed["last_ok_at"] or feed["added_at"])
    if feed["failures_in_a_row"]:
        if feed["failures_in_a_row"] < FAILURES or now - well_at < FAILING_AFTER:
            return None
        since = f"since {to_text(well_at)}" if feed["last_ok_at"] else "ever"
        return alarm(AlarmKind.FEED_FAILING, f"no good answer {since}: {_last_failure(database, feed['id'])}")
    times = [to_moment(time) for time in json.loads(feed["rhythm"] or "[]")]
    last_new_at = moment_or_none(feed["last_new_at"])
    if (silence := quiet_for(times, last_new_at, now)) is not None:
        usual = max(later - earlier for earlier, later in pairwise(sorted(times)))
        return alarm(
            AlarmKind.FEED_QUIET,
            f"nothing new for {_span(silence)}; the longest silence between its entries before was {_span(usual)}",
        )
    return None


def quiet_for(times: Sequence[datetime], last_new_at: datetime | None, now: datetime) -> timedelta | None:
    """How long a feed has been silent, where that is long against the times of its latest entries; else None."""
    if len(times) < LEAST_TIMES:
        return None
    times = sorted(times)
    silence = now - max(times[-1], last_new_at or times[-1])
    longest = max(later - earlier for earlier, later in pairwise(times))
    return silence if silence > max(QUIET_FACTOR * longest, QUIET_AT_LEAST) else None


def _last_failure(database: Database, feed_id: int) -> str:
    row = database.one(
        "SELECT reason, message FROM failures JOIN fetches ON fetches.id = failures.fetch_id"
        " WHERE fetches.feed_id = ? ORDER BY failures.id DESC LIMIT 1",
        (feed_id,),
    )
    return f"{row['reason']}: {row['message']}" if row else "unknown"


def _of_site(database: Database, site: str, now: datetime) -> Alarm | None:
    sights = database.all(_SIGHTS, (site, to_text(now - LONG_AGO), RECENT + BEFORE))
    if not sights or now - to_moment(sights[0]["first_seen_at"]) > STILL_NEW:
        return None
    faults = falls(sights[:RECENT], sights[RECENT:])
    if not faults:
        return None
    return Alarm(kind=AlarmKind.DRIFT, subject=site, name=site, message="; ".join(faults))


def falls(recent: Sequence[Row], before: Sequence[Row]) -> list[str]:
    """In words, which fields the recent articles of a site have far less often than those before, and whether their
    texts are far shorter.
    """
    if len(recent) < LEAST_RECENT or len(before) < LEAST_BEFORE:
        return []
    found = []
    for field in _FIELDS:
        have, had = sum(row[field] for row in recent), sum(row[field] for row in before)
        now, then = have / len(recent), had / len(before)
        if now <= WORST_SHARE * then and then - now >= LEAST_FALL and _is_no_chance(have, recent, had, before):
            found.append(f"{field} on {now:.0%} of its last {len(recent)} articles, {then:.0%} before")
    return [*found, *_shorter(recent, before)]


def _shorter(recent: Sequence[Row], before: Sequence[Row]) -> list[str]:
    """Texts below what nine in ten had before: of those, a tenth is what was usual."""
    words = sorted(row["word_count"] for row in before)
    now, then = statistics.median(row["word_count"] for row in recent), statistics.median(words)
    tenth = words[len(words) // 10]
    long_now, long_then = sum(row["word_count"] >= tenth for row in recent), sum(n >= tenth for n in words)
    if now > WORST_SHARE * then or not _is_no_chance(long_now, recent, long_then, before):
        return []
    return [f"texts of {now:.0f} words (median of its last {len(recent)} articles), {then:.0f} before"]


def _is_no_chance(have: int, recent: Sequence[Row], had: int, before: Sequence[Row]) -> bool:
    """Whether so few among the recent ones are rarer than CHANCE if recent and earlier ones were alike: the exact test
    of Fisher, which holds for small numbers too.
    """
    n, m, all_have = len(recent), len(before), have + had
    fewer = sum(comb(n, k) * comb(m, all_have - k) for k in range(max(0, all_have - m), have + 1))
    return fewer < CHANCE * comb(n + m, all_have)


def _span(time: timedelta) -> str:
    return f"{time.days} days" if time.days > 1 else f"{time.total_seconds() / 3600:.0f} hours"
