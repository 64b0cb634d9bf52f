"""What the page says an article is about: the summary it declares, and the subtitle it shows under the title."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.jsonld import Node, plain_text, text_in
from scraper.extractor.metadata.marks import Marks, Role
from scraper.extractor.metadata.names import starts_like_byline
from scraper.extractor.metadata.title_claims import key_of
from scraper.extractor.page.document import Document

_MIN_SUMMARY_LENGTH: Final = 20
_MAX_SUMMARY_LENGTH: Final = 2_000
_MIN_SUBTITLE_LENGTH: Final = 12
_MAX_SUBTITLE_LENGTH: Final = 400
_MAX_MARKS: Final = 6

_SENTENCE_END = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")

Statement = tuple[str | None, str | None]
"""(text, source); None and None where the page states nothing."""


def read_summary(doc: Document, nodes: Sequence[tuple[str, Node]], title: str | None) -> Statement:
    """The fullest of the descriptions that the page declares for itself, none that only repeats the title."""
    claims = [(source, text_in(node.get("description"))) for source, node in nodes[:2]]
    claims += [(source, plain_text(content)) for source, content in meta.values_of(doc, meta.SUMMARY)]
    own = key_of(title) if title else ""
    best: Statement = (None, None)
    for source, text in claims:
        if not text or not _MIN_SUMMARY_LENGTH <= len(text) <= _MAX_SUMMARY_LENGTH or key_of(text) == own:
            continue
        # The same text is often cut off in one place and whole in another.
        if best[0] is None or (_SENTENCE_END.search(best[0]) and len(text) > len(best[0])):
            best = text, source
    return best


def read_subtitle(nodes: Sequence[tuple[str, Node]], marks: Marks, title: str | None) -> Statement:
    """The line that a page sets under or over its title, as structured data or an element's class says."""
    own = key_of(title) if title else ""
    for source, node in nodes[:2]:
        for key in ("alternativeHeadline", "alternateName"):
            text = text_in(node.get(key))
            if text and _is_subtitle(text, own):
                return text, source
    for element in islice(marks.of(Role.SUBTITLE), _MAX_MARKS):
        text = marks.text(element)
        if _is_subtitle(text, own):
            return text, "html"
    return None, None


def _is_subtitle(text: str, title_key: str) -> bool:
    key = key_of(text)
    return (
        _MIN_SUBTITLE_LENGTH <= len(text) <= _MAX_SUBTITLE_LENGTH
        and key not in title_key
        and not (title_key and title_key in key)
        and not starts_like_byline(text)
    )
