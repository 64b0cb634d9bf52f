"""The further pages of an article fetched: the view on one page, what WordPress says of it, or page by page.

Asks the network politely, one page after another, and not for more than the settings allow. Where a further page
cannot be had the article is what the pages before it gave; the request is logged, and a later visit asks again.
How they are joined, `joined_pages` knows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

from scraper.crawler.http.linkheaders import response_links
from scraper.errors import ItemError
from scraper.extractor.profiles.matching import rules_of_host
from scraper.pipeline.network import Network
from scraper.pipeline.pages.extraction import FirstPage, pages_of
from scraper.pipeline.pages.joined_pages import Joiner
from scraper.records import Article, Page
from scraper.rules.site_rules import SiteRule
from scraper.urls import host_of

Result = TypeVar("Result")


class Run(Protocol):
    """Does what is to be made of a page where there is room for it; raises the ItemError that this raises."""

    def __call__(self, page: Page, work: Callable[[], Result]) -> Result: ...


class Whole(NamedTuple):
    """An article of all its pages; `further` are those fetched after the first, in their order."""

    article: Article
    further: tuple[Page, ...] = ()


def run_here(page: Page, work: Callable[[], Result]) -> Result:
    """Done in this thread."""
    del page
    return work()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How further pages are had: asked for on this `network`, read by `run` with these rules, so many of them."""

    network: Network
    rules: Sequence[SiteRule]
    max_pages: int
    ask_robots: bool
    run: Run = run_here


def whole_article(page: Page, first: FirstPage, ways: Ways) -> Whole:
    """An article as its first `page` gave it, together with its further pages where it has any. Raises nothing."""
    article, pages = first
    if ways.max_pages < 2:
        return Whole(article)
    reader = _Reader(page, ways)
    joiner = Joiner(page, article, ways.rules, read=reader.read)
    view = reader.fetch(pages.single_page)
    if view is not None and (whole := joiner.with_view(view)) is not None:
        return Whole(whole, (view,))
    if pages.next_page is None:
        return Whole(article)
    stated = reader.fetch(json_address(page))
    if stated is not None and (whole := joiner.with_json(stated)) is not None:
        return Whole(whole, (stated,))
    return Whole(*joiner.page_by_page(reader.walk(pages.next_page)))


def json_address(page: Page) -> str | None:
    """Where the site says in a Link header (RFC 8288) that the article is as JSON, on the same host (WordPress)."""
    stated = (link for link in response_links(page) if (link.rel, link.media_type) == ("alternate", "application/json"))
    return next((link.href for link in stated if host_of(link.href) == host_of(page.final_url)), None)


class _Reader:
    """Fetches and reads the further pages of one article. What goes wrong with one of them is noted."""

    def __init__(self, page: Page, ways: Ways) -> None:
        self._page = page
        self._ways = ways

    def fetch(self, url: str | None) -> Page | None:
        """That page; None where there is none or it cannot be had."""
        if url is None:
            return None
        try:
            return self._ways.network.get_page(url, ask_robots=self._ways.ask_robots)
        except ItemError as error:
            self._ways.network.note_failure(error)
            return None

    def read(self, page: Page, work: Callable[[], Result]) -> Result | None:
        """What `work` makes of a page; None where that comes to no end."""
        try:
            return self._ways.run(page, work)
        except ItemError as error:
            self._ways.network.note_failure(error)
            return None

    def walk(self, url: str) -> Iterator[Page]:
        """Page after page from the second on; a page that leads back ends the walk."""
        next_url: str | None = url
        seen = {self._page.final_url}
        for number in range(2, self._ways.max_pages + 1):
            page = self.fetch(next_url) if next_url not in seen else None
            if page is None or page.final_url in seen:
                return
            seen |= {page.url, page.final_url}
            yield page
            rules = tuple(rules_of_host(page.final_url, self._ways.rules))
            pages = self.read(page, partial(pages_of, page, self._page.final_url, number, rules))
            next_url = pages.next_page if pages is not None else None
