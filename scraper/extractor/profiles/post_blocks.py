"""The blocks of a WordPress theme made of blocks that show what is true of the post: which of them are the page's own.

The same blocks stand in lists of other posts, once for each.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from scraper.dates.reading import parse_timestamp
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.selectors import classes_on
from scraper.records import Timestamp

_DATE: Final = "wp-block-post-date"
_MODIFIED: Final = "wp-block-post-date__modified-date"
_IN_LIST: Final = "wp-block-post"


def blocks_of(doc: Document, name: str, *, in_lists: bool = False) -> Iterator[tuple[etree._Element, list[str]]]:
    """The elements of the class `name`, with their classes: the page's own, or those that stand in lists of posts."""
    if name not in classes_on(doc):
        return
    for element, classes in zip(doc.elements, doc.classes, strict=True):
        if classes is None or name not in classes:
            continue
        words = classes.split()
        if name in words and _stands_in_list(element) is in_lists:
            yield element, words


def date_in_blocks(doc: Document) -> Timestamp | None:
    """When the post was published, by its block for that."""
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
