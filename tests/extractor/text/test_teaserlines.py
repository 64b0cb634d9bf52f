"""Lines of a text that only lead to another article."""

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.teaserlines import without_teaser_lines

TEXT = "The lock keeper counted the boats twice that morning, because nobody would have believed the number."


def kept_of(line: str) -> list[str]:
    return [passage.text for passage in without_teaser_lines(linearize(parse(f"<p>{TEXT}</p><p>{line}</p>").root))]


@pytest.mark.parametrize(
    "line",
    [
        "Read also: <a href='/b'>Who pays for the swans</a>",
        "[Related: <a href='/b'>Who pays for the swans</a>]",
        "(MORE: <a href='/b'>Who pays for the swans</a>)",
        "&gt;&gt; Read more: <a href='/b'>Who pays for the swans</a>",
        "WATCH | <a href='/b'>Four hundred boats in a minute</a>",
        "VIDEO: <a href='/b'>Vierhundert Boote in einer Minute</a>",
        "Lesen Sie auch: <a href='/b'>Wer die Schwäne bezahlt</a>",
        "PUEDES VER: <a href='/b'>Quién paga los cisnes</a>",
        "Lire – <a href='/b'>Qui paie pour les cygnes</a>",
        "Zobacz: <a href='/b'>Kto płaci za łabędzie</a>",
        "Читайте: <a href='/b'>Кто платит за лебедей</a>",
        "Baca: <a href='/b'>Siapa membayar angsa</a>",
    ],
)
def test_a_line_that_is_an_introduction_and_a_link_is_left_out(line: str) -> None:
    assert kept_of(line) == [TEXT]


@pytest.mark.parametrize(
    "line",
    [
        "More: the council wants <a href='/b'>swans</a> of its own.",
        "Watch: nobody else will count them.",
        "Winner: <a href='/b'>Ada Ruder</a>",
        "<a href='/b'>Who pays for the swans</a>",
        "More than <a href='/b'>four hundred boats: the list</a>",
    ],
)
def test_a_line_with_words_of_its_own_stays(line: str) -> None:
    assert len(kept_of(line)) == 2
