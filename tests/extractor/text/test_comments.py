"""What readers said below a text."""

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.comments import without_comments

LINE = "The lock keeper counted the boats twice that morning, because nobody would have believed the number, he said."
TEXT = "".join(f"<p>{number}. {LINE}</p>" for number in range(6))
SAID = "I rowed there as a child, and the water was never that low, whatever the council says about it now."


def kept_of(page: str) -> list[str]:
    return [passage.text for passage in without_comments(linearize(parse(page).root))]


@pytest.mark.parametrize(
    "comments",
    [
        f"<ol class='comment-list'><li class='comment depth-1'><article><p>{SAID}</p></article></li></ol>",
        f"<section id='comments'><div><div><p>{SAID}</p></div></div></section>",
        f"<div class='ArticleComments'><p>{SAID}</p></div>",
        f"<div class='commentlist'><p>{SAID}</p></div>",
        f"<div data-component='comment_body'><p>{SAID}</p></div><p>All rights reserved.</p>",
    ],
)
def test_comments_are_no_part_of_the_text_they_follow(comments: str) -> None:
    assert not any(SAID in text for text in kept_of(f"<article>{TEXT}</article>{comments}"))
    assert len([text for text in kept_of(f"<article>{TEXT}</article>{comments}") if LINE in text]) == 6


@pytest.mark.parametrize(
    "name",
    ["tone-comment", "category-comment", "has-comments", "comments-open", "commentary", "comment-count", "kommentar"],
)
def test_a_name_that_speaks_of_comments_is_not_theirs(name: str) -> None:
    assert len(kept_of(f"<article>{TEXT}<div class='{name}'><p>{SAID}</p></div></article>")) == 7


def test_an_article_in_the_section_for_comment_keeps_its_text() -> None:
    assert len(kept_of(f"<main class='comment'><article class='comment'>{TEXT}</article></main>")) == 6


def test_a_page_that_is_a_conversation_keeps_it() -> None:
    page = "<h1>Who saw the boats?</h1>" + "".join(f"<div class='comment'><p>{SAID}</p></div>" for _ in range(4))

    assert len(kept_of(page)) == 5


def test_very_deep_comments_are_found() -> None:
    deep = "<div>" * 200 + f"<p>{SAID}</p>" + "</div>" * 200

    assert SAID not in kept_of(f"<article>{TEXT}</article><div class='comments'>{deep}</div>")
