"""What discovery finds: a source of articles, looked at once, with what a person wants to know to choose. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scraper.crawler.discovery.markup import Markup
from scraper.crawler.discovery.rhythm import entries_per_day
from scraper.crawler.sitemaps.summary import SitemapSummary
from scraper.records import Feed, Page
from scraper.urls import host_of, site_of

_FOR_GOOD = frozenset((301, 308))


class SourceKind(StrEnum):
    """What a source is: a feed, a sitemap, or a page that lists articles."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. `found` says how; `entries` are those it shows now (of an index of sitemaps: its sitemaps).

    `format` is the kind of feed (rss20, atom10, json11...) or sitemap (urlset, news, index, text). `same_as` is the
    number (from 1) of an earlier source that holds the same entries, in another format for example.
    """

    url: str
    kind: SourceKind
    found: str
    format: str | None = None
    title: str | None = None
    site_url: str | None = None
    language: str | None = None
    entries: int = 0
    newest_at: datetime | None = None
    per_day: float | None = None
    same_as: int | None = None


def feed_source(page: Page, feed: Feed, *, found: str, title: str | None) -> Source:
    """The feed as a source; `title` is what a page called it, where it has no title of its own."""
    stamps = (entry.published or entry.updated for entry in feed.entries)
    moments = [stamp.at for stamp in stamps if stamp is not None]
    return Source(
        url=lasting_url(page),
        kind=SourceKind.FEED,
        found=found,
        format=feed.format,
        title=feed.title or title,
        site_url=feed.site_url,
        language=feed.language or next((entry.language for entry in feed.entries if entry.language), None),
        entries=len(feed.entries),
        newest_at=max(moments, default=None),
        per_day=entries_per_day(moments),
    )


def sitemap_source(page: Page, summary: SitemapSummary, *, found: str) -> Source:
    """The sitemap as a source."""
    return Source(
        url=lasting_url(page),
        kind=SourceKind.SITEMAP,
        found=found,
        format=summary.format,
        title=summary.name or f"Sitemap of {site_of(page.final_url)}",
        language=summary.language,
        entries=summary.addresses,
        newest_at=summary.newest_at,
        per_day=entries_per_day(summary.moments),
    )


def page_source(page: Page, markup: Markup) -> Source:
    """The page itself, as a list of links to articles."""
    return Source(
        url=lasting_url(page),
        kind=SourceKind.PAGE,
        found="the page itself",
        title=markup.title or host_of(page.final_url),
        language=markup.language,
        entries=len(markup.stories),
    )


def lasting_url(page: Page) -> str:
    """Where the answer will be tomorrow: behind permanent redirects, before a temporary one (RFC 9110 section 15.4)."""
    for hop in page.redirects:
        if hop.status not in _FOR_GOOD:
            return hop.url
    return page.final_url
