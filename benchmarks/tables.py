"""Trees of at most two splits merged into tables: what they add for every bin of one feature, or of two together."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import floor

import lightgbm

from scraper.extractor.text.scorer import UNITS

# The scorer keeps the bins of a pair in a byte, four bits for each feature.
_MOST_BOUNDS = 15
Tree = dict


def to_tables(model: lightgbm.Booster, features: Sequence[str]) -> dict:
    """The model as `Scorer` reads it; entries are rounded to whole units, and their means moved to the bias."""
    bias = 0.0
    by_features: dict[tuple[int, ...], list[Tree]] = {}
    for info in model.dump_model()["tree_info"]:
        tree = info["tree_structure"]
        used = tuple(sorted({node["split_feature"] for node in _splits(tree)}))
        by_features.setdefault(used, []).append(tree)
    tables = []
    for used, trees in by_features.items():
        if not used:
            bias += sum(tree["leaf_value"] for tree in trees)
            continue
        for group in _groups(trees, used):
            bounds = [_bounds(group, feature) for feature in used]
            values = list(_values(group, used, bounds))
            mean = sum(values) / len(values)
            bias += mean
            entries = [round((value - mean) * UNITS) for value in values]
            tables.append({"of": [features[feature] for feature in used], "bounds": bounds, "entries": entries})
    return {"features": list(features), "bias": round(bias * UNITS), "tables": tables}


def _splits(node: Tree) -> Iterator[Tree]:
    if "split_feature" in node:
        yield node
        yield from _splits(node["left_child"])
        yield from _splits(node["right_child"])


def _bounds(trees: Sequence[Tree], feature: int) -> list[int]:
    splits = (split for tree in trees for split in _splits(tree))
    return sorted({floor(split["threshold"]) for split in splits if split["split_feature"] == feature})


def _groups(trees: Sequence[Tree], used: Sequence[int]) -> Iterator[list[Tree]]:
    """The trees in as few groups as have bounds that fit one table each."""
    group: list[Tree] = []
    for tree in trees:
        if len(used) > 1 and any(len(_bounds([*group, tree], feature)) > _MOST_BOUNDS for feature in used):
            yield group
            group = []
        group.append(tree)
    yield group


def _values(trees: Sequence[Tree], used: Sequence[int], bounds: Sequence[Sequence[int]]) -> Iterator[float]:
    """What the trees add, for each combination of bins, the last feature's bins running fastest."""
    for bins in product(*[[*ends, float("inf")] for ends in bounds]):
        point = dict(zip(used, bins, strict=True))
        yield sum(_value(tree, point) for tree in trees)


def _value(node: Tree, point: dict[int, float]) -> float:
    while "split_feature" in node:
        node = node["left_child" if point[node["split_feature"]] <= node["threshold"] else "right_child"]
    return node["leaf_value"]
