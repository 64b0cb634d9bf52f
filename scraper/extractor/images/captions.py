"""Captions: which elements hold them, which picture each belongs to, and which part of it is the credit."""

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from itertools import islice

from lxml import etree

from scraper.extractor.images.credits import is_credit, split_credit
from scraper.extractor.page.document import text_of

_CAPTION_NAMES = (
    *("caption", "bildunterschrift", "bildunterzeile", "bildtext", "billedtekst", "bildetekst", "kuvateksti"),
    *("bijschrift", "didascalia", "piefoto", "pie-foto", "pie_foto", "piedefoto", "pie-de-foto", "képaláírás"),
)
_NAMES_IN_FIGURES = ("legende", "légende", "legenda", "attribution")
_CAPTION_TAGS = ("figcaption", "p", "div", "span")
_CREDIT_CLASS = re.compile(
    r"credit|copyright|(?:^|[\s_-])(?:source|photographer|agency|quelle|rights)(?:[\s_-]|$)", re.IGNORECASE
)
_CREDIT_PROPERTIES = frozenset(("creditText", "copyrightHolder", "copyrightNotice", "author", "creator"))
_BRACKETED = re.compile(r"\([^()]*\)")
_HOLDERS = ("div", "span", "p", "center", "td", "section", "amp-img")
_WRAPPERS = ("p", "div", "span", "center", "a", "td", "picture", "source", "amp-img")
_LINKS = ("a", "picture")
_BOXES = ("div", "span", "section")
# The head of an article or a card of another holds one of these; a caption does not.
_NO_CAPTION = ("h1", "h2", "h3", "h4", "h5", "time", "address", "ul", "ol", "table", "button", "form")
_MAX_CLIMB = 3
_MAX_ELEMENTS = 300
_MAX_SHORT = 10
_MAX_UNNAMED = 150
_SAID_TO_SCREEN_READERS = re.compile(r"^(?:image caption|bildunterschrift)\b[,:]?\s+", re.IGNORECASE)
_LONGEST_CAPTION = 1_000
_LONGEST_CREDIT = 200
_LONGEST_UNNAMED = 400


class _Called(Enum):
    """What a class calls an element; a legend may be a map's or a table's, but in a figure."""

    CAPTION = 1
    LEGEND = 2


def caption_elements(region: etree._Element) -> list[etree._Element]:
    """The elements in `region` that hold captions, in document order: shown beside the text, and no part of it."""
    found: list[etree._Element] = []
    for element in region.iter(*_CAPTION_TAGS):
        # Hardly one of them is a caption: a look-up each, and no call.
        if element.tag != "figcaption" and _called(element.get("class")) is None:
            continue
        if is_caption(element) and not (found and found[-1] in element.iterancestors()):
            found.append(element)
    return found


def is_caption(element: etree._Element) -> bool:
    """Is it a `<figcaption>`, or does its class say that it is one?"""
    if element.tag == "figcaption":
        return True
    called = _called(element.get("class"))
    if called is None or (called is _Called.LEGEND and figure_of(element) is None):
        return False
    # `div.wp-caption` holds the picture together with its caption.
    return next(element.iter("img", "table", "video", "iframe"), None) is None


# Pages repeat their class attributes: to look one up takes a fiftieth of the time of matching it again.
@lru_cache(maxsize=8192)
def _called(classes: str | None) -> _Called | None:
    lowered = (classes or "").lower()
    if any(map(lowered.__contains__, _CAPTION_NAMES)):
        return _Called.CAPTION
    return _Called.LEGEND if any(map(lowered.__contains__, _NAMES_IN_FIGURES)) else None


def caption_and_credit(image: etree._Element) -> tuple[str | None, str | None]:
    """Caption and credit from the figure around the picture, or from what a class beside it calls its caption."""
    holder, caption = _holder_and_caption(image)
    if holder is None and caption is None:
        return _unnamed_caption(image)
    text = _SAID_TO_SCREEN_READERS.sub("", text_of(caption)[:_LONGEST_CAPTION]) if caption is not None else ""
    said, credit = _apart(text, _stated_credit(holder, caption) if holder is not None else None)
    if said is None and credit is not None and caption is not None and holder is not None:
        said, more = split_credit(_said_around(holder)[:_LONGEST_CAPTION])
        credit = credit or more
    return said, credit


def _apart(text: str, credit: str | None) -> tuple[str | None, str | None]:
    """What the caption says, and the credit in it and beside it."""
    if credit is None:
        return split_credit(text)
    # What is left may name the agency beside the photographer: "… on Wednesday. Photo by Jane Doe /AFP".
    rest, more = split_credit(text.replace(f"({credit})", " ").replace(credit, " "))
    credit = credit[1:-1] if _BRACKETED.fullmatch(credit) else credit
    return rest, f"{credit} {more}" if more else credit


def caption_of(image: etree._Element) -> etree._Element | None:
    """The element that holds the picture's caption: in the figure around both, else what follows the picture."""
    return _holder_and_caption(image)[1]


def _caption_after(shown: etree._Element) -> etree._Element | None:
    """The next element where that is a caption, or a box around one and nothing else."""
    following = shown.getnext()
    while following is not None and following.tag in _BOXES and len(following) == 1 and not is_caption(following):
        if (following.text or "").strip():
            return None
        following = following[0]
    return following if following is not None and following.tag in _CAPTION_TAGS and is_caption(following) else None


def _caption_in_head(image: etree._Element) -> etree._Element | None:
    """The only caption in the head of an article with this as its only picture, however they are laid out."""
    head = next(image.iterancestors("header"), None)
    if head is None or next(islice(head.iter("img"), 1, None), None) is not None:
        return None
    captions = caption_elements(head)
    return captions[0] if len(captions) == 1 else None


def _said_around(holder: etree._Element) -> str:
    """The caption of the figure around a figure, where that holds no other: the one inside names the credit only."""
    outer = figure_of(holder) if holder.tag == "figure" else None
    if outer is None or next(islice(outer.iter("figure"), 2, None), None) is not None:
        return ""
    caption = _caption_in(outer)
    return text_of(caption) if caption is not None else ""


def _unnamed_caption(image: etree._Element) -> tuple[str | None, str | None]:
    """Caption and credit where no element is named a caption: a credit says that the words beside it are one.

    Or a box named so holds the picture, and what else it holds is short.
    """
    for ancestor in islice(image.iterancestors(*_HOLDERS, "a"), _MAX_CLIMB):
        if next(islice(ancestor.iter("img"), 1, None), None) is not None or _has_more(ancestor, _MAX_UNNAMED):
            break
        credit = next((said for element in ancestor.iter(*_CAPTION_TAGS) if (said := _named_credit(element))), None)
        if credit is None and _called(ancestor.get("class")) is not _Called.CAPTION:
            continue
        text = text_of(ancestor, _LONGEST_UNNAMED + 1)
        if len(text) > _LONGEST_UNNAMED or next(ancestor.iter(*_NO_CAPTION), None) is not None:
            break
        if credit is not None or text:
            return _apart(text, credit)
    return None, _credit_beside(image)


def _named_credit(element: etree._Element) -> str | None:
    """What an element says whose class calls it the credit."""
    text = text_of(element, _LONGEST_CREDIT + 1) if _names_credit(element.get("class")) else ""
    return text if 0 < len(text) <= _LONGEST_CREDIT else None


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
    if element is None or _has_more(element, _MAX_SHORT):
        return ""
    if next(islice(element.iter("img"), 1, None), None) is not None:
        return ""
    text = text_of(element, _LONGEST_CREDIT)
    return text if len(text) <= _LONGEST_CREDIT else ""


def _has_more(element: etree._Element, most: int) -> bool:
    """Does it hold more than so many elements, itself among them?"""
    return next(islice(element.iter(), most, None), None) is not None


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


def _holder_and_caption(image: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    """The figure around the picture, or the nearest element around it and no other picture that has a caption; and the
    caption in it, else the one that follows.
    """
    figure = figure_of(image)
    if figure is not None:
        own = _caption_in(figure)
        return figure, _caption_after(figure) if own is None and figure_of(figure) is None else own
    for ancestor in islice(image.iterancestors(*_HOLDERS), _MAX_CLIMB):
        if next(islice(ancestor.iter("img"), 1, None), None) is not None:
            break
        if (caption := _caption_in(ancestor)) is not None:
            return ancestor, caption
    parent = image.getparent()
    following = _caption_after(parent if parent is not None and parent.tag in _LINKS else image)
    return None, _caption_in_head(image) if following is None else following


def _caption_in(holder: etree._Element) -> etree._Element | None:
    return next(filter(is_caption, _own(holder)), None)


def _own(holder: etree._Element) -> Iterator[etree._Element]:
    """What is in the holder but not in a figure inside it: a gallery's caption is not its first picture's."""
    elements = islice(holder.iter(etree.Element), 1, _MAX_ELEMENTS)
    for element in elements:
        yield element
        if element.tag == "figure":
            held = sum(1 for _ in islice(element.iterdescendants(), _MAX_ELEMENTS))
            next(islice(elements, held, held), None)
