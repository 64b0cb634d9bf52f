"""What stands in a text and is told twice, or by others."""

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.asides import without_asides
from scraper.extractor.text.blocks import linearize

FIRST = "The lock keeper counted the boats twice, because nobody would have believed the number, he said."
SECOND = "„Wir hatten keinen Fluss mehr“, sagte der Wärter, der seit neunzehn Jahren am unteren Tor arbeitet."


def kept_of(page: str) -> list[str]:
    return [passage.text for passage in without_asides(linearize(parse(page).root))]


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote><p>Wir hatten keinen Fluss mehr</p></blockquote>",
        "<aside><p>„Wir hatten keinen Fluss mehr.“</p></aside>",
        "<figure class='wp-block-pullquote'><p>nobody would have believed the number</p></figure>",
        "<div class='PullQuoteEmbed'>Nobody would have believed the number…</div>",
    ],
)
def test_a_quote_pulled_out_of_the_text_stands_in_it_once(quote: str) -> None:
    assert kept_of(f"<div><p>{FIRST}</p>{quote}<p>{SECOND}</p></div>") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote><p>Nobody asked the swans, and they would have said no.</p></blockquote>",
        "<blockquote><p>keinen Fluss mehr</p></blockquote>",
        "<p>nobody would have believed the number</p>",
        "<blockquote><h3>nobody would have believed the number</h3></blockquote>",
    ],
    ids=["not in the text", "too short to say", "no quote", "a heading"],
)
def test_what_is_no_pulled_quote_stays(quote: str) -> None:
    assert len(kept_of(f"<div><p>{FIRST}</p>{quote}<p>{SECOND}</p></div>")) == 3


@pytest.mark.parametrize(
    "name",
    [
        *("twitter-tweet", "instagram-media", "tiktok-embed", "bluesky-embed", "mastodon-embed", "text-post-media"),
        *("tweet-blockquote", "nojs-tweet", "tweet__content", "tweets"),
    ],
)
def test_an_embedded_post_is_no_part_of_the_text(name: str) -> None:
    post = f"<blockquote class='{name}' data-lang='en'><p>So many boats!</p>— A rower (@rower) May 3</blockquote>"

    assert kept_of(f"<div><p>{FIRST}</p>{post}<p>{SECOND}</p></div>") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "box",
    [
        "<p class='click-to-tweet'>So many boats!</p>",
        "<p class='bittersweet'>So many boats!</p>",
        "<section class='section-tweets'><h2>So many boats!</h2></section>",
    ],
    ids=["offers to send one", "another word", "a heading"],
)
def test_what_is_no_embedded_post_stays(box: str) -> None:
    assert "So many boats!" in kept_of(f"<div><p>{FIRST}</p>{box}<p>{SECOND}</p></div>")


@pytest.mark.parametrize("box", ["<p class='disclaimer'>{}</p>", "<div class='post-disclosure'><p>{}</p></div>"])
def test_a_legal_note_is_no_part_of_the_text(box: str) -> None:
    note = box.format("The views are those of the ferrymen.")

    assert kept_of(f"<div><p>{FIRST}</p><p>{SECOND}</p>{note}</div>") == [FIRST, SECOND]


def test_a_page_of_nothing_else_keeps_it() -> None:
    posts = "".join(
        f"<blockquote class='twitter-tweet'><p>Boat {number} has passed.</p></blockquote>" for number in "12"
    )

    assert kept_of(f"<div>{posts}</div>") == ["Boat 1 has passed.", "Boat 2 has passed."]
    assert kept_of("<div class='disclaimer'><p>Nobody is liable.</p></div>") == ["Nobody is liable."]


def test_a_category_of_the_whole_article_is_no_note() -> None:
    page = f"<article class='post category-disclosure'><p>{FIRST}</p><p>{SECOND}</p><p>Good.</p></article>"

    assert kept_of(page) == [FIRST, SECOND, "Good."]


def test_nothing_is_left_of_nothing() -> None:
    assert kept_of("<div></div>") == []
