"""From what the crawler brought to an article worth archiving, or the error that says why there is none."""

import dataclasses
import html
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from scraper.crawler import walls
from scraper.errors import PermanentError, Reason, TransientError
from scraper.extractor.extract import extract
from scraper.extractor.paging import Pages, find_pages
from scraper.extractor.reconcile import SOURCE
from scraper.pipeline.crawling.outcomes import Extracted
from scraper.pipeline.pages.signatures import type_by_signature
from scraper.pipeline.time_limit import TooSlowError, within
from scraper.records import Article, FeedEntry, Page, PageKind
from scraper.rules.selectors import parse_selector
from scraper.rules.site_rules import SiteRule

Result = TypeVar("Result")

_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "")

# Of an entry's own content all is text: nothing has to be told from navigation, as on a page.
_ENTRY = "feed-entry"
_ENTRY_HEAD = b"<!doctype html><title>"
_ENTRY_RULE = SiteRule(name=_ENTRY, body_classes=(_ENTRY,), fields={"body": (parse_selector("article"),)})

MOST_LINKS, MOST_IMAGES = 5_000, 2_000
"""What more a page holds is not archived: it would only fill memory until it is written. Among 480 pages of newspapers
none has more than 500 links, nor more than 60 pictures."""

_VERDICTS = {
    PageKind.PROTECTED: (Reason.PROTECTED, "asks for a password"),
    PageKind.ERROR: (Reason.SOFT_404, "says that it was not found, though its status is 200"),
    PageKind.CONSENT: (Reason.CONSENT_WALL, "asks for consent"),
    PageKind.LISTING: (Reason.NOT_ARTICLE, "is a list of articles, not one"),
    PageKind.GALLERY: (Reason.NOT_ARTICLE, "is a gallery without a text"),
    PageKind.OTHER: (Reason.NOT_ARTICLE, "is no article"),
}


def article_of(page: Page, rules: Sequence[SiteRule], entry: FeedEntry | None = None) -> Article:
    """The article on a page, with what its feed entry adds.

    What stands behind a password is archived as what the page shows: its title, date and so on, and no text.
    Raises PermanentError where the page is no article (its reason says what it is instead), and TransientError where
    it is empty or shows no text yet: such pages often fill later.
    """
    if walls.leads_to_front_page(page):
        raise walls.error_of(Reason.FRONT_PAGE, page.url)
    if (wall := walls.named(page)) is not None:
        raise wall
    article = record_of(page, rules, entry)
    if article.kind is PageKind.PROTECTED and article.title:
        return article
    if article.kind in _VERDICTS:
        reason, words = _VERDICTS[article.kind]
        if reason is Reason.CONSENT_WALL and walls.is_bot_title(article.title):
            raise walls.error_of(Reason.BOT_WALL, page.url)
        raise PermanentError(reason, f"the page {words}", url=page.url)
    if not article.body and article.paywalled:
        raise walls.error_of(Reason.PAYWALL, page.url)
    if not article.body and not _is_picture_story(article):
        raise TransientError(Reason.NO_TEXT, "no article text was found on the page", url=page.url)
    return article


def _is_picture_story(article: Article) -> bool:
    """Whether pictures with captions are the story ("Photo of the week"). A lead picture alone may be all that scripts
    have filled in yet."""
    return bool(article.captions) or any(image.caption for image in article.images)


def record_of(page: Page, rules: Sequence[SiteRule], entry: FeedEntry | None = None) -> Article:
    """Whatever the page holds, article or not.

    Raises PermanentError for what is no HTML, TransientError for an empty body.
    """
    media_type = (page.header("Content-Type") or "").split(";")[0].strip().lower()
    if media_type not in _HTML_TYPES:
        raise PermanentError(Reason.NOT_HTML, f"not a web page but {media_type}", url=page.url)
    if not page.body.strip():
        raise TransientError(Reason.EMPTY, "the page is empty", url=page.url)
    if (found := type_by_signature(page.body)) is not None:
        message = f"not a web page but {found}, though it is sent as {media_type or 'nothing'}"
        raise PermanentError(Reason.NOT_HTML, message, url=page.url)
    article = extract(
        page.body,
        page.final_url,
        content_type=page.header("Content-Type"),
        rules=rules,
        entry=entry,
        fetched_at=page.fetched_at,
    )
    return dataclasses.replace(article, links=article.links[:MOST_LINKS], images=article.images[:MOST_IMAGES])


def in_time(seconds: float, url: str, work: Callable[[], Result]) -> Result:
    """What `work` makes of the page at `url`. Raises PermanentError (`too_slow`) where that takes longer."""
    try:
        return within(seconds, work)
    except TooSlowError as error:
        raise too_slow(seconds, url) from error


def too_slow(seconds: float, url: str) -> PermanentError:
    words = f"was not read after {seconds:g} seconds (extraction_seconds), so that was ended"
    return PermanentError(Reason.TOO_SLOW, words, url=url)


class FirstPage(NamedTuple):
    """An article as its first page gave it, and where it goes on."""

    article: Article
    pages: Pages


def first_page(page: Page, article: Article, rules: Sequence[SiteRule]) -> FirstPage:
    """`article` with the addresses of its further pages, as `page` has them. An article without a text has none."""
    return FirstPage(article, pages_of(page, page.final_url, 1, rules) if article.body else Pages())


def pages_of(page: Page, first_url: str, number: int, rules: Sequence[SiteRule]) -> Pages:
    """Where an article goes on that began at `first_url`, as its page of that number says."""
    content_type = page.header("Content-Type")
    return find_pages(page.body, page.final_url, first_url, number, content_type=content_type, rules=rules)


def article_again(page: Page, rules: Sequence[SiteRule], entry: FeedEntry | None = None) -> Article:
    """What a stored page gives today, be it a site's or made by :func:`article_of_entry`. Raises as they do."""
    if not page.body.startswith(_ENTRY_HEAD) or f'<body class="{_ENTRY}">'.encode() not in page.body:
        return article_of(page, rules, entry)
    return _as_entry(article_of(page, (_ENTRY_RULE,), entry), entry)


def article_of_entry(entry: FeedEntry, fetched_at: datetime) -> Extracted | None:
    """An article made of what the feed itself carries; None for an entry without an address or a text."""
    content = entry.content_html or (f"<p>{html.escape(entry.summary)}</p>" if entry.summary else None)
    if entry.url is None or content is None:
        return None
    page = _made_page(entry.title or "", content, entry.url, fetched_at)
    article = record_of(page, (_ENTRY_RULE,), entry)
    if not article.body:
        return None
    return Extracted(page=page, article=_as_entry(article, entry))


def record_of_content(title: str, content: str, page: Page) -> Article:
    """The record of HTML that is all text, which a site gives beside `page`."""
    return record_of(_made_page(title, content, page.final_url, page.fetched_at), (_ENTRY_RULE,))


def _made_page(title: str, content: str, url: str, fetched_at: datetime) -> Page:
    title = html.escape(title)
    markup = f'{_ENTRY_HEAD.decode()}{title}</title><body class="{_ENTRY}"><h1>{title}</h1><article>{content}</article>'
    return Page(
        url=url,
        final_url=url,
        body=markup.encode(),
        fetched_at=fetched_at,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )


def _as_entry(article: Article, entry: FeedEntry | None) -> Article:
    """`article` with what is known to be the entry's; its update too, where that is more than the publication."""
    sources = {**article.sources, "title": SOURCE, "body": SOURCE}
    published, updated = article.published, entry.updated if entry is not None else None
    if article.modified is not None or updated is None or (published is not None and updated.at <= published.at):
        return dataclasses.replace(article, sources=sources)
    return dataclasses.replace(article, modified=updated, sources={**sources, "modified": SOURCE})
