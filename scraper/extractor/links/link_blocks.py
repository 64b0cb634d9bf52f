"""Lists of other articles found by meaning: a heading that says so, then linked teasers. Needs no profile.

Works from the few headings that mean something (headings.toml) outward, so that navigation, tag clouds, share buttons
and footers, which have no such heading, are never looked at.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from scraper.extractor.links.anchors import Anchors
from scraper.extractor.links.headings import NEIGHBOURS, kind_by_words, may_list_labels
from scraper.extractor.links.items import Item, is_headline, read_items
from scraper.extractor.links.link_labels import Telling
from scraper.extractor.links.list_headings import heading_over, tabs
from scraper.extractor.links.list_markers import Sign, signs_of_lists
from scraper.extractor.links.list_regions import Fence, without_lists
from scraper.extractor.links.unannounced_lists import find_clusters
from scraper.extractor.page.document import Document
from scraper.records import LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBlock:
    """A list of other articles, each once, in the order shown."""

    kind: LinkKind
    heading: str | None
    items: tuple[Item, ...]


# One link under a name that may also be an item's is no list.
_SHORTEST_UNNAMED_LIST = 2
_SHORTEST_CLUSTER = 3
# As many words or two under a class that names a list are topics.
_LABELS = 4
# What nothing announces is read no further than this: ninety-nine pages of a hundred list 61 articles or fewer, and
# the front pages of blogs, which list hundreds, took a hundred times as long as the median.
_MOST_UNANNOUNCED = 150
# What a page may cost. On 500 pages of the corpus the most headings are 32, the longest list has 24 articles, and the
# most links looked at are 207.
_MAX_LINKS = 400
_MAX_SIGNS = 100
_MAX_LOOKS = 600


class Ruled(NamedTuple):
    """What rules have read already: the elements that hold their lists, and what stands over these."""

    containers: Set[etree._Element] = frozenset()
    headings: Set[str | None] = frozenset()

    def has(self, heading: Sign) -> bool:
        """Is this the heading of such a list, or does it stand in one?"""
        return heading.text in self.headings or not self.containers.isdisjoint(heading.element.iterancestors())


def find_link_blocks(
    doc: Document, anchors: Anchors, kept: Iterable[etree._Element], *, telling: Telling, ruled: Ruled
) -> list[LinkBlock]:
    """The lists of other articles on the page; `kept` are the elements of the article's text.

    In document order, those that have a heading before those that have only a telling name.
    """
    headings, named = signs_of_lists(doc)
    fence = Fence(without_lists(kept, headings), (heading.element for heading in headings))
    if ruled.containers:
        headings = [heading for heading in headings if not ruled.has(heading)]
    reader = _Reader(anchors, {link for container in ruled.containers for link in container.iter("a")})
    blocks: list[LinkBlock] = []
    # The last heading first: a list inside a longer one belongs to the heading next above it.
    for heading in reversed(headings[:_MAX_SIGNS]):
        block = reader.first(heading.kind, heading.text, fence.regions(heading.element))
        if block is not None:
            blocks.append(block)
    blocks.reverse()
    for sign in chain(tabs(doc, telling), named[:_MAX_SIGNS]):
        block = reader.first(sign.kind, sign.text, [[sign.element]]) if fence.allows(sign.element) else None
        if block is not None:
            blocks.append(block if sign.text else _with_heading(block, heading_over(sign.element, fence)))
    return blocks + _unannounced(find_clusters(doc, anchors, fence, reader.taken), reader)


def _with_heading(block: LinkBlock, heading: str | None) -> LinkBlock:
    """A list known by a name, with what stands over it; that tells its kind where it does, as the reader sees it."""
    kind = kind_by_words(heading) if heading is not None else None
    if heading is None or kind in NEIGHBOURS:
        return block
    return replace(block, heading=heading, kind=kind or block.kind)


def _unannounced(signs: Iterable[Sign], reader: "_Reader") -> list[LinkBlock]:
    """The lists that stand there without a heading that means something; rows under one heading are one list."""
    lists: list[list[LinkBlock]] = []
    patience = _MOST_UNANNOUNCED
    for sign in signs:
        block = reader.first(sign.kind, sign.text, [[sign.element]])
        if block is None or not _are_headlines(block.items):
            continue
        if lists and (lists[-1][0].kind, lists[-1][0].heading) == (block.kind, block.heading):
            lists[-1].append(block)
        else:
            lists.append([block])
        patience -= len(block.items)
        if patience <= 0:
            break
    return [replace(rows[0], items=_once(item for row in rows for item in row.items)) for rows in lists]


def _are_headlines(items: Sequence[Item]) -> bool:
    """Not so one title many times, which is that of an article's pictures, nor the short labels of a menu."""
    titles = [item.teaser.title or "" for item in items]
    return len(set(titles)) >= max(_SHORTEST_CLUSTER, len(titles) // 2) and 2 * sum(
        item.is_card or is_headline(title) for item, title in zip(items, titles, strict=True)
    ) >= len(titles)


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple({item.url: item for item in reversed(tuple(items))}.values())[::-1]


class _Reader:
    """Reads lists; a link that one list has taken belongs to no other."""

    def __init__(self, anchors: Anchors, taken: set[etree._Element]) -> None:
        self._anchors = anchors
        self.taken = taken
        # A hundred bold "Recommended" in a row would have the links below them read a hundred times over.
        self._patience = _MAX_LOOKS

    def first(self, kind: LinkKind, heading: str | None, regions: Iterable[list[etree._Element]]) -> LinkBlock | None:
        """The list in the first of `regions` that holds one."""
        for region in regions:
            links = islice(self._anchors.below(region), _MAX_LINKS)
            found = [anchor for anchor in links if anchor.element not in self.taken]
            self._patience -= len(found)
            if self._patience < 0:
                return None
            items = read_items(found, region, self._anchors, heading)
            if _may_be_labels(heading, len(items)) and not _are_headlines(items):
                continue
            if _fits(kind, heading, len(items)):
                self.taken.update(anchor.element for anchor in found)
                return LinkBlock(kind=kind, heading=heading, items=items)
        return None


def _may_be_labels(heading: str | None, count: int) -> bool:
    return may_list_labels(heading) if heading is not None else count >= _LABELS


def _fits(kind: LinkKind, heading: str | None, count: int) -> bool:
    if kind in NEIGHBOURS:  # "Previous" is also what carousels and galleries say
        return count == 1
    return count >= (1 if heading is not None else _SHORTEST_UNNAMED_LIST)
