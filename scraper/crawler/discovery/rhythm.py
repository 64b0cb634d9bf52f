"""How often something new comes, from the dates of what came last. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

_MIN_SPAN = timedelta(hours=1)


def entries_per_day(moments: Iterable[datetime]) -> float | None:
    """The mean over the newest nine tenths (an old entry pinned to the top says nothing); None for fewer than two."""
    newest = sorted(moments, reverse=True)
    counted = newest[: max(2, len(newest) * 9 // 10)]
    if len(counted) < 2:
        return None
    span = max(counted[0] - counted[-1], _MIN_SPAN)
    return (len(counted) - 1) / (span / timedelta(days=1))


def in_words(per_day: float | None) -> str | None:
    """``about 12 a day``, ``about 3 a week``: one number a person can picture."""
    if per_day is None:
        return None
    for days, name in ((1, "day"), (7, "week"), (30.4, "month"), (365.25, "year")):
        if per_day * days >= 1.5:
            return f"about {per_day * days:.0f} a {name}"
    return "about 1 a year or less"
