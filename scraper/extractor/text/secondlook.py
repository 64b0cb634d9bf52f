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
        self.gains: dict[Context, float] = dict.fromkeys(self.contexts, 0.0)
        self.chars: dict[Context, int] = dict.fromkeys(self.contexts, 0)
        for context, gain, count in zip(contexts, gains, chars, strict=True):
            self.gains[context] += gain
            self.chars[context] += count
        for context in reversed(self.contexts):
            parent = context.parent
            if parent is not None:
                self.gains[parent] += self.gains[context]
                self.chars[parent] += self.chars[context]

    def cores(self, total: float) -> Mapping[Context | None, int]:
        """How many of the cores each element stands in."""
        least = _CORES[0] * total
        holding = [context for context in self.contexts if self.gains[context] >= least]
        deepest: list[Context | None] = []
        for share in _CORES:
            holding = [context for context in holding if self.gains[context] >= share * total]
            deepest.append(max(holding, key=lambda context: context.depth, default=None))
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
            levels[context] = 0 if gains[context] >= most else min(_FAR, levels[context.parent] + 1)
        return levels


def _with_ancestors(contexts: Sequence[Context]) -> list[Context]:
    """All elements that `contexts` are and stand in, parents before children."""
    known: dict[Context, None] = {}
    for context in contexts:
        path: list[Context] = []
        above: Context | None = context
        while above is not None and above not in known:
            path.append(above)
            above = above.parent
        known.update(dict.fromkeys(reversed(path)))
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
    own = [max(0, min(160, round(score * 8) + 80)) for score in scores]
    return [
        own,
        _around(gains, chars),
        *_headings(contexts, own),
        _holder_means(contexts, heap, gains=gains, chars=chars),
        [int(50 * heap.gains[context.parent or context] / total) for context in contexts],
        _holder_means([context.parent or context for context in contexts], heap, gains=gains, chars=chars),
        _group_means(measured, gains, chars),
        [int(50 * gain / total) for gain in before[:-1]],
        [int(50 * (total - gain) / total) for gain in before[1:]],
        [cores[context] for context in contexts],
        [levels[context] for context in contexts],
        [int(4 * log(total))] * len(passages),
        _relative_depths(contexts, scores, chars),
    ]


def _mean(gain: float, chars: int) -> int:
    return max(0, int(100 * gain / (chars + _DOUBT)))


def _around(gains: Sequence[float], chars: Sequence[int]) -> list[int]:
    """The mean chance of the ten passages before and the ten after."""
    gain_to = list(accumulate(gains, initial=0.0))
    chars_to = list(accumulate(chars, initial=0))
    last = len(gains)
    column = []
    for index, (gain, count) in enumerate(zip(gains, chars, strict=True)):
        low, high = max(0, index - _WINDOW), min(last, index + _WINDOW + 1)
        column.append(_mean(gain_to[high] - gain_to[low] - gain, chars_to[high] - chars_to[low] - count))
    return column


def _headings(contexts: Sequence[Context], own: Sequence[int]) -> list[list[int]]:
    """The score of the heading above, how far up it is, and how far down the next one."""
    scores, gaps = [], []
    score, gap = _NO_SCORE, _FAR
    is_heading = [context.tag in HEADING_TAGS for context in contexts]
    for heading, value in zip(is_heading, own, strict=True):
        scores.append(score)
        gaps.append(gap)
        score, gap = (value, 1) if heading else (score, min(gap + 1, _FAR))
    following: list[int] = []
    gap = _FAR
    for heading in reversed(is_heading):
        following.append(gap)
        gap = 1 if heading else min(gap + 1, _FAR)
    return [scores, gaps, following[::-1]]


def _holder_means(
    contexts: Sequence[Context], heap: _Heap, *, gains: Sequence[float], chars: Sequence[int]
) -> list[int]:
    """The mean chance of what else stands in the parent."""
    column = []
    for context, gain, count in zip(contexts, gains, chars, strict=True):
        holder = context.parent or context
        column.append(_mean(heap.gains[holder] - gain, heap.chars[holder] - count))
    return column


def _group_means(measured: Measured, gains: Sequence[float], chars: Sequence[int]) -> list[int]:
    """The mean chance of the others in elements of the same names."""
    gain_of: dict[int, float] = {}
    chars_of: dict[int, int] = {}
    keys = [id(group) for group in measured.groups]
    for key, gain, count in zip(keys, gains, chars, strict=True):
        gain_of[key] = gain_of.get(key, 0.0) + gain
        chars_of[key] = chars_of.get(key, 0) + count
    return [
        _mean(gain_of[key] - gain, chars_of[key] - count) for key, gain, count in zip(keys, gains, chars, strict=True)
    ]


def _relative_depths(contexts: Sequence[Context], scores: Sequence[float], chars: Sequence[int]) -> list[int]:
    """Depth against the middle one of the passages that look like text."""
    depths = [context.depth for context in contexts]
    strong = [
        depth for depth, score, count in zip(depths, scores, chars, strict=True) if score > 0 and count > _STRONG_CHARS
    ]
    middle = sorted(strong or depths)[len(strong or depths) // 2] if depths else 0
    return [max(0, min(40, depth - middle + 20)) for depth in depths]
