"""Summaries and subtitles."""

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
