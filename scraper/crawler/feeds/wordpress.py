"""The time zone of a WordPress site. WordPress writes its feeds in UTC, whatever the clock its readers see.

The zone stands in the index of its REST API, whose address every response names in a Link header (RFC 8288). Pure.
"""

import json
import re
from dataclasses import replace
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scraper.crawler.http.linkheaders import response_links
from scraper.records import Feed, FeedEntry, Page, Timestamp
from scraper.urls import host_of

_API = "https://api.w.org/"
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_MAX_OFFSET_HOURS = 14


def api_index(page: Page) -> str | None:
    """The address of the REST API that a response names, if it is on the same host."""
    named = next((link.href for link in response_links(page) if link.rel == _API), None)
    return named if named is not None and host_of(named) == host_of(page.final_url) else None


def zone_name(index: bytes) -> str | None:
    """The zone that an API index states: an IANA name such as ``Europe/Berlin``, or an offset such as ``+05:30``."""
    try:
        stated = json.loads(index)
    except (ValueError, RecursionError):
        return None
    if not isinstance(stated, dict):
        return None
    name, hours = stated.get("timezone_string"), stated.get("gmt_offset")
    if isinstance(name, str) and name and zone_of(name) is not None:
        return name
    if isinstance(hours, int | float) and -_MAX_OFFSET_HOURS <= hours <= _MAX_OFFSET_HOURS:
        minutes = round(abs(hours) * 60)
        return f"{'-' if hours < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return None


def zone_of(name: str) -> tzinfo | None:
    """The zone of that name; None where there is no such zone."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        span = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-span if offset[1] == "-" else span)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def in_zone(feed: Feed, zone: tzinfo) -> Feed:
    """`feed` with the times that it states in UTC as the clocks of `zone` showed them. The moments stay."""
    return replace(feed, entries=tuple(_entry_in(entry, zone) for entry in feed.entries))


def _entry_in(entry: FeedEntry, zone: tzinfo) -> FeedEntry:
    return replace(entry, published=_stamp_in(entry.published, zone), updated=_stamp_in(entry.updated, zone))


def _stamp_in(stamp: Timestamp | None, zone: tzinfo) -> Timestamp | None:
    if stamp is None or stamp.offset_minutes != 0:
        return stamp
    offset = stamp.at.astimezone(zone).utcoffset() or timedelta()
    return replace(stamp, at=stamp.at.astimezone(UTC), offset_minutes=round(offset.total_seconds() / 60))
