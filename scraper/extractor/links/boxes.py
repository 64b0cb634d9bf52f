"""Boxes of links that were taken for text: "Keep reading" and four headlines between two paragraphs.

What else of the text is text is not asked here.
"""

from collections.abc import Iterable

from lxml import etree

from scraper.extractor.links.listsigns import Sign
from scraper.extractor.page.document import raw_text

# Of a box's letters, those of its links; a paragraph that mentions an article has fewer.
_FEWEST_LINKED = 0.6
_FEWEST_LINKS = 2


def without_lists(kept: Iterable[etree._Element], headings: Iterable[Sign]) -> list[etree._Element]:
    """The elements of the text but those that hold a heading over links and little else but these."""
    passages = list(kept)
    known = set(passages)
    boxes = {
        box
        for heading in headings
        for box in (heading.element, *heading.element.iterancestors())
        if box in known and _is_list(box)
    }
    if not boxes:
        return passages
    return [element for element in passages if element not in boxes and boxes.isdisjoint(element.iterancestors())]


def _is_list(element: etree._Element) -> bool:
    links = list(element.iter("a"))
    if len(links) < _FEWEST_LINKS:
        return False
    return sum(len(raw_text(link)) for link in links) >= _FEWEST_LINKED * len(raw_text(element))
