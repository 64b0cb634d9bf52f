"""What a WordPress theme marks as the post's own, in blocks or by class, where lists of others have the same marks."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from scraper.dates.reading import parse_timestamp
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.selectors import of_class
from scraper.records import Timestamp

_DATE: Final = "wp-block-post-date"
_MODIFIED: Final = "wp-block-post-date__modified-date"
_IN_LIST: Final = "wp-block-post"
_PUBLISHED: Final = frozenset(("entry-date", "published"))
_NUMBERED = re.compile(r"post-\d+")


def blocks_of(doc: Document, name: str, *, in_lists: bool = False) -> Iterator[tuple[etree._Element, list[str]]]:
    """The elements of the class `name`, with their classes: the page's own, or those that stand in lists of posts."""
    for element in of_class(doc, name):
        if _stands_in_list(element) is in_lists:
            yield element, (element.get("class") or "").split()


def own_date(doc: Document, number: str | None) -> Timestamp | None:
    """When the post of that number was published: by its block for that, or by the class core's themes give it."""
    found = _date_in_blocks(doc)
    if found is not None or number is None:
        return found
    for time in doc.times:
        if _PUBLISHED.issubset((time.get("class") or "").split()) and _post_around(time) == f"post-{number}":
            return parse_timestamp(time.get("datetime") or "")
    return None


def _post_around(element: etree._Element) -> str | None:
    """The class with its number of the post that an element stands in."""
    for ancestor in element.iterancestors():
        words = (ancestor.get("class") or "").split()
        if any(word.startswith("type-") for word in words):
            return next(filter(_NUMBERED.fullmatch, words), None)
    return None


def _date_in_blocks(doc: Document) -> Timestamp | None:
    for element, words in blocks_of(doc, _DATE):
        if _MODIFIED in words:
            continue
        for time in element.iter("time"):
            stamp = parse_timestamp(time.get("datetime") or "")
            if stamp is not None:
                return stamp
    return None


def _stands_in_list(element: etree._Element) -> bool:
    return any(_IN_LIST in (ancestor.get("class") or "").split() for ancestor in element.iterancestors())
