"""The measure of near-duplicates counts what it says, on stories made up here, and pins a figure for each kind."""

import random
import tomllib

from benchmarks import duplicates
from benchmarks.duplicates import FLOORS, POSITIVES, THRESHOLDS, pairs, shares, text_of
from scraper.archiver.articles.duplicates import SIMILAR

_DICE = random.Random(3)
_WORDS = ["".join(_DICE.choices("abcdefghiklmnoprstu", k=_DICE.randint(3, 9))) for _ in range(3_000)]
STORIES = [(f"site{number % 4}.example", _DICE.choices(_WORDS, k=400)) for number in range(24)]


def test_copies_are_found_and_others_are_not() -> None:
    found, count, precision = shares(STORIES)
    at = THRESHOLDS.index(SIMILAR)
    assert set(POSITIVES) < set(found)
    assert count["edited 2 %"] == len(STORIES)
    assert count["same site"] + count["strangers"] == len(STORIES) * (len(STORIES) - 1) // 2
    for kind in ("edited 2 %", "cut to 80 %", "paragraphs reordered", "ticker, twice as long", "agency copy"):
        assert found[kind][at] > 0.9, kind
    assert all(row[at] == 0 for kind, row in found.items() if kind not in POSITIVES)
    assert precision[at] == 1


def test_pairs_are_the_same_in_every_run() -> None:
    few = STORIES[:14]
    assert [(pair.kind, pair.other) for pair in pairs(few)] == [(pair.kind, pair.other) for pair in pairs(few)]


def test_a_higher_threshold_finds_no_more() -> None:
    found, _, _ = shares(STORIES[:14])
    assert all(row == sorted(row, reverse=True) for row in found.values())


def test_a_text_is_found_by_itself_and_every_kind_has_its_floor() -> None:
    text = text_of(STORIES[0][1])
    assert duplicates.is_found(text, text, 1.0)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    assert {pair.kind for pair in pairs(STORIES[:14])} <= set(floors)
