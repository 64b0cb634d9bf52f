"""Paragraphs that stand among those of the text."""

from collections.abc import Callable

from scraper.extractor.page.document import parse
from scraper.extractor.text.choice import passages_of
from scraper.extractor.text.passages import Passage
from scraper.extractor.text.siblings import with_siblings

LINE = "The lock keeper counted the boats twice that morning, because nobody would have believed the number, he said."


def paragraphs(count: int, line: str = LINE) -> str:
    return "".join(f"<p>{number}. {line}</p>" for number in range(count))


def kept_of(page: str, is_kept: Callable[[int, Passage], bool]) -> list[str]:
    passages = passages_of(parse(page).root)
    kept = with_siblings(passages, [is_kept(index, passage) for index, passage in enumerate(passages)])
    return [passage.text for passage, keep in zip(passages, kept, strict=True) if keep]


def test_a_long_text_of_which_only_the_beginning_was_kept_is_whole() -> None:
    page = f"<div class='odd'>{paragraphs(60)}</div><div class='more'>{paragraphs(9)}</div>"

    assert len(kept_of(page, lambda index, _: index < 8)) == 60


def test_parts_of_the_same_names_belong_together() -> None:
    part = f"<section class='part'><div class='words'>{paragraphs(4)}</div></section>"
    other = f"<aside class='part'><div class='words'>{paragraphs(4)}</div></aside>"

    assert len(kept_of(f"<main>{part * 6}{other}</main>", lambda index, _: index < 12)) == 24


def test_parts_that_differ_in_their_ids_belong_together() -> None:
    parts = "".join(f"<section class='letter' id='letter{number}'>{paragraphs(4)}</section>" for number in range(6))

    assert len(kept_of(f"<main>{parts}</main>", lambda index, _: index < 12)) == 24


def test_an_id_that_speaks_against_a_part_counts() -> None:
    page = f"<div class='box' id='text'>{paragraphs(20)}</div><div class='box' id='sidebar'>{paragraphs(9)}</div>"

    assert len(kept_of(page, lambda index, _: index < 20)) == 20


def test_little_says_nothing_of_what_stands_beside_it() -> None:
    assert len(kept_of(f"<div>{paragraphs(60)}</div>", lambda index, _: index < 3)) == 3


def test_a_small_part_says_nothing_of_other_places() -> None:
    page = "".join(f"<section class='part'><div class='words'>{paragraphs(4)}</div></section>" for _ in range(20))

    assert len(kept_of(page, lambda index, _: 40 <= index < 52)) == 12


def test_labels_headings_code_and_links_are_judged_by_themselves() -> None:
    others = f"<p>Read on.</p><h2>{LINE}</h2><pre>{LINE}</pre><p><a href='/boats'>{LINE}</a></p>"

    assert len(kept_of(f"<div>{paragraphs(20)}{others}</div>", lambda index, _: index < 10)) == 20


def test_lists_of_credits_are_judged_by_themselves() -> None:
    names = "<p>Photographs: Ada Ruder<br>Styling: Jo Oar<br>Hair: Lee Keel<br>Boats: The Lower Gate, Fördehafen</p>"

    assert len(kept_of(f"<div>{paragraphs(20)}{names}</div>", lambda index, _: index < 10)) == 20


def test_nothing_is_kept_of_nothing() -> None:
    assert kept_of(f"<div>{paragraphs(20)}</div>", lambda *_: False) == []
    assert list(with_siblings([], [])) == []
