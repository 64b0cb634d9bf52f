"""Which sitemaps of an index are asked for, and in which order. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from scraper.crawler.sitemaps.records import SitemapUrl

# Of sections, people and pictures, as WordPress, Yoast, Rank Math and others name them: no article is found only there.
_NO_ARTICLES = re.compile(
    r"(?:taxonomies|categor(?:y|ies)|kategorien?|post[_-]tag|post[_-]format|tags?|authors?|users?|images?|videos?"
    r"|posts-page|product(?:_cat|_tag)?|attachment)[^/]*$|(?:^|[/_-])page-sitemap[^/]*$",
    re.IGNORECASE,
)


def worth_asking(
    children: Iterable[SitemapUrl], read: Mapping[str, str | None], *, since: datetime | None = None
) -> list[SitemapUrl]:
    """The sitemaps of an index that may hold what nobody saw: newest first, then those without a lastmod.

    `read` are those that were read, with the lastmod that the index gave them then; a lastmod that did not move, or is
    before `since`, says that there is nothing.
    """
    chosen = [child for child in children if _may_hold_news(child, read, since)]
    dated = [child for child in chosen if child.modified is not None]
    dated.sort(key=lambda child: child.modified.at.timestamp() if child.modified else 0.0, reverse=True)
    undated = [child for child in chosen if child.modified is None]
    return [*dated, *sorted(undated, key=lambda child: child.url in read)]


def _may_hold_news(child: SitemapUrl, read: Mapping[str, str | None], since: datetime | None) -> bool:
    if _NO_ARTICLES.search(child.url.partition("?")[0]):
        return False
    if child.modified is None:
        return True
    if since is not None and child.modified.at < since:
        return False
    return read.get(child.url) != child.modified.raw
