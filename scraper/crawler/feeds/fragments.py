"""Scraps of HTML in feeds, such as titles and summaries, as plain text: the door to Beautiful Soup. Pure."""

import html
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from scraper.text import or_none

# Beautiful Soup takes seconds for megabytes, and no title or summary is that long.
_MAX_MARKUP = 65_536
_TAG = re.compile(r"<[A-Za-z/!]")
_BREAKS = frozenset(("br", "p", "div", "li", "tr", "td", "h1", "h2", "h3", "h4", "blockquote", "figure", "figcaption"))


def to_text(markup: str | None) -> str | None:
    """What a reader sees of `markup`, on one line; None where that is nothing."""
    if not markup:
        return None
    if len(markup) > _MAX_MARKUP:
        markup = markup[:_MAX_MARKUP].rpartition("<")[0] or markup[:_MAX_MARKUP]
    if not _TAG.search(markup):
        return or_none(html.unescape(markup))
    # The line end keeps Beautiful Soup from guessing aloud that a scrap is an address, or XML.
    return or_none("".join(_pieces(BeautifulSoup("\n" + markup, "lxml"))))


def _pieces(soup: BeautifulSoup) -> Iterator[str]:
    for node in soup.descendants:
        # Blocks part words; inserting spaces into the tree instead takes seconds for 6,000 paragraphs.
        if _is_break(node) or _is_break(node.previous_sibling):
            yield " "
        # Comments, scripts and styles are of classes of their own.
        if type(node) is NavigableString:
            yield node


def _is_break(node: object) -> bool:
    return isinstance(node, Tag) and node.name in _BREAKS
