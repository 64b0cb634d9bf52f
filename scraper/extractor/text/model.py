"""The learnt weights, and how they are added up: a sum of table entries, so that every score can be read.

Passages are scored a page at a time, a byte for each: a table look-up is one `bytes.translate`, and the sums are
integers as long as the page, with sixteen bits for each passage. That is twenty times as fast as going passage by
passage, which is what makes a few hundred tables affordable.
"""

import json
import struct
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from scraper.extractor.text.evidence import NameWeights
from scraper.extractor.text.features import Lexicon

# Table entries are whole numbers of 1/32 of a unit of log odds.
UNITS = 32
# An entry as a byte: zero lies in the middle.
_ZERO = 128


@dataclass(frozen=True, slots=True)
class Table:
    """What the bins of one feature, or of two together, add to a score.

    `bounds` has the upper ends of all bins but the last, for each feature; `entries` the rows of the last feature's
    bins one after another.
    """

    features: tuple[str, ...]
    bounds: tuple[tuple[int, ...], ...]
    entries: tuple[int, ...]

    def entry(self, values: Mapping[str, int]) -> int:
        index = 0
        for feature, bounds in zip(self.features, self.bounds, strict=True):
            index = index * (len(bounds) + 1) + bisect_left(bounds, values[feature])
        return self.entries[index]


class Scorer:
    """Tables over the columns of one set of features."""

    def __init__(self, features: Sequence[str], bias: int, tables: Sequence[Table]) -> None:
        self.features = tuple(features)
        self.bias = bias
        self.tables = tuple(tables)
        place = {feature: number for number, feature in enumerate(features)}
        self._singles: list[tuple[int, bytes]] = []
        self._pairs: list[tuple[int, int, bytes, bytes, bytes]] = []
        for table in tables:
            columns = [place[feature] for feature in table.features]
            for entries in _byte_sized(table.entries):
                if len(columns) == 1:
                    self._singles.append((columns[0], _spread(table.bounds[0], entries)))
                else:
                    first, second = _numbering(table.bounds[0], 16), _numbering(table.bounds[1], 1)
                    width = len(table.bounds[1]) + 1
                    grid = bytearray([_ZERO] * 256)
                    for index, entry in enumerate(entries):
                        grid[16 * (index // width) + index % width] = entry
                    self._pairs.append((columns[0], columns[1], first, second, bytes(grid)))
        self._base = bias - _ZERO * (len(self._singles) + len(self._pairs))

    def scores(self, features: Sequence[Sequence[int]]) -> list[float]:
        """The log odds of each passage; `features` are columns, whole numbers below 256."""
        count = len(features[0])
        if not count:
            return []
        columns = [bytes(column) for column in features]
        half = (count + 1) // 2
        mask = int.from_bytes(b"\xff\x00" * half, "little")
        even = odd = 0
        for column, table in self._singles:
            lanes = int.from_bytes(columns[column].translate(table), "little")
            even += lanes & mask
            odd += (lanes >> 8) & mask
        for first, second, rows_of, columns_of, table in self._pairs:
            index = int.from_bytes(columns[first].translate(rows_of), "little")
            index |= int.from_bytes(columns[second].translate(columns_of), "little")
            lanes = int.from_bytes(index.to_bytes(count, "little").translate(table), "little")
            even += lanes & mask
            odd += (lanes >> 8) & mask
        layout = f"<{half}H"
        sums = [0] * (2 * half)
        sums[::2] = struct.unpack(layout, even.to_bytes(2 * half, "little"))
        sums[1::2] = struct.unpack(layout, odd.to_bytes(2 * half, "little"))
        base = self._base
        return [(total + base) / UNITS for total in sums[:count]]


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learnt: weights of names and words, and the tables of both looks."""

    version: str
    lexicon: Lexicon
    first: Scorer
    second: Scorer


@lru_cache(maxsize=1)
def load_model() -> Model:
    data = json.loads(files("scraper.extractor.text").joinpath("body_weights.json").read_text("utf-8"))
    return Model(
        version=data["version"],
        lexicon=Lexicon(NameWeights(data["names"]), data["words"], data["openings"]),
        first=_scorer(data["first"]),
        second=_scorer(data["second"]),
    )


def _scorer(data: Mapping[str, Any]) -> Scorer:
    tables = [
        Table(tuple(table["of"]), tuple(tuple(bounds) for bounds in table["bounds"]), tuple(table["entries"]))
        for table in data["tables"]
    ]
    return Scorer(data["features"], data["bias"], tables)


def _byte_sized(entries: Sequence[int]) -> list[list[int]]:
    """`entries` as one or more tables whose entries fit a byte and add up to them."""
    parts = max(1, -(-max(map(abs, entries)) // 127))
    return [[_ZERO + entry // parts + (1 if part < entry % parts else 0) for entry in entries] for part in range(parts)]


def _spread(bounds: Sequence[int], entries: Sequence[int]) -> bytes:
    return bytes(entries[bisect_left(bounds, value)] for value in range(256))


def _numbering(bounds: Sequence[int], factor: int) -> bytes:
    return bytes(min(255, factor * bisect_left(bounds, value)) for value in range(256))
