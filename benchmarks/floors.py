"""Pinned figures that never fall in silence: read, compared, raised, written. Measures nothing itself."""

import math
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

Figures = Mapping[str, Mapping[str, float]]
"""Values by data set, then by measure."""

_OF_LINKS: Final = ("link", "related", "recent", "popular", "neighbour", "heading", "linktitle")

MEASURES: Mapping[str, bool] = MappingProxyType(
    {
        "wf": True,
        "sF1": True,
        "pf": True,
        "with": True,
        "without_any": False,
        "segF1": True,
        "lead": True,
        "title_ok": True,
        "title_fuzzy": True,
        "date_ok": True,
        "date_wrong": False,
        "auth_f": True,
        "auth_spurious": False,
        "topic_f": True,
        "cat_f": True,
        "lang_ok": True,
        "site_ok": True,
        "crashes": False,
        **{f"{kind}_{letter}": True for kind in _OF_LINKS for letter in "pr"},
    }
)
"""The measures that are pinned, and whether more is better. Times are not: they are the machine's as much as ours."""

_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Fall:
    """One figure on the wrong side of its floor; `value` is None where it is no longer measured at all."""

    dataset: str
    measure: str
    floor: float
    value: float | None

    def __str__(self) -> str:
        now = "not measured any more" if self.value is None else f"{self.value:.4f}"
        bound = "at least" if MEASURES[self.measure] else "at most"
        return f"{self.dataset:12} {self.measure:14} {now}, pinned: {bound} {self.floor:.{_DIGITS}f}"


def read(path: Path) -> dict[str, dict[str, float]]:
    """The floors in `path`; none where there is no such file. Raises ValueError for a measure that is not pinned."""
    if not path.exists():
        return {}
    floors = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = {measure for values in floors.values() for measure in values} - set(MEASURES)
    if unknown:
        raise ValueError(f"{path}: unknown measures: {', '.join(sorted(unknown))}")
    return {dataset: {name: float(value) for name, value in values.items()} for dataset, values in floors.items()}


def write(path: Path, floors: Figures) -> None:
    """Write `floors` in a form that reads well in a diff: a line for each figure."""
    lines = ["# The figures that `python -m benchmarks.quality` and `benchmarks.links` defend; lowered only by name."]
    for dataset, values in floors.items():
        lines += ["", f"[{dataset}]"]
        lines += [_line(measure, values[measure]) for measure in MEASURES if measure in values]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def falls(floors: Figures, measured: Figures) -> list[Fall]:
    """Every floor of the data sets that were measured which does not hold."""
    return [
        Fall(dataset, measure, floor, values.get(measure))
        for dataset, values in measured.items()
        for measure, floor in floors.get(dataset, {}).items()
        if measure not in values or _better(measure, floor, _pinnable(measure, values[measure]))
    ]


def raised(floors: Figures, measured: Figures, lower: Collection[str] = ()) -> dict[str, dict[str, float]]:
    """The floors with every figure that became better, and every new one. Only the measures in `lower` may fall."""
    result = {dataset: dict(values) for dataset, values in floors.items()}
    for dataset, values in measured.items():
        pinned = result.setdefault(dataset, {})
        for measure in MEASURES.keys() & values.keys():
            value = _pinnable(measure, values[measure])
            if measure not in pinned or measure in lower or _better(measure, value, pinned[measure]):
                pinned[measure] = value
    return result


def _better(measure: str, one: float, other: float) -> bool:
    return one > other if MEASURES[measure] else one < other


def _pinnable(measure: str, value: float) -> float:
    """`value` in the digits of the file, rounded to the lenient side, so that what was pinned holds when run again."""
    scale = 10.0**_DIGITS
    exact = round(value * scale, 6)
    return (math.floor(exact) if MEASURES[measure] else math.ceil(exact)) / scale


def _line(measure: str, value: float) -> str:
    return f"{measure} = {value:.{_DIGITS}f}" + ("" if MEASURES[measure] else "  # at most")
