"""What a sitemap holds, as records. Pure; knows no XML."""

from dataclasses import dataclass
from enum import StrEnum

from scraper.records import Enclosure, FeedEntry, Timestamp


class SitemapForm(StrEnum):
    """Which kind of sitemap: a list of addresses in XML or as text, or an index of other sitemaps."""

    URLS = "urlset"
    INDEX = "index"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapUrl:
    """One address. `modified` is its lastmod; title, time, language and keywords are the news extension's."""

    url: str
    modified: Timestamp | None = None
    title: str | None = None
    published: Timestamp | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()
    images: tuple[str, ...] = ()

    def as_entry(self) -> FeedEntry:
        """The same as the entry of a feed would say it."""
        return FeedEntry(
            url=self.url,
            title=self.title,
            published=self.published,
            updated=self.modified,
            categories=self.keywords,
            language=self.language,
            enclosures=tuple(Enclosure(url=image) for image in self.images),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """`urls` are articles' addresses, or of an index those of its sitemaps. `problems` says what was wrong with it.

    `publication` is the name of the paper, which the news extension states.
    """

    form: SitemapForm
    urls: tuple[SitemapUrl, ...] = ()
    publication: str | None = None
    problems: tuple[str, ...] = ()
