"""Where links lead: one spelling per address, and which may be another article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scraper.extractor.links.anchors import Anchor, Anchors, label_of
from scraper.urls import canonicalize

PAGE = "https://www.example.org/city/a-story"


def anchors() -> Anchors:
    return Anchors(PAGE, PAGE)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/city/b-story", "https://www.example.org/city/b-story"),
        ("c-story", "https://www.example.org/city/c-story"),
        ("?p=3", "https://www.example.org/city/a-story?p=3"),
        ("//EXAMPLE.net/x?utm_source=y", "https://example.net/x"),
        (" https://example.net/x/../y ", "https://example.net/y"),
        ("#comments", None),
        ("/city/a-story#comments", None),
        ("javascript:void(0)", None),
        ("mailto:desk@example.org", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_every_link_has_one_spelling_or_leads_nowhere(href: str | None, url: str | None) -> None:
    assert anchors().target(href) == url


@given(st.text("abcXYZ019-_~.%ä/?&=:# ", max_size=30))
def test_where_a_link_leads_is_in_its_one_spelling(href: str) -> None:
    url = anchors().target(href)

    assert url is None or url == canonicalize(url)


@pytest.mark.parametrize(
    ("href", "rel", "expected"),
    [
        ("/city/b-story", "", True),
        ("https://sport.example.org/a-match", "", True),
        ("https://example.net/elsewhere", "", False),
        ("/", "", False),
        ("/tag/bridges", "", False),
        ("/thema/rathaus-sagt-nein-zur-bruecke", "", True),
        ("/author/jane-doe/", "", False),
        ("/u/jane_doe", "", False),
        ("/p/abonnement.html", "", False),
        ("/files/report.pdf", "", False),
        ("/city/b-story", "sponsored", False),
        ("/city", "category tag", False),
    ],
)
def test_tells_what_may_be_another_article(href: str, rel: str, expected: bool) -> None:
    element = etree.Element("a", href=href, rel=rel)
    reader = anchors()
    url = reader.target(href)
    assert url is not None

    assert reader.may_be_article(Anchor(element, url)) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a-story-of-the-sea", True),
        ("/news/12345", True),
        ("/news/story.html", True),
        ("/index.php?id=7", True),
        ("/2020/02/05/ferry/", True),
        ("/2020/02/ferry", True),
        ("/2020/02/05/", False),
        ("/city", False),
        ("/about-us", False),
    ],
)
def test_tells_addresses_of_articles_from_those_of_sections(path: str, expected: bool) -> None:
    url = anchors().target(path)
    assert url is not None

    assert anchors().names_an_article(url) is expected


@pytest.mark.parametrize(
    ("html", "label"),
    [
        ("<a>The <b>sea</b></a>", "The sea"),
        ('<a title="The sea"><img alt="waves"/></a>', "The sea"),
        ('<a aria-label="The sea"/>', "The sea"),
        ('<a><img alt=""/><img alt="The sea"/></a>', "The sea"),
        ("<a/>", ""),
    ],
)
def test_a_link_says_its_text_else_what_stands_for_it(html: str, label: str) -> None:
    assert label_of(etree.fromstring(html)) == label
