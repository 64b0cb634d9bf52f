"""Invented Latin in the place of a text."""

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.fillers import without_fillers

TEXT = [
    "The lock keeper counted the boats twice that morning, because nobody would have believed the number.",
    "Four hundred and eleven had passed by noon, most of them rowed by people who had never held an oar before.",
]
FILLER = "Dolorem ipsam et cumque delectus. Laboriosam rerum sint qui natus tenetur; quia voluptatem omnis est iure."


def kept_of(lines: list[str]) -> list[str]:
    page = "".join(f"<p>{line}</p>" for line in lines)
    return [passage.text for passage in without_fillers(linearize(parse(f"<div>{page}</div>").root))]


def test_a_filler_below_a_text_is_left_out() -> None:
    assert kept_of([*TEXT, FILLER, FILLER.upper(), "Lorem ipsum dolor sit amet, consectetur adipiscing elit."]) == TEXT


def test_a_page_of_fillers_shows_a_layout() -> None:
    lines = [TEXT[0], FILLER, FILLER]

    assert kept_of(lines) == lines


@pytest.mark.parametrize(
    "line",
    [
        "Typesetters have set the words Lorem ipsum dolor where no text was yet since the days of lead, she said.",
        "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani, et dolor adest.",
        "El dolor de los remeros era tan grande que nadie quiso remar otra vez aquel verano en el canal.",
        "A doloribus",
    ],
)
def test_what_only_shares_its_words_stays(line: str) -> None:
    assert kept_of([*TEXT, line]) == [*TEXT, line]
