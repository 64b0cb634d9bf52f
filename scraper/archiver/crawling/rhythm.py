"""When the latest entries of a feed came out: all that is kept of its past to foresee its future. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from scraper.records import FeedEntry, Precision

MOST: Final = 20
"""So many are kept: enough that one burst is no rhythm, few enough that a new rhythm is soon felt."""

BURST: Final = timedelta(minutes=5)
"""What comes out within so short a time came out together: no feed is asked more often by its rhythm."""

# A date of an entry that turns up so much later says nothing of the feed's rhythm now: it is from an archive.
_LATE: Final = timedelta(days=2)


def of_entries(entries: Iterable[FeedEntry], seen_at: datetime, *, is_first: bool) -> list[datetime]:
    """When `entries`, new at `seen_at`, came out: as they say themselves, else when they were seen.

    On the first poll (`is_first`) everything is new: then only what has a date counts, however old.
    """
    times = []
    for entry in entries:
        stated = entry.published if entry.published and entry.published.precision is not Precision.DAY else None
        if stated and stated.at <= seen_at and (is_first or seen_at - stated.at < _LATE):
            times.append(stated.at)
        elif not is_first:
            times.append(seen_at)
        elif entry.published and entry.published.at <= seen_at:
            times.append(entry.published.at)
    return times


def merged(known: Sequence[datetime], new: Iterable[datetime]) -> tuple[datetime, ...]:
    """The latest times of both, oldest first, bursts as one."""
    kept: list[datetime] = []
    for time in sorted({*known, *new}, reverse=True):
        if not kept or kept[-1] - time >= BURST:
            kept.append(time)
        if len(kept) == MOST:
            break
    return tuple(reversed(kept))
