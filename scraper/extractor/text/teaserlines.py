"""Lines of a text that only lead to another article ("Lesen Sie auch: ..."): links, and none of the author's words."""

import re
from collections.abc import Sequence

from scraper.extractor.links.headings import MAX_HEADING, kind_of
from scraper.extractor.text.passages import Passage
from scraper.records import LinkKind

_PARTED = re.compile(r"\s*[:|–—»›>]\s*")
_LONGEST_LINE = 300
# Of a line's characters: what is not a link is the words that introduce it, and marks.
_ALL_LINK = 0.95
_LOOSE = 3


def without_teaser_lines(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without such lines, and without a "Read also" that stands alone over lines that are links."""
    kept: list[Passage] = []
    announced: Passage | None = None
    for passage in passages:
        if announced is not None and _is_all_link(passage):
            if kept and kept[-1] is announced:
                kept.pop()
            continue
        announced = passage if _announces(passage.text) else None
        if not _is_teaser_line(passage):
            kept.append(passage)
    return kept


def _is_teaser_line(passage: Passage) -> bool:
    if not passage.link_chars or len(passage.text) > _LONGEST_LINE:
        return False
    introduction = _PARTED.split(passage.text, maxsplit=1)[0]
    said = len(passage.text) - len(introduction)
    if said == 0 or passage.link_chars < said - _LOOSE:
        return False
    return _is_related(introduction)


def _announces(text: str) -> bool:
    return len(text) <= MAX_HEADING and _is_related(text)


def _is_related(text: str) -> bool:
    return len(text) <= MAX_HEADING and kind_of(text) is LinkKind.RELATED


def _is_all_link(passage: Passage) -> bool:
    return len(passage.text) <= _LONGEST_LINE and passage.link_chars >= _ALL_LINK * len(passage.text)
