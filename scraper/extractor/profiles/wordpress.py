"""What a page of WordPress says of its post whatever the theme, where no single selector would say it.

That is its terms, by the classes of its element; its comments, by the list of them; and its picture. What selectors can
say stands in wordpress.toml.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from scraper.extractor.images.pictures import read_picture
from scraper.extractor.metadata.reading import Metadata
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.matching import MatchedRule
from scraper.extractor.profiles.post_comments import post_comments
from scraper.extractor.profiles.post_terms import post_terms
from scraper.extractor.profiles.stated import StatedFields
from scraper.records import Image, ImageRole
from scraper.urls import InvalidUrlError, resolve

_NAME: Final = "wordpress"
_LABELS: Final = ("categories", "tags")
_PICTURE_CLASS: Final = "wp-post-image"
_PICTURE_WIDGET: Final = "elementor-widget-theme-post-featured-image"
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|\?)", re.IGNORECASE)


def with_post(doc: Document, rules: Sequence[MatchedRule], stated: StatedFields, metadata: Metadata) -> StatedFields:
    """`stated` with what the post itself says; a user's rule stands above it, and a profile's count of comments."""
    if not _is_wordpress(rules):
        return stated
    claims = {field: stated.values.get(field, getattr(metadata, field)) for field in _LABELS}
    guessed = [field for field in _LABELS if field not in stated.values and _is_guessed(field, metadata)]
    found: dict[str, Any] = {**post_terms(doc, claims, guessed)}
    if "comment_count" not in stated.values:
        count = post_comments(doc, metadata.comment_count)
        if count is not None and count != metadata.comment_count:
            found["comment_count"] = count
    own = {field: value for field, value in found.items() if stated.sources.get(field) != "rule"}
    if not own:
        return stated
    return replace(stated, values={**stated.values, **own}, sources={**stated.sources, **dict.fromkeys(own, "profile")})


def post_pictures(doc: Document, rules: Sequence[MatchedRule]) -> tuple[Image, ...]:
    """The picture that stands for the post, where the page shows it: themes put it above the title as often as below.

    WordPress marks those of all posts alike; those of others lead to them.
    """
    if not _is_wordpress(rules):
        return ()
    for image in _marked_pictures(doc):
        picture = read_picture(image)
        url = _resolved(picture.source, doc) if picture is not None else None
        if url is not None and not _leads_elsewhere(image, doc):
            return (Image(url=url, role=ImageRole.LEAD),)
    return ()


def _marked_pictures(doc: Document) -> Iterator[etree._Element]:
    """Elementor marks not the picture but the widget around it."""
    marks = [mark for mark in (_PICTURE_CLASS, _PICTURE_WIDGET) if doc.mentions(mark)]
    for image in doc.by_tag.get("img", ()) if marks else ():
        around = image.iterancestors("div") if _PICTURE_WIDGET in marks else ()
        if _has_class(image, _PICTURE_CLASS) or any(_has_class(element, _PICTURE_WIDGET) for element in around):
            yield image


def _has_class(element: etree._Element, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _leads_elsewhere(image: etree._Element, doc: Document) -> bool:
    link = next(image.iterancestors("a"), None)
    url = _resolved(link.get("href") or "", doc) if link is not None else None
    return url is not None and url != doc.url and not _PICTURE_FILE.search(url)


def _resolved(address: str, doc: Document) -> str | None:
    try:
        return resolve(address, doc.base_url)
    except InvalidUrlError:
        return None


def _is_wordpress(rules: Sequence[MatchedRule]) -> bool:
    return any(matched.rule.name == _NAME for matched in rules)


def _is_guessed(field: str, metadata: Metadata) -> bool:
    """Keywords in the head are written for search engines, and for the whole site as often as not."""
    source = metadata.sources.get(field)
    return source == "html" or (field == "tags" and source == "meta")
