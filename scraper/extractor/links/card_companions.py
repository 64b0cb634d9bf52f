"""Links that stand beside an article's in its card and lead elsewhere: to its section, its author, who sent it out.

Told by what they have in common all through a list, for their addresses and labels alone look like an article's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from scraper.extractor.links.anchors import Anchor, Anchors
from scraper.extractor.links.headlines import HEADINGS
from scraper.urls import CanonicalUrl

_DIGITS = re.compile(r"\d+")
_FEWEST_CARDS = 2
# Slashes of an address without a path: "https://example.org".
_ROOT = 2
# A companion's label against that of the article it stands beside: "株式会社…" under a headline.
_SHORTER = 0.6
_MOST_WORDS = 4
# Here and there a headline is as short as the name beside it.
_MOST = 0.7


def without_companions(
    found: Sequence[Anchor], owners: Mapping[etree._Element, CanonicalUrl | None], anchors: Anchors
) -> list[Anchor]:
    """The links that lead to what the list is of.

    `owners` has for each element with a link in it the one article it leads to, None where there are several.
    """
    sections = _sections(found, anchors)
    main = [anchor for anchor in found if anchor.url not in sections] if sections else list(found)
    families = _families(main)
    if len(families) < 2 or len(main) == len(families):
        return main
    beside = set(_beside(main, owners, anchors))
    dropped = {
        family
        for family, members in families.items()
        if len({anchor.element for anchor in members}) >= _FEWEST_CARDS
        and len(members) < len(main)
        and sum(anchor.element in beside for anchor in members) >= _MOST * len(members)
    }
    return [anchor for anchor in main if _family(anchor.url) not in dropped] if dropped else main


def _sections(found: Sequence[Anchor], anchors: Anchors) -> set[CanonicalUrl]:
    """Addresses below which others of the list lie, with a shorter label: `/da-la-nota` under its articles."""
    urls = {anchor.url.rstrip("/"): anchor for anchor in found}
    sections: set[CanonicalUrl] = set()
    for anchor in urls.values():
        path = anchor.url.rstrip("/").rpartition("/")[0]
        while path.count("/") > _ROOT:
            above = urls.get(path)
            if above is not None and len(anchors.label(above.element)) < len(anchors.label(anchor.element)):
                sections.add(above.url)
            path = path.rpartition("/")[0]
    return sections


def _families(found: Sequence[Anchor]) -> dict[str, list[Anchor]]:
    families: dict[str, list[Anchor]] = {}
    for anchor in found:
        families.setdefault(_family(anchor.url), []).append(anchor)
    return families


def _family(url: CanonicalUrl) -> str:
    """All of the address but its last part and its numbers: `/company_id/9812` and `/company_id/77` are of one."""
    return _DIGITS.sub("0", url.partition("?")[0].rstrip("/").rpartition("/")[0])


def _beside(
    found: Sequence[Anchor], owners: Mapping[etree._Element, CanonicalUrl | None], anchors: Anchors
) -> Iterator[etree._Element]:
    """The links of cards with one long label that have a short one themselves, and lead to another family."""
    cards: dict[etree._Element, list[Anchor]] = {}
    for anchor in found:
        card = next((above for above in anchor.element.iterancestors() if owners.get(above, anchor.url) is None), None)
        if card is not None:
            cards.setdefault(card, []).append(anchor)
    for members in cards.values():
        main = max(members, key=lambda anchor: len(anchors.label(anchor.element)))
        limit, family = _SHORTER * len(anchors.label(main.element)), _family(main.url)
        others = [anchor for anchor in members if anchor.url != main.url]
        if all(_is_small(anchor, limit, anchors) and _family(anchor.url) != family for anchor in others):
            yield from (anchor.element for anchor in others)


def _is_small(anchor: Anchor, limit: float, anchors: Anchors) -> bool:
    label = anchors.label(anchor.element)
    if len(label) >= limit or label.count(" ") >= _MOST_WORDS:
        return False
    parent = anchor.element.getparent()
    return parent is None or parent.tag not in HEADINGS
