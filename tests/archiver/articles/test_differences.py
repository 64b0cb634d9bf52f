"""Differences: complete whatever the texts are, and small where little changed."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archiver.articles.differences import difference

_WORDS = st.sampled_from(["Der", "Rat", "tagt", "tagt.", "morgen", "–", "„nein“", "\n\n", "\n", " ", "Ja!", "1.5", "ß"])
_TEXTS = st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=60)


def _marked(old: str, new: str) -> str:
    marks = {"equal": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return "".join(marks[piece.change].format(piece.text) for piece in difference(old, new))


@settings(max_examples=300, deadline=None)
@given(old=_TEXTS, new=_TEXTS)
def test_both_texts_can_be_read_from_their_difference(old: str, new: str) -> None:
    pieces = difference(old, new)

    assert "".join(piece.text for piece in pieces if piece.change != "inserted") == old
    assert "".join(piece.text for piece in pieces if piece.change != "deleted") == new
    assert all(piece.text for piece in pieces)
    assert all(one.change != other.change for one, other in pairwise(pieces))


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("", "", ""),
        ("The tide falls.", "The tide falls.", "The tide falls."),
        ("The tide falls.", "The tide rises.", "The tide [-falls-]{+rises+}."),
        ("Two tugs came.", "Two big tugs came.", "Two{+ big+} tugs came."),
        ("Two grey seals came.", "Two old boats came.", "Two [-grey seals-]{+old boats+} came."),
        ("One.\n\nTwo.", "One.\n\nNew here.\n\nTwo.", "One.\n\n{+New here.\n\n+}Two."),
        ("One.\n\nGone here.\n\nTwo.", "One.\n\nTwo.", "One.\n\n[-Gone here.\n\n-]Two."),
        (
            "The barge lies aground. Nobody on board was hurt.\n\nThe harbour is closed.",
            "A storm is coming.\n\nThe barge lies aground. Three on board were hurt.\n\nThe harbour is closed.",
            (
                "{+A storm is coming.\n\n+}The barge lies aground. [-Nobody-]{+Three+} on board [-was-]{+were+} hurt."
                "\n\nThe harbour is closed."
            ),
        ),
    ],
)
def test_only_what_changed_is_marked(old: str, new: str, marked: str) -> None:
    assert _marked(old, new) == marked


def test_a_changed_word_in_a_long_text_is_one_change() -> None:
    paragraphs = [f"Paragraph {number} speaks of tides, ships and the price of fish." for number in range(2_000)]
    old = "\n\n".join(paragraphs)
    new = old.replace("Paragraph 1234 speaks", "Paragraph 1234 sings")

    assert [(piece.change, piece.text) for piece in difference(old, new)][1:3] == [
        ("deleted", "speaks"),
        ("inserted", "sings"),
    ]
