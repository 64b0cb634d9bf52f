"""How a text ends: with its own last words."""

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.endings import without_loose_end

TEXT = "The lock keeper counted the boats twice that morning, because nobody would have believed the number."


def ended(last: str) -> list[str]:
    passages, _ = without_loose_end(linearize(parse(f"<div><p>{TEXT}</p>{last}</div>").root))
    return [passage.text for passage in passages]


@pytest.mark.parametrize("label", ["RELATED CONTENT:", "Quellen:", "En savoir plus :", "もっと読む："])
def test_a_label_of_nothing_is_no_end(label: str) -> None:
    assert ended(f"<p>{label}</p>") == [TEXT]
    assert ended(f"<h3>More boats</h3><p>{label}</p>") == [TEXT]


def test_a_label_with_something_below_stays() -> None:
    assert ended("<p>Quellen:</p><p>The keeper's own book.</p>") == [TEXT, "Quellen:", "The keeper's own book."]


def test_a_text_that_is_one_label_stays() -> None:
    passages, _ = without_loose_end(linearize(parse("<p>Quellen:</p>").root))
    assert [passage.text for passage in passages] == ["Quellen:"]
