"""Lists of other articles where a rule or profile says they are and what one item looks like."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from lxml import etree

from scraper.dates.reading import parse_timestamp
from scraper.extractor.links.anchors import Anchors
from scraper.extractor.links.items import Item
from scraper.extractor.links.link_blocks import LinkBlock
from scraper.extractor.links.teasers import Teaser
from scraper.extractor.metadata.figures import number_in
from scraper.extractor.page.document import text_of
from scraper.extractor.profiles.selectors import elements, values
from scraper.rules.selectors import Selector
from scraper.rules.site_rules import LinkBlockRule
from scraper.urls import CanonicalUrl

_Value = TypeVar("_Value")


def read_block(rule: LinkBlockRule, container: etree._Element, anchors: Anchors) -> LinkBlock | None:
    """The list in one container that the rule found; None where no item of it leads anywhere."""
    items: dict[CanonicalUrl, Item] = {}
    for element in elements([rule.item], container):
        item = _item(rule, element, anchors)
        if item is not None:
            items.setdefault(item.url, item)
    if not items:
        return None
    heading = (_first(rule.heading, container, str) or "").rstrip(": ") or None
    if heading is not None and any(item.teaser.title == heading for item in items.values()):
        heading = None  # the list has none, and the selector found the headline of an item
    return LinkBlock(kind=rule.kind, heading=heading, items=tuple(items.values()))


def _item(rule: LinkBlockRule, element: etree._Element, anchors: Anchors) -> Item | None:
    url = _first(rule.url, element, anchors.target)
    if url is None:
        return None
    teaser = Teaser(
        title=_first(rule.title, element, str),
        published=_first(rule.published, element, parse_timestamp),
        excerpt=_excerpt(rule.excerpt, element),
        category=_first(rule.category, element, str),
        view_count=_first(rule.view_count, element, number_in),
        comment_count=_first(rule.comment_count, element, number_in),
    )
    return Item(url=url, teaser=teaser)


def _excerpt(selectors: Sequence[Selector], element: etree._Element) -> str | None:
    """Without the link to all of it at its end, which WordPress puts there with the title for those who cannot see."""
    text = _first(selectors, element, str)
    for link in element.iter("a") if text else ():
        if text and "more-link" in (link.get("class") or "").split():
            text = text.removesuffix(text_of(link)).rstrip()
    return text or None


def _first(
    selectors: Sequence[Selector], context: etree._Element, read: Callable[[str], _Value | None]
) -> _Value | None:
    """The first value, in the order of the selectors, that can be read as what it should be."""
    return next((value for text in _texts(selectors, context) if (value := read(text)) is not None), None)


def _texts(selectors: Sequence[Selector], context: etree._Element) -> Iterator[str]:
    for selector in selectors:
        yield from values(selector, context)
