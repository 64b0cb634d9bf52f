"""Lines of a text that only lead to another article ("Lesen Sie auch: ..."): links, and none of the author's words."""

import re
from collections.abc import Sequence

from scraper.extractor.links.headings import MAX_HEADING, kind_of
from scraper.extractor.text.passages import Passage
from scraper.records import LinkKind

_INTRODUCTION = re.compile(r"[\W_]*(\w[^:|–—»›>]*?)\s*[:|–—»›>]")
# One word is no heading over a list, but enough to introduce a line that is a link: "MORE: ...", "VIDEO | ...".
_INTRODUCING = frozenset(
    """
    more also read see watch video listen podcast gallery photos mehr auch lesen siehe hören galerie lire voir vidéo
    écouter diaporama lee mira más vídeo escucha galería leggi guarda ascolta leia veja ouça mais lees bekijk luister
    meer czytaj zobacz posłuchaj wideo läs se lyssna les læs číst čtěte podívejte poslechněte читайте смотрите слушайте
    видео фото читати дивіться відео слухайте oku izle baca simak tonton citește citiți citeste pročitajte olvassa
    διαβάστε đọc اقرأ إقرأ شاهد بخوانید पढ़ें
    """.split()
) | {"puedes ver", "te puede interesar", "mira también", "ver también", "lee más", "les også"}
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
    text = passage.text
    if not passage.link_chars or len(text) > _LONGEST_LINE:
        return False
    found = _INTRODUCTION.match(text)
    if found is None or not 0 < len(text) - found.end() <= passage.link_chars + _LOOSE:
        return False
    introduction = found[1]
    return introduction.lower() in _INTRODUCING or _is_related(introduction)


def _announces(text: str) -> bool:
    return len(text) <= MAX_HEADING and _is_related(text)


def _is_related(text: str) -> bool:
    return len(text) <= MAX_HEADING and kind_of(text) is LinkKind.RELATED


def _is_all_link(passage: Passage) -> bool:
    return len(passage.text) <= _LONGEST_LINE and passage.link_chars >= _ALL_LINK * len(passage.text)
