"""Selectors of rules find elements and read their texts or attributes."""

import pytest
from lxml import etree

from scraper.extractor.page.document import parse
from scraper.extractor.profiles.selectors import elements, elements_of, matches, values
from scraper.rules.selectors import Selector, parse_selector

PAGE = etree.fromstring(
    """
    <div><h1 class="title big"> The <b>sea</b> </h1><p class="x"/>
    <a class="x" href=" /a ">one</a><a class="x">two</a></div>
    """
)


def selectors(*texts: str) -> list[Selector]:
    return [parse_selector(text) for text in texts]


def test_texts_are_one_line_and_never_empty() -> None:
    assert list(values(parse_selector(".title"), PAGE)) == ["The sea"]
    assert list(values(parse_selector(".x"), PAGE)) == ["one", "two"]


def test_attributes_are_read_where_they_are() -> None:
    assert list(values(parse_selector("a.x@href"), PAGE)) == ["/a"]


def test_elements_come_in_the_order_of_the_selectors_and_once() -> None:
    assert [element.tag for element in elements(selectors("a", ".x", "h1"), PAGE)] == ["a", "a", "p", "h1"]


def test_the_context_itself_can_be_found() -> None:
    assert elements(selectors("h1"), PAGE[0]) == [PAGE[0]]


def test_matches_says_whether_any_finds_something() -> None:
    assert matches(selectors("video", "h1"), PAGE)
    assert not matches(selectors("video"), PAGE)


def test_a_page_is_asked_only_for_what_it_may_hold_and_gives_all_it_has() -> None:
    page = parse('<ul class="widget recent-posts"><li>one</ul><p id="x">')
    css = [
        ".recent-posts",
        "ul.widget > li",
        ".missing",
        ".missing, p",
        "p:not(.missing)",
        ".missing:has(li)",
        ".widget:not(.missing) > li",
        ":is(.missing, .widget) > li",
        "[id=x]",
        ".widget .missing",
    ]

    found = elements_of(page, selectors(*css))

    assert found == elements(selectors(*css), page.root)
    assert [element.tag for element in found] == ["ul", "li", "p"]


@pytest.mark.parametrize(
    "css",
    [
        ".list",
        "div.list > a",
        ".list .list a",
        ".list + .list",
        ".list, p",
        ".list:has(> p) a",
        ".outer:not(.list) .list",
        ".none a",
        'a[rel~="x"]',
        "p",
    ],
)
def test_asking_parts_of_a_page_finds_what_the_whole_page_gives(css: str) -> None:
    doc = parse(
        "<div class='outer'><div class='list x'><a rel='x y'>1</a><div class=list><a>2</a><p>3</p></div></div>"
        "<div class='my-list'><a>4</a></div><p class=list>5</p></div><p>6"
    )
    chosen = selectors(css)

    assert elements_of(doc, chosen) == elements(chosen, doc.root)
