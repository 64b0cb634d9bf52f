"""How much of a text stands in items of a list that each lead elsewhere, and how much does not.

What an item is: one of several elements of one kind, short, with a link that stands for itself. Decides nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from lxml import etree

from scraper.extractor.page.document import text_of

_ITEMS = frozenset(("li", "div", "article", "section", "tr", "dd", "a"))
_LEVELS: Final = 5
_ALIKE: Final = 3
_LONGEST_ITEM: Final = 800
_MAX_LINKS: Final = 4
_MAX_KEPT: Final = 200
_BEGINNING: Final = 6
_MANY: Final = 1_000_000
_MAX_BESIDE: Final = 16
_MIN_LINK: Final = 15
_MIN_WIDE_LINK: Final = 6
_LONGEST_MARK: Final = 2
_WIDE: Final = "\u3040"  # from here on a character is a syllable or a word

Kind = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class TeaserItems:
    """The characters of a text inside and outside of items that lead elsewhere, and how many these are."""

    items: int = 0
    chars: int = 0
    free_chars: int = 0


def teaser_items(kept: Iterable[etree._Element]) -> TeaserItems:
    """What of these elements, the text of a page, stands in such items; nothing where its beginning does not."""
    leads: dict[etree._Element, bool] = {}
    items: set[etree._Element] = set()
    chars = free = 0
    for number, element in enumerate(islice(kept, _MAX_KEPT)):
        if number == _BEGINNING and not items:
            return TeaserItems(free_chars=_MANY)
        item = _item_around(element, leads)
        length = len(text_of(element))
        if item is None:
            free += length
        else:
            if item not in items:
                items.update(_beside(item, leads))
            chars += length
    return TeaserItems(len(items), chars, free) if len(items) >= _ALIKE else TeaserItems(free_chars=free + chars)


def _item_around(element: etree._Element, leads: dict[etree._Element, bool]) -> etree._Element | None:
    """The item that holds `element`; `leads` keeps what was found of elements that may be items."""
    current: etree._Element | None = element
    for _ in range(_LEVELS):
        if current is None:
            return None
        if current.tag in _ITEMS:
            if current not in leads:
                leads[current] = _is_one_of_many(current) and _leads_elsewhere(current)
            if leads[current]:
                return current
        current = current.getparent()
    return None


def _is_one_of_many(element: etree._Element) -> bool:
    kind, others = _kind(element), 0
    for other in _around(element):
        others += _kind(other) == kind
        if others >= _ALIKE - 1:
            return True
    return False


def _around(element: etree._Element) -> Iterator[etree._Element]:
    """The next siblings, and where there are few, those before."""
    return islice(chain(element.itersiblings(), element.itersiblings(preceding=True)), _MAX_BESIDE)


def _beside(item: etree._Element, leads: dict[etree._Element, bool]) -> Iterator[etree._Element]:
    """An item and those of its kind around it, some of which may have no text that was kept."""
    yield item
    for other in _around(item):
        if _kind(other) == _kind(item):
            if other not in leads:
                leads[other] = _leads_elsewhere(other)
            if leads[other]:
                yield other


def _kind(element: etree._Element) -> Kind:
    return str(element.tag), element.get("class")


def _leads_elsewhere(item: etree._Element) -> bool:
    if not any(map(_stands_alone, islice(item.iter("a"), _MAX_LINKS))):
        return False
    return len(text_of(item, _LONGEST_ITEM + 1)) <= _LONGEST_ITEM


def _stands_alone(link: etree._Element) -> bool:
    """Whether a link to another page is a line of its own rather than words in one."""
    if (link.get("href") or "#").startswith(("#", "javascript:", "mailto:")):
        return False
    text = text_of(link)
    if len(text) < (_MIN_WIDE_LINK if text[:1] >= _WIDE else _MIN_LINK):
        return False
    parent, before = link.getparent(), link.getprevious()
    beside = (link.tail, before.tail if before is not None else parent.text if parent is not None else None)
    return all(len((words or "").strip()) <= _LONGEST_MARK for words in beside)
