"""Summaries and subtitles."""

import pytest

from scraper.extractor.metadata.reading import Metadata, read_metadata
from scraper.extractor.page.document import parse

LONG = "After three days of rain the river stands higher than at any time since records began."


def read(body: str = "", head: str = "") -> Metadata:
    html = f"<html><head><title>Rivers rise</title>{head}</head><body><h1>Rivers rise</h1>{body}</body></html>"
    return read_metadata(parse(html, "https://a.example/rivers"))


def test_the_description_is_the_summary() -> None:
    metadata = read(head=f'<meta name="description" content="{LONG}">')

    assert metadata.summary == LONG
    assert metadata.sources["summary"] == "meta"


def test_a_description_that_is_cut_off_gives_way_to_the_whole() -> None:
    head = f'<meta property="og:description" content="{LONG[:40]}..."><meta name="description" content="{LONG}">'

    assert read(head=head).summary == LONG


def test_a_description_that_repeats_the_title_is_none() -> None:
    assert read(head='<meta name="description" content="Rivers rise">').summary is None


def test_the_line_under_the_title_is_the_subtitle() -> None:
    metadata = read('<p class="article__subtitle">Three villages have been cut off</p>')

    assert metadata.subtitle == "Three villages have been cut off"
    assert metadata.sources["subtitle"] == "html"


def test_a_byline_is_no_subtitle() -> None:
    assert read('<p class="subtitle">By Erika Muster and others</p>').subtitle is None


TEXT = "<p>" + "The water came at night and took the bridge with it before anybody was awake. " * 4 + "</p>"


@pytest.mark.parametrize(
    "line",
    [
        '<h2 class="m-header__sub-headline">Three villages have been cut off</h2>',
        '<p class="sub-title">Three villages have been cut off</p>',
        '<p class="chapeau">Three villages have been cut off</p>',
        '<div class="articlePerex perex">Three villages have been cut off</div>',
    ],
)
def test_classes_of_subtitles(line: str) -> None:
    assert read(line + TEXT).subtitle == "Three villages have been cut off"


@pytest.mark.parametrize(
    "box",
    [
        f'{TEXT}<h2 class="subtitle">What the mayor says now</h2>{TEXT}',
        f'{TEXT}{TEXT}<div class="newsletter-box"><p class="intro">Get the news of the valley every morning</p></div>',
        f'{TEXT}{TEXT}<p class="subheading">You may also be interested in</p>',
        '<h3 class="sub-heading">What is known of it</h3>' * 4,
    ],
)
def test_what_stands_further_down_is_no_subtitle(box: str) -> None:
    assert read(box).subtitle is None


def test_a_caption_may_stand_before_the_subtitle() -> None:
    caption = (
        "<figure><img src='a.jpg'><figcaption>" + "The bridge in the morning light. " * 6 + "</figcaption></figure>"
    )

    assert read(f'{caption}<p class="lead">Three villages have been cut off</p>{TEXT}').subtitle is not None


def test_the_description_shown_between_title_and_byline_is_the_subtitle() -> None:
    head = f'<meta property="og:description" content="{LONG}">'

    assert read(f"<p>{LONG}</p><p>By Erika Muster</p>{TEXT}", head).subtitle == LONG
    assert read(f"<div>{LONG}</div><div>Floods</div><time>October 26, 2024</time>{TEXT}", head).subtitle == LONG
    assert read(f"<p>{LONG}</p>{TEXT}", head).subtitle is None  # the first paragraph, declared to be the description


def test_a_kicker_is_no_subtitle() -> None:
    html = '<p class="sub-heading">Company Spotlight</p><h1>Rivers rise</h1>'

    assert read_metadata(parse(f"<html><body>{html}{TEXT}</body></html>", "https://a.example/rivers")).subtitle is None


@pytest.mark.parametrize("line", ["<h2>{}</h2>", "<p class='x7'>{}</p>"])
@pytest.mark.parametrize("box", ["header", "hgroup"])
def test_the_line_that_stands_in_a_header_with_the_title_is_the_subtitle(box: str, line: str) -> None:
    def subtitle(text: str) -> str | None:
        html = f"<html><body><{box}><h1>Rivers rise</h1>{line.format(text)}</{box}>{TEXT}</body></html>"
        return read_metadata(parse(html, "https://a.example/rivers")).subtitle

    assert subtitle("Three villages have been cut off") == "Three villages have been cut off"
    assert subtitle("Published on October 26, 2024, by our desk in Berlin") is None
    assert subtitle("By Erika Muster and Max Beispiel in Berlin") is None
    assert subtitle("Floods and storms") is None  # a kicker


@pytest.mark.parametrize(
    "box",
    [
        "<figure class='lead'><img src='a.jpg'><figcaption>The bridge in the morning light</figcaption></figure>",
        "<div class='lead-aside'><b>More of this:</b><ul><li>Rivers of the valley</li><li>Rain</li></ul></div>",
    ],
)
def test_captions_and_lists_are_no_subtitle(box: str) -> None:
    assert read(f"{box}{TEXT}").subtitle is None


def test_the_name_of_an_author_follows_a_subtitle_too() -> None:
    head = f'<meta property="og:description" content="{LONG}"><meta name="author" content="Erika Muster">'

    assert read(f"<p>{LONG}</p><p>About this project</p><p>Erika Muster 7 days ago</p>{TEXT}", head).subtitle == LONG
