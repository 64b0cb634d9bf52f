"""The difference of two texts, word by word: paragraphs are aligned first, then sentences, then words. Pure.

difflib alone takes minutes for two long texts, for it is quadratic in the words they share. Most of a text that was
edited is equal paragraph by paragraph, most of an edited paragraph sentence by sentence; what is left is short.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["equal", "deleted", "inserted"]

_PARAGRAPH = re.compile(r".+?(?:\n\s*\n|\Z)", re.DOTALL)
_SENTENCE = re.compile(r".+?(?:[.!?…:;]+[\"'»«“”’)\]]*\s+|\n+|\Z)", re.DOTALL)
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_LEVELS = (_PARAGRAPH, _SENTENCE, _WORD)
# Below this share of common words, two sentences are one that went and one that came.
_ALIKE = 0.35
# Sentences are looked for near the place where they stood: so far off, in sentences.
_NEAR = 25
# A text of a megabyte without a single line end, or with nothing in common, is not worth a minute.
_MOST_PAIRS = 4_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is in both, only in the old, or only in the new."""

    change: Change
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of `old` and `new` in order: those not inserted make up `old`, those not deleted make up `new`."""
    return tuple(_tidied(_merged(_compared(old, new, 0))))


def _compared(old: str, new: str, level: int) -> Iterator[Piece]:
    if old == new:
        yield Piece("equal", old)
        return
    one, other = _LEVELS[level].findall(old), _LEVELS[level].findall(new)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        before, after = one[start:end], other[other_start:other_end]
        if kind == "equal":
            yield Piece("equal", "".join(before))
        elif kind == "replace" and level + 1 < len(_LEVELS):
            yield from _replaced(before, after, level)
        else:
            yield Piece("deleted", "".join(before))
            yield Piece("inserted", "".join(after))


def _replaced(before: Sequence[str], after: Sequence[str], level: int) -> Iterator[Piece]:
    """Units that were changed, went or came: those that resemble one another are compared more closely."""
    row = column = 0
    for place, other in [*_alike(before, after), (len(before), len(after))]:
        yield Piece("deleted", "".join(before[row:place]))
        yield Piece("inserted", "".join(after[column:other]))
        if place < len(before):
            yield from _compared(before[place], after[other], level + 1)
        row, column = place + 1, other + 1


def _alike(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places in order, so that the units there resemble each other most in all (dynamic programming)."""
    if len(before) * len(after) > _MOST_PAIRS:
        return []
    words, others = [_words(unit) for unit in before], [_words(unit) for unit in after]
    slope = len(after) / len(before)
    # best[row][column]: the most that the units from there on can resemble each other.
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    like: dict[tuple[int, int], float] = {}
    for row in reversed(range(len(before))):
        middle = int(row * slope)
        for column in reversed(range(len(after))):
            found = max(best[row + 1][column], best[row][column + 1])
            if abs(column - middle) <= _NEAR and (share := _share(words[row], others[column])) >= _ALIKE:
                like[row, column] = share
                found = max(found, share + best[row + 1][column + 1])
            best[row][column] = found
    return list(_path(best, like))


def _path(best: list[list[float]], like: dict[tuple[int, int], float]) -> Iterator[tuple[int, int]]:
    row = column = 0
    while row < len(best) - 1 and column < len(best[0]) - 1:
        share = like.get((row, column))
        if share is not None and best[row][column] == share + best[row + 1][column + 1]:
            yield row, column
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1


def _words(unit: str) -> frozenset[str]:
    # One that has no word resembles others by its signs.
    return frozenset(re.findall(r"\w+", unit.casefold())) or frozenset(unit.split())


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def _merged(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbours of one kind as one; of what was changed, first all that went, then all that came."""
    out: list[Piece] = []
    deleted = inserted = ""
    for piece in pieces:
        if piece.change == "equal" and piece.text:
            out += changed(deleted, inserted)
            deleted = inserted = ""
            if out and out[-1].change == "equal":
                out[-1] = Piece("equal", out[-1].text + piece.text)
            else:
                out.append(piece)
        elif piece.change == "deleted":
            deleted += piece.text
        elif piece.change == "inserted":
            inserted += piece.text
    return [*out, *changed(deleted, inserted)]


def changed(deleted: str, inserted: str) -> tuple[Piece, ...]:
    """What went, then what came, taken whole."""
    changes: tuple[tuple[Change, str], ...] = (("deleted", deleted), ("inserted", inserted))
    return tuple(Piece(change, text) for change, text in changes if text)


def _tidied(pieces: list[Piece]) -> list[Piece]:
    """Where only a space is equal between two changes, three words changed and not two with a space between."""
    out: list[Piece] = []
    for place, piece in enumerate(pieces):
        between = 0 < place < len(pieces) - 1
        if piece.change == "equal" and between and piece.text.isspace() and "\n" not in piece.text:
            out += [Piece("deleted", piece.text), Piece("inserted", piece.text)]
        else:
            out.append(piece)
    return _merged(iter(out))
