"""Canonical addresses: believed only where they can be true."""

import pytest

from scraper.extractor.metadata.canonical import UNKNOWN, read_canonical
from scraper.extractor.page.document import parse

URL = "https://www.a.example/rivers?utm_source=x"


def canonical(href: str, url: str | None = URL) -> str:
    return read_canonical(parse(f'<head><link rel="canonical" href="{href}"></head>', url))[0]


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://www.a.example/2024/rivers", "https://www.a.example/2024/rivers"),
        ("/2024/rivers", "https://www.a.example/2024/rivers"),
        ("https://m.a.example/rivers", "https://m.a.example/rivers"),
        ("https://www.a.example/", "https://www.a.example/rivers"),
        ("https://b.example/rivers", "https://www.a.example/rivers"),
        ("https://b.example/", "https://www.a.example/rivers"),
        ("javascript:void(0)", "https://www.a.example/rivers"),
        ("", "https://www.a.example/rivers"),
    ],
)
def test_a_declared_address_is_taken_where_it_can_be_true(href: str, expected: str) -> None:
    assert canonical(href) == expected


def test_a_front_page_may_say_that_it_is_one() -> None:
    assert canonical("https://a.example/", "https://www.a.example/?start=1") == "https://www.a.example/?start=1"
    assert canonical("https://a.example/", "https://www.a.example/") == "https://a.example/"


def test_the_address_for_sharing_is_second() -> None:
    doc = parse('<meta property="og:url" content="https://www.a.example/2024/rivers">', URL)

    assert read_canonical(doc) == ("https://www.a.example/2024/rivers", "opengraph")


def test_a_page_from_nowhere_is_believed() -> None:
    assert canonical("https://a.example/rivers", None) == "https://a.example/rivers"
    assert read_canonical(parse("<p>Text</p>")) == (UNKNOWN, "url")


@pytest.mark.parametrize(
    ("href", "own", "believed"),
    [
        ("/politics/", "/politics/river-is-too-high/", False),
        ("/politics", "/politics/2026/03/river-is-too-high.html", False),
        ("/politics/river-is-too-high", "/politics/river-is-too-high/amp", True),
        ("/politics/river-is-too-high/", "/politics/river-is-too-high/2", True),
        ("/2026/river-is-too-high", "/2026/river-is-too-high/comments-on-the-river", True),
        ("/a17", "/a17/river-is-too-high", False),
        ("/article?id=17", "/article/river-is-too-high", True),
        ("/politics/", "/politics/page/2/", True),
        ("/river", "/politics/river-is-too-high", True),
    ],
)
def test_a_section_is_not_the_address_of_what_stands_in_it(href: str, own: str, believed: bool) -> None:
    assert (canonical(href, f"https://a.example{own}") == f"https://a.example{href}") is believed
