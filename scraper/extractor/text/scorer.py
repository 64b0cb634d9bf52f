"""Learnt tables added up, a page at a time: a sum of table entries, so that every score can be read.

A passage is a byte: a table look-up for a whole page is one `bytes.translate`, and what is done alike for every table
is done once, on an integer as long as all tables' rows together. To make a few hundred tables affordable they are
brought together when they are loaded: each feature gets scales of at most sixteen bins that serve many tables, and
tables over the same two scales become one. As most entries are small, the tables lie in layers that add up within a
byte, so that only the few sums of layers need two. A table costs half a microsecond a page.
"""

import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

# Table entries are whole numbers of 1/32 of a unit of log odds.
UNITS = 32
# Two bins in a byte, four bits each.
_MOST_BOUNDS = 15
_HIGHEST = 255


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

    def numbers(self, firsts: Sequence[int], seconds: Sequence[int]) -> tuple[list[int], list[int]]:
        """What values of the first feature and of the second add to the number of an entry."""
        width = len(self.bounds[1]) + 1 if len(self.bounds) > 1 else 1
        rows = [width * bisect_left(self.bounds[0], value) for value in firsts]
        if len(self.bounds) == 1:
            return rows, [0] * len(seconds)
        return rows, [bisect_left(self.bounds[1], value) for value in seconds]


class _Scale:
    """One feature cut into bins that several tables can be read by."""

    def __init__(self, feature: str) -> None:
        self.feature = feature
        self.bounds: set[int] = set()

    def numbering(self) -> bytes:
        """The bin of every value."""
        bounds = sorted(self.bounds)
        return bytes(bisect_left(bounds, value) for value in range(256))

    def values(self) -> list[int]:
        """A value out of every bin."""
        return [*sorted(self.bounds), 255]


_Pair = tuple[_Scale, _Scale]
_Grid = list[int]
"""An entry for each byte: four bits for the bin of the first feature, four for the second."""


class _Row(NamedTuple):
    """A grid whose entries fit a byte, the highest of them, and the numbers of its two scales."""

    entries: bytes
    highest: int = 0
    first: int = 0
    second: int = 0


class Scorer:
    """Tables over the columns of one set of features."""

    def __init__(self, features: Sequence[str], bias: int, tables: Sequence[Table]) -> None:
        self.features = tuple(features)
        self.bias = bias
        self.tables = tuple(tables)
        grids = _joined(tables)
        column_of = {feature: number for number, feature in enumerate(features)}
        scales = list(dict.fromkeys(scale for pair in grids for scale in pair))
        self._scales = [(column_of[scale.feature], scale.numbering()) for scale in scales]
        self._base = bias
        rows: list[_Row] = []
        for (first, second), grid in grids.items():
            least = min(grid)
            self._base += least
            places = scales.index(first), scales.index(second)
            pieces = _byte_sized([entry - least for entry in grid])
            rows += [_Row(entries, max(entries), *places) for entries in pieces]
        rows, self._layers = _layered(rows)
        self._firsts = [row.first for row in rows]
        self._seconds = [row.second for row in rows]
        self._entries = [row.entries for row in rows]

    def scores(self, features: Sequence[Sequence[int]]) -> list[float]:
        """The log odds of each passage; `features` are columns, whole numbers below 256."""
        count = len(features[0])
        if not count or not self._entries:
            return [self._base / UNITS] * count
        width = count + count % 2
        columns = [bytes(column).ljust(width, b"\0") for column in features]
        bins = [columns[column].translate(numbering) for column, numbering in self._scales]
        index = _number(b"".join(map(bins.__getitem__, self._firsts))) << 4
        index |= _number(b"".join(map(bins.__getitem__, self._seconds)))
        places = index.to_bytes(width * len(self._entries), "little")
        rows = struct.unpack(f"{width}s" * len(self._entries), places)
        sums = _sums(b"".join(map(bytes.translate, rows, self._entries)), width, self._layers)
        base = self._base
        return [(total + base) / UNITS for total in sums[:count]]


def _number(row: bytes) -> int:
    return int.from_bytes(row, "little")


def _sums(rows: bytes, width: int, layers: int) -> list[int]:
    """The rows of `width` bytes added up, byte by byte; those of all layers in the same place fit a byte together."""
    size = len(rows) // layers
    lanes = _folded(_number(rows), layers, 8 * size)
    # Sixteen bits for each sum: every second byte, then the others.
    mask = _number(b"\xff\x00" * (size // 2))
    sums = [0] * width
    for offset in (0, 1):
        total = _folded((lanes >> (8 * offset)) & mask, size // width, 8 * width)
        sums[offset::2] = struct.unpack(f"<{width // 2}H", total.to_bytes(width, "little"))
    return sums


def _folded(number: int, rows: int, bits: int) -> int:
    """The sum of the rows of `bits` bits in `number`, by adding its upper half to the lower until one is left."""
    while rows > 1:
        rows -= rows // 2
        number = (number >> (rows * bits)) + (number & ((1 << (rows * bits)) - 1))
    return number


def _joined(tables: Iterable[Table]) -> dict[_Pair, _Grid]:
    """The tables added together as grids, by the scales that they are read by."""
    scales: dict[str, list[_Scale]] = {}
    members: dict[_Pair, list[Table]] = {}
    narrow = [part for table in tables for part in _narrow(table)]
    for table in sorted(narrow, key=lambda table: -len(table.features)):
        pair = [
            _scale_for(scales.setdefault(feature, []), feature, bounds)
            for feature, bounds in zip(table.features, table.bounds, strict=True)
        ]
        first, second = pair[0], pair[-1]
        if len(pair) == 1:  # it goes with any that is read by the same scale
            first, second = next((known for known in members if known[0] is first), (first, first))
        members.setdefault((first, second), []).append(table)
    return {pair: _grid(pair, together) for pair, together in members.items()}


def _narrow(table: Table) -> Iterator[Table]:
    """`table`, or several of no more bins than a scale has that add up to it: those of one feature may have more."""
    bounds, entries = table.bounds[0], table.entries
    while len(table.features) == 1 and len(bounds) > _MOST_BOUNDS:
        yield Table(table.features, (bounds[:_MOST_BOUNDS],), entries[: _MOST_BOUNDS + 1])
        last = entries[_MOST_BOUNDS]
        bounds = bounds[_MOST_BOUNDS:]
        entries = (0, *(entry - last for entry in entries[_MOST_BOUNDS + 1 :]))
    yield Table(table.features, (bounds, *table.bounds[1:]), entries)


def _scale_for(scales: list[_Scale], feature: str, bounds: Sequence[int]) -> _Scale:
    """The first of `scales` that has room for `bounds`, or one more."""
    for scale in scales:
        if len(scale.bounds.union(bounds)) <= _MOST_BOUNDS:
            break
    else:
        scale = _Scale(feature)
        scales.append(scale)
    scale.bounds.update(bounds)
    return scale


def _grid(pair: _Pair, tables: Sequence[Table]) -> _Grid:
    firsts, seconds = (scale.values() for scale in pair)
    sums = [[0] * len(seconds) for _ in firsts]
    for table in tables:
        rows, columns = table.numbers(firsts, seconds)
        for line, row in zip(sums, rows, strict=True):
            for place, column in enumerate(columns):
                line[place] += table.entries[row + column]
    least = min(map(min, sums))
    lines = [line + [least] * (16 - len(line)) for line in sums]
    return [*chain.from_iterable(lines)] + [least] * (256 - 16 * len(lines))


def _layered(rows: list[_Row]) -> tuple[list[_Row], int]:
    """The rows in as many layers, of one length and one behind the other, as add up within a byte; their number.

    The highest rows meet the lowest; rows of noughts fill the last layer.
    """
    ordered = sorted(rows, key=lambda row: row.highest, reverse=True)
    best, layers = ordered, 1
    while 2 * layers <= len(ordered):
        size = -(-len(ordered) // (2 * layers))
        filled = ordered + [_Row(bytes(256))] * (2 * layers * size - len(ordered))
        parts = [filled[start : start + size] for start in range(0, len(filled), size)]
        parts[1::2] = [part[::-1] for part in parts[1::2]]
        if max(sum(row.highest for row in column) for column in zip(*parts, strict=True)) > _HIGHEST:
            break
        best, layers = [row for part in parts for row in part], 2 * layers
    return best, layers


def _byte_sized(grid: _Grid) -> Iterator[bytes]:
    """One or more tables whose entries fit a byte and add up to those of `grid`, none of which is below nought."""
    while max(grid) > _HIGHEST:
        yield bytes([min(entry, _HIGHEST) for entry in grid])
        grid = [max(0, entry - _HIGHEST) for entry in grid]
    if any(grid):
        yield bytes(grid)
