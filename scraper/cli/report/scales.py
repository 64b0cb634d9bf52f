"""The scales of the charts, in the words of Vega-Lite: time in steps, whole numbers, colours of the page."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

Spec = dict[str, Any]

REST = ("all others", "no feed")
"""Names that are none of their own: grey, and last."""

_HUES = 9
_FEW = 5
_LEAST_STEPS = 14
_STEPS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


def time_axis(width: int, bucket: str, first: str, last: str) -> Spec:
    """An axis from the `first` step to the end of the `last`; fourteen steps at least, so that one is no wall."""
    end = date.fromisoformat(end_of(last, bucket))
    try:
        begin = min(first, (end - _LEAST_STEPS * _STEPS[bucket]).isoformat())
    except OverflowError:  # the first days of all calendars
        begin = first
    return {
        "type": "temporal",
        "scale": {"type": "utc", "domain": [begin, end.isoformat()]},
        "title": None,
        "axis": {
            "grid": False,
            "tickCount": width // 80,
            "format": "%b %Y" if bucket == "month" else "%-d %b",
            "labelOverlap": True,
            "labelFlush": False,
        },
    }


def count_axis(title: str, most: int) -> Spec:
    """An axis of whole numbers, up to `most`."""
    ticks: Spec = (
        {"values": list(range(most + 1)), "format": "d"} if most <= _FEW else {"tickCount": _FEW, "format": "~s"}
    )
    return {"type": "quantitative", "title": title.replace("_", " "), "axis": ticks}


def colours(names: Sequence[str]) -> Spec:
    """A colour for each name; grey for what is none of its own."""
    hues = [f"var(--c{1 + place % _HUES})" for place, _ in enumerate(names)]
    palette = ["var(--rest)" if name in REST else hue for name, hue in zip(names, hues, strict=True)]
    return {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": list(names), "range": palette},
        "legend": None,
    }


def end_of(start: str, bucket: str) -> str:
    day = date.fromisoformat(start)
    try:
        if bucket == "month":
            return (day.replace(day=28) + timedelta(days=4)).replace(day=1).isoformat()
        return (day + timedelta(days=7 if bucket == "week" else 1)).isoformat()
    except OverflowError:  # the last day of all calendars, by a page's mistake
        return start


def said_of(start: str, bucket: str) -> str:
    return {"day": start, "week": f"week of {start}", "month": start[:7]}[bucket]
