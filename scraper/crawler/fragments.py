"""Scraps of HTML in feeds, such as titles and summaries, as plain text: the door to Beautiful Soup. Pure."""

import html
import re

from bs4 import BeautifulSoup

from scraper.text import or_none

# Beautiful Soup takes seconds for megabytes, and no title or summary is that long.
_MAX_MARKUP = 65_536
_TAG = re.compile(r"<[A-Za-z/!]")
_UNSEEN = ("script", "style", "template", "noscript")
_BREAKS = ("br", "p", "div", "li", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "figcaption")


def to_text(markup: str | None) -> str | None:
    """What a reader sees of `markup`, on one line; None where that is nothing."""
    if not markup:
        return None
    if len(markup) > _MAX_MARKUP:
        markup = markup[:_MAX_MARKUP].rpartition("<")[0] or markup[:_MAX_MARKUP]
    if not _TAG.search(markup):
        return or_none(html.unescape(markup))
    soup = BeautifulSoup(markup, "lxml")
    for element in soup.find_all(_UNSEEN):
        element.decompose()
    for element in soup.find_all(_BREAKS):
        element.insert_before(" ")
        element.append(" ")
    return or_none(soup.get_text())
