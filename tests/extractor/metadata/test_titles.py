"""Titles: which of the texts that claim to be one is."""

import pytest

from scraper.extractor.metadata.jsonld import LinkedData
from scraper.extractor.metadata.site_name import SiteNames, read_site_names
from scraper.extractor.metadata.titles import read_title, without_site
from scraper.extractor.page.document import parse

URL = "https://www.valley-courier.example/rivers"


def title_of(html: str, url: str = URL) -> str | None:
    doc = parse(html, url)
    return read_title(doc, [], read_site_names(doc, LinkedData(), LinkedData())).text


def page(head: str = "", body: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def test_the_heading_is_the_title() -> None:
    html = page(
        "<title>Rivers rise after days of rain | Valley Courier</title>", "<h1>Rivers rise after days of rain</h1>"
    )

    assert title_of(html) == "Rivers rise after days of rain"


@pytest.mark.parametrize("separator", [" | ", " - ", " – ", " — ", " · ", " » ", " :: ", " < ", " ⋆ "])
def test_the_sites_name_is_cut_off(separator: str) -> None:
    assert title_of(page(f"<title>Rivers rise after rain{separator}Valley Courier</title>")) == "Rivers rise after rain"
    assert title_of(page(f"<title>Valley Courier{separator}Rivers rise after rain</title>")) == "Rivers rise after rain"


def test_a_heading_that_is_only_the_sites_name_is_no_title() -> None:
    html = page(
        "<title>Rivers rise after rain - Valley Courier</title>",
        "<h1>Valley Courier</h1><h2>Rivers rise after rain</h2>",
    )

    assert title_of(html) == "Rivers rise after rain"


def test_a_heading_that_links_home_is_no_title() -> None:
    html = page(
        "<title>Rivers rise after rain</title>",
        '<h1><a href="/">Notes</a></h1><p>Rivers rise after rain</p>',
    )

    assert title_of(html) == "Rivers rise after rain"


def test_a_heading_with_a_label_glued_to_it_gives_way_to_what_the_page_declares() -> None:
    html = page(
        '<meta property="og:title" content="Rivers rise after rain"><title>Rivers rise after rain</title>',
        "<h1>News <br>Rivers rise after rain</h1>",
    )

    assert title_of(html) == "Rivers rise after rain"


def test_a_heading_that_shares_no_word_with_what_the_page_declares_is_not_believed() -> None:
    html = page(
        '<meta property="og:title" content="Rivers rise after rain"><title>Rivers rise after rain</title>',
        "<h1>Subscribe now</h1>",
    )

    assert title_of(html) == "Rivers rise after rain"


def test_a_short_heading_is_preferred_to_a_longer_title_for_search_engines() -> None:
    html = page(
        "<title>Rivers rise: what to know about the floods in the valley</title>",
        '<h1 class="headline">Rivers rise in the valley</h1>',
    )

    assert title_of(html) == "Rivers rise in the valley"


def test_the_element_that_shows_the_title_is_found_though_it_is_no_heading() -> None:
    doc = parse(page("<title>Rivers rise after rain</title>", '<div class="x">Rivers rise after rain</div>'), URL)

    element = read_title(doc, [], SiteNames()).element

    assert element is not None
    assert element.get("class") == "x"


def test_a_page_without_title_has_none() -> None:
    assert title_of("<p>Text</p>") is None


def test_a_colon_within_a_title_parts_nothing() -> None:
    assert (
        without_site("Rivers: the valley waits", SiteNames(keys=frozenset(["courier"]))) == "Rivers: the valley waits"
    )


def test_a_page_that_gives_its_title_for_the_name_of_the_site_still_has_a_title() -> None:
    html = page(
        '<meta property="og:site_name" content="Rivers rise after days of rain"><title>Rivers rise after days of rain'
        "</title>",
        "<h1>Rivers rise after days of rain</h1>",
    )

    assert title_of(html) == "Rivers rise after days of rain"


def test_a_name_behind_a_tight_colon_is_cut_off_where_the_page_shows_the_title_without_it() -> None:
    html = page(
        "<title>三日間の雨のあと川が増水:谷の日誌</title>"
        '<meta property="og:title" content="三日間の雨のあと川が増水:谷の日誌">',
        "<h2>三日間の雨のあと川が増水</h2>",
    )

    assert title_of(html) == "三日間の雨のあと川が増水"


SEARCHED = '<meta property="og:title" content="Flood guide"><title>Flood guide</title>'
SHOWN = "<h1>What to do in a flood</h1>"


def test_the_address_decides_between_the_heading_and_the_words_for_search_engines() -> None:
    html = page(SEARCHED + '<meta name="headline" content="Flood guide">', SHOWN)

    assert title_of(html, f"{URL}/what-to-do-in-a-flood") == "What to do in a flood"
    assert title_of(html, f"{URL}/the-flood-guide.html?id=7") == "Flood guide"


def test_an_address_that_is_none_decides_nothing() -> None:
    assert title_of(page(body="<h1>Rivers rise</h1>"), "http://[") == "Rivers rise"


def test_a_class_that_all_headings_share_marks_no_title() -> None:
    sections = "".join(f'<h1 class="heading-title">{text}</h1>' for text in ("Rivers", "Roads", "Rain"))
    title = "Rivers rise after days of rain"

    assert title_of(page(f'<meta property="og:title" content="{title}"><title>{title}</title>', sections)) == title


def test_a_lower_heading_shows_the_title_rather_than_a_link_to_it() -> None:
    html = page(
        "<title>Rivers rise after rain</title>",
        "<h1>Notes</h1><ul><li><a>Rivers rise after rain</a></ul><h3>Rivers rise after rain</h3>",
    )
    doc = parse(html, URL)

    element = read_title(doc, [], read_site_names(doc, LinkedData(), LinkedData())).element

    assert element is not None
    assert element.tag == "h3"


@pytest.mark.parametrize("tail", ["_Valley Courier", " – News – Valley Courier", " - News | Valley Courier"])
def test_the_section_of_the_address_goes_with_the_sites_name(tail: str) -> None:
    html = page(f'<meta property="og:site_name" content="Valley Courier"><title>Rivers rise after rain{tail}</title>')

    assert title_of(html, "https://www.valley-courier.example/news/rivers.html") == "Rivers rise after rain"


def test_a_part_of_the_title_that_is_no_folder_stays() -> None:
    html = page('<meta property="og:site_name" content="VC"><title>Rivers rise – Part two – VC</title>')

    assert title_of(html, "https://www.valley-courier.example/news/rivers.html") == "Rivers rise – Part two"


def test_a_heading_that_leads_to_the_blog_names_the_blog() -> None:
    html = page(
        "<title>Rivers rise after rain - Notes of Erika</title>",
        '<h1><a href="/erika">Notes of Erika</a></h1><h3>Rivers rise after rain</h3>',
    )

    assert title_of(html, "https://blogs.example/erika/e/7d8f") == "Rivers rise after rain"


def test_a_heading_that_leads_to_the_first_part_of_a_story_is_its_title() -> None:
    html = page(
        "<title>Rivers rise after rain, part 2</title>",
        '<h1><a href="/rivers-rise-after-rain/">Rivers rise after rain</a></h1><h3>Roads</h3>',
    )

    assert title_of(html, "https://a.example/rivers-rise-after-rain/page/2") == "Rivers rise after rain"


def test_a_heading_for_wide_and_for_narrow_screens_is_read_once() -> None:
    html = page("", "<h1><span class='wide'>Rivers rise</span> <span class='narrow'>Rivers rise</span></h1>")

    assert title_of(html) == "Rivers rise"
