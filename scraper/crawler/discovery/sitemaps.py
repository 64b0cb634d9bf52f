"""A sitemap looked over (sitemaps.org 0.9, Google's news extension): how much is in it and how new. Pure.

Reads no sitemap whole into records; finds out only whether it is worth following.
"""

import re
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.dates.reading import parse_timestamp
from scraper.records import Page
from scraper.text import or_none

_MAX_BYTES = 20_000_000
# Where none of these matches, none may try more than once from a place: sitemaps have megabytes.
_LOCATION = re.compile(r"<(?:\w+:)?loc\b[^<>]*>\s*(?:<!\[CDATA\[\s*)?https?://", re.IGNORECASE)
_LINE = re.compile(r"^https?://\S+$", re.MULTILINE)
_MOMENT = re.compile(r"<(?:\w+:)?(?:lastmod|publication_date)\b[^<>]*>([^<]{4,100})<")
_NAME = re.compile(r"<\w+:name\b[^<>]*>\s*(?:<!\[CDATA\[)?([^<\]]{1,200})")
_LANGUAGE = re.compile(r"<\w+:language\b[^<>]*>\s*([A-Za-z-]{2,12})\s*<")
_NEWS = "sitemap-news/"
_INDEX = re.compile(r"<(?:\w+:)?sitemapindex\b", re.IGNORECASE)
_URLSET = re.compile(r"<(?:\w+:)?urlset\b", re.IGNORECASE)
_MAX_MOMENTS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapSummary:
    """`addresses` counts pages, or of an index its sitemaps; `format` is urlset, news, index or text."""

    format: str
    addresses: int
    newest_at: datetime | None
    moments: tuple[datetime, ...]
    name: str | None
    language: str | None


def summarize(page: Page) -> SitemapSummary | None:
    """What stands in the sitemap; None where the answer is something else, a web page for example."""
    text = _unpacked(page.body).decode("utf-8-sig", "replace")
    form = _format(text)
    if form is None:
        return None
    count = len(_LINE.findall(text)) if form == "text" else len(_LOCATION.findall(text))
    moments = _moments(text, page.fetched_at)
    name, language = _NAME.search(text), _LANGUAGE.search(text)
    return SitemapSummary(
        format=form,
        addresses=count,
        newest_at=max(moments, default=None),
        moments=() if form == "index" else moments,
        name=or_none(name[1]) if name else None,
        language=language[1] if language else None,
    )


def _format(text: str) -> str | None:
    head = text[:20_000]
    if _INDEX.search(head):
        return "index"
    if _URLSET.search(head):
        return "news" if _NEWS in head else "urlset"
    lines = text.split("\n", 5)[:5]
    return (
        "text"
        if lines and all(_LINE.fullmatch(line.strip()) for line in lines if line.strip()) and text.strip()
        else None
    )


def _moments(text: str, now: datetime) -> tuple[datetime, ...]:
    found = (parse_timestamp(raw, not_after=now + timedelta(days=1)) for raw in _MOMENT.findall(text)[-_MAX_MOMENTS:])
    return tuple(stamp.at for stamp in found if stamp is not None)


def _unpacked(body: bytes) -> bytes:
    """A sitemap may be a gzip file, which is not the same as a response that was compressed for its way."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _MAX_BYTES)
    except zlib.error:
        return b""
