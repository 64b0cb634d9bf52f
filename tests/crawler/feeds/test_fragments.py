import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawler.feeds.fragments import to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (None, None),
        ("", None),
        (" \n ", None),
        ("plain", "plain"),
        ("two\n  lines", "two lines"),
        ("caf&eacute; &amp; tea", "café & tea"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("<b>bold</b>ly", "boldly"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("a<br>b<br/>c", "a b c"),
        ("<ul><li>x<li>y</ul>", "x y"),
        ("<p>shown</p><script>alert(1)</script><style>p{}</style>", "shown"),
        ("<p></p><img src=x>", None),
        ("https://a.example/?x=1&y=2", "https://a.example/?x=1&y=2"),
        ("<!-- hidden -->seen", "seen"),
        ("<?xml version='1.0'?><b>seen</b>", "seen"),
        ("https://a.example/<wbr>x", "https://a.example/x"),
    ],
)
def test_what_a_reader_sees(markup: str | None, text: str | None) -> None:
    assert to_text(markup) == text


@given(st.text(max_size=200))
def test_no_markup_breaks_it_and_the_result_is_one_line(markup: str) -> None:
    text = to_text(markup)

    assert text is None or (text and "\n" not in text and text == text.strip())


def test_long_markup_is_cut_before_it_costs_seconds() -> None:
    text = to_text("<p>word <b>" * 1_000_000)

    assert text
    assert len(text) < 70_000
