"""The picture that stands for an article, where the page shows it above the text and no metadata names it.

Systems mark those of all articles alike; those of others lead to them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

from scraper.extractor.images.pictures import read_picture
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.matching import MatchedRule
from scraper.records import Image, ImageRole
from scraper.urls import InvalidUrlError, resolve

# By the name of the profile: classes of the picture itself, or of what is around it.
_MARKS: Final[Mapping[str, Sequence[str]]] = {
    "wordpress": (
        "wp-post-image",
        "elementor-widget-theme-post-featured-image",
        "td-post-featured-image",
        "tdb_single_featured_image",
    ),
    "drupal": ("field--name-field-image", "field--name-field-media-image", "field-name-field-image"),
    "joomla": ("item-image",),
}
_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|\?)", re.IGNORECASE)
_MAX_PICTURES: Final = 300


def post_pictures(doc: Document, rules: Sequence[MatchedRule]) -> tuple[Image, ...]:
    """At most one, as the metadata of other pages declare it."""
    marks = [mark for matched in rules for mark in _MARKS.get(matched.rule.name, ()) if doc.mentions(mark)]
    for image in _marked(doc, frozenset(marks)) if marks else ():
        picture = read_picture(image)
        url = _resolved(picture.source, doc) if picture is not None else None
        if url is not None and not _leads_elsewhere(image, doc):
            return (Image(url=url, role=ImageRole.LEAD),)
    return ()


def _marked(doc: Document, marks: frozenset[str]) -> Iterator[etree._Element]:
    for image in doc.by_tag.get("img", ())[:_MAX_PICTURES]:
        around = (image, *image.iterancestors("div", "figure"))
        if any(not marks.isdisjoint((element.get("class") or "").split()) for element in around):
            yield image


def _leads_elsewhere(image: etree._Element, doc: Document) -> bool:
    link = next(image.iterancestors("a"), None)
    url = _resolved(link.get("href") or "", doc) if link is not None else None
    return url is not None and url != doc.url and not _FILE.search(url)


def _resolved(address: str, doc: Document) -> str | None:
    try:
        return resolve(address, doc.base_url)
    except InvalidUrlError:
        return None
