"""Links that say themselves what they lead to, by relation or first words, gathered in one pass over a page.

Whether they do lead to an article is not asked here.
"""

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

from scraper.extractor.links.headings import MAX_HEADING, is_known_beginning, known_words, neighbour_of
from scraper.extractor.page.document import Document
from scraper.records import LinkKind

_BY_REL = {"prev": LinkKind.PREVIOUS, "previous": LinkKind.PREVIOUS, "next": LinkKind.NEXT}
_MAX_LINKS = 3_000
_LABELS = frozenset(("span", "em", "i", "b", "strong", "small", "div", "p"))
# "Next page", "Weiter", "Zurück" lead through pages, pictures and questions as well.
_NO_ARTICLE = re.compile(
    r"page|seite|p[áa]gina|strona|sida|side\b|sivu|back|weiter|zurück|ページ|\bhome", re.IGNORECASE
)


class Telling(NamedTuple):
    """In document order: neighbours by `rel`, neighbours by words, and links that begin as an introduction does."""

    by_rel: list[tuple[LinkKind, etree._Element]]
    by_words: list[tuple[LinkKind, etree._Element]]
    introducing: list[etree._Element]


def telling_links(doc: Document) -> Telling:
    """The links of the page that say something of what they lead to."""
    found = Telling([], [], [])
    words = known_words()
    for link in islice(doc.by_tag.get("a", ()), _MAX_LINKS):
        beginning = link.text
        is_own = beginning is not None and not beginning.isspace()
        if not is_own:
            beginning = link[0].text if len(link) else None
        begins = beginning is not None and _begins(beginning, words)
        if begins:
            found.introducing.append(link)
        rel = link.get("rel")
        kind = _kind(rel) if rel else None
        if kind is not None:
            found.by_rel.append((kind, link))
        # What it says of itself (all of its text, or what its first element says), else what stands before it.
        elif begins and not (is_own and len(link)) and (said := neighbour_of(beginning or "")) is not None:
            if not leads_elsewhere(beginning or ""):
                found.by_words.append((said, link))
        elif (text := _before(link)) and not text.isspace() and (said := _said_before(text)) is not None:
            found.by_words.append((said, link))
    return found


def _begins(text: str, words: frozenset[str]) -> bool:
    word = text.lstrip().partition(" ")[0]
    return word.lower() in words if word.isalpha() else is_known_beginning(text)


def leads_elsewhere(words: str) -> bool:
    """Do words that mean the next or the previous thing mean a page, or the front page, rather than an article?"""
    return _NO_ARTICLE.search(words) is not None


@lru_cache(maxsize=256)
def _kind(rel: str) -> LinkKind | None:
    return next((kind for token in rel.lower().split() if (kind := _BY_REL.get(token))), None)


def _said_before(text: str) -> LinkKind | None:
    """What a text of one word before a link says of it: "≪前の記事 <a>title</a>"."""
    if len(text) > MAX_HEADING or " " in text.strip():
        return None
    kind = neighbour_of(text)
    return None if kind is None or leads_elsewhere(text) else kind


def _before(link: etree._Element) -> str | None:
    """The text between a link and what comes before it, else that of a short element there: `<em>Next</em><br><a>`."""
    before = link.getprevious()
    if before is not None and before.tag == "br" and (not before.tail or before.tail.isspace()):
        before = before.getprevious()
    if before is None:
        parent = link.getparent()
        return parent.text if parent is not None else None
    text = before.tail
    if (not text or text.isspace()) and before.tag in _LABELS and len(before) == 0:
        return before.text
    return text
