"""The articles before and after this one, where the page links to them as such."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from scraper.extractor.links.anchors import Anchor, Anchors, label_of
from scraper.extractor.links.headings import MAX_HEADING, kind_of, neighbour_of
from scraper.extractor.links.items import Item
from scraper.extractor.links.linkblocks import LinkBlock
from scraper.extractor.links.teasers import Teaser
from scraper.extractor.page.document import Document
from scraper.extractor.paging import page_number
from scraper.records import LinkKind
from scraper.text import one_line

_BY_REL = {"prev": LinkKind.PREVIOUS, "previous": LinkKind.PREVIOUS, "next": LinkKind.NEXT}
_NEIGHBOURS = frozenset(_BY_REL.values())
# Numbered pages of one article or list have the same relations (HTML, "next" and "prev"), and no title.
_PAGE_NUMBER = re.compile(r"[\d\W]*")
# "Next page", "Weiter", "Zurück" lead through pages, pictures and questions as well.
_NO_ARTICLE = re.compile(
    r"page|seite|p[áa]gina|strona|sida|side\b|sivu|back|weiter|zurück|ページ|\bhome", re.IGNORECASE
)
_SHORTEST_TITLE = 8
# "< Previous The crane", "Next > The crane", "The crane Next →", "前の記事：…": arrows and colons part label and title.
_LABEL_BEFORE = re.compile(r"\s*(?:[<«‹←]\s*(\w+)\s+|([^\W\d][\w ]{0,25}?)\s*[:：>»›→]\s*)(\S.*)")
_LABEL_AFTER = re.compile(r"(.*\S)\s+(\w+)\s*[>»›→]\s*")


def find_neighbours(doc: Document, anchors: Anchors) -> Iterator[LinkBlock]:
    """At most one block of each kind, from `<a rel=prev>` and `<a rel=next>`, else from what links say ("« Previous").

    A link that says only that has no title.
    """
    found: dict[LinkKind, Item] = {}
    said: dict[LinkKind, dict[str, Item]] = {}
    for link in doc.by_tag.get("a", ()):
        rel = link.get("rel")
        kind = _kind(rel) if rel else None
        if kind is not None and kind not in found:
            item = _item(link, anchors)
            if item is not None:
                found[kind] = item
        elif kind is None and (words := _said(link)) is not None and (item := _item(link, anchors)) is not None:
            said.setdefault(words, {})[item.url] = item
    for kind in (LinkKind.PREVIOUS, LinkKind.NEXT):
        others = said.get(kind, {})
        # Where several links say so, they lead through something else: pictures, months, recipes.
        item = found.get(kind) or (next(iter(others.values())) if len(others) == 1 else None)
        if item is not None:
            yield LinkBlock(kind=kind, heading=None, items=(item,))


@lru_cache(maxsize=256)
def _kind(rel: str) -> LinkKind | None:
    return next((kind for token in rel.lower().split() if (kind := _BY_REL.get(token))), None)


def _said(link: etree._Element) -> LinkKind | None:
    """What a link of few words says of itself, or what stands before it: "≪前の記事 <a>title</a>"."""
    if len(link) == 0 and (text := link.text) and (kind := neighbour_of(text)) is not None:
        return None if _NO_ARTICLE.search(text) else kind
    before = link.getprevious()
    parent = link.getparent()
    text = before.tail if before is not None else (parent.text if parent is not None else None)
    if not text or text.isspace() or len(text) > MAX_HEADING or " " in text.strip():
        return None
    kind = neighbour_of(text)
    return None if kind is None or _NO_ARTICLE.search(text) else kind


def _item(link: etree._Element, anchors: Anchors) -> Item | None:
    url = anchors.target(link.get("href"))
    if url is None or url == anchors.page_url or not anchors.may_be_article(Anchor(link, url)):
        return None
    if anchors.page_url is not None and page_number(url, anchors.page_url) is not None:
        return None
    title = _title(link)
    if title is None:
        label = label_of(link)
        if kind_of(label) not in _NEIGHBOURS or _NO_ARTICLE.search(label) or not anchors.names_an_article(url):
            return None
    return Item(url=url, teaser=Teaser(title=title))


def _title(link: etree._Element) -> str | None:
    """What the link says, without its "Previous article" and arrows."""
    said = one_line(" ".join(text for piece in link.itertext() if kind_of(text := str(piece)) is None))
    title = without_label(said or label_of(link)).strip("«»‹›<>←→ ")
    if len(title) < _SHORTEST_TITLE or kind_of(title) is not None or _PAGE_NUMBER.fullmatch(title):
        return None
    return title


def without_label(title: str) -> str:
    """A title without the "Previous" or "Next" that stands in one text with it."""
    before = _LABEL_BEFORE.fullmatch(title)
    if before is not None and neighbour_of(before[1] or before[2]) is not None:
        return before[3]
    after = _LABEL_AFTER.fullmatch(title)
    return after[1] if after is not None and neighbour_of(after[2]) is not None else title
