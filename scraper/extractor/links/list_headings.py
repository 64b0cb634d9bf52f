"""What stands over a list: a heading, something as short that stands alone, or the tab that shows it.

What it means is asked of `headings`; whether there is a list is not asked here.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from scraper.extractor.links.headings import MAX_HEADING, NEIGHBOURS, kind_by_words, kind_of
from scraper.extractor.links.headlines import HEADINGS
from scraper.extractor.links.link_labels import Telling
from scraper.extractor.links.list_markers import Sign
from scraper.extractor.links.list_regions import Fence
from scraper.extractor.page.document import Document, text_of
from scraper.text import one_line

_SHORTEST_HEADING = 3
_HEADLINE_WORDS = 4
_DIGIT = re.compile(r"\d")
_AD = re.compile(
    r"(?:advertis|anzeige|werbung|reklame|annonce|publicid|publicit|pubblicit|реклам|広告|广告)", re.IGNORECASE
)
_NO_TEXT = frozenset(("script", "style", "img", "hr", "input", "select"))
_MAX_BEGINNING = 12
_MAX_CLIMB = 3
_MAX_PRECEDING = 3
_TAB_TARGETS = ("href", "aria-controls", "data-target", "data-bs-target")


def heading_in(element: etree._Element) -> str | None:
    """The text of a heading, or of something as short that stands alone."""
    if element.tag in _NO_TEXT:
        return None
    found = element if element.tag in HEADINGS else next(element.iter(*HEADINGS), element)
    text = one_line(text_of(found, 2 * MAX_HEADING))
    if not _SHORTEST_HEADING <= len(text) <= MAX_HEADING or not text[0].isalpha():
        return None
    return None if _AD.match(text) else text.rstrip(":").rstrip()


def heading_over(element: etree._Element, fence: Fence) -> str | None:
    """The heading at the beginning of a list that is known to be one, or before it."""
    for inner in islice(element.iter(etree.Element), 1, _MAX_BEGINNING):
        if inner.tag == "a":
            break
        if inner.tag in HEADINGS:
            return _unless_linked(inner)
    node = element
    for _ in range(_MAX_CLIMB):
        parent = node.getparent()
        text, is_end = _before(node, fence)
        if text is not None or is_end or parent is None or parent in fence.around_kept:
            return text
        node = parent
    return None


def _before(node: etree._Element, fence: Fence) -> tuple[str | None, bool]:
    """The heading among the few elements before this one; true where a list or the text ends the search."""
    for sibling in islice(node.itersiblings(etree.Element, preceding=True), _MAX_PRECEDING):
        if sibling in fence.kept or sibling in fence.around_kept:
            return None, True
        text = _unless_linked(sibling)
        if text is not None or next(sibling.iter("a"), None) is not None:
            return text, True
    return None, False


def tabs(doc: Document, telling: Telling) -> Iterator[Sign]:
    """The panels that tabs with a telling name show: "Latest | Most read", each with a list of its own."""
    for tab in (*telling.introducing, *doc.by_tag.get("button", ())):
        name = _panel_of(tab)
        text = one_line(text_of(tab, 2 * MAX_HEADING)) if name else ""
        kind = kind_of(text) if text else None
        if name and kind is not None and kind not in NEIGHBOURS:
            panel = next((element for element in doc.elements if element.get("id") == name), None)
            if panel is not None:
                yield Sign(panel, kind, text)


def _panel_of(tab: etree._Element) -> str | None:
    """The id of what the tab shows, as the HTML of Bootstrap and others states it."""
    for attribute in _TAB_TARGETS:
        target = tab.get(attribute)
        if target and (attribute == "aria-controls" or target.startswith("#")):
            return target.removeprefix("#") or None
    return None


def _unless_linked(element: etree._Element) -> str | None:
    """The heading in `element`, unless it is the headline of an item, or a number of some kind."""
    text = heading_in(element)
    if text is None:
        return None
    if next(element.iter("a"), None) is not None:
        is_short = text.count(" ") < _HEADLINE_WORDS - 1
        return text if (kind_by_words(text) if is_short else kind_of(text)) is not None else None
    is_heading = element.tag in HEADINGS or next(element.iter(*HEADINGS), None) is not None
    return text if is_heading or not _DIGIT.search(text) else None
