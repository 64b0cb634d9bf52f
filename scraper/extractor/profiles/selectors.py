"""Selectors of rules applied to a page: the elements they find, the texts and attributes they read."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol, cast

from lxml import etree

from scraper.extractor.page.document import text_of
from scraper.rules import Selector
from scraper.text import or_none


def elements(selectors: Iterable[Selector], context: etree._Element) -> list[etree._Element]:
    """What the selectors find below `context`: all of the first's in document order, then the second's, none twice."""
    found: dict[etree._Element, None] = {}
    for selector in selectors:
        found.update(dict.fromkeys(_found(selector, context)))
    return list(found)


def values(selector: Selector, context: etree._Element) -> Iterator[str]:
    """The text, or the attribute the selector names, of each element found; one line each, the empty ones left out."""
    for element in _found(selector, context):
        raw = element.get(selector.attribute) if selector.attribute else text_of(element)
        value = or_none(raw)
        if value is not None:
            yield value


def matches(selectors: Iterable[Selector], context: etree._Element) -> bool:
    """Does any of them find something?"""
    return any(_found(selector, context) for selector in selectors)


def _found(selector: Selector, context: etree._Element) -> list[etree._Element]:
    return _compiled(selector.xpath)(context)


class _Finder(Protocol):
    """CSS selects elements and nothing else, so of XPath's result types only one can come."""

    def __call__(self, context: etree._Element, /) -> list[etree._Element]: ...


# An evaluator takes 15 µs to compile and is used again for every page of a site; 1,024 hold some twenty rules.
@lru_cache(maxsize=1024)
def _compiled(xpath: str) -> _Finder:
    return cast("_Finder", etree.XPath(xpath, smart_strings=False))
