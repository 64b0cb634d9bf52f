"""What a feed says of itself beside its title: when it wants to be asked, and where it links to. Pure.

Read from the tree, because feedparser keeps only the last of several hours, and of the days none.
"""

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from scraper.records import FeedHints, FeedLink
from scraper.text import or_none
from scraper.urls import resolved_or_none

_PERIOD_SECONDS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


class FeedHead(NamedTuple):
    """See :class:`scraper.records.Feed`."""

    hints: FeedHints
    links: tuple[FeedLink, ...]


def read_head(root: etree._Element, url: str) -> FeedHead:
    """What the feed with this root says of itself; its links are resolved against `xml:base` and `url`."""
    channels = [child for child in root if name_of(child) == "channel"]
    fields = [field for parent in (*channels, root) for field in parent if name_of(field) not in ("item", "entry")]
    minutes = _number(_text_of("ttl", fields))
    hints = FeedHints(
        ttl_seconds=minutes * 60 if minutes else None,
        update_seconds=_update_seconds(fields),
        skip_hours=frozenset(_hours(fields)),
        skip_days=frozenset(_DAYS.index(day) for day in _skipped("skipdays", fields) if day in _DAYS),
    )
    return FeedHead(hints, tuple(link for field in fields if name_of(field) == "link" for link in _links(field, url)))


def _update_seconds(fields: list[etree._Element]) -> float | None:
    """RSS 1.0 syndication module: the period is daily and the frequency 1 where only the other is given."""
    period, frequency = _text_of("updateperiod", fields), _text_of("updatefrequency", fields)
    if period is None and frequency is None:
        return None
    seconds = _PERIOD_SECONDS.get((period or "daily").lower())
    return seconds / max(1.0, _number(frequency) or 1.0) if seconds else None


def _hours(fields: list[etree._Element]) -> Iterator[int]:
    for text in _skipped("skiphours", fields):
        # Whole numbers from 0 to 23; RSS 0.91 counted from 1 to 24.
        if text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= 24:
            yield int(text) % 24


def _skipped(name: str, fields: list[etree._Element]) -> list[str]:
    return [(child.text or "").strip().lower() for field in fields if name_of(field) == name for child in field][:100]


def _links(field: etree._Element, url: str) -> Iterator[FeedLink]:
    """An Atom link, in whatever kind of feed; RSS has its own `link`, which carries no `href`."""
    address = field.get("href")
    if not address:
        return
    base = url
    for element in (*reversed(list(field.iterancestors())), field):
        base = resolved_or_none(element.get(_BASE), base) or base
    href = resolved_or_none(address, base)
    if href is not None:
        for rel in (field.get("rel") or "alternate").lower().split():
            yield FeedLink(rel=rel, href=href, media_type=or_none(field.get("type")))


def _text_of(name: str, fields: list[etree._Element]) -> str | None:
    return next((or_none(field.text) for field in fields if name_of(field) == name), None)


def _number(text: str | None) -> float | None:
    number = float(text) if text and _NUMBER.fullmatch(text) else None
    return number if number is not None and math.isfinite(number) else None


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace, in lower case."""
    return element.tag.rpartition("}")[2].lower()
