"""Titles as templates print them: without the site's name, its sections, and what stands over the title."""

import pytest

from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse

TITLE = "Rivers rise again in the night"
SITE = '<meta property="og:site_name" content="Valley Courier">'

# the <title> of a page without any heading -> its title
TAGS: tuple[tuple[str, str], ...] = (
    (f"{TITLE} - Valley Courier", TITLE),
    (f"{TITLE} | Valley Courier", TITLE),
    (f"{TITLE} – Valley Courier", TITLE),
    (f"{TITLE} — The Valley Courier", TITLE),
    (f"{TITLE} · Valley Courier", TITLE),
    (f"{TITLE} • Valley Courier", TITLE),
    (f"{TITLE} » Valley Courier", TITLE),
    (f"{TITLE} :: Valley Courier", TITLE),
    (f"{TITLE} : Valley Courier", TITLE),
    (f"{TITLE}: Valley Courier", TITLE),
    (f"{TITLE} / Valley Courier", TITLE),
    (f"{TITLE} < Valley Courier", TITLE),
    (f"{TITLE}_Valley Courier", TITLE),
    (f"{TITLE} |Valley Courier", TITLE),
    (f"{TITLE} - valleycourier.example", TITLE),
    (f"{TITLE} - www.valleycourier.example", TITLE),
    (f"{TITLE} - Valley Courier Online", TITLE),
    (f"{TITLE} - Valley Courier GmbH", TITLE),
    (f"{TITLE} - Valley Courier e.V.", TITLE),
    (f"{TITLE} - Valley Courier Magazine", TITLE),
    (f"Valley Courier: {TITLE}", TITLE),
    (f"Valley Courier - {TITLE}", TITLE),
    (f"Valley Courier | {TITLE}", TITLE),
    (f"Valley Courier » {TITLE}", TITLE),
    (f"{TITLE} | Weather | Valley Courier", TITLE),
    (f"{TITLE} - Weather - Valley Courier", TITLE),
    (f"{TITLE} - News - Valley Courier", TITLE),
    (f"{TITLE}-Weather | Valley Courier", TITLE),
    (f"{TITLE} | Floods, rain and more", TITLE),
    (f"{TITLE} -", TITLE),
    (f"{TITLE} |", TITLE),
    # What belongs to the title stays.
    ("Rivers: a portrait - Valley Courier", "Rivers: a portrait"),
    ("Rain - and what it does - Valley Courier", "Rain - and what it does"),
    ("«Rivers rise again» - Valley Courier", "«Rivers rise again»"),
    ("How the Valley Courier prints at night - Valley Courier", "How the Valley Courier prints at night"),
    ("Why rivers rise: five answers", "Why rivers rise: five answers"),
    ("Ri\u00advers rise ag\u00adain in the night", TITLE),
)

KICKERS: tuple[str, ...] = (
    "<span class=kicker>Weather</span> {}",
    "<span class=overline>After the storm</span><span class=colon>: </span><span class=headline>{}</span>",
    "<div class=topic-label>100 years on</div> {}",
    "<span class=supertitle><time datetime=2024-10-26>October 26, 2024</time></span><span class=title>{}</span>",
    "<small>Week of the rivers</small><br>{}",
    "<span class=page__roofline>Safe at home</span> {}",
    "<span class=surtitre>Météo</span> {}",
    "<a class=category href=/weather>Weather</a> {}",
)


@pytest.mark.parametrize(("tag", "title"), TAGS)
def test_a_title_that_only_the_title_tag_states(tag: str, title: str) -> None:
    section = '<meta property="article:section" content="Weather">'
    html = f"<html lang=en><head><title>{tag}</title>{SITE}{section}</head><p>Text</p></html>"

    assert read_metadata(parse(html, "https://www.valleycourier.example/news/rivers")).title == title


@pytest.mark.parametrize("heading", KICKERS)
def test_a_line_over_the_title_within_its_heading_is_no_part_of_it(heading: str) -> None:
    html = f"<html lang=en><title>Valley Courier</title>{SITE}<h1>{heading.format(TITLE)}</h1><p>Text</p></html>"

    assert read_metadata(parse(html, None)).title == TITLE


def test_parts_of_a_title_that_are_set_off_stay() -> None:
    html = (
        f"<html lang=en><title>Valley Courier</title>{SITE}<h1><span class=first>Rivers rise</span> again</h1></html>"
    )

    assert read_metadata(parse(html, None)).title == "Rivers rise again"


def test_where_the_first_heading_is_the_sites_name_the_next_shows_the_title() -> None:
    head = f"<title>{TITLE} : Courier of the Valleys | Rain and more</title>"
    body = f"<h1><a href=/>Courier of the Valleys</a></h1><h3>{TITLE}</h3><p>Text</p>"

    assert read_metadata(parse(f"<html lang=en><head>{head}</head>{body}</html>", None)).title == TITLE


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ("长江水位再次上涨-新闻-江河日报", "长江水位再次上涨"),
        ("长江水位再次上涨_国内_新闻_江河日报", "长江水位再次上涨"),
        ("長江の水位が再び上昇：江河日报", "長江の水位が再び上昇"),
        ("강물이 다시 불어났다-사회ㅣ江河日报", "강물이 다시 불어났다"),
        ("长江水位-再次上涨", "长江水位-再次上涨"),
        ("Flood-warning for the whole of the valley-side - 江河日报", "Flood-warning for the whole of the valley-side"),
    ],
)
def test_sections_and_names_where_no_blanks_part_words(tag: str, title: str) -> None:
    head = f'<title>{tag}</title><meta property="og:site_name" content="江河日报">'

    assert read_metadata(parse(f"<html><head>{head}</head><p>Text</p></html>", None)).title == title


def test_what_stands_over_a_declared_title_in_its_heading_is_no_part_of_it() -> None:
    body = "<h1><div>Meet the neighbours</div> <span>Klatch Coffee</span></h1><p>Text</p>"
    html = f"<html lang=en><head><title>Klatch Coffee | Valley Courier</title>{SITE}</head>{body}</html>"

    assert read_metadata(parse(html, None)).title == "Klatch Coffee"
