"""What on a page says "here is a list of other articles": headings that mean it, and elements named so by their class.

One pass over the page; whether there is a list, and where it ends, is not asked here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree

from scraper.extractor.links.headings import (
    MAX_HEADING,
    is_known_beginning,
    kind_of,
    known_words,
    may_begin,
    sole_labels,
)
from scraper.extractor.links.headlines import HEADINGS
from scraper.extractor.page.document import Document, raw_text
from scraper.records import LinkKind
from scraper.text import one_line


@dataclass(frozen=True, slots=True)
class Sign:
    """An element and the kind of list it announces; `text` is what it says, None for an element named by its class."""

    element: etree._Element
    kind: LinkKind
    text: str | None


_ALWAYS = HEADINGS | {"strong", "b"}
_CANDIDATES = _ALWAYS | {"div", "section", "aside", "ul", "ol", "span", "p", "header"}
_LISTS = frozenset(("div", "section", "aside", "ul", "ol"))
_HEADING_NAMES = ("title", "Title", "head", "Head", "label", "titre", "titel", "titul")
_THINGS = "(?:articles?|posts?|stories|content|news|list|entries|reads)"
# "related-articles", "mostRead"; parts of one item ("related-article-title") do not match.
_LIST_NAME = re.compile(
    rf"(?:^|[\s_-])(?:(?P<related>(?:related|recommended|similar|suggested)[_-]?{_THINGS}"
    rf"|read[_-]?(?:more|next|also)[_-]?{_THINGS}|yarpp-related|more[_-]?(?:posts|articles|stories|news))"
    rf"|(?P<recent>(?:latest|recent|newest)[_-]?{_THINGS})"
    rf"|(?P<popular>(?:most|top)[_-]?(?:read|popular|viewed|shared|commented)|(?:popular|trending)[_-]?{_THINGS}"
    rf"|mas[_-]leid[ao]s?|meistgelesen|top[_-]posts))(?:$|[\s_-])",
    re.IGNORECASE,
)
# Each match of the pattern has one of these; to look for them takes half the time of the pattern.
_LIST_WORDS = tuple(
    "relat recom simil sugges latest recent newest most top popular trending more read meist leid".split()
)
_EDGES = " \t\r\n:"
_TOO_LONG = 3 * MAX_HEADING
_MAX_ELEMENTS = 30


def signs_of_lists(doc: Document) -> tuple[list[Sign], list[Sign]]:
    """The headings and the named elements, both in document order; of nested ones the innermost heading counts, and
    the outermost name.
    """
    headings: list[Sign] = []
    named: list[Sign] = []
    for element, is_heading, kind in _candidates(doc):
        if is_heading:
            _note_heading(headings, element)
        if kind is not None and not (named and named[-1].element in element.iterancestors()):
            named.append(Sign(element, kind, None))
    return headings, named


def _candidates(doc: Document) -> Iterator[tuple[etree._Element, bool, LinkKind | None]]:
    # Four hundred elements on a page, of which most have a class that says nothing: a look-up each, and no call.
    words, labels = known_words(), sole_labels()
    for element, tag, names in zip(doc.elements, doc.tags, doc.classes, strict=True):
        if tag not in _CANDIDATES:
            continue
        is_heading = tag in _ALWAYS or (tag == "p" and len(element) > 0)
        if not is_heading and names is not None and (name := _name(names)) is not None:
            is_heading, kind = name
            if kind is not None and tag in _LISTS:
                yield element, is_heading, kind
                continue
        if not is_heading and len(element):
            continue
        text = element.text
        word = text.lstrip().partition(" ")[0] if text else ""
        if word.isalpha() and word.lower() not in words:
            continue  # nine texts in ten
        if is_heading or (text and (_may_be_label(text) if " " in text else text.strip(_EDGES).lower() in labels)):
            yield element, True, None


def _may_be_label(text: str) -> bool:
    """Sites whose classes are hashes mark headings by nothing but their words; one alone ("News") may be too little."""
    return len(text) <= MAX_HEADING and may_begin(text) and " " in text.strip()


# Pages repeat their class attributes: to look one up takes a fiftieth of the time of matching it again.
@lru_cache(maxsize=8192)
def _name(names: str) -> tuple[bool, LinkKind | None] | None:
    """Is an element of this class a heading, and what list does its name announce; None where it is neither."""
    found = _LIST_NAME.search(names) if any(map(names.lower().__contains__, _LIST_WORDS)) else None
    kind = LinkKind(found.lastgroup) if found and found.lastgroup else None
    is_heading = any(map(names.__contains__, _HEADING_NAMES))
    return (is_heading, kind) if is_heading or kind else None


def _note_heading(headings: list[Sign], element: etree._Element) -> None:
    text = _beginning(element)
    kind = kind_of(text) if text is not None else None
    if text is None or kind is None:
        return
    if headings and headings[-1].element in element.iterancestors():
        headings.pop()  # only wrapped around this one
    headings.append(Sign(element, kind, one_line(text).rstrip(":").rstrip()))


def _beginning(element: etree._Element) -> str | None:
    """The text of something short that may mean something; before a link, what introduces it."""
    own = element.text
    is_plain = element.tag == "p" or len(element) == 0
    if own is None or own.isspace():
        # `<h3><a>...`: asked before all of its text is put together; what has no space may go on in the next element.
        if is_plain or ((text := element[0].text) and " " in text.strip() and not is_known_beginning(text)):
            return None
    elif not may_begin(own):
        return None
    elif is_plain or own.rstrip().endswith(":"):
        return own  # "Les også: <a>...</a>": what introduces the links that follow in the same line
    if next(islice(element.iter(), _MAX_ELEMENTS, None), None) is not None:
        return None
    text = raw_text(element)
    return text if len(text) <= _TOO_LONG else None
