"""Which passages are kept: the best expected F1, and nothing twice."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.page.document import parse
from scraper.extractor.text.choice import best_share, chances_of, choose, passages_of, score
from scraper.extractor.text.features import Hints

PROSE = [
    "The lock keeper counted the boats twice that morning, because nobody would have believed the number.",
    "Four hundred and eleven had passed by noon, most of them rowed by people who had never held an oar before.",
    "“We ran out of river,” said the keeper, who has worked at the lower gate for nineteen years.",
    "The council will discuss in September whether the race may be held again, and who pays for the swans.",
]


def article(extra: str = "") -> str:
    text = "".join(f"<p>{line}</p>" for line in PROSE)
    menu = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("News", "Sport", "Culture", "Weather"))
    return (
        f"<html><body><nav class='menu'><ul>{menu}</ul></nav><article class='article'><h1>Boats</h1>"
        f"<div class='article-body'>{text}</div></article>{extra}<footer><p>© The Paper</p></footer></body></html>"
    )


@given(st.lists(st.tuples(st.floats(0.001, 0.999), st.integers(1, 500)), min_size=1, max_size=7))
def test_no_other_choice_promises_more(passages: list[tuple[float, int]]) -> None:
    chances, sizes = [chance for chance, _ in passages], [size for _, size in passages]
    expected = sum(chance * size for chance, size in passages)

    def promise(kept: tuple[bool, ...]) -> float:
        hit = sum(chance * size for (chance, size), keep in zip(passages, kept, strict=True) if keep)
        taken = sum(size for size, keep in zip(sizes, kept, strict=True) if keep)
        return 2 * hit / (taken + expected)

    kept, promised = best_share(chances, sizes)

    assert abs(promised - promise(tuple(kept))) < 1e-9
    assert promised >= max(promise(choice) for choice in product((False, True), repeat=len(sizes))) - 1e-9


def test_nothing_is_chosen_from_nothing() -> None:
    assert best_share([], []) == ([], 0.0)
    assert choose([], Hints()).passages == []


def test_text_is_kept_and_the_menu_is_not() -> None:
    chosen = choose(passages_of(parse(article()).root), Hints(title="Boats"))

    assert [passage.text for passage in chosen.passages] == PROSE
    assert chosen.confidence > 0.5


def test_a_copy_for_small_screens_is_kept_once() -> None:
    copy = "<div class='mobile article-body'>" + "".join(f"<p>{line}</p>" for line in PROSE) + "</div>"
    chosen = choose(passages_of(parse(article(copy)).root), Hints(title="Boats"))

    assert len({passage.text for passage in chosen.passages}) == len(chosen.passages)


def test_every_score_is_there_to_be_read() -> None:
    scores = score(passages_of(parse(article()).root), Hints())

    count = len(scores.measured.passages)
    assert [len(part) for part in (scores.first, scores.second, scores.kept)] == [count] * 3
    assert all(0 < chance < 1 for chance in chances_of(scores.second))


def test_captions_in_paragraphs_are_left_out() -> None:
    caption = "<p>The keeper at the lower gate in May. Photo: Ada Ruder/The Ferry</p>"
    page = article().replace("</p><p>", f"</p>{caption}<p>", 1)

    assert [passage.text for passage in choose(passages_of(parse(page).root), Hints(title="Boats")).passages] == PROSE


def test_the_subtitle_is_the_first_paragraph() -> None:
    line = "Vierhundert Boote in einem Tor"
    page = article().replace("<h1>Boats</h1>", f"<h1>Boats</h1><div class='share buttons'><div>{line}</div></div>")
    chosen = choose(passages_of(parse(page).root), Hints(title="Boats", subtitle=line))

    assert [passage.text for passage in chosen.passages] == [line, *PROSE]
