"""Lines in which a site speaks of itself and not of the story: pleas for money, newsletters, followers, disclosures,
notes of its machinery. Knows nothing of where they stand; the patterns are data (appeals.toml).
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain

from scraper.extractor.text.passages import Passage

# A longer passage is text, whatever it asks for at its end.
_LONGEST_CALL = 300
_LONGEST_NOTE = 450
# A call begins a sentence or a clause: "she told them to sign up for the newsletter" is none.
_LEAD = "please|bitte|to|and|or|just|now|then|why not|help|dann|und|jetzt|oder|ou|et|y|e|i|og|och|en"
_LEAD += "|(?:be|make) sure to|don['’]t forget to"
_BEGIN = re.compile(rf"(?:^|[.!?:;,–—|>»)…]\s+)[^\w\n]*(?:(?:{_LEAD})\s+){{0,2}}$")
# A plea stands with a heading and a few paragraphs that lead to it; what holds more is the text, or a part of it.
_MOST_IN_A_BOX = 6
# How far back the beginning of a clause is looked for.
_LONGEST_LEAD = 40
# What parts words: marks that touch them in print, and of ASCII all but letters. What is above it is kept else.
_MARKS = "\xa0’“”„«»—–…¡¿"
_PARTED = bytes(code if chr(code).isalpha() or code > 127 else 0x20 for code in range(256))


_Box = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class _Pattern:
    search: Callable[[str], re.Match[str] | None]
    is_call: bool


def without_appeals(passages: Sequence[Passage], around: Sequence[Passage]) -> Sequence[Passage]:
    """The passages without such lines, and without the boxes that are there for one of them.

    `around` are all passages of the page: the plea itself may be left out already, and what leads to it not.
    """
    boxed = _boxed(passages, around)
    # One look at all short passages together, for those of most pages hold no telling word.
    words = _telling_words([*passages, *chain.from_iterable(boxed.values())])
    if not words:
        return passages
    boxes = {box for box, held in boxed.items() if any(_is_call(passage.text, words) for passage in held)}
    return [
        passage
        for passage in passages
        if not _is_appeal(passage.text, words) and not (boxes and _box(passage) in boxes)
    ]


def is_appeal(text: str) -> bool:
    """Is `text` a line in which the site asks for something, or says something of itself?"""
    return _is_appeal(text, _words_in(text))


def _boxed(passages: Sequence[Passage], around: Sequence[Passage]) -> Mapping[_Box, Sequence[Passage]]:
    """What stands in each small box that holds several passages and not most of the text."""
    chars: dict[_Box, int] = {}
    for passage in passages:
        box = _box(passage)
        chars[box] = chars.get(box, 0) + len(passage.text)
    half = sum(chars.values()) / 2
    boxed: dict[_Box, list[Passage]] = {box: [] for box, count in chars.items() if count < half}
    if boxed:
        for passage in around:
            held = boxed.get(_box(passage))
            if held is not None:
                held.append(passage)
    return {box: held for box, held in boxed.items() if 1 < len(held) <= _MOST_IN_A_BOX}


def _box(passage: Passage) -> _Box:
    """What is around a passage, by tag and names: a text in many elements of the same names is in one box."""
    parent = passage.context.parent
    return (parent.tag, parent.evidence.names) if parent is not None else None


def _is_appeal(text: str, words: Sequence[str]) -> bool:
    if len(text) > _LONGEST_NOTE:
        return False
    lower = text.lower()
    return any(_says(pattern, lower) for word in words if word in lower for pattern in _patterns()[word.encode()])


def _is_call(text: str, words: Sequence[str]) -> bool:
    lower = text[: _LONGEST_CALL + 1].lower()
    patterns = (pattern for word in words if word in lower for pattern in _patterns()[word.encode()])
    return any(pattern.is_call and _says(pattern, lower) for pattern in patterns)


def _says(pattern: _Pattern, lower: str) -> bool:
    if not pattern.is_call:
        return pattern.search(lower) is not None
    if len(lower) > _LONGEST_CALL:
        return False
    found = pattern.search(lower)
    return found is not None and _BEGIN.search(lower[max(0, found.start() - _LONGEST_LEAD) : found.start()]) is not None


def _telling_words(passages: Iterable[Passage]) -> list[str]:
    return _words_in("\n".join([passage.text for passage in passages if len(passage.text) <= _LONGEST_NOTE]))


def _words_in(text: str) -> list[str]:
    """The words in `text` that call for a pattern."""
    plain = text.lower()
    if not plain.isascii():
        for mark in _MARKS:
            plain = plain.replace(mark, " ")
    found = plain.encode().translate(_PARTED).split()
    return [word.decode() for word in _patterns().keys() & found]


@lru_cache(maxsize=1)
def _patterns() -> Mapping[bytes, Sequence[_Pattern]]:
    """The patterns to try, by the words that call for them, in UTF-8."""
    file = resources.files("scraper.extractor.text").joinpath("appeals.toml")
    kinds = tomllib.loads(file.read_text(encoding="utf-8"))
    tables: defaultdict[bytes, list[_Pattern]] = defaultdict(list)
    for kind, rows in kinds.items():
        for row in rows:
            # For texts in lower case: a pattern that minds no case is looked for at every place, one by one.
            pattern = _Pattern(re.compile(row["pattern"], re.DOTALL).search, is_call=kind == "calls")
            for word in row["words"].split():
                tables[word.encode()].append(pattern)
    return dict(tables)
