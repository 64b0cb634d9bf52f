"""The pictures of an article with caption and credit apart, and the captions of its tables, galleries and films.

Takes what stands in and above the article's text; portraits, icons, teasers' pictures and advertisements are left out.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from scraper.extractor.images.captions import caption_and_credit, caption_elements, caption_of, figure_of, is_caption
from scraper.extractor.images.credits import credit_in_alt
from scraper.extractor.images.pictures import read_picture
from scraper.extractor.links.anchors import Anchor, Anchors
from scraper.extractor.page.document import elements_in, text_of
from scraper.records import Image, ImageRole

_OUTSIDE = frozenset(("nav", "aside", "footer", "form", "button"))
_OUTSIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|teaser|promo|sidebar|comments?|author|bio|avatar|share|social|newsletter|widget|ads?"
    r"|advert\w*|sponsor\w*|banner|outbrain|taboola|nextprev|pagination)(?:[\s_-]|$)",
    re.IGNORECASE,
)
# What CMS and image servers add to one file's name for its sizes and formats.
_SIZE = re.compile(r"[?#].*$|[-_]\d{2,4}x\d{2,4}(?=\.\w+$)|-scaled(?=\.\w+$)|(?<=\.jpg|\.png)\.(?:webp|avif)$")
_MAX_IMAGES = 300
_PICTURES = ("img", "amp-img")


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """The pictures in reading order, and every caption as displayed."""

    images: tuple[Image, ...] = ()
    captions: tuple[str, ...] = ()


def read_media(
    region: etree._Element, kept: Sequence[etree._Element], anchors: Anchors, teasers: Set[str] = frozenset()
) -> Media:
    """What `region`, the element around the article, shows; `kept` are the elements of its text, in order.

    `teasers` are the addresses of other articles listed on the page: a picture that links to one is not the article's.
    """
    reader = _Reader(region, anchors, teasers)
    captions = [text_of(element) for element in caption_elements(region) if reader.belongs(element)]
    return Media(images=tuple(_images(region, kept, reader)), captions=tuple(filter(None, captions)))


def with_lead(media: Media, declared: Sequence[Image], page: etree._Element, anchors: Anchors) -> Media:
    """`media` with the picture that the page's metadata declares in front, unless it shows a lead of its own."""
    if not declared or any(image.role is ImageRole.LEAD for image in media.images):
        return media
    lead, key = declared[0], _key(declared[0].url)
    shown = next((image for image in media.images if _key(image.url) == key), None)
    captions = media.captions
    if shown is None and (element := _shown(key, page)) is not None:
        shown = _image(element, ImageRole.LEAD, anchors)
        caption = caption_of(element)
        if caption is not None and (text := text_of(caption)) and text not in captions:
            captions = (text, *captions)
    others = (image for image in media.images if _key(image.url) != key)
    return Media(images=(replace(shown or lead, role=ImageRole.LEAD), *others), captions=captions)


def _images(region: etree._Element, kept: Sequence[etree._Element], reader: "_Reader") -> list[Image]:
    """The pictures above, in and below the text; each file once."""
    images: dict[str, Image] = {}
    if next(region.iter(*_PICTURES), None) is None:
        return []
    text = set(kept)
    shown: set[etree._Element] = set()
    seen = looked_at = 0
    for element in elements_in(region, {*_PICTURES, *(element.tag for element in kept)}):
        if element in text:
            seen += 1
        elif looked_at < _MAX_IMAGES:
            looked_at += 1
            if element.tag not in _PICTURES or _is_stand_in(element, shown):
                continue
            is_below = bool(text) and seen == len(text)
            image = reader.read(element, ImageRole.BODY if seen or images else ImageRole.LEAD, is_below=is_below)
            if image is not None:
                shown.add(element)
                images.setdefault(_key(image.url), image)
    return list(images.values())


def _is_stand_in(image: etree._Element, shown: Set[etree._Element]) -> bool:
    """Is it there for readers without scripts only, or what a script made, beside one that was read already?"""
    if not shown.isdisjoint(image.iterancestors("amp-img")):
        return True
    silent = next(image.iterancestors("noscript"), None)
    parent = silent.getparent() if silent is not None else None
    if parent is None:
        return False
    beside = figure_of(parent)
    return not shown.isdisjoint((parent if beside is None else beside).iter(*_PICTURES))


class _Reader:
    """Tells the article's own pictures and captions from those of teasers, portraits and advertisements."""

    def __init__(self, region: etree._Element, anchors: Anchors, teasers: Set[str]) -> None:
        self._region = region
        self._anchors = anchors
        self._teasers = teasers

    def read(self, element: etree._Element, role: ImageRole, *, is_below: bool) -> Image | None:
        """Below the text stand galleries, but also portraits and teasers: only figures count there."""
        if (is_below and figure_of(element) is None) or not self.belongs(element):
            return None
        return _image(element, role, self._anchors)

    def belongs(self, element: etree._Element) -> bool:
        for ancestor in element.iterancestors():
            if ancestor is self._region:
                return True
            if ancestor.tag in _OUTSIDE or _names_outside(f"{ancestor.get('class')} {ancestor.get('id')}"):
                return False
            if ancestor.tag == "a" and self._is_teaser(element, ancestor):
                return False
        return True

    def _is_teaser(self, element: etree._Element, link: etree._Element) -> bool:
        """Does the link lead to another article? In a captioned figure it may: CMS give each picture a page."""
        url = self._anchors.target(link.get("href"))
        if url is None or url in self._teasers:
            return url is not None
        figure = figure_of(link)
        if figure is not None and any(map(is_caption, figure.iter())):
            return False
        page = self._anchors.page_url
        is_own = page is not None and url.startswith(page)
        return not is_own and self._anchors.may_be_article(Anchor(link, url))


@lru_cache(maxsize=8192)
def _names_outside(names: str) -> bool:
    return _OUTSIDE_CLASS.search(names) is not None


def _shown(key: str, page: etree._Element) -> etree._Element | None:
    """The picture of that key wherever the page shows it, for the sake of its caption."""
    stem = key.partition(".")[0]
    for element in page.iter("img") if stem else ():
        for name in ("src", "data-src"):
            source = element.get(name)
            if source is not None and stem in source and _key(source) == key:
                return element
    return None


def _image(element: etree._Element, role: ImageRole, anchors: Anchors) -> Image | None:
    picture = read_picture(element)
    url = anchors.address(picture.source) if picture else None
    if picture is None or url is None:
        return None
    caption, credit = caption_and_credit(element)
    if credit is None and picture.alt is not None:
        credit = credit_in_alt(picture.alt)
    return Image(
        url=url, role=role, caption=caption, credit=credit, alt=picture.alt, width=picture.width, height=picture.height
    )


def _key(url: str) -> str:
    """The same for all sizes and formats of one file: the last part of its path without what says them."""
    return _SIZE.sub("", _SIZE.sub("", url.rstrip("/").rpartition("/")[2]))
