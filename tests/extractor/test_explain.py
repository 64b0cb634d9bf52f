"""The reasons given add up to the score that decided."""

from math import exp

import pytest

from scraper.extractor.explain import explain
from scraper.extractor.page.document import parse
from scraper.extractor.text.model import load_model
from scraper.extractor.text.scorer import UNITS

PROSE = [
    "The lock keeper counted the boats twice that morning, because nobody would have believed the number.",
    "Four hundred and eleven had passed by noon, most of them rowed by people who had never held an oar before.",
]
PAGE = (
    "<nav class='menu'><ul><li><a href='/news'>News</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    "<article class='article'><h1>Boats</h1><div class='article-body'>"
    + "".join(f"<p>{line}</p>" for line in PROSE)
    + "</div></article>"
)


def test_reasons_add_up_to_the_chance() -> None:
    bias = load_model().second.bias / UNITS
    for decision in explain(parse(PAGE)):
        if decision.chance is not None:
            odds = bias + sum(reason.weight for reason in decision.second)
            assert decision.chance == pytest.approx(1 / (1 + exp(-odds)))


def test_every_passage_is_listed_with_what_became_of_it() -> None:
    decisions = explain(parse(PAGE))

    assert [decision.text for decision in decisions if decision.kept] == PROSE
    menu = [decision for decision in decisions if decision.text == "News"]
    assert [(decision.kept, decision.chance) for decision in menu] == [(False, None)]
    assert next(d.path for d in decisions if d.text == PROSE[0]).endswith("div.article-body > p")
