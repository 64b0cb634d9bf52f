"""How many comments a WordPress post has, by its section of comments."""

import pytest

from scraper.extractor.extract import extract
from scraper.extractor.page.document import parse
from scraper.extractor.profiles.post_comments import post_comments

FORM = '<div id="respond"><h3>Leave a comment</h3><form id="commentform"></form></div>'


def comments(*numbers: int) -> str:
    items = "".join(f'<li id="comment-{n}"><div id="div-comment-{n}"><h4>7 cranes</h4></div></li>' for n in numbers)
    return f'<ol class="comment-list">{items}</ol>'


def count(markup: str, stated: int | None = None) -> int | None:
    return post_comments(parse(f"<body>{markup}</body>", "https://news.example/a/"), stated)


def test_comments_are_counted_where_no_figure_stands_over_them() -> None:
    """The heading is a theme's literal, or a word: "One thought", "Ein Gedanke"."""
    assert count(f'<div id="comments"><h2>One thought on “7 cranes”</h2>{comments(17, 19)}{FORM}</div>') == 2


def test_a_form_without_comments_means_none() -> None:
    assert count(f'<div id="comments">{FORM}</div>') == 0


@pytest.mark.parametrize("markup", ["", '<div id="comments"></div>', '<div id="disqus_thread"></div>'])
def test_without_a_list_or_a_form_nothing_is_known(markup: str) -> None:
    assert count(markup) is None


@pytest.mark.parametrize(
    "heading",
    ["124 Reader Comments", "(124)", "124 Gedanken zu „8 Krane“", "Kommentare: 124", "124 replies to “The 8”"],
)
def test_the_heading_knows_of_comments_that_are_not_listed(heading: str) -> None:
    assert count(f'<div id="comments"><h2>{heading}</h2>{comments(17)}{FORM}</div>') == 124


def test_a_part_of_the_comments_is_not_all_of_them() -> None:
    older = '<a href="/a/comment-page-2/#comments">Older comments</a>'

    assert count(f'<div id="comments">{comments(17)}{older}{FORM}</div>') is None
    assert count(f'<div id="comments">{comments(17)}{older}{FORM}</div>', stated=30) == 30


def test_links_to_single_comments_are_no_further_pages() -> None:
    """A site that parts its comments writes their page into the address of each, and of those in its widgets."""
    link = '<a href="/b/comment-page-3/#comment-412">The crane</a> <a href="/?p=4&amp;cpage=2#comment-9">Fog</a>'

    assert count(f'<div id="comments">{comments(17)}{FORM}</div>{link}') == 1
    assert count(f'<div id="comments">{FORM}</div>{link}') == 0


def test_a_block_theme_has_the_number_in_a_heading_that_is_the_mark_itself() -> None:
    older = '<a href="/?p=15&amp;cpage=1#comments">Older</a>'

    assert count(f'<h3 id="comments">9 réponses à « Le 8 »</h3>{older}{comments(17)}{FORM}') == 9


def test_what_the_page_says_elsewhere_counts_where_it_is_more() -> None:
    section = f'<div id="comments">{comments(17, 19)}{FORM}</div>'

    assert [count(section, stated=stated) for stated in (0, 2, 3)] == [2, 2, 3]


def test_a_page_of_wordpress_is_read_so() -> None:
    head = '<head><meta name="generator" content="WordPress 6.7"></head>'
    page = f'<html>{head}<body><h1>The crane</h1><div id="comments">{comments(17, 19)}{FORM}</div></body></html>'

    assert extract(page, "https://news.example/a/").comment_count == 2
    assert extract(page.replace("WordPress", "Other"), "https://news.example/a/").comment_count is None


def test_drupal_puts_an_empty_link_before_each_comment() -> None:
    section = "".join(
        f'<a id="comment-{number}"></a><article class="comment"><p>Yes.</p></article>' for number in (4, 7)
    )
    form = '<form class="comment-comment-form" id="comment-form"></form>'

    assert count(f'<section class="comments">{section}{form}</section>') == 2
    assert count(f'<section class="comments">{form}</section>') == 0


def test_blogger_numbers_comments_by_long_numbers() -> None:
    items = "".join(f'<li class="comment" id="c{number}"><p>Yes.</p></li>' for number in (10**17, 10**17 + 3))

    assert count(f'<div id="comments"><ol>{items}</ol></div><div id="c17"></div>') == 2
