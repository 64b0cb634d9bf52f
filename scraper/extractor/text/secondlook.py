"""What the first scores say about a passage's surroundings: a second set of features, column by column as the first.

A passage between two that belong to the article most likely belongs to it; one in a box of teasers does not.
"""

from collections.abc import Sequence
from itertools import accumulate
from math import exp, log

from scraper.extractor.text.features import HEADING_TAGS, Measured
from scraper.extractor.text.passages import Context

FEATURES = tuple(
    "score around heading_score holder_share upper_mean group_mean share_before share_after core page_size".split()
)
# Characters of no known kind that are added wherever a mean is taken, so that a word or two are no rule.
_DOUBT = 30
_NO_SCORE = 161
_WINDOW = 10
# Shares of the text that the elements called its cores hold, each the deepest that does.
_CORES = (0.5, 0.8, 0.9)


class _Heap:
    """Characters and expected article characters below every element that holds something weighed."""

    def __init__(self, contexts: Sequence[Context], gains: Sequence[float], chars: Sequence[int]) -> None:
        self.contexts = _with_ancestors(contexts)
        self.gains = heap_gains = dict.fromkeys(self.contexts, 0.0)
        self.chars = heap_chars = dict.fromkeys(self.contexts, 0)
        for context, gain, count in zip(contexts, gains, chars, strict=True):
            heap_gains[context] += gain
            heap_chars[context] += count
        for context in reversed(self.contexts):
            parent = context.parent
            if parent is not None:
                heap_gains[parent] += heap_gains[context]
                heap_chars[parent] += heap_chars[context]

    def cores(self, total: float) -> list[Context]:
        """The deepest element that holds each share of the text, an element as often as it holds several."""
        gains = self.gains
        holding = self.contexts
        deepest: list[Context] = []
        for share in _CORES:
            least = share * total
            holding = [context for context in holding if gains[context] >= least]
            if not holding:
                break
            deepest.append(max(holding, key=_depth))
        return deepest


def _depth(context: Context) -> int:
    return context.evidence.depth


def _with_ancestors(contexts: Sequence[Context]) -> list[Context]:
    """All elements that `contexts` are and stand in, parents before children."""
    known: dict[Context, None] = {}
    for context in contexts:
        if context in known:
            continue
        path: list[Context] = []
        above: Context | None = context
        while above is not None and above not in known:
            path.append(above)
            above = above.parent
        for unknown in reversed(path):
            known[unknown] = None
    return list(known)


def look_again(measured: Measured, scores: Sequence[float]) -> list[list[int]]:
    """A column for each of `FEATURES`; `scores` are log odds."""
    passages = measured.passages
    chars = [max(1, len(passage.text) - passage.link_chars) for passage in passages]
    gains = [count / (1 + exp(-score)) for score, count in zip(scores, chars, strict=True)]
    total = sum(gains) + 1
    contexts = [passage.context for passage in passages]
    heap = _Heap(contexts, gains, chars)
    before = list(accumulate(gains, initial=0.0))
    holders = [context.parent or context for context in contexts]
    own = [_eighths(score) for score in scores]
    scale = 50 / total
    return [
        own,
        _around(gains, chars),
        _heading_scores(contexts, own),
        [int(heap.gains[holder] * scale) for holder in holders],
        _upper_means(heap, [holder.parent or holder for holder in holders], gains=gains, chars=chars),
        _group_means(measured, gains, chars),
        [int(gain * scale) for gain in before[:-1]],
        [int((total - gain) * scale) for gain in before[1:]],
        _inside(heap, heap.cores(total), contexts),
        [int(4 * log(total))] * len(passages),
    ]


def _eighths(score: float) -> int:
    eighths = round(score * 8) + 80
    return eighths if 0 <= eighths <= 160 else 0 if eighths < 0 else 160


def _inside(heap: _Heap, cores: Sequence[Context], contexts: Sequence[Context]) -> list[int]:
    """How many of the cores each passage stands in."""
    number: dict[Context | None, int] = {None: 0}
    for context in heap.contexts:  # what holds others comes before them
        number[context] = number[context.parent]
        if context in cores:
            number[context] += cores.count(context)
    return [number[context] for context in contexts]


def _around(gains: Sequence[float], chars: Sequence[int]) -> list[int]:
    """The mean chance of the ten passages before and the ten after."""
    gain_to = _sums_to(gains)
    chars_to = _sums_to(chars)
    reach = 2 * _WINDOW + 1
    return [
        int(100 * (gain_high - gain_low - gain) / (chars_high - chars_low - count + _DOUBT))
        for gain_low, gain_high, gain, chars_low, chars_high, count in zip(
            gain_to, gain_to[reach:], gains, chars_to, chars_to[reach:], chars, strict=False
        )
    ]


def _sums_to(values: Sequence[float]) -> list[float]:
    """The sum of all before the place ten before each of `values`, and on to that ten after the last."""
    sums = list(accumulate(values, initial=0))
    return [*[0] * _WINDOW, *sums, *sums[-1:] * _WINDOW]


def _heading_scores(contexts: Sequence[Context], own: Sequence[int]) -> list[int]:
    """The score of the heading above."""
    column = []
    score = _NO_SCORE
    for context, value in zip(contexts, own, strict=True):
        column.append(score)
        if context.tag in HEADING_TAGS:
            score = value
    return column


def _upper_means(heap: _Heap, holders: Sequence[Context], *, gains: Sequence[float], chars: Sequence[int]) -> list[int]:
    """The mean chance of what else stands in the holders."""
    return [
        int(100 * (held - gain) / (held_chars - count + _DOUBT))
        for held, gain, held_chars, count in zip(
            map(heap.gains.__getitem__, holders), gains, map(heap.chars.__getitem__, holders), chars, strict=True
        )
    ]


def _group_means(measured: Measured, gains: Sequence[float], chars: Sequence[int]) -> list[int]:
    """The mean chance of the others in elements of the same names."""
    gain_of: dict[int, float] = {}
    chars_of: dict[int, int] = {}
    keys = [*map(id, measured.groups)]
    for key, gain, count in zip(keys, gains, chars, strict=True):
        gain_of[key] = gain_of.get(key, 0.0) + gain
        chars_of[key] = chars_of.get(key, 0) + count
    return [
        int(100 * (gain_of[key] - gain) / (chars_of[key] - count + _DOUBT))
        for key, gain, count in zip(keys, gains, chars, strict=True)
    ]
