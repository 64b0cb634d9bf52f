"""A page that lists articles, read as a feed would be: what it links to, its next page, the archives it leads to.

Knows nothing of single articles, and decides by the page alone; whoever visits what it lists finds out what that is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from scraper.extractor.links.anchors import Anchor, Anchors, label_of
from scraper.extractor.links.headlines import HEADINGS
from scraper.extractor.links.items import every_item
from scraper.extractor.page.document import Document, parse, text_of
from scraper.extractor.profiles.selectors import elements_of
from scraper.records import Page, Timestamp
from scraper.rules.selectors import Selector
from scraper.text import or_none
from scraper.urls import CanonicalUrl

_MAX_LINKS = 3_000
_MAX_PARTS = 1_000
_MAX_ABOVE = 3
_HEADINGS = HEADINGS - {"h1"}
_NOT_LISTS = frozenset(("nav", "footer"))
_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/?$")
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next|older|naechste|weiter)(?:$|[\s_-])", re.IGNORECASE)
_NEXT_WORDS = re.compile(
    r"\W*(?:next(?: page)?|older(?: posts| entries| articles)?|nächste(?: seite)?|ältere(?: beiträge| artikel)?|weiter"
    r"|(?:page )?suivante?|siguiente|successiva|volgende|następna)\W*",
    re.IGNORECASE,
)
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One article as a list shows it."""

    url: str
    title: str | None = None
    published: Timestamp | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list page holds. `months` are the addresses of month archives it links to, by (year, month)."""

    title: str | None
    language: str | None
    articles: tuple[Listed, ...]
    next_url: str | None
    months: dict[tuple[int, int], str]


def read_listing(page: Page, selector: Selector | None = None) -> Listing:
    """The articles that the page links to, each once, in document order.

    With a `selector` those are all links in or at the elements it finds, wherever they lead; without one, those that
    read and look like the headlines of articles of the same site.
    """
    doc = parse(page.body, page.final_url, page.header("Content-Type"))
    anchors = Anchors(doc.base_url, doc.url)
    found = list(islice(anchors.below([doc.root]), _MAX_LINKS))
    chosen = _chosen(doc, anchors, selector) if selector else _unbidden(doc, found, anchors)
    return Listing(
        title=doc.title_tag,
        language=doc.html_lang,
        articles=tuple({each.url: each for each in reversed(list(chosen))}.values())[::-1],
        next_url=_next(doc, found, anchors),
        months=_months(found, anchors),
    )


def _unbidden(doc: Document, found: list[Anchor], anchors: Anchors) -> Iterator[Listed]:
    links = [anchor for anchor in found if anchor.url != anchors.page_url and not _stands_in(anchor.element)]
    # Canonical addresses tell articles apart; asked for is what stands in the page.
    requests: dict[CanonicalUrl, str] = {}
    by_url: dict[CanonicalUrl, list[Anchor]] = {}
    for anchor in links:
        requests.setdefault(anchor.url, anchors.address(anchor.element.get("href") or "") or anchor.url)
        by_url.setdefault(anchor.url, []).append(anchor)
    items = {item.url: item for item in every_item(links, [doc.root], anchors)}
    for url, request in requests.items():
        if url in items:
            teaser = items[url].teaser
            yield Listed(url=request, title=teaser.title, published=teaser.published, summary=teaser.excerpt)
        elif title := next((label_of(a.element) for a in by_url[url] if _is_heading(a, anchors)), ""):
            yield Listed(url=request, title=title)


def _is_heading(anchor: Anchor, anchors: Anchors) -> bool:
    """Whether the link is a heading, or in one, as that of an article with a title too short for one may be."""
    if not anchors.may_be_article(anchor):
        return False
    above = islice(anchor.element.iterancestors(), _MAX_ABOVE)
    return any(parent.tag in _HEADINGS for parent in above) or next(anchor.element.iter(*_HEADINGS), None) is not None


def _chosen(doc: Document, anchors: Anchors, selector: Selector) -> Iterator[Listed]:
    for part in elements_of(doc, [selector])[:_MAX_PARTS]:
        if selector.attribute:
            url = anchors.address((part.get(selector.attribute) or "").strip())
            if url is not None:
                yield Listed(url=url, title=or_none(text_of(part)))
            continue
        links = [Anchor(part, url)] if (url := anchors.target(part.get("href"))) else list(anchors.below([part]))
        titled: dict[str, str] = {}
        for anchor in links:
            titled[anchor.url] = max(titled.get(anchor.url, ""), label_of(anchor.element), key=len)
        for address, title in titled.items():
            if address != anchors.page_url:
                yield Listed(url=address, title=or_none(title))


def _stands_in(element: etree._Element) -> bool:
    """Whether the link stands in the navigation or the footer of the page."""
    return any(parent.tag in _NOT_LISTS for parent in element.iterancestors())


def _next(doc: Document, found: list[Anchor], anchors: Anchors) -> str | None:
    """Where the list goes on: as the page says by relation, by class, or in words."""
    for link in doc.links:
        if "next" in link.rel and (url := anchors.address(link.href)) is not None:
            return url
    here = anchors.page_url
    host = urlsplit(here or "").netloc
    for is_next in (_says_next_by_relation, _says_next_by_class, _says_next_in_words):
        for anchor in found:
            if anchor.url != here and urlsplit(anchor.url).netloc == host and is_next(anchor.element):
                return anchors.address(anchor.element.get("href") or "")
    return None


def _says_next_by_relation(link: etree._Element) -> bool:
    return "next" in (link.get("rel") or "").lower().split()


def _says_next_by_class(link: etree._Element) -> bool:
    return _NEXT_CLASS.search(link.get("class") or "") is not None


def _says_next_in_words(link: etree._Element) -> bool:
    text = text_of(link, _LONGEST_LABEL + 1)
    return len(text) <= _LONGEST_LABEL and _NEXT_WORDS.fullmatch(text) is not None


def _months(found: list[Anchor], anchors: Anchors) -> dict[tuple[int, int], str]:
    host = urlsplit(anchors.page_url or "").netloc
    months: dict[tuple[int, int], str] = {}
    for anchor in found:
        parts = urlsplit(anchor.url)
        match = _MONTH.search(parts.path)
        if match is not None and parts.netloc == host and not parts.query:
            address = anchors.address(anchor.element.get("href") or "") or anchor.url
            months.setdefault((int(match[1]), int(match[2])), address)
    return months
