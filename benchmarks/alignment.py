"""Which passages of a page an annotator's text holds: the heaviest chain of matches in the same order in both.

Used to make labels for training; needs nothing but the two texts, and knows no markup.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

# As the corpus counts words: characters of scripts without spaces are words of their own.
_DENSE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}]+")
_RUN = 3
_MOST_PLACES = 60
_MOST_CANDIDATES = 12
_LEAST_SHARE = 0.5

Link = tuple[int, float, "Link | None"]


def words_in(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def shares_in(passages: Sequence[str], truth: str) -> list[float]:
    """For each passage the share of its words that `truth` holds at a place that fits the other passages' places."""
    finder = _Finder(words_in(truth))
    chains = _Chains(len(finder.words))
    for index, passage in enumerate(passages):
        chains.extend(index, finder.places_of(words_in(passage)))
    shares = [0.0] * len(passages)
    link = chains.heaviest()
    while link is not None:
        index, share, link = link
        shares[index] = share
    return shares


class _Finder:
    """Where runs of one to three words stand in a text."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for length in range(1, _RUN + 1):
            for start in range(len(words) - length + 1):
                self._places[tuple(words[start : start + length])].append(start)

    def places_of(self, passage: list[str]) -> list[tuple[int, int, int, int]]:
        """(words in common, start, end, length of the passage) of the likeliest places, best first."""
        length, run = len(passage), min(_RUN, len(passage))
        if not length:
            return []
        starts = {
            max(0, place - offset)
            for offset in {0, length // 4, max(0, length // 2 - 1), 3 * length // 4, length - run}
            if offset + run <= length
            for place in self._places.get(tuple(passage[offset : offset + run]), ())[:_MOST_PLACES]
        }
        bag = Counter(passage)
        found = []
        for start in starts:
            end = min(len(self.words), start + length)
            common = sum((bag & Counter(self.words[start:end])).values())
            if common >= _LEAST_SHARE * length and (length > 2 or common == length):
                found.append((common, start, end, length))
        return sorted(found, reverse=True)[:_MOST_CANDIDATES]


class _Chains:
    """The heaviest chain that ends at or before each word: a Fenwick tree of maxima."""

    def __init__(self, length: int) -> None:
        self._tree: list[tuple[float, Link | None]] = [(0.0, None)] * (length + 2)

    def heaviest(self) -> Link | None:
        return self._best(len(self._tree) - 2)[1]

    def extend(self, index: int, places: Sequence[tuple[int, int, int, int]]) -> None:
        longer: list[tuple[int, float, Link]] = []
        for common, start, end, length in places:
            weight, link = self._best(start + (1 if length > 8 else 0))
            neighbours = link is not None and link[0] == index - 1
            longer.append((end, weight + common + (0.01 if neighbours else 0.0), (index, common / length, link)))
        for end, weight, chain in longer:
            self._offer(end, weight, chain)

    def _best(self, position: int) -> tuple[float, Link | None]:
        best: tuple[float, Link | None] = (0.0, None)
        position = min(position, len(self._tree) - 2) + 1
        while position > 0:
            if self._tree[position][0] > best[0]:
                best = self._tree[position]
            position -= position & -position
        return best

    def _offer(self, position: int, weight: float, link: Link) -> None:
        position += 1
        while position < len(self._tree):
            if weight > self._tree[position][0]:
                self._tree[position] = (weight, link)
            position += position & -position
