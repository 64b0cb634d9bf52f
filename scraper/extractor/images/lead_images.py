"""The pictures that a page declares for its article, in structured data and for sharing. Looks at no `<img>`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from scraper.extractor.images.emblems import is_sign_of_site
from scraper.extractor.metadata.jsonld import LinkedData, Node, text_in
from scraper.extractor.page.document import Document
from scraper.records import Image, ImageRole
from scraper.urls import InvalidUrlError, host_or_none, resolve

_MAX_IMAGES: Final = 8
_KEYS: Final = ("image", "thumbnailUrl")
_PAGE = re.compile(r"\.html?(?:$|[?#])", re.IGNORECASE)
_SHARING: Final = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")


def read_lead_images(doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]]) -> tuple[Image, ...]:
    """The declared pictures, each once, the first as the lead; the signs of the site are none."""
    images: dict[str, Image] = {}
    host = host_or_none(doc.base_url) or ""
    logos = frozenset(_logos(doc, nodes))
    for image in (*_shared(doc), *_structured(doc, nodes)):
        if image.url not in logos and not _PAGE.search(image.url) and not is_sign_of_site(image.url, host):
            images.setdefault(image.url, image)
        if len(images) >= _MAX_IMAGES:
            break
    return tuple(images.values())


def _shared(doc: Document) -> Iterator[Image]:
    """Pages may give several: that of the site's template first, and that of the article after it."""
    alt: str | None = doc.meta_first("og:image:alt", "twitter:image:alt")
    width, height = (_pixels(doc.meta_first(f"og:image:{side}")) for side in ("width", "height"))
    for name in _SHARING:
        for address in doc.meta.get(name, ()):
            url = _absolute(address, doc) if address else None
            if url:
                yield Image(url=url, role=ImageRole.LEAD, alt=alt, width=width, height=height)
                alt = width = height = None  # what is said of the first is not said of another


def _logos(doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]]) -> Iterator[str]:
    """The publisher's, as structured data names it."""
    for _, node, data in nodes[:2]:
        for publisher in data.values(node, "publisher")[:_MAX_IMAGES]:
            for logo in data.values(publisher, "logo") if isinstance(publisher, Mapping) else ():
                image = _image(logo, doc)
                if image:
                    yield image.url


def _structured(doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]]) -> Iterator[Image]:
    for _, node, data in nodes[:2]:
        for key in _KEYS:
            for value in data.values(node, key)[:_MAX_IMAGES]:
                image = _image(value, doc)
                if image:
                    yield image


def _image(value: object, doc: Document) -> Image | None:
    """A picture given as an address or as an ImageObject."""
    if isinstance(value, str):
        url = _absolute(value, doc)
        return Image(url=url, role=ImageRole.LEAD) if url else None
    if not isinstance(value, Mapping):
        return None
    address = text_in(value.get("url") or value.get("contentUrl") or value.get("@id"))
    url = _absolute(address, doc) if address else None
    if not url:
        return None
    return Image(
        url=url,
        role=ImageRole.LEAD,
        caption=text_in(value.get("caption")),
        credit=text_in(value.get("creditText") or value.get("copyrightHolder") or value.get("author")),
        width=_pixels(text_in(value.get("width"))),
        height=_pixels(text_in(value.get("height"))),
    )


def _pixels(text: str | None) -> int | None:
    number = (text or "").removesuffix("px").strip()
    return int(number) or None if number.isascii() and number.isdigit() and len(number) < 6 else None


def _absolute(address: str, doc: Document) -> str | None:
    try:
        return resolve(address, doc.base_url)
    except InvalidUrlError:
        return None
