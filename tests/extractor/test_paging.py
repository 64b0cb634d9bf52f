"""Which links lead to further pages of one article: never to the next article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.paging import Pages, find_pages, page_number
from scraper.rules.site_rules import SiteRule, read_rules

SITE = "https://www.example.org"
FIRST = f"{SITE}/harbour/the-crane-is-back"


@pytest.mark.parametrize(
    ("url", "number"),
    [
        (FIRST + "/2", 2),
        (FIRST + "/2/", 2),
        (FIRST + "/page/3/", 3),
        (FIRST + "/seite-2", 2),
        (FIRST + "?page=2", 2),
        (FIRST + "?seite=4&utm_source=mail", 4),
        (FIRST + "-2", 2),
        (FIRST, None),
        (FIRST + "/1", None),
        (FIRST + "/2024", None),
        (FIRST + "/comment-page-2/", None),
        ("https://www.example.org/harbour/the-crane-is-gone/2", None),
        ("https://www.example.net/harbour/the-crane-is-back/2", None),
    ],
)
def test_a_page_has_the_address_of_the_first_and_a_number(url: str, number: int | None) -> None:
    assert page_number(url, FIRST) == number


def test_endings_and_a_stated_first_page_are_understood() -> None:
    assert page_number("https://example.org/a/crane,2.html", "https://example.org/a/crane.html") == 2
    assert page_number("https://example.org/a/crane.html/2", "https://example.org/a/crane.html") == 2
    assert page_number("https://example.org/a/crane_2.html", "https://example.org/a/crane_1.html") == 2
    assert page_number("https://example.org/a?id=7&page=2", "https://example.org/a?id=7") == 2
    assert page_number("https://example.org/a?id=8&page=2", "https://example.org/a?id=7") is None
    assert page_number("https://example.org/?p=34&page=2", "https://example.org/?p=34") == 2
    assert page_number("https://example.org/?page=3&p=34", "https://example.org/?p=34") == 3
    for other in ("?p=35", "?p=34", "?p=35&page=2", "?page=2", "?p=34&cat=2", "?p=34&page=2&cat=7", "b?p=34&page=2"):
        assert page_number(f"https://example.org/{other}", "https://example.org/?p=34") is None
    assert page_number("https://example.org/iphone-12.html", "https://example.org/iphone-11.html") is None


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="next" href="/harbour/the-crane-is-back/2">',
        '<a rel="next" href="/harbour/the-crane-is-back/2">more</a>',
        '<a href="/harbour/the-crane-is-back/2">2</a>',
        '<a href="/harbour/the-crane-is-back/2">Seite 2: Der Kran steht</a>',
        '<a href="/harbour/the-crane-is-back/2">Nächste Seite »</a>',
        '<a href="/harbour/the-crane-is-back/2">次のページ</a>',
    ],
)
def test_relation_number_or_words_lead_on(markup: str) -> None:
    assert find_pages(f"<body>{markup}</body>", FIRST, FIRST) == Pages(FIRST + "/2")


def test_the_next_article_is_no_next_page() -> None:
    markup = '<a rel="next" href="/harbour/the-ferry-stays">Next article</a><a href="/harbour/page/2">2</a>'
    assert find_pages(markup, FIRST, FIRST) == Pages()


def test_a_link_to_a_page_in_words_of_its_own_is_none() -> None:
    assert find_pages(f'<a href="{FIRST}/2">Pictures of the crane</a>', FIRST, FIRST) == Pages()


def test_pages_follow_one_another() -> None:
    markup = f'<a href="{FIRST}">1</a><a href="{FIRST}/2">2</a><a href="{FIRST}/3">3</a>'
    assert find_pages(markup, FIRST + "/2", FIRST, 2) == Pages(FIRST + "/3")
    assert find_pages(markup, FIRST + "/3", FIRST, 3) == Pages()


@pytest.mark.parametrize("label", ["Auf einer Seite lesen", "Single page", "Tout sur une seule page"])
def test_the_view_on_one_page_is_found(label: str) -> None:
    markup = f'<a href="{FIRST}/all">{label}</a><a href="{FIRST}/2">2</a>'
    assert find_pages(markup, FIRST, FIRST) == Pages(FIRST + "/2", FIRST + "/all")


@given(st.text(max_size=200), st.text(max_size=60))
def test_nothing_makes_it_raise(markup: str, href: str) -> None:
    find_pages(f'{markup}<a href="{href}">2</a>', FIRST, FIRST)


def rule(**keys: str) -> tuple[SiteRule, ...]:
    rules, problems = read_rules([{"name": "own", "hosts": ["example.org"], **keys}], "sites")
    assert problems == ()
    return rules


@pytest.mark.parametrize(
    "selector", ["a.onward", "a.onward@href", "xpath: //a[@class='onward']", "xpath: //a[@class='onward']/@href"]
)
def test_a_rule_says_where_the_links_stand_however_they_look(selector: str) -> None:
    markup = (
        f'<p><a class="onward" href="/story/b7">Go on</a></p><a href="{FIRST}/2">2</a><a href="{FIRST}/all">all</a>'
    )

    assert find_pages(markup, FIRST, FIRST, rules=rule(next_page=selector)).next_page == f"{SITE}/story/b7"
    assert find_pages(markup, FIRST, FIRST, rules=rule(single_page=selector)).single_page == f"{SITE}/story/b7"


@pytest.mark.parametrize("href", ["", "https://example.net/2", "#", "javascript:next()", FIRST])
def test_what_a_rule_finds_must_lead_to_another_page_of_the_site(href: str) -> None:
    markup = f'<a class="onward" href="{href}">Go on</a><a href="{FIRST}/2">2</a>'

    assert find_pages(markup, FIRST, FIRST, rules=rule(next_page="a.onward")) == Pages(FIRST + "/2")
