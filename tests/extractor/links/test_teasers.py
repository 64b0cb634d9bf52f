"""What one item of a list says of its article, whatever the markup around it."""

import pytest
from lxml import etree

from scraper.extractor.links.teasers import Teaser, merged, read_teaser
from scraper.records import Precision


def teaser(html: str) -> Teaser:
    item = etree.fromstring(f"<div>{html}</div>")
    return read_teaser([item], list(item.iter("a")))


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<h3>The sea</h3><a>more</a>", "The sea"),
        ('<a>more</a><span class="post-title">The sea</span>', "The sea"),
        ('<p class="title">Harbour</p><h3>The sea</h3>', "The sea"),
        ("<a>The sea at night</a><a>more</a>", "The sea at night"),
        ('<a><img alt="The sea"/></a>', "The sea"),
        ('<a><img alt="Image may contain: sea, person"/></a><a>The sea</a>', "The sea"),
        ('<a><img alt="The sea by night and by day"/></a><a>The sea by night …</a>', "The sea by night and by day"),
        ('<a title="The sea by night and by day">The sea by night...</a>', "The sea by night and by day"),
        (
            "<a>The sea by night</a><a>It is dark, and those who live by it say so to whoever asks.</a>",
            "The sea by night",
        ),
        ("<a><h4>A law is agreed upon</h4><h3>The sea by night</h3></a>", "The sea by night"),
        ("<h3><i>Exclusive</i><b>The sea by night</b></h3>", "The sea by night"),
        ("<a></a>", None),
    ],
)
def test_the_title_is_its_heading_else_the_longest_link(html: str, title: str | None) -> None:
    assert teaser(html).title == title


@pytest.mark.parametrize(
    ("html", "day"),
    [
        ('<time datetime="2026-03-05">x</time>', "2026-03-05"),
        ("<time>March 5, 2026</time>", "2026-03-05"),
        ('<span class="post-date">5. März 2026</span>', "2026-03-05"),
        ("<li><i/> Januar 20, 2026</li>", "2026-01-20"),
        ("<h3>The flood of 14 July 2021 and what came after it, told by those who were there</h3>", "None"),
        ("<span>17 views</span>", "None"),
    ],
)
def test_the_day_is_read_from_where_it_is_marked_or_stands_alone(html: str, day: str) -> None:
    assert str(teaser(html).published) == day


def test_a_day_is_never_more_than_a_day() -> None:
    found = teaser("<time>March 5, 2026</time>").published

    assert found is not None
    assert found.precision is Precision.DAY


@pytest.mark.parametrize(
    ("html", "category"),
    [
        ('<h3>The sea</h3><a rel="category tag">City</a><a rel="category tag">Harbour</a>', "City"),
        ('<span class="kicker">City |</span>', "City"),
        ('<div class="category-badge"><a>City</a><a>Harbour</a></div>', "City"),
        ('<span class="category">2026</span>', None),
        ('<h3>City</h3><span class="category">City</span>', None),
    ],
)
def test_the_category_is_the_first_that_is_named_so(html: str, category: str | None) -> None:
    assert teaser(html).category == category


def test_an_excerpt_is_text_of_some_length_after_the_title() -> None:
    long = "the tide took what the storm had left of it, and nobody was there to see."

    assert teaser(f"<h3>The sea</h3><p>Short.</p><p>{long}</p>").excerpt == long
    assert teaser(f'<h3>The sea</h3><div class="excerpt">City The sea {long}</div>').excerpt == long
    assert teaser("<h3>The sea</h3><p>Short.</p>").excerpt is None


def test_counts_are_told_apart() -> None:
    found = teaser("<span>1,204 views</span> <span>3 comments</span>")

    assert (found.view_count, found.comment_count) == (1204, 3)


def test_showings_of_one_item_are_merged_field_by_field() -> None:
    assert merged([Teaser(title="A"), Teaser(title="B", view_count=3)]) == Teaser(title="A", view_count=3)
