"""The pictures of an article with caption and credit apart, and the captions of its tables, galleries and films.

Takes what stands in and above the article's text; portraits, icons, teasers' pictures and advertisements are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from scraper.extractor.images.belonging import Belonging
from scraper.extractor.images.captions import caption_and_credit, caption_elements, caption_of, figure_of
from scraper.extractor.images.credits import credit_in_alt
from scraper.extractor.images.pictures import read_picture
from scraper.extractor.links.anchors import Anchors
from scraper.extractor.page.document import elements_in, text_of
from scraper.records import Image, ImageRole

# What CMS and image servers add to one file's name for its sizes and formats.
_SIZE = re.compile(r"[?#].*$|[-_]\d{2,4}x\d{2,4}(?=\.\w+$)|-scaled(?=\.\w+$)")
_ENDING = re.compile(r"(?:\.(?:jpe?g|png|webp|avif|gif))+$", re.IGNORECASE)
_MAX_IMAGES = 300
# So often in one article stands a rule or a bullet that has no words.
_ORNAMENT = 3
_MAX_IN_FIGURE = 10
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
    own = Belonging(region, kept, anchors, teasers)
    captions = [text_of(element) for element in caption_elements(region) if element in own]
    return Media(images=tuple(_images(region, kept, own, anchors)), captions=tuple(filter(None, captions)))


def with_lead(media: Media, declared: Sequence[Image], page: etree._Element, anchors: Anchors) -> Media:
    """`media` with the picture in front that the page's metadata declares.

    One that the page shows nowhere stands back behind what it shows above its text.
    """
    if not declared:
        return media
    lead, key = declared[0], _key(declared[0].url)
    shown = next((image for image in media.images if _key(image.url) == key), None)
    if shown is None and any(image.role is ImageRole.LEAD for image in media.images):
        return media
    captions = media.captions
    if shown is None and (element := _shown(key, page)) is not None:
        shown = _image(element, ImageRole.LEAD, anchors)
        caption = caption_of(element)
        if caption is not None and (text := text_of(caption)) and text not in captions:
            captions = (text, *captions)
    lead = replace(shown or lead, role=ImageRole.LEAD)
    others = (image for image in media.images if _key(image.url) != key and image.url != lead.url)
    return Media(images=(lead, *(replace(image, role=ImageRole.BODY) for image in others)), captions=captions)


def _images(
    region: etree._Element, kept: Sequence[etree._Element], own: Belonging, anchors: Anchors
) -> Iterator[Image]:
    """The pictures above, in and below the text; each file once."""
    images: dict[str, Image] = {}
    times: Counter[str] = Counter()
    if next(region.iter(*_PICTURES), None) is None:
        return
    text = set(kept) - {region}  # text that stands in no element of its own is neither above nor below
    shown: set[etree._Element] = set()
    seen = looked_at = 0
    for element in elements_in(region, {*_PICTURES, *(element.tag for element in kept)}):
        if element in text:
            seen += 1
        elif element.tag in _PICTURES and looked_at < _MAX_IMAGES:
            looked_at += 1
            if _is_stand_in(element, shown):
                continue
            if element not in own or (bool(text) and seen == len(text) and not _may_be_below(element, own)):
                continue
            image = _image(element, ImageRole.BODY if seen or images else ImageRole.LEAD, anchors)
            if image is not None:
                shown.add(element)
                key = _key(image.url)
                images.setdefault(key, image)
                times[key] += 1
    yield from (image for key, image in images.items() if times[key] < _ORNAMENT or image.alt or image.caption)


def _may_be_below(element: etree._Element, own: Belonging) -> bool:
    """Below the text stand galleries, but also portraits and teasers: figures count there, and what is in its flow."""
    return figure_of(element) is not None or own.is_in_flow(element)


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
    picture = read_picture(element) or (read_picture(element, is_captioned=True) if _is_captioned(element) else None)
    url = anchors.address(picture.source) if picture else None
    if picture is None or url is None:
        return None
    caption, credit = caption_and_credit(element)
    if credit is None and picture.alt is not None:
        credit = credit_in_alt(picture.alt)
    return Image(
        url=url, role=role, caption=caption, credit=credit, alt=picture.alt, width=picture.width, height=picture.height
    )


def _is_captioned(image: etree._Element) -> bool:
    """Is it the only picture of a figure with words below it?"""
    figure = figure_of(image)
    pictures = islice(figure.iter("img"), _MAX_IN_FIGURE) if figure is not None else ()
    if figure is None or any(read_picture(other) for other in pictures if other is not image):
        return False
    return caption_and_credit(image)[0] is not None


def _key(url: str) -> str:
    """The same for all sizes and formats of one file: the last part of its path without what says them."""
    name = _SIZE.sub("", _SIZE.sub("", url.rstrip("/").rpartition("/")[2]))
    return _ENDING.sub("", name) or name
