"""Where the list under a heading may stand: beside the heading or what is wrapped around it, never in the text.

Boxes of links that were taken for text ("Keep reading" between two paragraphs) are told from it here.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from scraper.extractor.links.list_markers import Sign
from scraper.extractor.page.document import raw_text

_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CEILING = frozenset(("html", "body", "main"))
_MENUS = frozenset(("nav", "header", "footer"))
_MENU_NAME = re.compile(r"[\s_-](?:mega-?menu|menu|navbar|navigation)\s")
_MAX_CLIMB = 5
_MAX_SIBLINGS = 300
_HOLDERS = frozenset(("div", "ul", "ol", "section"))
_LIST = 4
_MAX_LINKS = 12
# Of a box's letters, those of its links; a paragraph that mentions an article has fewer.
_FEWEST_LINKED = 0.6
_FEWEST_LINKS = 2


class Fence:
    """Where a heading's list may reach: not into the article's text, not past the next heading of its rank.

    `kept` are the passages of the text, `around_kept` what holds any of them.
    """

    def __init__(self, kept: Iterable[etree._Element], headings: Iterable[etree._Element]) -> None:
        self.kept = set(kept)
        self.around_kept = ancestors_of(self.kept)
        self._headings = set(headings)
        self._menus: dict[etree._Element, bool] = {}

    def regions(self, heading: etree._Element) -> Iterator[list[etree._Element]]:
        """What may hold the heading's list: what comes after it, then after what is wrapped around it, and so on."""
        if self._is_in_menu(heading):
            return
        node = heading
        if (node.tag == "p" and node not in self.kept) or (len(node) and (node.text or "").rstrip().endswith(":")):
            yield list(node)
        rank = _RANKS.get(node.tag, 7)
        for _ in range(_MAX_CLIMB):
            after = list(islice(self._after(node, rank), _MAX_SIBLINGS))
            first = _first_list(after)
            if after:
                yield first or after
            if first:
                return  # whatever it lists, this is what the heading stands over
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
        asked: list[etree._Element] = []
        is_menu = False
        for ancestor in heading.iterancestors():
            if ancestor in self.around_kept:
                break
            if ancestor in self._menus:
                is_menu = self._menus[ancestor]
                break
            asked.append(ancestor)
            is_menu = ancestor.tag == "nav" or names_menu(f"{ancestor.get('class')} {ancestor.get('id')}")
            if is_menu:
                break
        self._menus.update(dict.fromkeys(asked, is_menu))
        return is_menu

    def _after(self, node: etree._Element, rank: int) -> Iterator[etree._Element]:
        for sibling in node.itersiblings(etree.Element):
            if sibling in self.kept or sibling in self.around_kept or sibling in self._headings:
                return
            if sibling.tag == "footer" or (_RANKS.get(sibling.tag, 8) <= rank and not _is_linked(sibling)):
                return
            yield sibling


def _first_list(region: list[etree._Element]) -> list[etree._Element]:
    """Up to the end of the first list, empty where there is none; what comes after counts where it is a row of it."""
    hrefs: set[str] = set()
    for index, element in enumerate(region):
        own = _hrefs(element)
        if element.tag in _HOLDERS and len(own) >= _LIST:
            end = next((place for place, row in enumerate(region) if place > index and _is_another(row, element)), None)
            return region[:end]
        hrefs |= own
    return region if len(hrefs) >= _LIST else []


def _is_another(row: etree._Element, first: etree._Element) -> bool:
    return (row.tag, row.get("class")) != (first.tag, first.get("class")) and _has_link(row)


def _hrefs(element: etree._Element) -> set[str]:
    """Where its first links lead; tabs and buttons lead nowhere."""
    hrefs = (link.get("href") for link in islice(element.iter("a"), _MAX_LINKS))
    return {href for href in hrefs if href and not href.startswith(("#", "javascript:"))}


def _has_link(element: etree._Element) -> bool:
    return next(element.iter("a"), None) is not None


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
    return any(map(_has_link, node.itersiblings(etree.Element, preceding=True)))


def without_lists(kept: Iterable[etree._Element], headings: Iterable[Sign]) -> list[etree._Element]:
    """The elements of the text but those that hold a heading over links and little else but these."""
    passages = list(kept)
    known = set(passages)
    boxes = {
        box
        for heading in headings
        for box in (heading.element, *heading.element.iterancestors())
        if box in known and _is_box_of_links(box)
    }
    if not boxes:
        return passages
    return [element for element in passages if element not in boxes and boxes.isdisjoint(element.iterancestors())]


def _is_box_of_links(element: etree._Element) -> bool:
    links = list(element.iter("a"))
    if len(links) < _FEWEST_LINKS:
        return False
    return sum(len(raw_text(link)) for link in links) >= _FEWEST_LINKED * len(raw_text(element))
