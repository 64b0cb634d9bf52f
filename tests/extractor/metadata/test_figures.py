"""Counts are read from what a page shows, whatever way the number is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.metadata.figures import comments_in, number_in, views_in


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("17 views", 17),
        ("1.204 Aufrufe", 1204),
        ("1,204 views", 1204),
        ("1 204 просмотра", 1204),
        ("12K views", 12_000),
        ("1.5k Views", 1_500),
        ("1,2 Mio. Aufrufe", 1_200_000),
        ("Views: 1,234", 1234),
        ("阅读 1234", 1234),
        ("2024 World views", None),
        ("17 comments", None),
        ("Interviews 3", None),
        ("View 6 images", None),
        ("View: 6", 6),
        ("View 5 comments", None),
        ("Temps de lecture : 4 min", None),
        ("4 min read", None),
    ],
)
def test_reads_how_often_something_was_seen(text: str, count: int | None) -> None:
    assert views_in(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0 Kommentare", 0),
        ("3 Kommentare ", 3),
        ("Kommentare (12)", 12),
        ("Aucun commentaire", 0),
        ("No Comments", 0),
        ("5件のコメント", 5),
        ("12 комментариев", 12),
        ("Leave a comment", None),
        ("Schreibe einen Kommentar", None),
        ("17 views", None),
        ("By Erik Holm on March 12, 2026 | Comments", None),
        ("December 22, 2023 Comment now!", None),
        ("12. März 2026 Kommentare", None),
        ("Sports columnistMarch 12, 2026 Comments", None),
        ("2023年12月22日 コメント", None),
        ("2026-03-12 Comments", None),
        ("Comments 12 March 2026", None),
        ("March 12, 2026 | 14 Comments", 14),
        ("12 March 2026 Comments (3)", 3),
        ("12.03.2026 3 Kommentare", 3),
        ("12 mars 2026, 20:02 · 3 commentaires", 3),
        ("2026 comments", 2026),
        ("#1 Kommentar von Erik", None),
    ],
)
def test_reads_how_many_comments_there_are(text: str, count: int | None) -> None:
    assert comments_in(text) == count


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from([",", ".", " ", "\u00a0", "'"]))
def test_grouping_of_thousands_does_not_change_a_number(number: int, separator: str) -> None:
    assert number_in(f"{number:,}".replace(",", separator)) == number


@given(st.text(max_size=80))
def test_reads_any_text_without_error(text: str) -> None:
    assert all(count is None or count >= 0 for count in (views_in(text), comments_in(text), number_in(text)))
