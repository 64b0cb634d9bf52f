"""What the first scores say about a passage's surroundings: a second set of features, column by column as the first.

A passage between two that belong to the article most likely belongs to it; one in a box of teasers does not.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import exp, log

from scraper.extractor.text.blocks import Context
from scraper.extractor.text.features import HEADING_TAGS, Measured

FEATURES = tuple(
    (
        "score around heading_score heading_gap next_heading holder_mean holder_share upper_mean "
        "group_mean share_before share_after core levels_up page_size relative_depth"
    ).split()
)
# Characters of no known kind that are added wherever a mean is taken, so that a word or two are no rule.
_DOUBT = 30
_FAR = 30
_NO_SCORE = 161
_WINDOW = 10
_STRONG_CHARS = 80
# Shares of the text that the elements called its cores hold, each the deepest that does.
_CORES = (0.5, 0.8, 0.9)
_MOST = 0.8


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

    def cores(self, total: float) -> Mapping[Context | None, int]:
        """How many of the cores each element stands in."""
        gains = self.gains
        holding = self.contexts
        deepest: list[Context | None] = []
        for share in _CORES:
            least = share * total
            holding = [context for context in holding if gains[context] >= least]
            deepest.append(max(holding, key=_depth, default=None))
        inside: dict[Context | None, int] = {None: 0}
        for context in self.contexts:
            inside[context] = inside[context.parent] + (deepest.count(context) if context in deepest else 0)
        return inside

    def levels_up(self, total: float) -> Mapping[Context | None, int]:
        """How many elements up the one is that holds most of the text."""
        levels: dict[Context | None, int] = {None: _FAR}
        most = _MOST * total
        gains = self.gains
        for context in self.contexts:
            level = 0 if gains[context] >= most else levels[context.parent] + 1
            levels[context] = level if level < _FAR else _FAR
        return levels


def _depth(context: Context) -> int:
    return context.depth


def _with_ancestors(contexts: Sequence[Context]) -> list[Context]:
    """All elements that `contexts` are and stand in, parents before children."""
    known: dict[Context, None] = {}
    for context in contexts:
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
    chances = [1 / (1 + exp(-score)) for score in scores]
    chars = [max(1, len(passage.text) - passage.link_chars) for passage in passages]
    gains = [chance * count for chance, count in zip(chances, chars, strict=True)]
    total = sum(gains) + 1
    contexts = [passage.context for passage in passages]
    heap = _Heap(contexts, gains, chars)
    before = list(accumulate(gains, initial=0.0))
    cores, levels = heap.cores(total), heap.levels_up(total)
    holders = [context.parent or context for context in contexts]
    own = [_within(round(score * 8) + 80, 160) for score in scores]
    return [
        own,
        _around(gains, chars),
        *_headings(contexts, own),
        _means(heap, holders, gains=gains, chars=chars),
        [int(50 * heap.gains[holder] / total) for holder in holders],
        _means(heap, [holder.parent or holder for holder in holders], gains=gains, chars=chars),
        _group_means(measured, gains, chars),
        [int(50 * gain / total) for gain in before[:-1]],
        [int(50 * (total - gain) / total) for gain in before[1:]],
        [cores[context] for context in contexts],
        [levels[context] for context in contexts],
        [int(4 * log(total))] * len(passages),
        _relative_depths(contexts, scores, chars),
    ]


def _within(value: int, highest: int) -> int:
    """`value`, or the nearer end of 0 to `highest`."""
    return value if 0 <= value <= highest else 0 if value < 0 else highest


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


def _headings(contexts: Sequence[Context], own: Sequence[int]) -> list[list[int]]:
    """The score of the heading above, how far up it is, and how far down the next one."""
    scores, gaps = [], []
    score, gap = _NO_SCORE, _FAR
    is_heading = [context.tag in HEADING_TAGS for context in contexts]
    for heading, value in zip(is_heading, own, strict=True):
        scores.append(score)
        gaps.append(gap)
        if heading:
            score, gap = value, 1
        elif gap < _FAR:
            gap += 1
    following: list[int] = []
    gap = _FAR
    for heading in reversed(is_heading):
        following.append(gap)
        gap = 1 if heading else gap + 1 if gap < _FAR else _FAR
    return [scores, gaps, following[::-1]]


def _means(heap: _Heap, holders: Sequence[Context], *, gains: Sequence[float], chars: Sequence[int]) -> list[int]:
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


def _relative_depths(contexts: Sequence[Context], scores: Sequence[float], chars: Sequence[int]) -> list[int]:
    """Depth against the middle one of the passages that look like text."""
    depths = [context.depth for context in contexts]
    strong = [
        depth for depth, score, count in zip(depths, scores, chars, strict=True) if score > 0 and count > _STRONG_CHARS
    ]
    middle = sorted(strong or depths)[len(strong or depths) // 2] if depths else 0
    return [_within(depth - middle + 20, 40) for depth in depths]
