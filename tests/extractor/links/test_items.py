"""Which links of a list are one item, and which are none."""

import pytest
from lxml import etree

from scraper.extractor.links.anchors import Anchors
from scraper.extractor.links.items import Item, read_items

PAGE = "https://www.example.org/harbour/the-crane-is-back"


def items_of(html: str, heading: str | None = "Most read") -> tuple[Item, ...]:
    region = [etree.fromstring(f"<div>{html}</div>")]
    anchors = Anchors(PAGE, PAGE)
    return read_items(anchors.below(region), region, anchors, heading)


def titles(html: str) -> list[str | None]:
    return [item.teaser.title for item in items_of(html)]


def test_links_to_author_and_section_belong_to_the_item_they_stand_in() -> None:
    card = """
    <div><a href="/news/a-new-bridge-for-the-town"><h3>A new bridge for the town</h3></a>
    <a href="/writers/jane-doe">Jane Doe</a> <a href="/city">City</a> <span>3 March 2026</span></div>
    """

    (item,) = items_of(card)

    assert item.teaser.title == "A new bridge for the town"
    assert str(item.teaser.published) == "2026-03-03"


def test_picture_and_headline_side_by_side_are_one_item() -> None:
    html = '<a href="/the-sea-at-night"><img alt="waves"/></a><h3><a href="/the-sea-at-night">The sea at night</a></h3>'

    assert titles(html) == ["The sea at night"]


def test_an_item_shown_again_adds_what_was_missing() -> None:
    html = """
    <ul><li><a href="/the-sea-at-night">The sea at night</a></li><li><a href="/b-c-d">The harbour by day</a></li></ul>
    <div><div><a href="/the-sea-at-night">The sea at night</a><i>17 views</i></div>
    <a href="/b-c-d">The harbour</a></div>
    """

    assert [(item.teaser.title, item.teaser.view_count) for item in items_of(html)] == [
        ("The sea at night", 17),
        ("The harbour by day", None),
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/datenschutz.html">Datenschutz</a><a href="/leichte-sprache-hier">Leichte Sprache</a>',
        '<a href="/all-the-news">See all the news of the day</a>',
        '<a href="/news/12345">March 5, 2026</a>',
        '<a href="/parts/boats">Boats, Sails &amp; Oars</a><a href="/parts/crew">Crew &amp; Their Families</a>',
        '<a href="/kleinanzeigen/a-good-boat">A good boat that nobody rows</a>',
        '<a href="/news/12345">{{title}} of the day</a>',
        '<a href="/news/most-read-now">Most read</a>',
        '<a href="/harbour/the-crane-is-back">The crane is back at last</a>',
        '<a rel="next" href="/the-sea-at-night">The sea at night</a>',
        '<a href="/city">City</a><a href="/sport">Sport</a><a href="/the-sea-at-night"></a>',
    ],
)
def test_what_is_no_headline_of_another_article_makes_no_list(html: str) -> None:
    assert items_of(html) == ()


def test_a_list_of_everything_is_no_list() -> None:
    html = "".join(f'<a href="/story-number-{n}-of-many">Story number {n} of many</a>' for n in range(60))

    assert items_of(html) == ()


ABROAD = """
    <ul><li><a href="https://sister.example.net/2026/the-bridge-is-closed-again">The bridge is closed once more</a></li>
    <li><a href="https://sister.example.net/2026/the-mayor-says-no-to-it">The mayor says no to it</a></li>
    <li><a rel="sponsored" href="https://shop.example.com/buy-these-very-good-shoes">Buy these very good shoes</a></li>
    <li><a href="https://shop.example.com/shoes">Shoes that you will love</a></li></ul>
"""


def test_articles_of_sister_papers_count_under_a_heading_and_what_is_paid_for_does_not() -> None:
    assert titles(ABROAD) == ["The bridge is closed once more", "The mayor says no to it"]
    assert items_of(ABROAD, heading=None) == ()


def test_a_list_of_words_in_lower_case_is_one_of_tags() -> None:
    words = ("climate", "winter blues", "well-being", "Institute of Health and Welfare")
    html = "".join(f'<li><a href="/news/18-{number}">{word}</a></li>' for number, word in enumerate(words, start=641))

    assert titles(f"<ul>{html}</ul>") == []


def test_companies_and_sections_that_stand_in_every_card_are_no_items() -> None:
    cards = "".join(
        f'<div><a href="/releases/00{n}.11"><img/></a><b><a href="/releases/00{n}.11">'
        f"The ferry number {n} stays in port</a></b>"
        f'<a href="/company/id-of-it/{n}77">Harbour Company {n}</a></div>'
        for n in range(1, 5)
    )
    assert titles(cards) == [f"The ferry number {n} stays in port" for n in range(1, 5)]

    inside = """<div><h3><a href="/out-on-the-water">Out on the water</a></h3>
    <h2><a href="/out-on-the-water/the-ferry-stays-in-port">The ferry stays in port today</a></h2></div>"""
    assert titles(inside) == ["The ferry stays in port today"]


def test_two_stories_in_each_column_are_both_items() -> None:
    columns = "".join(
        f'<div><a href="/city/2026/a-very-long-story-{n}">A very long story that is told about number {n}</a>'
        f'<a href="/city/2026/short-one-{n}">A short story {n}</a></div>'
        for n in range(3)
    )
    assert len(titles(columns)) == 6


@pytest.mark.parametrize("word", ["Anzeige", "SPONSORED", "Contenu sponsorisé", "Szponzorált tartalom", "PR"])
def test_what_says_that_it_is_paid_for_is_no_item(word: str) -> None:
    html = f"""<div><a href="/the-sea-at-night">The sea at night</a></div>
    <div><a href="/the-sea-at-noon">The sea at noon</a></div>
    <div><span>{word}</span><a href="/the-car-of-tomorrow">The car of tomorrow</a></div>"""
    assert titles(html) == ["The sea at night", "The sea at noon"]


@pytest.mark.parametrize(
    "label",
    [
        ">> もっと見る",
        "Alle News aus dem Ressort",
        "» Alle Artikel anzeigen",
        "Voir toutes les actus",
        "Все новости сегодня",
    ],
)
def test_the_way_to_the_rest_of_the_list_is_no_item(label: str) -> None:
    lines = "".join(f'<p><a href="/the-sea-at-{hour}">The sea at {hour}</a></p>' for hour in ("night", "noon"))

    assert titles(f'{lines}<p><a href="/archive-of-all-2026">{label}</a></p>') == [
        "The sea at night",
        "The sea at noon",
    ]


def test_short_titles_with_pictures_are_items_and_without_are_none() -> None:
    def cards(inner: str) -> str:
        return "".join(
            f'<li><a href="/albums/2026-{n}-{name}">{inner}</a>'
            f'<h3><a href="/albums/2026-{n}-{name}">{name}</a></h3></li>'
            for n, name in enumerate(("Tresor", "Compassion"))
        )

    assert titles(f"<ul>{cards('<img/>')}</ul>") == ["Tresor", "Compassion"]
    assert titles(f"<ul>{cards('')}</ul>") == []


def test_what_has_a_price_of_its_own_is_no_item() -> None:
    html = """<div><a href="/the-sea-at-night">The sea at night</a></div>
    <div><a href="/the-sea-at-noon">The sea at noon</a></div>
    <div><a href="/tickets-for-the-musical">Tickets for the musical</a><b>23,50 €</b></div>"""
    assert titles(html) == ["The sea at night", "The sea at noon"]


@pytest.mark.parametrize("said", ["21 comments", "View comments and join in!", "Join the discussion", "3 commentaires"])
def test_what_readers_said_is_no_item(said: str) -> None:
    card = '<li><a href="/{0}-{0}-{0}">The sea at {0} o\'clock</a> <a href="/discuss/{0}00">{1}</a></li>'
    html = "".join(card.format(hour, said) for hour in (1, 2, 3))
    assert [item.teaser.title for item in items_of(html)] == [f"The sea at {hour} o'clock" for hour in (1, 2, 3)]


def test_another_view_of_the_page_is_no_item_and_the_page_itself_is() -> None:
    html = (
        f'<li><a href="{PAGE}">The crane is back</a></li><li><a href="/the-sea-at-night">The sea at night</a></li>'
        f'<li><a href="{PAGE}?older=273375">Load more of the stories</a></li>'
    )
    assert titles(html) == ["The crane is back", "The sea at night"]


def test_two_words_and_an_ampersand_are_two_words() -> None:
    assert (
        titles('<a href="/news/people-jobs.html">People &amp; Jobs</a><a href="/news/a-b.html">Ships &amp; More</a>')
        == []
    )


def test_a_few_lines_among_many_that_lead_elsewhere_are_no_list() -> None:
    offers = "".join(f'<li><a href="/offers{number}">Offer</a></li>' for number in range(20))
    lines = "".join(
        f'<li><a href="/news/{word}-of-the-year">The {word} of the year</a></li>' for word in ("ship", "sea")
    )
    assert titles(f"<ul>{offers}</ul><ul>{lines}</ul>") == []
    assert len(titles(f"<ul>{lines}</ul>")) == 2


def test_a_note_in_brackets_says_that_it_is_paid_for() -> None:
    paid = '<li><a href="/cars/what-is-new-in-cars">What is new in cars {}</a></li>'
    html = "".join(f'<li><a href="/sea/{hour}00">The sea at {hour} o\'clock</a></li>' for hour in (1, 2))
    for note in ("(PR)", "【PR】", "[Anzeige]"):
        assert len(titles(html + paid.format(note))) == 2
    assert len(titles(html + paid.format("(part 2)"))) == 3


def test_the_front_page_of_a_sister_site_is_no_item_and_what_a_query_names_is() -> None:
    html = """<li><a href="https://jobs.example.org/?n_cid=TPRN0016">The jobs of all the north</a></li>
    <li><a href="https://www.example.org/?p=12">The sea at one o'clock</a></li>"""
    assert titles(html) == ["The sea at one o'clock"]
