"""What an article's further pages say, and how they are joined to its first, be they fetched or stored.

Asks nothing of the network or the archive.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from scraper.crawler import walls
from scraper.errors import ItemError
from scraper.extractor.joining import join, keys_of, new_blocks
from scraper.extractor.profiles.matching import rules_of_host
from scraper.pipeline.pages.extraction import record_of, record_of_content
from scraper.records import Article, Page
from scraper.rules.site_rules import SiteRule
from scraper.text import clean

# The view on one page has at least so many times the words of the first page.
_MORE_WORDS = 1.2

Read = Callable[[Page, Callable[[], Article | None]], Article | None]
"""Has what is made of a page done wherever there is room for it."""


def read_here(_page: Page, work: Callable[[], Article | None]) -> Article | None:
    return work()


class Joiner:
    """Reads the further pages of one article. `page` is its first, `article` what that gave."""

    def __init__(self, page: Page, article: Article, rules: Sequence[SiteRule], *, read: Read = read_here) -> None:
        # Of the first page only its address and time are of use, and they may have to travel.
        self._page = dataclasses.replace(page, body=b"")
        self._article = article
        self._rules = rules
        self._read = read

    def with_view(self, page: Page) -> Article | None:
        """The article with the text of the view that shows it on one page; None where that is no longer one."""
        shown = self.read(page)
        return self._with_whole(shown) if shown is not None else None

    def with_json(self, page: Page) -> Article | None:
        """The article with the text that WordPress gives as JSON; None where that is less than the page shows."""
        shown = self._read(page, partial(_of_json, page, self._article.title or "", self._page))
        return self._with_whole(shown) if shown is not None else None

    def page_by_page(self, pages: Iterable[Page]) -> tuple[Article, tuple[Page, ...]]:
        """The article with what each page adds, and those pages; one that adds nothing ends the walk, as loops do."""
        articles, further = [self._article], []
        known = keys_of(self._article)
        for page in pages:
            article = self.read(page)
            if article is None or not new_blocks(article, known, self._article):
                break
            articles.append(article)
            further.append(page)
            known |= keys_of(article)
        return join(articles), tuple(further)

    def again(self, pages: Sequence[Page]) -> Article:
        """The article as it was joined when these further pages were fetched and stored, in their order."""
        if len(pages) == 1:
            whole = self.with_json(pages[0]) if _is_json(pages[0]) else self.with_view(pages[0])
            if whole is not None:
                return whole
        return self.page_by_page(pages)[0]

    def read(self, page: Page) -> Article | None:
        """What a further page holds; None where it is none of an article."""
        return self._read(page, partial(_of_page, page, tuple(rules_of_host(page.final_url, self._rules))))

    def _with_whole(self, shown: Article) -> Article | None:
        """The first page's record with the text of `shown`, where that is the same article and says more of it."""
        if shown.word_count < _MORE_WORDS * self._article.word_count or not _begins_alike(self._article, shown):
            return None
        return dataclasses.replace(
            join([self._article, shown]),
            blocks=shown.blocks,
            body=shown.body,
            body_html=shown.body_html,
            word_count=shown.word_count,
            sources={**self._article.sources, "pages": "all"},
        )


def _of_page(page: Page, rules: Sequence[SiteRule]) -> Article | None:
    if walls.leads_to_front_page(page) or walls.named(page) is not None:
        return None
    try:
        return record_of(page, rules)
    except ItemError:
        return None  # a PDF, nothing at all


def _of_json(page: Page, title: str, first: Page) -> Article | None:
    content = _rendered(page.body)
    return None if content is None else record_of_content(title, content, first)


def _begins_alike(first: Article, other: Article) -> bool:
    """Does `other` say most of what `first` says?"""
    ours, theirs = keys_of(first), keys_of(other)
    return 2 * len(ours & theirs) >= len(ours)


def _is_json(page: Page) -> bool:
    return "json" in (page.header("Content-Type") or "").lower()


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
