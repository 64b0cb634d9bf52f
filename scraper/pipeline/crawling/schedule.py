"""When a feed is asked again: from its rhythm, its own wishes, its server's, and how it fails. Pure; reads no clock.

The bounds are the configuration's. What is stronger stands later: the rhythm of its entries, then every wish not to be
asked so soon (ttl, sy:update*, Cache-Control, Expires), then the bounds, chance, hours and days it wants no visit in,
and last Retry-After, before which nobody asks.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from scraper.archiver.crawling.rhythm import merged
from scraper.errors import ItemError, Reason, TransientError
from scraper.records import FeedHints
from scraper.settings import CrawlSettings

UNKNOWN_SECONDS: Final = 3_600.0
"""Between two polls of a feed of whose rhythm nothing is known."""

RETIRED_SECONDS: Final = 30 * 86_400.0
"""Between two polls of a feed that said it is gone for good (410): sites have come back from that, too."""

_POLLS_PER_ENTRY: Final = 2.0
# A feed's free days may make a long weekend; more than that is a mistake in the feed.
_LONGEST_SKIP: Final = timedelta(days=4)
_SPREAD_AFTER_SKIP: Final = timedelta(minutes=10)

# What a failure weighs: feeds that answered 404 and hosts that had no address came back, servers in trouble sooner.
_SOFT: Final = 0.5
_TEMPORARY: Final = 0.25
_POINTS: Final = {
    Reason.NOT_FOUND: _SOFT,
    Reason.RATE_LIMITED: _SOFT,
    Reason.DNS: _SOFT,
    Reason.TIMEOUT: _TEMPORARY,
    Reason.SERVER_ERROR: _TEMPORARY,
    Reason.CONNECT: _TEMPORARY,
    Reason.TRUNCATED: _TEMPORARY,
    Reason.PROTOCOL: _TEMPORARY,
    Reason.ROBOTS_UNREACHABLE: _TEMPORARY,
    Reason.LYING_304: _TEMPORARY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the configuration allows. `fixed_seconds` is its own interval, for one feed or all; None: adaptive."""

    fixed_seconds: float | None = None
    floor_seconds: float = 300.0
    ceiling_seconds: float = 21_600.0
    jitter: float = 0.1
    backoff_seconds: float = 86_400.0

    @classmethod
    def of(cls, settings: CrawlSettings, interval_seconds: float | None) -> "Bounds":
        """The bounds of `settings` for a feed with an interval of its own, if it has one."""
        floor = settings.feed_interval_min_seconds
        return cls(
            fixed_seconds=settings.feed_interval_seconds if interval_seconds is None else interval_seconds,
            floor_seconds=floor,
            ceiling_seconds=max(floor, settings.feed_interval_max_seconds),
            jitter=settings.feed_jitter,
            backoff_seconds=max(floor, settings.feed_backoff_max_seconds),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a feed when its next poll is decided.

    `rhythm` are the times its latest entries came out; `fresh_seconds` is how long the answer may be taken for
    current; `failures` and `points` count the failures in a row, this one included; `wished` is
    Retry-After; `chance` is between 0 and 1.
    """

    rhythm: Sequence[datetime] = ()
    hints: FeedHints = field(default_factory=FeedHints)
    fresh_seconds: float | None = None
    failures: int = 0
    points: float = 0.0
    retired: bool = False
    wished: datetime | None = None
    chance: float = 0.0


@dataclass(frozen=True, slots=True)
class NextPoll:
    """When, and what decided it, in a word."""

    at: datetime
    because: str


def next_poll(now: datetime, standing: Standing, bounds: Bounds) -> NextPoll:
    """When the feed is due again. A failing feed is asked ever more rarely, and never given up."""
    seconds, because = _pause(now, standing, bounds)
    at = now + timedelta(seconds=seconds)
    if bounds.fixed_seconds is None and not standing.failures:
        allowed = _outside_skips(at, standing.hints, standing.chance)
        if allowed != at:
            at, because = allowed, "skip"
    if standing.wished is not None and standing.wished > at:
        return NextPoll(standing.wished, "retry-after")
    return NextPoll(at, because)


def spread(key: str) -> float:
    """A number between 0 and 1 that looks like chance, always the same for `key`: so that not all come together."""
    return zlib.crc32(key.encode("utf-8", "replace")) / 2**32


def points_of(error: ItemError) -> float:
    """What a failure weighs in the backoff: 1 where the fault is likely to stay, less where it is not."""
    return _POINTS.get(error.reason, _TEMPORARY if isinstance(error, TransientError) else 1.0)


def _pause(now: datetime, standing: Standing, bounds: Bounds) -> tuple[float, str]:
    if standing.retired:
        return max(RETIRED_SECONDS, bounds.fixed_seconds or 0.0), "retired"
    if standing.failures:
        return _backoff(standing, bounds), "failure"
    if bounds.fixed_seconds is not None:
        return bounds.fixed_seconds, "interval"
    seconds, because = _wishes(standing, *_by_rhythm(now, standing.rhythm))
    if seconds < bounds.floor_seconds:
        seconds, because = bounds.floor_seconds, "floor"
    if seconds > bounds.ceiling_seconds:
        seconds, because = bounds.ceiling_seconds, "ceiling"
    return seconds * (1 + bounds.jitter * standing.chance), because


def _by_rhythm(now: datetime, times: Sequence[datetime]) -> tuple[float, str]:
    """Half the mean time between entries, the silence since the last one included: who falls silent is asked less."""
    past = merged((), (time for time in times if time <= now))
    if not past:
        return UNKNOWN_SECONDS, "unknown"
    return (now - past[0]).total_seconds() / len(past) / _POLLS_PER_ENTRY, "rhythm"


def _wishes(standing: Standing, seconds: float, because: str) -> tuple[float, str]:
    """The longest of the rhythm and of what the feed and its server wish for."""
    wishes = (
        (standing.hints.ttl_seconds, "ttl"),
        (standing.hints.update_seconds, "sy:update"),
        (standing.fresh_seconds, "max-age"),
    )
    stated = [(wish, name) for wish, name in wishes if wish]
    return max((seconds, because), *stated, key=lambda pair: pair[0]) if stated else (seconds, because)


def _backoff(standing: Standing, bounds: Bounds) -> float:
    """The first failure may be chance: the feed is asked again soon. Then the pause doubles with every point."""
    ordinary = bounds.floor_seconds if bounds.fixed_seconds is None else bounds.fixed_seconds
    if standing.failures <= 1:
        return ordinary
    growing: float = max(bounds.floor_seconds, 60.0) * 2.0 ** min(standing.points, 40.0)
    seconds = max(ordinary, min(bounds.backoff_seconds, growing))
    return seconds * (1 + bounds.jitter * standing.chance)


def _outside_skips(at: datetime, hints: FeedHints, chance: float) -> datetime:
    """`at`, or a moment in the first hour after it that is not among those the feed wants no visit in (GMT)."""
    if not hints.skip_hours and not hints.skip_days:
        return at
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if not _is_skipped(hour, hints):
        return at
    first = hour
    while _is_skipped(hour, hints):
        hour += timedelta(hours=1)
        if hour - first > _LONGEST_SKIP:
            return at  # nothing is left of the week: not meant so
    return hour + _SPREAD_AFTER_SKIP * chance


def _is_skipped(hour: datetime, hints: FeedHints) -> bool:
    return hour.hour in hints.skip_hours or hour.weekday() in hints.skip_days
