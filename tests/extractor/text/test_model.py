"""Tables added up a page at a time give what adding them up by hand gives."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.page.document import parse
from scraper.extractor.text import features, secondlook
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.model import load_model
from scraper.extractor.text.scorer import UNITS, Scorer, Table

NAMES = ("a", "b", "c")


@st.composite
def tables(draw: st.DrawFn) -> Table:
    used = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
    bounds = [tuple(sorted(draw(st.sets(st.integers(0, 254), max_size=15)))) for _ in used]
    size = 1
    for ends in bounds:
        size *= len(ends) + 1
    highest = draw(st.sampled_from((600, 20)))  # small entries are added up several to a byte
    entries = draw(st.lists(st.integers(-highest, highest), min_size=size, max_size=size))
    return Table(tuple(used), tuple(bounds), tuple(entries))


ROWS = st.lists(st.tuples(*[st.integers(0, 255)] * 3), max_size=9)


@given(st.lists(tables(), max_size=12), st.integers(-999, 999), ROWS)
def test_scores_are_the_bias_and_one_entry_of_every_table(made: list[Table], bias: int, rows: list[Any]) -> None:
    columns = [[row[place] for row in rows] for place in range(3)]
    expected = [(bias + sum(table.entry(dict(zip(NAMES, row, strict=True))) for table in made)) / UNITS for row in rows]

    assert Scorer(NAMES, bias, made).scores(columns) == expected


@pytest.mark.parametrize("count", [1, 2, 255, 3001])
def test_any_number_of_passages(count: int) -> None:
    table = Table(("a",), ((10,),), (-5, 7))
    column = [number % 20 for number in range(count)]

    scores = Scorer(("a",), 0, [table]).scores([column])

    assert scores == [(7 if value > 10 else -5) / UNITS for value in column]


def test_the_shipped_tables_fit_the_features_that_are_measured() -> None:
    model = load_model()

    assert model.first.features == features.FEATURES
    assert model.second.features == (*secondlook.FEATURES, *features.FEATURES)
    assert model.version


def test_a_passage_is_found_in_the_stated_text_wherever_it_stands_there() -> None:
    lines = [f"Line {number} of the harbour's chronicle." for number in range(9)]
    shown = [*lines[5:], "Nobody stated this line.", *lines[:5], lines[7], "Line"]
    passages = linearize(parse("".join(f"<p>{line}</p>" for line in shown)).root)

    measured = features.measure(passages, features.Hints(json_ld_body=" ".join(lines)), load_model().lexicon)

    declared = measured.columns[features.FEATURES.index("declared")]
    assert [*declared] == [1 if line.startswith("Nobody") else 2 for line in shown]
