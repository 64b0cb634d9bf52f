"""Tells the pictures and captions of an article from those of teasers, portraits, menus and advertisements around it.

Where a picture stands is asked and where it leads to; what it is called is asked in `emblems`.
"""

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from lxml import etree

from scraper.extractor.images.captions import caption_elements, figure_of, is_caption
from scraper.extractor.links.anchors import Anchor, Anchors
from scraper.extractor.page.document import text_of

_OUTSIDE = frozenset(("nav", "footer", "form"))
# Some of these hold nothing but a picture of the article: set beside the text, or to be made larger.
_BOXES = frozenset(("aside", "button"))
_OUTSIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sidebar|comments?|(?<!image.)(?<!photo.)(?<!picture.)(?<!img.)author|bio|avatar|share|social"
    r"|newsletter|ads?|advert\w*|sponsor\w*|outbrain|taboola|nextprev|pagination"
    r"|(?:product|company|brand|partner|client|tile|site|header|footer|mobile|main|custom|nav|navbar)[_-]+logos?"
    r"|logos?[_-](?:wrap\w*|box|container|link|mobile|desktop|grid|list))(?:[\s_-]|$)|(?:^|\s)logos?(?:\s|$)",
    re.IGNORECASE,
)
# What lists other stories, or sells, leads there. Builders of pages call each part of a text a widget, and a picture
# over a text is its banner.
_LISTING_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|teaser|promo|widget|banner)(?:[\s_-]|$)", re.IGNORECASE
)
# CMS give each picture a page of its own.
_PICTURE_PAGE = re.compile(
    r"[/?&=_-](?:photos?|pictures?|images?|storyimage|bild|foto|lightbox|showpic|attachment(?:_id)?|album)[/=_?&\]%-]"
    r"|\.(?:jpe?g|png|webp|gif|avif)(?:$|[?&])",
    re.IGNORECASE,
)
_LONGEST_LABEL = 60
_WIDE = 400
_MAX_TEXT = 400


class Belonging:
    """What of `region`, the element around the article, is its own; `kept` are the elements of its text, in order.

    `teasers` are the addresses of other articles listed on the page: a picture that links to one is not the article's.
    """

    def __init__(
        self, region: etree._Element, kept: Sequence[etree._Element], anchors: Anchors, teasers: Set[str]
    ) -> None:
        self._region = region
        self._anchors = anchors
        self._teasers = teasers
        self._around_text = frozenset(_around(kept, region))
        self._beside_text = frozenset(element.getparent() for element in kept)
        self._lists: dict[etree._Element, bool] = {}

    def __contains__(self, element: etree._Element) -> bool:
        for ancestor in element.iterancestors():
            if ancestor is self._region:
                return True
            # Whatever it is called, what holds a part of the text is no box beside it.
            if ancestor not in self._around_text and self._is_outside(element, ancestor):
                return False
        return True

    def is_in_flow(self, element: etree._Element) -> bool:
        """Does it stand among the passages of the text, where else a passage would, with no words of its own?"""
        passage = element
        for ancestor in element.iterancestors():
            if ancestor in self._beside_text:
                return passage is not element and not text_of(passage, 1)
            passage = ancestor
        return False

    def _is_outside(self, element: etree._Element, ancestor: etree._Element) -> bool:
        if ancestor.tag in _OUTSIDE:
            return True
        if ancestor.tag in _BOXES and not _is_box_of(element, ancestor):
            return True
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if _names_outside(names) or (_names_listing(names) and self._leads_elsewhere(ancestor)):
            return True
        return ancestor.tag == "a" and self._is_teaser(element, ancestor)

    def _leads_elsewhere(self, box: etree._Element) -> bool:
        if box not in self._lists:
            targets = (self._anchors.target(link.get("href")) for link in (box, *box.iter("a")))
            self._lists[box] = any(map(self._is_elsewhere, targets))
        return self._lists[box]

    def _is_teaser(self, element: etree._Element, link: etree._Element) -> bool:
        """Does the link lead to another article? In a captioned figure it may: CMS give each picture a page."""
        url = self._anchors.target(link.get("href"))
        if url is None or url in self._teasers:
            return url is not None
        figure = figure_of(link)
        if figure is not None and any(map(is_caption, figure.iter())):
            return False
        return self._is_elsewhere(url) and self._anchors.may_be_article(Anchor(link, url))

    def _is_elsewhere(self, url: str | None) -> bool:
        page = self._anchors.page_url
        if url is None or _PICTURE_PAGE.search(url):
            return False
        return page is None or not url.startswith(page)


def _around(kept: Sequence[etree._Element], region: etree._Element) -> Iterator[etree._Element]:
    """The elements in the region that hold one of these."""
    seen: set[etree._Element] = set()
    for element in kept:
        for ancestor in element.iterancestors():
            if ancestor is region or ancestor in seen:
                break
            seen.add(ancestor)
            yield ancestor


def _is_box_of(element: etree._Element, box: etree._Element) -> bool:
    """Does the box hold nothing else but the picture, or its caption, and what is said of it?"""
    if is_caption(element):
        return True
    is_figure = next(box.iter("figure", "figcaption"), None) is not None or figure_of(box) is not None
    if not is_figure and _width(element) < _WIDE:
        return False
    said = sum(len(text_of(caption, _MAX_TEXT)) for caption in caption_elements(box))
    return len(text_of(box, said + _MAX_TEXT)) - said <= _LONGEST_LABEL


def _width(element: etree._Element) -> int:
    stated = element.get("width") or ""
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < len("100000") else 0


@lru_cache(maxsize=8192)
def _names_outside(names: str) -> bool:
    return _OUTSIDE_CLASS.search(names) is not None


@lru_cache(maxsize=8192)
def _names_listing(names: str) -> bool:
    return _LISTING_CLASS.search(names) is not None
