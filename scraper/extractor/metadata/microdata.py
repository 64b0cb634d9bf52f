"""Microdata (HTML Living Standard, section 5) as the same nodes that JSON-LD gives, so that both are read alike."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree

from scraper.extractor.metadata.jsonld import LinkedData, PlacedNode
from scraper.extractor.page.document import Document, text_of
from scraper.urls import InvalidUrlError, resolve

_MAX_PROPERTIES: Final = 2_000
_MAX_TEXT_LENGTH: Final = 500

_URL_ATTRIBUTES = {"a": "href", "area": "href", "link": "href", "img": "src", "iframe": "src", "video": "src"}
# Properties that are the text or the parts of the work, not facts about it: reading them would cost, and lead away.
_LONG = frozenset(("articlebody", "text", "description", "comment", "reviewbody", "recipeinstructions"))
_UNTYPED: Final = "CreativeWork"


def read_microdata(doc: Document) -> LinkedData:
    """The items of the page in reading order. Properties outside any item make up one of their own, before the rest."""
    if not doc.mentions("itemprop"):
        return LinkedData()
    items: dict[etree._Element | None, dict[str, object]] = {}
    nested: set[etree._Element | None] = set()
    owners: dict[etree._Element, etree._Element | None] = {}
    # Two thirds of the time of XPath, which makes a list of its own first.
    properties = (element for element in doc.elements if element.get("itemprop") is not None)
    for element in islice(properties, _MAX_PROPERTIES):
        owner = _owner(element, owners)
        value: object
        if element.get("itemscope") is not None:
            value = items.setdefault(element, _new_item(element, doc.base_url))
            nested.add(element)
        else:
            value = _value(element)
        node = items.setdefault(owner, _new_item(owner, doc.base_url))
        for name in _names(element):
            _add(node, name, value)
    ordered = sorted(items.items(), key=lambda pair: pair[0] is not None)
    return LinkedData(tuple(PlacedNode(node, owner in nested, 1) for owner, node in ordered))


def _owner(element: etree._Element, owners: dict[etree._Element, etree._Element | None]) -> etree._Element | None:
    """The item that a property belongs to; `owners` holds what is known of elements that hold it, and gets the rest."""
    passed: list[etree._Element] = []
    owner: etree._Element | None = None
    for ancestor in element.iterancestors():
        if ancestor in owners:
            owner = owners[ancestor]
            break
        passed.append(ancestor)
        if ancestor.get("itemscope") is not None:
            owner = ancestor
            break
    owners.update(dict.fromkeys(passed, owner))
    return owner


def _new_item(element: etree._Element | None, base: str | None) -> dict[str, object]:
    if element is None:
        return {"@type": _UNTYPED}
    item: dict[str, object] = {"@type": (element.get("itemtype") or _UNTYPED).split()[:3] or _UNTYPED}
    identifier = element.get("itemid")
    if identifier:
        item["@id"] = _absolute(identifier, base)
    return item


def _names(element: etree._Element) -> Iterator[str]:
    yield from (element.get("itemprop") or "").split()[:5]


def _value(element: etree._Element) -> str:
    tag = element.tag
    content = element.get("content")
    if content is not None:
        return content
    if tag in _URL_ATTRIBUTES:
        # `<a itemprop="author" href="/people/7">Erika Muster</a>` is written everywhere and means the name.
        address = element.get(_URL_ATTRIBUTES[tag]) or ""
        is_address = {"url", "image", "sameas", "mainentityofpage", "thumbnailurl"} & {
            name.lower() for name in _names(element)
        }
        return address if is_address or tag != "a" else text_of(element)
    if tag == "time":
        return element.get("datetime") or text_of(element)
    if tag == "abbr" and (title := element.get("title")):
        return (
            title  # as microformats have it, <abbr title="2018-06-05T08:00:00-07:00">08:00</abbr>; Blogger mixes both
        )
    if any(name.lower() in _LONG for name in _names(element)):
        return ""
    return text_of(element)[:_MAX_TEXT_LENGTH]


def _add(node: dict[str, object], name: str, value: object) -> None:
    if node.get("@type") == _UNTYPED:
        # Properties of no item come from all over the page: the first is the article's, the rest belong to teasers.
        node.setdefault(name, value)
        return
    held = node.get(name)
    if held is None:
        node[name] = value
    elif isinstance(held, list):
        held.append(value)
    else:
        node[name] = [held, value]


def _absolute(address: str, base: str | None) -> str:
    try:
        return resolve(address, base)
    except InvalidUrlError:
        return address
