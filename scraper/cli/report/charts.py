"""The door to Vega-Lite (vl-convert): rows in, an SVG that needs no script out. Knows neither HTML nor the archive.

Colours are names of CSS variables, so that one drawing serves light, dark and paper. Each chart is drawn twice, wide
and narrow, because what is legible on a desk is not on a telephone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from scraper.cli.report.scales import REST, colours, count_axis, end_of, said_of, time_axis
from scraper.errors import MissingExtraError

Row = Mapping[str, object]
Spec = dict[str, Any]

WIDE, NARROW = 880, 340
"""Widths in CSS pixels: for a desk and paper, and for a telephone."""

_HEIGHT = 240
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_MARK = re.compile(r'<path aria-label="([^"]*)"([^>]*)/>')
_ATTRIBUTES_OF_ANY_SVG = re.compile(r' (?:xmlns(?::xlink)?|version)="[^"]*"')

_CONFIG: Spec = {
    "font": "Arial, Helvetica, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--soft)",
        "titleColor": "var(--soft)",
        "gridColor": "var(--line)",
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG elements, and what its colours stand for: a CSS colour for each name."""

    wide: str
    narrow: str
    legend: Mapping[str, str]


def draw(name: str, rows: Sequence[Row], bucket: str) -> Drawing:
    """The chart of that name. The legend is left to the page, which knows how wide its letters are.

    Raises MissingExtraError where vl-convert is not installed, KeyError where there is no chart of that name.
    """
    wide, narrow = (_CHARTS[name](rows, bucket, width) for width in (WIDE, NARROW))
    colours = wide["encoding"].get("color", {}).get("scale", {"domain": (), "range": ()})
    return Drawing(_svg(wide), _svg(narrow), dict(zip(colours["domain"], colours["range"], strict=True)))


def _svg(spec: Spec) -> str:
    try:
        import vl_convert  # noqa: PLC0415 - an extra, and a second to load
    except ImportError as error:
        raise MissingExtraError("The report needs a library for its charts: pip install 'scraper[report]'") from error
    spec = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "background": None, **spec}
    text = vl_convert.vegalite_to_svg({**spec, "config": _CONFIG}, vl_version="5.20", allowed_base_urls=[])
    ET.fromstring(text)  # noqa: S314 - our own drawing: what is no XML must not get into the page
    # What a mark says to those who listen is shown to those who point as well.
    text = _MARK.sub(r'<path aria-label="\1"\2><title>\1</title></path>', text)
    return _ATTRIBUTES_OF_ANY_SVG.sub("", text, count=3)


def _stacked(rows: Sequence[Row], bucket: str, width: int) -> Spec:
    """Bars over time, one colour for each of the names in the second column, the biggest at the bottom."""
    at, series, number = tuple(rows[0])
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[str(row[series])] += _int(row[number])
    names = sorted(sums, key=lambda name: (name in REST, -sums[name], name))
    heights: dict[str, int] = defaultdict(int)
    values = []
    for row in sorted(rows, key=lambda row: (str(row[at]), names.index(str(row[series])))):
        start, count = str(row[at]), _int(row[number])
        values.append(
            {
                "from": start,
                "to": end_of(start, bucket),
                "low": heights[start],
                "high": heights[start] + count,
                "name": str(row[series]),
                "said": f"{said_of(start, bucket)}, {row[series]}: {count:,} {number}",
            }
        )
        heights[start] += count
    return {
        "width": width - 60,
        "height": _HEIGHT,
        "data": {"values": values},
        "mark": {"type": "rect", "stroke": "var(--paper)", "strokeWidth": 0.75},
        "encoding": {
            "x": {**time_axis(width, bucket, min(heights), max(heights)), "field": "from"},
            "x2": {"field": "to"},
            "y": {**count_axis(number, max(heights.values())), "field": "low"},
            "y2": {"field": "high"},
            "color": colours(names),
            "description": {"field": "said"},
        },
    }


def _views(rows: Sequence[Row], bucket: str, width: int) -> Spec:
    """A line per article, over the hours since its publication."""
    del bucket
    names = _told_apart({row["id"]: str(row["title"]) for row in rows})
    values = [
        {
            "hours": row["hours_since_publication"],
            "views": row["view_count"],
            "name": names[row["id"]],
            "said": f"{row['title']}: {_int(row['view_count']):,} views after {row['hours_since_publication']} hours",
        }
        for row in rows
        if row["hours_since_publication"] is not None
    ]
    return {
        "width": width - 60,
        "height": _HEIGHT,
        "data": {"values": values},
        "encoding": {
            "x": {
                "field": "hours",
                "type": "quantitative",
                "title": "hours since publication",
                "axis": {"grid": False},
            },
            "y": {**count_axis("views", max(_int(row["view_count"]) for row in rows)), "field": "views"},
            "color": colours(list(names.values())),
        },
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 2, "aria": False}},
            {
                "mark": {"type": "point", "filled": True, "size": 36, "opacity": 1},
                "encoding": {"description": {"field": "said"}},
            },
        ],
    }


def _told_apart(titles: Mapping[object, str]) -> dict[object, str]:
    """A name for each of them that no other has: two articles may have one title."""
    met: Counter[str] = Counter()
    names = {}
    for key, title in titles.items():
        met[title] += 1
        names[key] = title if met[title] == 1 else f"{title} ({met[title]})"
    return names


def _hours(rows: Sequence[Row], bucket: str, width: int) -> Spec:
    """A week as a grid of hours, the darker the busier."""
    del bucket
    found = {(_int(row["weekday"]), _int(row["hour"])): _int(row["articles"]) for row in rows}
    values = [
        {
            "day": _DAYS[day],
            "hour": hour,
            "articles": found.get((day, hour), 0),
            "said": f"{_DAYS[day]}, {hour:02}:00 to {hour:02}:59: {found.get((day, hour), 0):,} articles",
        }
        for day in (1, 2, 3, 4, 5, 6, 0)
        for hour in range(24)
    ]
    return {
        "width": width - 60,
        "height": 24 * 7,
        "data": {"values": values},
        "mark": {"type": "rect", "fill": "var(--c1)", "stroke": "var(--paper)", "strokeWidth": 1.5, "cornerRadius": 2},
        "encoding": {
            "x": {
                "field": "hour",
                "type": "ordinal",
                "title": "hour, local time",
                "axis": {"labelAngle": 0, "values": list(range(0, 24, 2 if width == WIDE else 6)), "ticks": False},
            },
            "y": {"field": "day", "type": "ordinal", "title": None, "sort": None, "axis": {"ticks": False}},
            "fillOpacity": {
                "field": "articles",
                "type": "quantitative",
                "scale": {"type": "sqrt", "range": [0.06, 1]},
                "legend": None,
            },
            "description": {"field": "said"},
        },
    }


def _lengths(rows: Sequence[Row], bucket: str, width: int) -> Spec:
    """A histogram of lengths in words."""
    del bucket
    values = [
        {
            "from": start,
            "to": start + 100,
            "articles": _int(row["articles"]),
            "said": f"{start:,} words or more: {_int(row['articles']):,} articles"
            if start >= 2000
            else f"{start:,} to {start + 99:,} words: {_int(row['articles']):,} articles",
        }
        for row in rows
        for start in [_int(row["words_from"])]
    ]
    return {
        "width": width - 60,
        "height": 180,
        "data": {"values": values},
        "mark": {"type": "rect", "fill": "var(--c1)", "stroke": "var(--paper)", "strokeWidth": 1},
        "encoding": {
            "x": {"field": "from", "type": "quantitative", "title": "words", "axis": {"grid": False}},
            "x2": {"field": "to"},
            "y": {**count_axis("articles", max(_int(row["articles"]) for row in rows)), "field": "articles"},
            "y2": {"datum": 0},
            "description": {"field": "said"},
        },
    }


def _reasons(rows: Sequence[Row], bucket: str, width: int) -> Spec:
    """Bars by reason, one colour per kind of request."""
    del bucket
    values = [{**row, "said": f"{row['reason']} ({row['kind']}): {row['failures']} failures"} for row in rows]
    kinds = sorted({str(row["kind"]) for row in rows})
    return {
        "width": width - 175,
        "height": {"step": 22},
        "data": {"values": values},
        "mark": {"type": "bar", "stroke": "var(--paper)", "strokeWidth": 0.75},
        "encoding": {
            "y": {
                "field": "reason",
                "type": "nominal",
                "title": None,
                "sort": "-x",
                "axis": {"labelLimit": 150, "minExtent": 140},
            },
            "x": {**count_axis("failures", sum(_int(row["failures"]) for row in rows)), "field": "failures"},
            "color": {**colours(kinds), "field": "kind"},
            "description": {"field": "said"},
        },
    }


_CHARTS: dict[str, Callable[[Sequence[Row], str, int], Spec]] = {
    "stacked": _stacked,
    "views": _views,
    "hours": _hours,
    "lengths": _lengths,
    "reasons": _reasons,
}


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
