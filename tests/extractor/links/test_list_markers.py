"""What announces a list of other articles on a page."""

import pytest

from scraper.extractor.links.list_markers import Sign, signs_of_lists
from scraper.extractor.page.document import parse
from scraper.records import LinkKind


def signs(html: str) -> tuple[list[Sign], list[Sign]]:
    return signs_of_lists(parse(f"<html><body>{html}</body></html>"))


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Most read</h3>",
        "<h3><span>Most</span> read</h3>",
        '<div class="box-title">Most read</div>',
        '<div class="sc-8fbea2e5">Most read</div>',
        "<strong>Most read:</strong>",
        "<p>Most read: <a>The sea</a></p>",
        '<div class="widget-header"><h4>Most read</h4></div>',
    ],
)
def test_a_heading_is_known_by_tag_class_or_words_and_counts_once(html: str) -> None:
    headings, _ = signs(html)

    assert [(sign.kind, sign.text) for sign in headings] == [(LinkKind.POPULAR, "Most read")]


@pytest.mark.parametrize(
    "html",
    [
        "<h3>The town hall</h3>",
        "<div>News</div>",
        '<div class="title">Most read <p>and then a long story of how it came to be read by so many people</p></div>',
        "<p>Most read books are thrillers, as the library found out this year once again.</p>",
        "<h3/>",
    ],
)
def test_other_texts_announce_nothing(html: str) -> None:
    headings, _ = signs(html)

    assert headings == []


def test_an_element_may_be_named_after_what_it_lists() -> None:
    _, named = signs(
        """
        <div class="c-related-articles"><ul class="related-articles__list">
        <li class="related-article-title">x</li></ul></div>
        <section class="mostRead"/><aside class="latest_news wide"/>
        """
    )

    assert [(sign.element.tag, sign.kind) for sign in named] == [
        ("div", LinkKind.RELATED),
        ("section", LinkKind.POPULAR),
        ("aside", LinkKind.RECENT),
    ]


def test_empty_elements_without_end_cost_little() -> None:
    headings, named = signs('<div class="title">' * 200 + "<i/>" * 2000 + "</div>" * 200)

    assert (headings, named) == ([], [])
