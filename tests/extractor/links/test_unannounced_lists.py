"""Lists that nothing known announces: headlines side by side; menus, tags, comments and the text itself are none."""

from scraper.extractor.extract import extract
from scraper.records import Link, LinkKind

PAGE = "https://www.example.org/harbour/the-crane-is-back-at-work"
TEXT = "".join(
    f"<p>The harbour office said on day {day} that ships will have to wait outside until the crane is repaired.</p>"
    for day in range(1, 7)
)


def card(number: int, title: str = "The ferry number {} stays in the harbour") -> str:
    return (
        f'<div class="card"><a href="/ferries/ferry-number-{number}-stays"><img src="/{number}.jpg" alt=""></a>'
        f'<h3><a href="/ferries/ferry-number-{number}-stays">{title.format(number)}</a></h3></div>'
    )


CARDS = "".join(map(card, range(1, 5)))


def links(around: str, before: str = "") -> list[Link]:
    html = f"<body>{before}<article><h1>The crane is back at work</h1>{TEXT}</article>{around}</body>"
    return [link for link in extract(html, PAGE).links if link.kind is not LinkKind.BODY]


def test_cards_under_an_unknown_heading_are_related() -> None:
    found = links(f"<section><h2>Out on the water</h2><div>{CARDS}</div></section>")

    assert [(link.kind, link.heading, link.position) for link in found] == [
        (LinkKind.RELATED, "Out on the water", position) for position in range(1, 5)
    ]
    assert found[0].title == "The ferry number 1 stays in the harbour"
    assert found[0].url == "https://www.example.org/ferries/ferry-number-1-stays"


def test_a_word_of_the_heading_tells_the_kind() -> None:
    assert {link.kind for link in links(f"<section><h2>News dalla sezione</h2>{CARDS}</section>")} == {LinkKind.RECENT}
    assert {link.kind for link in links(f"<div><p>社会ランキング</p><div>{CARDS}</div></div>")} == {LinkKind.POPULAR}


def test_cards_without_a_heading_are_a_list_and_plain_links_are_none() -> None:
    plain = "".join(f'<p><a href="/ferry-number-{n}-stays">The ferry number {n} stays here</a></p>' for n in range(4))
    assert len(links(f"<section>{CARDS}</section>")) == 4
    assert links(f"<section>{plain}</section>") == []


def test_the_heading_of_the_list_before_is_not_that_of_the_next() -> None:
    tags = "".join(f'<a href="/tags/{word}">{word}</a>' for word in ("cranes", "ferries", "ships"))
    found = links(f"<section><div><h3>Trending</h3>{tags}</div><h2>Videos</h2><div>{CARDS}</div></section>")

    assert {(link.kind, link.heading) for link in found} == {(LinkKind.RELATED, "Videos")}


def test_five_parts_of_one_class_are_a_list_and_five_of_different_ones_are_none() -> None:
    def parts(name: str) -> str:
        return "".join(
            f'<div class="{name.format(n)}"><p>'
            f'<a href="/ferry-number-{n}-stays">The ferry number {n} stays here</a></p></div>'
            for n in range(5)
        )

    assert len(links(f"<section>{parts('feed-item')}</section>")) == 5
    assert links(f"<section>{parts('part-{}')}</section>") == []


def test_a_long_list_of_times_is_the_latest() -> None:
    lines = "".join(
        f'<li><b>1{n}:30</b> <a href="/ticker-line-number-{n}">What is said at hour {n}</a></li>' for n in range(6)
    )
    found = links(f"<div><ul>{lines}</ul></div>")
    assert [link.kind for link in found] == [LinkKind.RECENT] * 6


def test_rows_of_one_list_are_one_list() -> None:
    rows = "".join(f'<div class="row">{"".join(map(card, range(start, start + 3)))}</div>' for start in (1, 4))
    found = links(f"<section><h2>Out on the water</h2><div>{rows}</div></section>")
    assert [link.position for link in found] == [1, 2, 3, 4, 5, 6]
    assert {link.heading for link in found} == {"Out on the water"}


def test_menus_footers_comments_and_ads_hold_none() -> None:
    for wrapped in (
        f"<nav>{CARDS}</nav>",
        f"<footer><h2>Out on the water</h2>{CARDS}</footer>",
        f'<div class="mega-menu">{CARDS}</div>',
        f'<div class="sponsored-content"><h2>Out on the water</h2>{CARDS}</div>',
        f'<div id="comments"><h2>Out on the water</h2>{CARDS}</div>',
    ):
        assert links(wrapped) == []


def test_an_advertisement_is_no_heading() -> None:
    assert {link.heading for link in links(f"<div><p>Advertisement</p><div>{CARDS}</div></div>")} == {None}


def test_pictures_of_one_article_are_no_list() -> None:
    same = "".join(card(number, "The same gallery again and again") for number in range(1, 7))
    assert links(f"<section><h2>Out on the water</h2>{same}</section>") == []


def test_a_menu_with_a_few_long_lines_is_no_list() -> None:
    lines = ["What we do for you", "How to find us here", "Where we come from", *(f"Service {n}" for n in range(9))]
    menu = "".join(f'<li><a href="/services/our-service-{n}-for-you">{line}</a></li>' for n, line in enumerate(lines))

    assert links(f"<section><h2>The firm</h2><ul>{menu}</ul></section>") == []


def test_cards_with_short_titles_are_articles_where_the_markup_says_so() -> None:
    dish = """<article><header class="entry-header"><h3><a href="/{0}-{1}/">{0} {1}</a></h3></header></article>"""
    dishes = "".join(dish.format(*words) for words in (("Cherry", "Crisp"), ("Peach", "Cobbler"), ("Apple", "Pudding")))

    assert [link.title for link in links(f"<div><h4>Desserts of the north</h4>{dishes}</div>")] == [
        "Cherry Crisp",
        "Peach Cobbler",
        "Apple Pudding",
    ]
    assert links(f"<div><h4>Follow us</h4>{dishes}</div>") == []
    assert links(f"<div><h4>Desserts of the north</h4>{dishes.replace('article', 'div')}</div>") == []


def test_what_stands_in_a_box_of_advertisements_is_none() -> None:
    assert links(f'<div class="adsArea_a13gf2ts"><h2>Well worth a look</h2>{CARDS}</div>') == []
