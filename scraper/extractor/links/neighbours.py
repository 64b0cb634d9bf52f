"""The articles before and after this one, where the page links to them as such."""

import re
from collections.abc import Iterator

from lxml import etree

from scraper.extractor.links.anchors import Anchor, Anchors, label_of
from scraper.extractor.links.headings import kind_of
from scraper.extractor.links.items import Item
from scraper.extractor.links.linkblocks import LinkBlock
from scraper.extractor.links.teasers import Teaser
from scraper.extractor.page.document import Document
from scraper.records import LinkKind
from scraper.text import one_line

_BY_REL = {"prev": LinkKind.PREVIOUS, "previous": LinkKind.PREVIOUS, "next": LinkKind.NEXT}
# Numbered pages of one article or list have the same relations (HTML, "next" and "prev"), and no title.
_PAGE_NUMBER = re.compile(r"[\d\W]*")
_SHORTEST_TITLE = 8


def find_neighbours(doc: Document, anchors: Anchors) -> Iterator[LinkBlock]:
    """At most one block of each kind, from `<a rel=prev>` and `<a rel=next>`."""
    found: set[LinkKind] = set()
    for link in doc.by_tag.get("a", ()):
        rel = link.get("rel")
        kind = _kind(rel) if rel else None
        if kind is None or kind in found:
            continue
        item = _item(link, anchors)
        if item is not None:
            found.add(kind)
            yield LinkBlock(kind=kind, heading=None, items=(item,))


def _kind(rel: str) -> LinkKind | None:
    return next((kind for token in rel.lower().split() if (kind := _BY_REL.get(token))), None)


def _item(link: etree._Element, anchors: Anchors) -> Item | None:
    url = anchors.target(link.get("href"))
    if url is None or not anchors.may_be_article(Anchor(link, url)):
        return None
    title = _title(link)
    return Item(url=url, teaser=Teaser(title=title)) if title else None


def _title(link: etree._Element) -> str | None:
    """What the link says, without its "Previous article" and arrows."""
    said = one_line(" ".join(text for piece in link.itertext() if kind_of(text := str(piece)) is None)).strip(
        "«»‹›<>←→ "
    )
    title = said or label_of(link)
    if len(title) < _SHORTEST_TITLE or kind_of(title) is not None or _PAGE_NUMBER.fullmatch(title):
        return None
    return title
