"""The articles before and after this one, where the page links to them as such."""

import re
from collections.abc import Iterator

from lxml import etree

from scraper.extractor.links.anchors import Anchor, Anchors
from scraper.extractor.links.headings import kind_of, neighbour_of
from scraper.extractor.links.items import Item
from scraper.extractor.links.linkblocks import LinkBlock
from scraper.extractor.links.teasers import Teaser
from scraper.extractor.links.telling import Telling, leads_elsewhere
from scraper.extractor.paging import page_number
from scraper.records import LinkKind
from scraper.text import one_line

_NEIGHBOURS = frozenset((LinkKind.PREVIOUS, LinkKind.NEXT))
# Numbered pages of one article or list have the same relations (HTML, "next" and "prev"), and no title.
_PAGE_NUMBER = re.compile(r"[\d\W]*")
_SHORTEST_TITLE = 8
_ARROWS = "«»‹›<>←→⟵⟶ \xa0"
# "< Previous The crane", "Next > The crane", "The crane Next →", "前の記事：…": arrows and colons part label and title.
_LABEL_BEFORE = re.compile(r"\s*(?:[<«‹←]\s*(\w+)\s+|([^\W\d][\w ]{0,25}?)\s*[:：>»›→]\s*)(\S.*)")
_LABEL_AFTER = re.compile(r"(.*\S)\s+(\w+)\s*[>»›→]\s*")


def find_neighbours(telling: Telling, anchors: Anchors) -> Iterator[LinkBlock]:
    """At most one block of each kind, from `<a rel=prev>` and `<a rel=next>`, else from what links say ("« Previous").

    A link that says only that has no title.
    """
    found: dict[LinkKind, Item] = {}
    for kind, link in telling.by_rel:
        if kind not in found and (item := _item(link, anchors)) is not None:
            found[kind] = item
    said: dict[LinkKind, dict[str, Item]] = {}
    for kind, link in telling.by_words:
        if (item := _item(link, anchors)) is not None:
            said.setdefault(kind, {})[item.url] = item
    for kind in (LinkKind.PREVIOUS, LinkKind.NEXT):
        others = said.get(kind, {})
        # Where several links say so, they lead through something else: pictures, months, recipes.
        only = found.get(kind) or (next(iter(others.values())) if len(others) == 1 else None)
        if only is not None:
            yield LinkBlock(kind=kind, heading=None, items=(only,))


def _item(link: etree._Element, anchors: Anchors) -> Item | None:
    url = anchors.target(link.get("href"))
    if url is None or url == anchors.page_url or not anchors.may_be_article(Anchor(link, url)):
        return None
    if anchors.page_url is not None and page_number(url, anchors.page_url) is not None:
        return None
    title = _title(link, anchors)
    if title is None:
        label = anchors.label(link)
        if kind_of(label) not in _NEIGHBOURS or leads_elsewhere(label) or not anchors.names_an_article(url):
            return None
    return Item(url=url, teaser=Teaser(title=title))


def _title(link: etree._Element, anchors: Anchors) -> str | None:
    """What the link says, without its "Previous article" and arrows."""
    said = one_line(" ".join(text for piece in link.itertext() if kind_of(text := str(piece)) is None))
    title = without_label(said or anchors.label(link)).strip(_ARROWS)
    if len(title) < _SHORTEST_TITLE or kind_of(title) is not None or _PAGE_NUMBER.fullmatch(title):
        return None
    return title


def without_label(title: str) -> str:
    """A title without the "Previous" or "Next" that stands in one text with it."""
    before = _LABEL_BEFORE.fullmatch(title)
    if before is not None and neighbour_of(before[1] or before[2]) is not None:
        return before[3]
    after = _LABEL_AFTER.fullmatch(title)
    return after[1] if after is not None and neighbour_of(after[2]) is not None else title.strip(_ARROWS) or title
