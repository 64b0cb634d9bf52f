"""What can be measured of a passage's text alone: length, links, marks, words. Knows no language but learnt words."""

import re
from collections.abc import Mapping, Sequence
from itertools import repeat

from scraper.extractor.text.passages import Passage

_END = {
    mark: kind
    for kind, marks in enumerate(
        (".。．।", "!?！？", "\"'”’»“」』", ":：", ",;，、；", ")", "…", "0123456789"), start=1
    )
    for mark in marks
}
_CASELESS = 11
_WORD = re.compile(r"[^\W\d_]+")
# In ASCII a table of what parts words gives the same words ten times as fast.
_PARTED = bytes(code if chr(code).isalpha() else 0x20 for code in range(128)).ljust(256)
# Scripts written without spaces, where a character says as much as three of a word.
_DENSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_DENSITY = 3
_EVERY = 8
_NO_CAPITALS = bytes(code for code in range(128) if not chr(code).isupper())
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_OPENING = 100
# A shorter passage is judged by all of its words, a longer one by those it opens with.
SHORT = 200
MOST_WORDS = 30
_SHORTEST_TITLE_PART = 15
_NOUGHT = repeat(0)


def _logarithm(count: int) -> int:
    """Three bins to the doubling."""
    if count <= 0:
        return 0
    exponent = count.bit_length() - 1
    return 3 * exponent + 3 * (count - (1 << exponent)) // (1 << exponent) + 1


_LOGARITHMS = [_logarithm(count) for count in range(4096)]


def log_bin(count: int) -> int:
    """`count` on a scale of three bins to the doubling, up to 4,096."""
    return _LOGARITHMS[count] if count < len(_LOGARITHMS) else 37


def words_of(text: str) -> list[str]:
    """The words in lower case, without digits."""
    lower = text.lower()
    return lower.encode().translate(_PARTED).decode().split() if lower.isascii() else _WORD.findall(lower)


def opening_of(text: str) -> set[str]:
    """The words that a long passage begins with, roughly cut: it is called for every paragraph."""
    return set(text[:SHORT].lower().split())


class Wording:
    """The texts of a page's passages, measured; the title among them is found on the way."""

    def __init__(self, passages: Sequence[Passage], title: str | None) -> None:
        self.texts = [passage.text for passage in passages]
        self.title = " ".join(words_of(title or ""))
        together = "".join(self.texts)
        sample = "" if together.isascii() else together[::_EVERY]
        dense = len(_DENSE.findall(sample)) * 4 > len(sample)
        self.density = _DENSITY if dense else 1
        self.sizes = [len(text) * self.density for text in self.texts]
        self.links = [
            (10 * passage.link_chars + len(passage.text) // 2) // len(passage.text) if passage.link_chars else 0
            for passage in passages
        ]
        self.prose = sum([size for size, link in zip(self.sizes, self.links, strict=True) if link < 4])
        self._words = [
            words_of(text) if size < SHORT else None for text, size in zip(self.texts, self.sizes, strict=True)
        ]
        self._likeness = [self._likeness_of(words) for words in self._words]
        self.title_at = self._find_title(passages)

    def columns(self, words: Mapping[str, int], openings: Mapping[str, int]) -> list[list[int]]:
        """Size, share of links, last character, capitals, and what the words weigh."""
        return [
            [log_bin(size) for size in self.sizes],
            self.links,
            [_END.get(text[-1], 0) for text in self.texts],
            [self._capitals(text) for text in self.texts],
            [
                _weight(opening_of(text), openings) + 128 if found is None else _weight(found[:MOST_WORDS], words)
                for text, found in zip(self.texts, self._words, strict=True)
            ],
        ]

    def likeness_to_title(self) -> list[int]:
        """0: not alike, 1: the title, 2: a part of it, 3: the title and more."""
        return self._likeness

    def _capitals(self, text: str) -> int:
        """In tenths of the words it opens with; a kind of its own where the script has none."""
        opening = text[:_OPENING]
        in_ascii = opening.encode("ascii", "ignore")
        capitals = len(in_ascii.translate(None, _NO_CAPITALS))
        if len(in_ascii) < len(opening):
            if self.density > 1 or not (capitals or _has_capitals(opening)):
                return _CASELESS
            capitals += sum(map(str.isupper, _BEYOND_ASCII.findall(opening)))
        share = 10 * capitals // (opening.count(" ") + 1)
        return share if share < 10 else 10

    def _likeness_of(self, words: Sequence[str] | None) -> int:
        if not words or not self.title:
            return 0
        text = " ".join(words)
        if text == self.title:
            return 1
        if len(text) > _SHORTEST_TITLE_PART and text in self.title:
            return 2
        return 3 if len(self.title) > _SHORTEST_TITLE_PART and self.title in text else 0

    def _find_title(self, passages: Sequence[Passage]) -> int | None:
        """Where the title stands: in a first-rank heading rather than elsewhere, else the first such heading."""
        like = [index for index, likeness in enumerate(self._likeness) if likeness in {1, 2}]
        first_rank = [index for index, passage in enumerate(passages) if passage.context.tag == "h1"]
        both = set(like).intersection(first_rank)
        return min(both) if both else next(iter(like or first_rank), None)


def _weight(words: Sequence[str] | set[str], weights: Mapping[str, int]) -> int:
    """In eighths, from hundredths: whole numbers, because sets are in another order in every run."""
    eighths = sum(map(weights.get, words, _NOUGHT)) * 8 // 100 + 64
    return eighths if 0 <= eighths <= 127 else 0 if eighths < 0 else 127


def _has_capitals(text: str) -> bool:
    """Does its script have any?"""
    return text.lower() != text.upper()
