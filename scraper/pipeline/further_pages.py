"""The further pages of an article fetched and joined: the view on one page, what WordPress says of it, or page by page.

Asks the network politely, one page after another, and not for more than the settings allow. Where a further page
cannot be had the article is what the pages before it gave; the request is logged, and a later visit asks again.
"""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scraper.crawler import walls
from scraper.crawler.linkheaders import response_links
from scraper.errors import ItemError
from scraper.extractor.joining import join, keys_of, new_blocks
from scraper.extractor.paging import Pages, find_pages
from scraper.pipeline.extraction import record_of, record_of_content
from scraper.pipeline.network import Network
from scraper.records import Article, Page
from scraper.rules.site_rules import SiteRule
from scraper.text import clean
from scraper.urls import host_of

# The view on one page has at least so many times the words of the first page.
_MORE_WORDS = 1.2


class Whole(NamedTuple):
    """An article of all its pages; `further` are those fetched after the first, in their order."""

    article: Article
    further: tuple[Page, ...] = ()


def whole_article(
    network: Network, page: Page, article: Article, rules: Sequence[SiteRule], *, max_pages: int, ask_robots: bool
) -> Whole:
    """`article` as `page` gave it, together with its further pages where it has any. Raises nothing."""
    if max_pages < 2 or not article.body:
        return Whole(article)
    reader = _Reader(network, page, article, rules, ask_robots=ask_robots)
    pages = _pages(page, page.final_url, 1)
    if pages.single_page is not None and (whole := reader.on_one_page(pages.single_page)) is not None:
        return whole
    if pages.next_page is None:
        return Whole(article)
    return reader.of_wordpress() or reader.page_by_page(pages.next_page, max_pages)


def json_address(page: Page) -> str | None:
    """Where the site says in a Link header (RFC 8288) that the article is as JSON, on the same host (WordPress)."""
    stated = (link for link in response_links(page) if (link.rel, link.media_type) == ("alternate", "application/json"))
    return next((link.href for link in stated if _is_own(link.href, page)), None)


class _Reader:
    """Fetches and reads the further pages of one article."""

    def __init__(
        self, network: Network, page: Page, article: Article, rules: Sequence[SiteRule], *, ask_robots: bool
    ) -> None:
        self._network = network
        self._page = page
        self._article = article
        self._rules = rules
        self._ask_robots = ask_robots

    def on_one_page(self, url: str) -> Whole | None:
        """The article as that view has it; None where it is no longer one, or another."""
        page = self._fetch(url)
        shown = self._read(page) if page is not None else None
        if page is None or shown is None or shown.word_count < _MORE_WORDS * self._article.word_count:
            return None
        if not _begins_alike(self._article, shown):
            return None
        return Whole(_with_text_of(self._article, shown), (page,))

    def of_wordpress(self) -> Whole | None:
        """The whole text from the site's own JSON; None where it names none, or that is less than the page shows."""
        url = json_address(self._page)
        page = self._fetch(url) if url is not None else None
        content = _rendered(page.body) if page is not None else None
        if page is None or content is None:
            return None
        shown = record_of_content(self._article.title or "", content, self._page)
        if shown.word_count < _MORE_WORDS * self._article.word_count or not _begins_alike(self._article, shown):
            return None
        return Whole(_with_text_of(self._article, shown), (page,))

    def page_by_page(self, url: str, max_pages: int) -> Whole:
        """All pages up to `max_pages`; a page that leads back, or that adds nothing, ends the walk."""
        articles, further = [self._article], []
        known = keys_of(self._article)
        for page in self._walk(url, max_pages):
            article = self._read(page)
            added = new_blocks(article, known, self._article) if article is not None else []
            if article is None or not added:
                break
            articles.append(article)
            further.append(page)
            known |= keys_of(article)
        return Whole(join(articles), tuple(further))

    def _walk(self, url: str, max_pages: int) -> Iterator[Page]:
        next_url: str | None = url
        seen = {self._page.final_url}
        for number in range(2, max_pages + 1):
            page = self._fetch(next_url) if next_url is not None and next_url not in seen else None
            if page is None or page.final_url in seen:
                return
            seen |= {page.url, page.final_url}
            yield page
            next_url = _pages(page, self._page.final_url, number).next_page

    def _fetch(self, url: str) -> Page | None:
        try:
            return self._network.get_page(url, ask_robots=self._ask_robots)
        except ItemError as error:
            self._network.note_failure(error)
            return None

    def _read(self, page: Page) -> Article | None:
        if walls.leads_to_front_page(page) or walls.named(page) is not None:
            return None
        try:
            return record_of(page, self._rules)
        except ItemError:
            return None  # no page of an article: a PDF, nothing at all


def _begins_alike(first: Article, other: Article) -> bool:
    """Does `other` say most of what `first` says?"""
    ours, theirs = keys_of(first), keys_of(other)
    return 2 * len(ours & theirs) >= len(ours)


def _with_text_of(article: Article, shown: Article) -> Article:
    """The first page's record with the text of the whole."""
    whole = join([article, shown])
    return dataclasses.replace(
        whole,
        blocks=shown.blocks,
        body=shown.body,
        body_html=shown.body_html,
        word_count=shown.word_count,
        sources={**article.sources, "pages": "all"},
    )


def _pages(page: Page, first_url: str, number: int) -> Pages:
    return find_pages(page.body, page.final_url, first_url, number, page.header("Content-Type"))


def _rendered(body: bytes) -> str | None:
    """`content.rendered` of a post (https://developer.wordpress.org/rest-api/reference/posts/)."""
    try:
        stated = json.loads(body)
    except (ValueError, RecursionError):
        return None
    content = stated.get("content") if isinstance(stated, dict) else None
    rendered = content.get("rendered") if isinstance(content, dict) else None
    # JSON may spell half a character ("\ud83d"), which no encoder takes.
    return clean(rendered) if isinstance(rendered, str) and rendered.strip() else None


def _is_own(url: str, page: Page) -> bool:
    return host_of(url) == host_of(page.final_url)
