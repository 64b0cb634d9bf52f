"""How many comments a post has, by the list of them and the form below it, whatever the theme and its language.

WordPress numbers the elements of comments: `comment-17`, and `li-comment-17` or `div-comment-17` for the same one;
Drupal numbers them in the same way, or an empty link before each; Blogger's are `c` and a long number. What the page
says of their number elsewhere is read elsewhere, and handed over.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from lxml import etree

from scraper.extractor.metadata.figures import comments_in, number_in
from scraper.extractor.page.document import Document, text_of

# Blogger's numbers have some eighteen figures.
_ITEM = re.compile(r"(?:(?:(?:li|div|article)-)?comment-|c(?=\d{12}))(\d+)")
_SECTIONS: Final = frozenset(("comments", "wpdcom"))
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLE_CLASS = re.compile(r"(?:^|\s)(?:comments?-(?:title|heading|count|number)|wpd-thread-info)(?:$|\s)")
_FIGURE_FIRST = re.compile(r"\W{0,3}(\d[\d.,]*)(?!\d)")
# A title quoted in the heading has figures of its own: '3 thoughts on "7 cranes"'.
_QUOTE = re.compile('["“”„«»‹›「『]')
_FORMS: Final = frozenset(("commentform", "comment-form"))
# An empty link before each comment, of all links on the page, is looked for only where there may be one.
_LINK_BEFORE: Final = '<a id="comment-'
_PAGE_MARKS: Final = ("/comment-page-", "cpage=")
# Where a list leads on to its next page; what leads to one comment ends in that one's number.
_OTHER_PAGE = re.compile(r"(?:/comment-page-|[?&]cpage=)\d+[^#]*#comments$")
_LONGEST_HEADING: Final = 200


def post_comments(doc: Document, stated: int | None) -> int | None:
    """The number of comments of the post; None where the page shows neither comments nor the form for one.

    A list may leave some out (those of other pages, or what other sites said of the post), and a figure that a theme or
    a cache made may be too small: the greatest is taken, `stated` among them, which is what the page says elsewhere.
    """
    if not (doc.mentions("comment") or doc.mentions("respond")):
        return stated
    elements = {name: each for each in _blocks(doc) if (name := each.get("id"))}
    listed = {found[1] for name in elements if (found := _ITEM.fullmatch(name))}
    said = next(chain.from_iterable(_said(elements[name]) for name in _SECTIONS & elements.keys()), None)
    figures = [figure for figure in (stated, said) if figure is not None]
    if not figures and _has_other_pages(doc):
        return None
    if listed or figures:
        return max(len(listed), *figures, 0)
    return 0 if _FORMS & elements.keys() or _has_form(elements.get("respond")) else None


def _blocks(doc: Document) -> Iterator[etree._Element]:
    links = ("a",) if doc.mentions(_LINK_BEFORE) else ()
    tags = ("div", "section", "form", "ol", "li", "article", "h2", "h3", *links)
    return chain.from_iterable(doc.by_tag.get(tag, ()) for tag in tags)


def _has_other_pages(doc: Document) -> bool:
    """Whether a link leads to more comments of this post."""
    if not any(map(doc.mentions, _PAGE_MARKS)):
        return False
    return any(_OTHER_PAGE.search(link.get("href") or "") for link in doc.by_tag.get("a", ()))


def _has_form(respond: etree._Element | None) -> bool:
    return respond is not None and next(respond.iter("form"), None) is not None


def _said(section: etree._Element) -> Iterator[int]:
    """The figures in the headings over the list."""
    for element in section.iter():
        if _ITEM.fullmatch(element.get("id") or ""):
            return
        if element.tag in _HEADINGS or _TITLE_CLASS.search(element.get("class") or ""):
            text = _QUOTE.split(text_of(element, _LONGEST_HEADING), maxsplit=1)[0]
            found = _FIGURE_FIRST.match(text)
            figure = number_in(found[1]) if found else comments_in(text)
            if figure is not None:
                yield figure
