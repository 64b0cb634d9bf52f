"""One `<img>`: its best address, its stated size, whether it is a picture at all. Where it stands is not asked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from scraper.extractor.images.emblems import is_drawing, is_emblem, is_stand_in
from scraper.extractor.page.document import attributes_of
from scraper.text import or_none

# Where scripts that load pictures late keep the address, the largest version first.
_LAZY_SETS = frozenset(("srcset", "data-srcset", "data-lazy-srcset", "data-src-set", "data-original-set", "data-bgset"))
_LAZY = (
    "data-orig-file",
    "data-full-url",
    "data-hi-res-src",
    "data-large-file",
    "data-original",
    "data-lazy-src",
    "data-src",
    "data-image-src",
    "data-img-src",
    "data-url",
    "src",
)
# "<p>The mayor at noon</p>": some editors' markup ends in the attribute.
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_PIXELS = re.compile(r"\s*(\d{1,6})(?:\.\d+)?\s*(?:px)?\s*")
# What is smaller in both directions is an icon, a portrait of the author or a counting pixel.
_SMALLEST = 100
# What is smaller in one is a badge or a rule.
_THINNEST = 50
# What is drawn as large as that in both is a chart or a map.
_SMALLEST_DRAWING = 200
_LARGEST = 100_000
_MAX_SOURCES = 30
_CANDIDATE = re.compile(r"([^\s,]\S*)(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An `<img>` with the largest address it offers, as written; sizes in pixels belong to that address."""

    source: str
    width: int | None
    height: int | None
    alt: str | None


def read_picture(image: etree._Element, *, is_captioned: bool = False) -> Picture | None:
    """The picture that `image` shows; None for icons, portraits, pixels and placeholders.

    One that `is_captioned` is a picture whatever its name says: what a story shows may be a logo or a drawing.
    """
    # All attributes in one call, for twenty names are asked for.
    stated = attributes_of(image)
    width, height = _pixels(stated.get("width")), _pixels(stated.get("height"))
    if width is not None and height is not None and (max(width, height) < _SMALLEST or min(width, height) < _THINNEST):
        return None
    largest = _largest(image, stated)
    plain = _plain_source(stated)
    if largest is not None and plain is not None and not largest.has_width and largest.size <= 1:
        largest = None  # another form of the same size, or one for smaller screens: nothing says that it is larger
    source = largest.url if largest else plain
    if source is None or not (is_captioned or _is_picture(stated, source, width, height)):
        return None
    if largest is not None and source != stated.get("src"):
        width, height = largest.width, None
    elif not _is_shown(source, stated.get("src")):
        width = height = None
    return Picture(
        source=source.strip(), width=width, height=height, alt=or_none(_TAG.sub(" ", stated.get("alt") or ""))
    )


def _is_picture(stated: Mapping[str, str], source: str, width: int | None, height: int | None) -> bool:
    if is_drawing(source) and min(width or 0, height or 0) < _SMALLEST_DRAWING:
        return False
    return not is_emblem(stated.get("class", ""), source)


def _is_shown(source: str, src: str | None) -> bool:
    """Is it what the stated sizes are of: what the page shows, or will show where a placeholder stands?"""
    return src is None or src == source or not _is_address(src)


class _Candidate(NamedTuple):
    """One address of a `srcset`, its size in pixels of width where one is given, else in density."""

    has_width: bool
    size: float
    url: str

    @property
    def width(self) -> int | None:
        return int(self.size) if self.has_width else None


def _largest(image: etree._Element, stated: Mapping[str, str]) -> _Candidate | None:
    """The largest address in `srcset` (of `<picture>` too) or in what stands in for it."""
    holders = (stated, *map(attributes_of, _sources(image)))
    sets = [holder[name] for holder in holders for name in holder if name in _LAZY_SETS]
    found = chain.from_iterable(map(_CANDIDATE.findall, sets))
    # Of those of one size the first: what `<img>` itself offers, before the same as WebP.
    largest_first = sorted(found, key=_size, reverse=True)
    return next((_Candidate(*_size(one), one[0]) for one in largest_first if _is_address(one[0])), None)


def _sources(image: etree._Element) -> Iterator[etree._Element]:
    """The `<source>` elements of the `<picture>` around it.

    libxml2 does not know that they end at once: it puts each, and the image, into the one before.
    """
    parent = image.getparent()
    while parent is not None and parent.tag == "source":
        parent = parent.getparent()
    if parent is not None and parent.tag == "picture":
        yield from islice(parent.iter("source"), _MAX_SOURCES)


def _plain_source(stated: Mapping[str, str]) -> str | None:
    return next((url for name in _LAZY if (url := stated.get(name)) and _is_address(url)), None)


def _size(candidate: tuple[str, str, str]) -> tuple[bool, float]:
    """Has it a width, and what is that, else its density; `candidate` is as written: address, number, unit."""
    _, number, unit = candidate
    return unit == "w", min(float(number or 1), _LARGEST)


def _is_address(url: str) -> bool:
    return not is_stand_in(url)


def _pixels(stated: str | None) -> int | None:
    """A width or height in pixels; None where none is stated, or one in per cent."""
    found = _PIXELS.fullmatch(stated) if stated else None
    return int(found[1]) if found and 0 < int(found[1]) <= _LARGEST else None
