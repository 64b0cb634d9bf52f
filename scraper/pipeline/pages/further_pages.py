"""The further pages of an article fetched: the view on one page, what WordPress says of it, or page by page.

Asks the network politely, one page after another, and not for more than the settings allow. Where a further page
cannot be had the article is what the pages before it gave; the request is logged, and a later visit asks again.
How they are joined, `joined_pages` knows.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scraper.crawler.http.linkheaders import response_links
from scraper.errors import ItemError
from scraper.pipeline.network import Network
from scraper.pipeline.pages.extraction import FirstPage, pages_of
from scraper.pipeline.pages.joined_pages import Joiner
from scraper.records import Article, Page
from scraper.rules.site_rules import SiteRule
from scraper.urls import host_of


class Whole(NamedTuple):
    """An article of all its pages; `further` are those fetched after the first, in their order."""

    article: Article
    further: tuple[Page, ...] = ()


def whole_article(
    network: Network, page: Page, first: FirstPage, rules: Sequence[SiteRule], *, max_pages: int, ask_robots: bool
) -> Whole:
    """An article as its first `page` gave it, together with its further pages where it has any. Raises nothing."""
    article, pages = first
    if max_pages < 2:
        return Whole(article)
    reader = _Reader(network, page, rules, ask_robots=ask_robots)
    joiner = Joiner(page, article, rules)
    view = reader.fetch(pages.single_page)
    if view is not None and (whole := joiner.with_view(view)) is not None:
        return Whole(whole, (view,))
    if pages.next_page is None:
        return Whole(article)
    stated = reader.fetch(json_address(page))
    if stated is not None and (whole := joiner.with_json(stated)) is not None:
        return Whole(whole, (stated,))
    return Whole(*joiner.page_by_page(reader.walk(pages.next_page, max_pages)))


def json_address(page: Page) -> str | None:
    """Where the site says in a Link header (RFC 8288) that the article is as JSON, on the same host (WordPress)."""
    stated = (link for link in response_links(page) if (link.rel, link.media_type) == ("alternate", "application/json"))
    return next((link.href for link in stated if _is_own(link.href, page)), None)


class _Reader:
    """Fetches the further pages of one article."""

    def __init__(self, network: Network, page: Page, rules: Sequence[SiteRule], *, ask_robots: bool) -> None:
        self._network = network
        self._page = page
        self._rules = rules
        self._ask_robots = ask_robots

    def fetch(self, url: str | None) -> Page | None:
        """That page; None where there is none or it cannot be had."""
        if url is None:
            return None
        try:
            return self._network.get_page(url, ask_robots=self._ask_robots)
        except ItemError as error:
            self._network.note_failure(error)
            return None

    def walk(self, url: str, max_pages: int) -> Iterator[Page]:
        """Page after page from the second on; a page that leads back ends the walk."""
        next_url: str | None = url
        seen = {self._page.final_url}
        for number in range(2, max_pages + 1):
            page = self.fetch(next_url) if next_url not in seen else None
            if page is None or page.final_url in seen:
                return
            seen |= {page.url, page.final_url}
            yield page
            next_url = pages_of(page, self._page.final_url, number, self._rules).next_page


def _is_own(url: str, page: Page) -> bool:
    return host_of(url) == host_of(page.final_url)
