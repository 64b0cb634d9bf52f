"""The standfirst as the first paragraph."""

from scraper.extractor.page.document import parse
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.standfirst import with_standfirst

LINE = "Vierhundert Boote in einem Tor – wer bezahlt die Schwäne?"
TEXT = "<p>The lock keeper counted the boats twice that morning, because nobody would have believed it.</p>"
PAGE = f"<header><h1>Boats</h1><span>3 min</span><p>{LINE}</p></header><div>{TEXT}<p>{LINE}</p></div>"


def kept_of(page: str, subtitle: str | None, *, but: int = 1) -> list[str]:
    """What is kept of a page of which only the passage with the text was, the `but`-th from the end."""
    passages = linearize(parse(page).root)
    kept = with_standfirst(passages, [place == len(passages) - 1 - but for place in range(len(passages))], subtitle)
    return [passage.text for passage, keep in zip(passages, kept, strict=True) if keep]


def test_the_subtitle_before_the_text_is_kept() -> None:
    assert kept_of(PAGE, LINE)[0] == LINE
    assert len(kept_of(PAGE, "vierhundert Boote in einem Tor: Wer bezahlt die Schwäne")) == 2


def test_what_says_something_else_is_judged_by_itself() -> None:
    assert len(kept_of(PAGE, "Vierhundert Boote in einem Tor, und neun Schwäne")) == 1
    assert len(kept_of(PAGE, None)) == 1
    assert len(kept_of(PAGE, "3 min")) == 1


def test_behind_the_beginning_of_the_text_it_is_no_standfirst() -> None:
    assert len(kept_of(f"<div>{TEXT}<p>{LINE}</p></div>", LINE)) == 1


def test_without_a_text_there_is_none() -> None:
    passages = linearize(parse(PAGE).root)

    assert not any(with_standfirst(passages, [False] * len(passages), LINE))
    assert list(with_standfirst([], [], LINE)) == []
