"""Headlines without what else stands in one element with them."""

import pytest
from lxml import etree

from scraper.extractor.links.headlines import headline_in


def headline(html: str) -> str:
    return headline_in(etree.fromstring(f"<a>{html}</a>"))


@pytest.mark.parametrize(
    "html",
    [
        "<span>Exclusive</span><span>The crane is back at work</span>",
        '<span class="preTitle">Jane Doe</span> <span>The crane is back at work</span>',
        '<span class="kicker">Harbour news of the day</span> The crane is back at work',
        "<b>The crane is back at work</b><i>Dailypost.com</i>",
        "<div>The crane is back at work</div><div>The harbour office has said so, and all who wait for it agree.</div>",
        "The crane is back at work<span>20.10.2021 - 10:24</span>",
        'The crane is back at work <span class="post-date">20 October 2021</span>',
        "<time>20 October 2021, in the morning</time>The crane is back at work",
        "<span>Harbour of the north:</span><span>The crane is back at work</span>",
        "The crane is back at work 20.10.2021",
        "The crane is back at work | 2021-10-20, 10:24",
        "The crane <em>is back</em> at work",
        "The crane is back at work <b>Read more</b>",
        "The crane is back at work – Weiterlesen »",
        "The crane<br/>is back at work",
        "<!-- x -->The crane is back at work<svg><title>Arrow</title></svg>",
    ],
)
def test_it_is_the_headline_and_nothing_else(html: str) -> None:
    assert headline(html) == "The crane is back at work"


def test_a_letter_of_its_own_and_marked_words_stay_in_their_word() -> None:
    assert headline("<b>T</b>he cr<i>ane</i> of the i<b>Phone</b>") == "The crane of the iPhone"
    assert headline("CO<sub>2</sub> in the harbour") == "CO2 in the harbour"


def test_a_day_that_belongs_to_the_title_stays() -> None:
    assert headline("What the crane did on 20.10.2021") == "What the crane did on 20.10.2021"
    assert headline("The harbour from 2019 to 2021") == "The harbour from 2019 to 2021"


def test_what_the_link_says_to_be_its_title_is_it_where_it_stands_in_the_text() -> None:
    link = etree.fromstring('<a title="The crane is back">Old trouble in the harbour: The crane is back (dpa)</a>')
    assert headline_in(link) == "The crane is back"


def test_where_nothing_is_long_the_longest_counts() -> None:
    assert headline('<span class="date">May 5</span><span>Cranes</span>') == "Cranes"
    assert headline('<span class="title-tag">Cranes</span>') == "Cranes"
    assert (
        headline("<div>港の写真</div><div>夜の海の話を聞きましたか、という話</div>")
        == "夜の海の話を聞きましたか、という話"
    )


def test_a_short_name_in_the_tooltip_does_not_hide_that_a_link_leads_to_the_rest() -> None:
    link = etree.fromstring('<a title="Harbour News">All Harbour News</a>')
    assert headline_in(link) == "All Harbour News"
