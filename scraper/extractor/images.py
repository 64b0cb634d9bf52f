"""The pictures of an article with caption and credit apart, and the captions of its tables, galleries and films.

Takes what stands in and above the article's text; portraits, icons, teasers' pictures and advertisements are left out.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from scraper.extractor.anchors import Anchors
from scraper.extractor.credits import split_credit
from scraper.extractor.document import text_of
from scraper.extractor.pictures import read_picture
from scraper.records import Image, ImageRole
from scraper.text import or_none

_OUTSIDE = frozenset(("nav", "aside", "footer", "form", "button", "noscript"))
_OUTSIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|teaser|promo|sidebar|comments?|author|bio|avatar|share|social|newsletter|widget|ads?"
    r"|advert\w*|sponsor\w*|banner|outbrain|taboola|nextprev|pagination)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_CREDIT_CLASS = re.compile(
    r"credit|copyright|(?:^|[\s_-])(?:source|photographer|agency|quelle|rights)(?:[\s_-]|$)", re.IGNORECASE
)
_CREDIT_PROPERTIES = frozenset(("creditText", "copyrightHolder", "copyrightNotice", "author", "creator"))
_CAPTION_CLASS = re.compile(r"caption|bildunterschrift|bildtext", re.IGNORECASE)
_CAPTION_TAGS = ("figcaption", "p", "div", "span")
_HOLDERS = ("div", "span", "p", "center", "td", "section", "amp-img")
_SIZE = re.compile(r"[?#].*$|[-_]\d{2,4}x\d{2,4}(?=\.\w+$)|(?<=-)scaled(?=\.\w+$)")
_MAX_CLIMB = 3
_MAX_IMAGES = 300
_MAX_ELEMENTS = 300
_LONGEST_CAPTION = 1_000
_LONGEST_CREDIT = 200


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
    images: dict[str, Image] = {}
    captions: list[str] = []
    text = set(kept)
    seen = looked_at = 0
    for element in region.iter("img", "figcaption", *_CAPTION_TAGS, *{element.tag for element in kept}):
        if element in text:
            seen += 1
        elif element.tag != "img":
            if _is_caption(element) and not _is_outside(element, region):
                captions.extend(filter(None, [text_of(element)]))
        elif looked_at < _MAX_IMAGES:
            looked_at += 1
            role = ImageRole.BODY if seen or images else ImageRole.LEAD
            is_below = bool(text) and seen == len(text)
            image = _image(element, role, anchors, teasers) if _belongs(element, region, is_below=is_below) else None
            if image is not None:
                images.setdefault(_key(image.url), image)
    return Media(images=tuple(images.values()), captions=tuple(captions))


def _belongs(image: etree._Element, region: etree._Element, *, is_below: bool) -> bool:
    """Below the text stand galleries, but also portraits, teasers and advertisements: only figures count there."""
    return not _is_outside(image, region) and (not is_below or _figure(image) is not None)


def caption_elements(region: etree._Element) -> list[etree._Element]:
    """The elements in `region` that hold captions: shown beside the text, and no part of it."""
    return [element for element in region.iter(*_CAPTION_TAGS) if _is_caption(element)]


def with_lead(media: Media, declared: Sequence[Image], page: etree._Element, anchors: Anchors) -> Media:
    """`media` with the picture that the page's metadata declares in front, unless it shows a lead of its own."""
    if not declared or any(image.role is ImageRole.LEAD for image in media.images):
        return media
    lead, key = declared[0], _key(declared[0].url)
    shown = next((image for image in media.images if _key(image.url) == key), None) or _shown(key, page, anchors)
    others = (image for image in media.images if _key(image.url) != key)
    return replace(media, images=(replace(shown or lead, role=ImageRole.LEAD), *others))


def _shown(key: str, page: etree._Element, anchors: Anchors) -> Image | None:
    """The picture of that key wherever the page shows it, for the sake of its caption."""
    for element in page.iter("img"):
        if key in {_key(element.get("src") or ""), _key(element.get("data-src") or "")}:
            return _image(element, ImageRole.LEAD, anchors, frozenset())
    return None


def _image(element: etree._Element, role: ImageRole, anchors: Anchors, teasers: Set[str]) -> Image | None:
    picture = read_picture(element)
    url = anchors.address(picture.source) if picture else None
    if picture is None or url is None or _leads_to(element, anchors) in teasers:
        return None
    caption, credit = _caption_and_credit(element)
    return Image(
        url=url, role=role, caption=caption, credit=credit, alt=picture.alt, width=picture.width, height=picture.height
    )


def _key(url: str) -> str:
    """The same for all sizes of one file: the last part of its path without what CMS add for a size."""
    return _SIZE.sub("", url.rstrip("/").rpartition("/")[2])


def _leads_to(element: etree._Element, anchors: Anchors) -> str | None:
    link = next(element.iterancestors("a"), None)
    return anchors.target(link.get("href")) if link is not None else None


def _figure(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("figure"), None)


def _is_outside(element: etree._Element, region: etree._Element) -> bool:
    """Is it in a part of the region that is not the article, going by the names of what is around it?"""
    for ancestor in element.iterancestors():
        if ancestor is region:
            return False
        if ancestor.tag in _OUTSIDE or _OUTSIDE_CLASS.search(
            f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        ):
            return True
    return False


def _is_caption(element: etree._Element) -> bool:
    if element.tag == "figcaption":
        return True
    # `div.wp-caption` holds the picture and the caption.
    classes = element.get("class")
    if classes is None or _CAPTION_CLASS.search(classes) is None:
        return False
    return next(element.iter("img"), None) is None


def _caption_and_credit(image: etree._Element) -> tuple[str | None, str | None]:
    """Caption and credit from the figure around the picture, or from what a class calls its caption."""
    holder = _holder(image)
    if holder is None:
        return None, None
    caption_element = next((element for element in _own(holder) if _is_caption(element)), None)
    credit_element = next((element for element in _own(holder) if _is_credit(element)), None)
    caption = text_of(caption_element) if caption_element is not None else ""
    credit = text_of(credit_element) if credit_element is not None else ""
    if credit and len(credit) <= _LONGEST_CREDIT:
        return or_none(caption.replace(credit, " ").strip(" |–—/")), credit
    return split_credit(caption[:_LONGEST_CAPTION])


def _holder(image: etree._Element) -> etree._Element | None:
    """The figure around the picture, or the nearest element around it and no other picture that has a caption."""
    figure = _figure(image)
    if figure is not None:
        return figure
    for ancestor in islice(image.iterancestors(*_HOLDERS), _MAX_CLIMB):
        if len(list(islice(ancestor.iter("img"), 2))) > 1:
            return None
        if any(_is_caption(element) for element in _own(ancestor)):
            return ancestor
    return None


def _own(holder: etree._Element) -> Iterator[etree._Element]:
    """What is in the holder but not in a figure inside it: a gallery's caption is not its first picture's."""
    own_figure = holder if holder.tag == "figure" else _figure(holder)
    for element in islice(holder.iter(etree.Element), _MAX_ELEMENTS):
        if element is not holder and _figure(element) is own_figure:
            yield element


def _is_credit(element: etree._Element) -> bool:
    if (element.get("itemprop") or "") in _CREDIT_PROPERTIES:
        return True
    return _CREDIT_CLASS.search(element.get("class") or "") is not None
