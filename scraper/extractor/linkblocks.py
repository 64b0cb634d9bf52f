"""Lists of other articles found by meaning: a heading that says so, then linked teasers. Needs no profile.

Works from the few headings that mean something (headings.toml) outward, so that navigation, tag clouds, share buttons
and footers, which have no such heading, are never looked at.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice, takewhile

from lxml import etree

from scraper.extractor.anchors import Anchor, Anchors
from scraper.extractor.document import Document
from scraper.extractor.headings import MAX_HEADING, kind_of
from scraper.extractor.teasers import Teaser, merged, read_teaser
from scraper.records import LinkKind
from scraper.text import one_line
from scraper.urls import CanonicalUrl


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    url: CanonicalUrl
    teaser: Teaser


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBlock:
    """A list of other articles, each once, in the order shown."""

    kind: LinkKind
    heading: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    element: etree._Element
    kind: LinkKind
    text: str


_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_ALWAYS = frozenset((*_RANKS, "strong", "b", "dt", "legend", "summary"))
_HEADING_TAGS = (*_ALWAYS, "div", "span", "p", "header")
_HEADING_CLASS = re.compile(r"[tT]itle|[hH]ead|label|titre|titel|titul")
_FLAT = frozenset(("a", "dt", "strong", "b", *_RANKS))
_TOO_LONG = MAX_HEADING + 30
_CEILING = frozenset(("html", "body", "main"))
_MAX_CLIMB = 5
_MAX_ITEMS = 40
_MAX_FOLLOWERS = 3
_NEIGHBOUR_REL = frozenset(("prev", "previous", "next"))
# Four words make a headline ("Sport" and "About the paper" are none), and eight characters where nothing parts words.
_HEADLINE_WORDS = 4
_SHORTEST_TITLE = 8
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def find_link_blocks(doc: Document, anchors: Anchors, kept: Iterable[etree._Element]) -> list[LinkBlock]:
    """The lists of other articles on the page, in document order; `kept` are the elements of the article's text."""
    headings = _headings(doc)
    fence = _Fence(kept, headings)
    claimed: set[etree._Element] = set()
    blocks: list[LinkBlock] = []
    # The last heading first: a list inside a longer one belongs to the heading next above it.
    for heading in reversed(headings):
        for region in fence.regions(heading):
            found = [anchor for anchor in anchors.below(region) if anchor.element not in claimed]
            shown = _items([anchor for anchor in found if _may_be_item(anchor, anchors)], region)
            items = [item for item in shown if _is_article(item, anchors)]
            if len(shown) < 2 * len(items) <= 2 * _MAX_ITEMS:
                claimed.update(anchor.element for anchor in found)
                blocks.append(LinkBlock(kind=heading.kind, heading=heading.text, items=tuple(items)))
                break
    blocks.reverse()
    return blocks


def _headings(doc: Document) -> list[_Heading]:
    headings: list[_Heading] = []
    for element in _heading_like(doc.root):
        text = _beginning(element)
        kind = kind_of(text)
        if kind is None:
            continue
        if headings and headings[-1].element in element.iterancestors():
            headings.pop()  # only wrapped around this one
        headings.append(_Heading(element, kind, one_line(text).rstrip(":").rstrip()))
    return headings


def _heading_like(root: etree._Element) -> Iterator[etree._Element]:
    """What themes use for headings: the real ones, what a class calls so, and what introduces links in bold."""
    for element in root.iter(*_HEADING_TAGS):
        tag = element.tag
        if tag in _ALWAYS or (tag == "p" and len(element) > 0):
            yield element
        else:
            classes = element.get("class")
            if classes is not None and _HEADING_CLASS.search(classes):
                yield element


def _beginning(element: etree._Element) -> str:
    """All of a short text, enough of a long one to see that it is too long; before a link, what introduces it."""
    if element.tag == "p":
        return element.text or ""
    text = ""
    for piece in element.itertext():
        text += str(piece)
        if len(text) > _TOO_LONG:
            break
    return text


class _Fence:
    """Where a heading's list may reach: not into the article's text, not past the next heading of its rank."""

    def __init__(self, kept: Iterable[etree._Element], headings: Iterable[_Heading]) -> None:
        self._kept = set(kept)
        self._around_kept = {ancestor for element in self._kept for ancestor in element.iterancestors()}
        self._headings = {heading.element for heading in headings}

    def regions(self, heading: _Heading) -> Iterator[list[etree._Element]]:
        """What may hold the heading's list: what comes after it, then after what is wrapped around it, and so on."""
        node = heading.element
        if node.tag == "p":
            yield list(node)
        rank = _RANKS.get(node.tag, 7)
        for _ in range(_MAX_CLIMB):
            region = list(self._after(node, rank))
            if region:
                yield region
            parent = node.getparent()
            if parent is None or parent.tag in _CEILING or _is_led_by_links(node):
                return
            node = parent

    def _after(self, node: etree._Element, rank: int) -> Iterator[etree._Element]:
        for sibling in node.itersiblings(etree.Element):
            if sibling in self._kept or sibling in self._around_kept or sibling in self._headings:
                return
            if _RANKS.get(sibling.tag, 8) <= rank:
                return
            yield sibling


def _is_led_by_links(node: etree._Element) -> bool:
    """Are there links before `node` in its parent? Then it does not head what is wrapped around it."""
    return any(next(sibling.iter("a"), None) is not None for sibling in node.itersiblings(preceding=True))


def _items(found: Sequence[Anchor], region: Sequence[etree._Element]) -> list[Item]:
    """One item for each article linked to, read from the largest element that links to no other."""
    if not found:
        return []
    owners = _owners(found, set(region))
    parts: dict[CanonicalUrl, dict[etree._Element, list[etree._Element]]] = {}
    for anchor in found:
        element = _item_element(anchor, owners)
        parts.setdefault(anchor.url, {}).setdefault(element, []).append(anchor.element)
    items = (Item(url=url, teaser=_teaser(elements, owners)) for url, elements in parts.items())
    return [item for item in items if item.teaser.title]


def _owners(found: Sequence[Anchor], ceiling: Set[etree._Element]) -> dict[etree._Element, CanonicalUrl | None]:
    """For each element in the region with a link in it: the one article it leads to, None where there are several."""
    owners: dict[etree._Element, CanonicalUrl | None] = {}
    for anchor in found:
        element: etree._Element | None = anchor.element
        while element is not None:
            owners[element] = anchor.url if owners.get(element, anchor.url) == anchor.url else None
            if element in ceiling:
                break
            element = element.getparent()
    return owners


def _item_element(anchor: Anchor, owners: Mapping[etree._Element, CanonicalUrl | None]) -> etree._Element:
    element = anchor.element
    parent = element.getparent()
    while parent is not None and owners.get(parent) is not None:
        element, parent = parent, parent.getparent()
    return element


def _teaser(
    elements: Mapping[etree._Element, list[etree._Element]], owners: Mapping[etree._Element, CanonicalUrl | None]
) -> Teaser:
    """Elements side by side are parts of one showing of the item; elsewhere it is shown again."""
    showings: dict[etree._Element | None, list[etree._Element]] = {}
    for element in elements:
        showings.setdefault(element.getparent(), []).append(element)
    teasers = []
    for parts in showings.values():
        links = [link for part in parts for link in elements[part]]
        teasers.append(read_teaser([*parts, *_followers(parts[-1], owners)], links))
    return merged(teasers)


def _followers(element: etree._Element, owners: Mapping[etree._Element, CanonicalUrl | None]) -> list[etree._Element]:
    """What belongs to an item in a flat list: `<h3><a>title</a></h3><p>excerpt</p><h3>...`."""
    if element.tag not in _FLAT:
        return []
    siblings = takewhile(lambda sibling: sibling not in owners and sibling.tag not in _RANKS, element.itersiblings())
    return list(islice(siblings, _MAX_FOLLOWERS))


def _may_be_item(anchor: Anchor, anchors: Anchors) -> bool:
    return anchors.may_be_article(anchor) and (anchor.element.get("rel") or "").lower() not in _NEIGHBOUR_REL


def _is_article(item: Item, anchors: Anchors) -> bool:
    """Does it read like a headline, and lead where one would? The names of sections, tags and services do not."""
    title = item.teaser.title or ""
    if len(title.split()) >= _HEADLINE_WORDS or (len(title) >= _SHORTEST_TITLE and _UNSPACED.search(title)):
        return True
    return len(title) >= _SHORTEST_TITLE and anchors.names_an_article(item.url)
