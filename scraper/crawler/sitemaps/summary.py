"""A sitemap looked over: how much is in it and how new, to find out whether it is worth following. Pure."""

from dataclasses import dataclass
from datetime import datetime

from scraper.crawler.sitemaps.reading import parse_sitemap
from scraper.crawler.sitemaps.records import SitemapForm
from scraper.errors import PermanentError
from scraper.records import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapSummary:
    """`addresses` counts pages, or of an index its sitemaps; `format` is urlset, news, index or text.

    `moments` are the times that the pages state; of an index there are none.
    """

    format: str
    addresses: int
    newest_at: datetime | None
    moments: tuple[datetime, ...]
    name: str | None
    language: str | None


def summarize(page: Page) -> SitemapSummary | None:
    """What stands in the sitemap; None where the answer is something else, a web page for example."""
    try:
        sitemap = parse_sitemap(page)
    except PermanentError:
        return None
    stamps = [stamp for url in sitemap.urls for stamp in (url.modified, url.published) if stamp is not None]
    moments = tuple(stamp.at for stamp in stamps)
    is_news = any(url.published is not None for url in sitemap.urls)
    return SitemapSummary(
        format="news" if is_news else sitemap.form.value,
        addresses=len(sitemap.urls),
        newest_at=max(moments, default=None),
        moments=() if sitemap.form is SitemapForm.INDEX else moments,
        name=sitemap.publication,
        language=next((url.language for url in sitemap.urls if url.language is not None), None),
    )
