"""Where the list under a heading may stand: beside the heading or what is wrapped around it, never in the text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CEILING = frozenset(("html", "body", "main"))
_MENUS = frozenset(("nav", "header", "footer"))
_MENU_NAME = re.compile(r"[\s_-](?:mega-?menu|menu|navbar|navigation)\s")
_MAX_CLIMB = 5
_MAX_SIBLINGS = 300


class Fence:
    """Where a heading's list may reach: not into the article's text, not past the next heading of its rank.

    `kept` are the passages of the text, `around_kept` what holds any of them.
    """

    def __init__(self, kept: Iterable[etree._Element], headings: Iterable[etree._Element]) -> None:
        self.kept = set(kept)
        self.around_kept = ancestors_of(self.kept)
        self._headings = set(headings)

    def regions(self, heading: etree._Element) -> Iterator[list[etree._Element]]:
        """What may hold the heading's list: what comes after it, then after what is wrapped around it, and so on."""
        if self._is_in_menu(heading):
            return
        node = heading
        if (node.tag == "p" and node not in self.kept) or (len(node) and (node.text or "").rstrip().endswith(":")):
            yield list(node)
        rank = _RANKS.get(node.tag, 7)
        for _ in range(_MAX_CLIMB):
            region = list(islice(self._after(node, rank), _MAX_SIBLINGS))
            if region:
                yield region
            parent = node.getparent()
            if parent is None or parent.tag in _CEILING or _is_led_by_links(node):
                return
            node = parent

    def allows(self, element: etree._Element) -> bool:
        """May a list without a heading stand here? Not around or in the text, nor where sites keep their menus."""
        if element in self.around_kept:
            return False
        return not any(ancestor in self.kept or ancestor.tag in _MENUS for ancestor in element.iterancestors())

    def _is_in_menu(self, heading: etree._Element) -> bool:
        """Going by what is around it, up to what is around the article too: pages are wrapped in "has-nav"."""
        for ancestor in heading.iterancestors():
            if ancestor in self.around_kept:
                return False
            if ancestor.tag == "nav" or names_menu(f"{ancestor.get('class')} {ancestor.get('id')}"):
                return True
        return False

    def _after(self, node: etree._Element, rank: int) -> Iterator[etree._Element]:
        for sibling in node.itersiblings(etree.Element):
            if sibling in self.kept or sibling in self.around_kept or sibling in self._headings:
                return
            if sibling.tag == "footer" or (_RANKS.get(sibling.tag, 8) <= rank and not _is_linked(sibling)):
                return
            yield sibling


def ancestors_of(elements: Iterable[etree._Element]) -> set[etree._Element]:
    """All that is around any of them: what is around one that is known already is known too."""
    around: set[etree._Element] = set()
    for element in elements:
        for ancestor in element.iterancestors():
            if ancestor in around:
                break
            around.add(ancestor)
    return around


# Headings of one page share what is around them.
@lru_cache(maxsize=2048)
def names_menu(names: str) -> bool:
    """Does a class or an id call its element a menu?"""
    return _MENU_NAME.search(f" {names.lower()} ") is not None


def _is_linked(heading: etree._Element) -> bool:
    """Does all of the heading link to one place, as the headline of an item may at any rank?"""
    return heading.text is None and len(heading) == 1 and heading[0].tag == "a"


def _is_led_by_links(node: etree._Element) -> bool:
    """Are there links before `node` in its parent? Then it does not head what is wrapped around it."""
    return any(next(sibling.iter("a"), None) is not None for sibling in node.itersiblings(preceding=True))
