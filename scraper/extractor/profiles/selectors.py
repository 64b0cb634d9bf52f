"""Selectors of rules applied to a page: the elements they find, the texts and attributes they read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Protocol, TypeGuard, cast

from lxml import etree

from scraper.extractor.page.document import Document, text_of
from scraper.rules.selectors import Selector
from scraper.text import or_none

# What such a word says is not asked of the page (`:not(.x)` of what must not be there); the rest of the selector is.
_PSEUDO = re.compile(r"::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_CLASS = re.compile(r"\.([\w-]+)")
_BEGINS_WITH_CLASS = re.compile(r"[\w*-]*\.([\w-]+)")
# Alternatives and siblings stand outside of what the first class is on; an escape makes a class another.
_BESIDE_OR_ELSE = frozenset(",+~\\")
# To ask XPath of one element more takes 2 µs.
_MOST_PLACES = 32


def elements_of(doc: Document, selectors: Iterable[Selector]) -> list[etree._Element]:
    """As :func:`elements` on the whole page, asking only those selectors that may find something, where they may."""
    found: dict[etree._Element, None] = {}
    for selector in occurring(doc, selectors):
        if name := _only_class(selector.css):
            found.update(dict.fromkeys(of_class(doc, name)))
            continue
        for place in places_of(doc, selector):
            found.update(dict.fromkeys(_found(selector, place)))
    return list(found)


def occurring(doc: Document, selectors: Iterable[Selector]) -> list[Selector]:
    """Those of the selectors whose classes all are on the page.

    Most of what a profile knows is not on the page: to see that no element has such a class takes a hundredth of the
    time of evaluating XPath.
    """
    is_on = _classes_of(_Page(doc)).issuperset
    return [selector for selector in selectors if any(map(is_on, _classes_in(selector.css)))]


def of_class(doc: Document, name: str) -> list[etree._Element]:
    """The elements that have this class, in document order."""
    page = _Page(doc)
    if name not in _classes_of(page):
        return []
    alike = [at for names, at in _numbers_by_classes(page).items() if name in names and name in names.split()]
    return [doc.elements[number] for number in sorted(chain.from_iterable(alike))]


def places_of(doc: Document, selector: Selector) -> list[etree._Element]:
    """Parts of the page in document order, none in another, that hold all that the selector finds on it.

    XPath reads every element that it is asked of, spelling out its classes: 0.2 ms for a page where no tag is named.
    """
    name = _first_class(selector.css)
    if name is None:
        return [doc.root]
    places: list[etree._Element] = []
    for element in of_class(doc, name):
        if not (places and places[-1] in element.iterancestors()):
            places.append(element)
    return places if len(places) <= _MOST_PLACES else [doc.root]


def elements(selectors: Iterable[Selector], context: etree._Element) -> list[etree._Element]:
    """What the selectors find below `context`: all of the first's in document order, then the second's, none twice."""
    found: dict[etree._Element, None] = {}
    for selector in selectors:
        found.update(dict.fromkeys(_found(selector, context)))
    return list(found)


def values(selector: Selector, context: etree._Element) -> Iterator[str]:
    """The text, or the attribute the selector names, of each element found; one line each, the empty ones left out.

    What XPath gives as text (an attribute, `substring-after(...)`) is a value itself.
    """
    for found in _results(selector, context):
        if isinstance(found, str):
            raw: str | None = found
        else:
            raw = found.get(selector.attribute) if selector.attribute else text_of(found)
        value = or_none(raw)
        if value is not None:
            yield value


def matches(selectors: Iterable[Selector], context: etree._Element) -> bool:
    """Does any of them find something?"""
    return any(_found(selector, context) for selector in selectors)


def _found(selector: Selector, context: etree._Element) -> list[etree._Element]:
    if selector.css:  # selects elements and nothing else
        return _compiled(selector.xpath)(context)
    return [found for found in _results(selector, context) if not isinstance(found, str)]


def _results(selector: Selector, context: etree._Element) -> Sequence[etree._Element | str]:
    find = _compiled(selector.xpath)
    if selector.css:
        return find(context)
    try:
        found: object = find(context)
    except etree.XPathError:
        # Somebody else's XPath on a page it was not made for, such as one nested too deep for it: it finds nothing.
        return ()
    if isinstance(found, list):
        return [item for item in found if isinstance(item, str) or _is_element(item)]
    return () if isinstance(found, bool) else (str(found),)


def _is_element(item: object) -> TypeGuard[etree._Element]:
    """XPath gives comments and processing instructions too, and pairs for namespaces."""
    return etree.iselement(item) and isinstance(item.tag, str)


class _Page:
    """A page as a key: the very same one."""

    def __init__(self, doc: Document) -> None:
        self.classes = doc.classes

    def __hash__(self) -> int:
        return id(self.classes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Page) and other.classes is self.classes


# Every rule asks of the same page, then of the next one.
@lru_cache(maxsize=1)
def _classes_of(page: _Page) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(str.split, filter(None, set(page.classes)))))


# Of most pages nothing is asked but which classes they have.
@lru_cache(maxsize=1)
def _numbers_by_classes(page: _Page) -> Mapping[str, Sequence[int]]:
    """The numbers of the elements with each class attribute, as written."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, names in enumerate(page.classes):
        if names:
            numbers[names].append(number)
    return numbers


@lru_cache(maxsize=1024)
def _classes_in(css: str) -> tuple[frozenset[str], ...]:
    """The classes that must be on a page for the selector to find anything, for each of its alternatives."""
    plain = _PSEUDO.sub("", _BRACKETS.sub("", css))
    if not css or "\\" in css or not {"(", ":"}.isdisjoint(plain):  # a class is not written as it is, or nested deeper
        return (frozenset(),)
    return tuple(frozenset(_CLASS.findall(one)) for one in plain.split(","))


@lru_cache(maxsize=1024)
def _first_class(css: str) -> str | None:
    """The class that an element must have to be found, or to hold all that is found; None where there is none such."""
    found = _BEGINS_WITH_CLASS.match(css)
    return found[1] if found and _BESIDE_OR_ELSE.isdisjoint(_BRACKETS.sub("", css)) else None


@lru_cache(maxsize=1024)
def _only_class(css: str) -> str | None:
    """The class that is all that the selector asks for; None where there is more to it."""
    found = _CLASS.fullmatch(css)
    return found[1] if found else None


class _Finder(Protocol):
    """What CSS selects; XPath that was written as such may give other things."""

    def __call__(self, context: etree._Element, /) -> list[etree._Element]: ...


# An evaluator takes 15 µs to compile and is used again for every page of a site; 1,024 hold some twenty rules.
@lru_cache(maxsize=1024)
def _compiled(xpath: str) -> _Finder:
    return cast("_Finder", etree.XPath(xpath, smart_strings=False, regexp=False))
