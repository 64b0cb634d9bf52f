"""A page becomes one record: rules before profiles before generic reading, and nothing raises."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.extractor.extract import EXTRACTOR, extract
from scraper.records import FeedEntry, PageKind, Precision, Timestamp
from scraper.rules.site_rules import SiteRule, read_rules

URL = "https://www.example.org/harbour/the-crane-is-back"
TEXT = "The crane that used to stand on the east quay is back, and half of the town came to see it swing again. " * 3
PAGE = f"""
<html lang="en"><head><title>The crane is back | Harbour Post</title>
<meta property="og:title" content="The crane is back"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2026-03-05T09:30:00+01:00"></head>
<body><header><h1>The crane is back</h1><p class="kicker">Quays</p></header>
<article><p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p></article>
<div class="box"><h3>Most read</h3>
<ul><li><a href="/harbour/why-the-bells-are-silent">Why the bells are silent</a></li></ul></div>
</body></html>
"""


def rule(**fields: str) -> SiteRule:
    (found,), problems = read_rules([{"name": "example", "hosts": "example.org", "fields": fields}], "sites")
    assert problems == ()
    return found


def test_gives_the_record_of_a_page_without_knowing_the_site() -> None:
    article = extract(PAGE, URL)

    assert article.kind is PageKind.ARTICLE
    assert article.url == URL
    assert article.title == "The crane is back"
    assert article.authors == ("Jane Doe",)
    assert str(article.published) == "2026-03-05T09:30:00+01:00"
    assert article.body is not None
    assert article.body.split("\n\n") == [TEXT.strip()] * 3
    assert article.language == "en"
    assert [link.title for link in article.links] == ["Why the bells are silent"]
    assert article.word_count == len(TEXT.split()) * 3
    assert article.extractor == EXTRACTOR


def test_a_rule_wins_for_the_fields_it_finds_and_only_for_those() -> None:
    article = extract(PAGE, URL, rules=[rule(categories=".kicker", title=".no-such-thing")])

    assert article.categories == ("Quays",)
    assert article.sources["categories"] == "rule"
    assert article.title == "The crane is back"
    assert article.sources["title"] != "rule"


def test_a_rule_may_name_the_element_that_holds_the_text() -> None:
    article = extract(PAGE, URL, rules=[rule(body="header")])

    assert article.body is not None
    assert "Quays" in article.body
    assert TEXT.strip() not in article.body
    assert article.sources["body"] == "rule"


def test_rules_for_other_hosts_say_nothing() -> None:
    article = extract(PAGE, "https://www.example.net/x", rules=[rule(title=".kicker")])

    assert article.title == "The crane is back"


def test_a_text_behind_a_password_is_not_kept() -> None:
    page = PAGE.replace("</head>", '<meta name="generator" content="WordPress 6.1"></head>').replace(
        "<article>", '<article><form class="post-password-form"><input type="password"></form>'
    )

    article = extract(page, URL)

    assert article.kind is PageKind.PROTECTED
    assert article.body is None
    assert article.body_html is None
    assert article.blocks == ()
    assert article.word_count == 0


def test_the_feed_entry_fills_what_the_page_lacks() -> None:
    page = PAGE.replace("2026-03-05T09:30:00+01:00", "2026-03-05").replace("Jane Doe", "")
    at = Timestamp(
        at=datetime(2026, 3, 5, 8, 30, 12, tzinfo=UTC), offset_minutes=60, precision=Precision.SECOND, raw="feed"
    )

    article = extract(page, URL, entry=FeedEntry(published=at, authors=("Erika Muster",), categories=("Quays",)))

    assert str(article.published) == "2026-03-05T09:30:12+01:00"
    assert article.authors == ("Erika Muster",)
    assert article.sources["published"] == "feed"


def test_words_are_counted_and_characters_where_nothing_parts_words() -> None:
    page = f"<article>{'<p>港のクレーンが戻ってきた、町の半分が見に来た。</p>' * 8}</article>"

    assert extract(page, URL, rules=[rule(body="article")]).word_count == 21 * 8


def test_bytes_and_text_give_the_same_record() -> None:
    assert extract(PAGE.encode(), URL) == extract(PAGE, URL)


@pytest.mark.parametrize(
    "page", ["", b"", "<", "<html>", b"\xff\xfe\x00", "\x00" * 50, "<p>", "plain text only", "]]>"]
)
def test_an_empty_page_gives_an_empty_record(page: bytes | str) -> None:
    article = extract(page, URL)

    assert article.url == URL
    assert article.images == ()


def test_a_page_without_any_address_gives_a_record_too() -> None:
    assert extract(PAGE).title == "The crane is back"


_SNIPPETS = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<article>",
        "<p>Some text that is long enough to be a paragraph of an article, more or less.</p>",
        "<h1>Title</h1>",
        '<a href="http://[bad">x</a>',
        '<a href="/a-b-c-d">A story of the sea</a>',
        "<h3>Most read</h3>",
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":1,"author":[[]]}</script>',
        '<script type="application/ld+json">{"@type":"NewsArticle","image":{"url":null}}</script>',
        '<script type="application/ld+json">{"@graph":[[[{"@type":["X",2]}]]}</script>',
        '<script id="__NEXT_DATA__">{"a":</script>',
        '<meta property="og:image" content="::">',
        '<meta property="article:published_time" content="0000-13-40">',
        '<time datetime="99999">',
        '<img srcset=", ,a 1w,">',
        '<base href="//">',
        "<figure><figcaption>©</figcaption>",
        '<link rel="canonical" href="javascript:1">',
        "<!--",
        "\ud800",
        "\x00",
        "&#xFFFFFF;",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_SNIPPETS, max_size=30), st.sampled_from([None, URL, "x", "http://[", "https://e.org:99999/"]))
def test_no_markup_raises(snippets: list[str], url: str | None) -> None:
    extract("".join(snippets), url)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "text/html; charset=utf-16", "text/plain", "x;charset=\x00"]))
def test_no_bytes_raise(page: bytes, content_type: str | None) -> None:
    extract(page, URL, content_type=content_type)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=len(PAGE)), st.integers(min_value=0, max_value=len(PAGE)))
def test_no_piece_of_a_page_raises(start: int, end: int) -> None:
    extract(PAGE[start:end], URL)


@pytest.mark.parametrize("name", ['p\x05class="b-c"', "p\x00-a", "a{b-c", "\ufffe-p"])
def test_text_in_elements_of_impossible_names_is_read(name: str) -> None:
    article = extract(
        f"<article><h1>The crane is back</h1><{name}>{TEXT}</{name}><img src=a.jpg><p>{TEXT}</p></article>"
    )
    assert article.body is not None
    assert TEXT.strip() in article.body
