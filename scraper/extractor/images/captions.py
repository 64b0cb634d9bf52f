"""Captions: which elements hold them, which picture each belongs to, and which part of it is the credit."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from scraper.extractor.images.credits import is_credit, split_credit
from scraper.extractor.page.document import text_of

_CAPTION_NAMES = ("caption", "bildunterschrift", "bildtext")
_CAPTION_TAGS = ("figcaption", "p", "div", "span")
_CREDIT_CLASS = re.compile(
    r"credit|copyright|(?:^|[\s_-])(?:source|photographer|agency|quelle|rights)(?:[\s_-]|$)", re.IGNORECASE
)
_CREDIT_PROPERTIES = frozenset(("creditText", "copyrightHolder", "copyrightNotice", "author", "creator"))
_BRACKETED = re.compile(r"\([^()]*\)")
_HOLDERS = ("div", "span", "p", "center", "td", "section", "amp-img")
_WRAPPERS = ("p", "div", "span", "center", "a", "td", "picture", "source", "amp-img")
_LINKS = ("a", "picture")
_MAX_CLIMB = 3
_MAX_ELEMENTS = 300
_MAX_SHORT = 10
_SAID_TO_SCREEN_READERS = re.compile(r"^(?:image caption|bildunterschrift)\b[,:]?\s+", re.IGNORECASE)
_LONGEST_CAPTION = 1_000
_LONGEST_CREDIT = 200


def caption_elements(region: etree._Element) -> list[etree._Element]:
    """The elements in `region` that hold captions, in document order: shown beside the text, and no part of it."""
    found: list[etree._Element] = []
    for element in region.iter(*_CAPTION_TAGS):
        # Hardly one of them is a caption: a look-up each, and no call.
        if element.tag != "figcaption" and not _names_caption(element.get("class")):
            continue
        if is_caption(element) and not (found and found[-1] in element.iterancestors()):
            found.append(element)
    return found


def is_caption(element: etree._Element) -> bool:
    """Is it a `<figcaption>`, or does its class say that it is one?"""
    if element.tag == "figcaption":
        return True
    if not _names_caption(element.get("class")):
        return False
    # `div.wp-caption` holds the picture together with its caption.
    return next(element.iter("img", "table", "video", "iframe"), None) is None


# Pages repeat their class attributes: to look one up takes a fiftieth of the time of matching it again.
@lru_cache(maxsize=8192)
def _names_caption(classes: str | None) -> bool:
    return classes is not None and any(map(classes.lower().__contains__, _CAPTION_NAMES))


def caption_and_credit(image: etree._Element) -> tuple[str | None, str | None]:
    """Caption and credit from the figure around the picture, or from what a class beside it calls its caption."""
    holder, caption = _holder(image), caption_of(image)
    if holder is None and caption is None:
        return None, _credit_beside(image)
    text = _SAID_TO_SCREEN_READERS.sub("", text_of(caption)[:_LONGEST_CAPTION]) if caption is not None else ""
    credit = _stated_credit(holder, caption) if holder is not None else None
    if credit is None:
        return split_credit(text)
    # What is left may name the agency beside the photographer: "… on Wednesday. Photo by Jane Doe /AFP".
    rest, more = split_credit(text.replace(f"({credit})", " ").replace(credit, " "))
    credit = credit[1:-1] if _BRACKETED.fullmatch(credit) else credit
    return rest, f"{credit} {more}" if more else credit


def caption_of(image: etree._Element) -> etree._Element | None:
    """The element that holds the picture's caption: in the figure around both, else what follows the picture."""
    holder = _holder(image)
    if holder is not None:
        return next((element for element in _own(holder) if is_caption(element)), None)
    parent = image.getparent()
    following = (parent if parent is not None and parent.tag in _LINKS else image).getnext()
    return following if following is not None and following.tag in _CAPTION_TAGS and is_caption(following) else None


def _credit_beside(image: etree._Element) -> str | None:
    """A credit that stands without a class in the picture's own paragraph or below it: `<p><img><br>Foto: dpa</p>`."""
    node = image
    for _ in range(_MAX_CLIMB):
        following = node.getnext()
        for text in (_short_text(node) if node is not image else "", _short_text(following)):
            if text and is_credit(text):
                return text
        parent = node.getparent()
        if parent is None or parent.tag not in _WRAPPERS:
            return None
        node = parent
    return None


def _short_text(element: etree._Element | None) -> str:
    """The text of an element of a few words without a picture of another; empty where it is more than that."""
    if element is None or next(islice(element.iter(), _MAX_SHORT, None), None) is not None:
        return ""
    if next(islice(element.iter("img"), 1, None), None) is not None:
        return ""
    text = text_of(element, _LONGEST_CREDIT)
    return text if len(text) <= _LONGEST_CREDIT else ""


def figure_of(element: etree._Element) -> etree._Element | None:
    """The nearest `<figure>` around it."""
    return next(element.iterancestors("figure"), None)


def _stated_credit(holder: etree._Element, caption: etree._Element | None) -> str | None:
    """The text of an element that is a credit, by its class or because it says nothing else."""
    for element in _own(holder):
        if element is not caption and _may_be_credit(element, caption):
            text = text_of(element)
            if text and len(text) <= _LONGEST_CREDIT:
                return text
    return None


def _may_be_credit(element: etree._Element, caption: etree._Element | None) -> bool:
    if element.get("itemprop") in _CREDIT_PROPERTIES or _names_credit(element.get("class")):
        return True
    in_caption = caption is not None and len(element) == 0 and caption in element.iterancestors()
    return in_caption and is_credit(element.text or "")


@lru_cache(maxsize=8192)
def _names_credit(classes: str | None) -> bool:
    return classes is not None and _CREDIT_CLASS.search(classes) is not None


def _holder(image: etree._Element) -> etree._Element | None:
    """The figure around the picture, or the nearest element around it and no other picture that has a caption."""
    figure = figure_of(image)
    if figure is not None:
        return figure
    for ancestor in islice(image.iterancestors(*_HOLDERS), _MAX_CLIMB):
        if next(islice(ancestor.iter("img"), 1, None), None) is not None:
            return None
        if any(is_caption(element) for element in _own(ancestor)):
            return ancestor
    return None


def _own(holder: etree._Element) -> Iterator[etree._Element]:
    """What is in the holder but not in a figure inside it: a gallery's caption is not its first picture's."""
    elements = islice(holder.iter(etree.Element), 1, _MAX_ELEMENTS)
    if next(holder.iterdescendants("figure"), None) is None:
        yield from elements
        return
    own_figure = holder if holder.tag == "figure" else figure_of(holder)
    for element in elements:
        if figure_of(element) is own_figure:
            yield element
