"""Where the list under a heading may stand."""

from collections.abc import Sequence

from lxml import etree

from scraper.extractor.links.list_regions import Fence


def regions(html: str, kept: Sequence[str] = ()) -> list[list[str]]:
    """For the element with id `h`: each region as the ids of its elements; `kept` are ids of the article's text."""
    page = etree.fromstring(f"<html><body>{html}</body></html>")
    by_id = {element.get("id"): element for element in page.iter() if element.get("id")}
    fence = Fence([by_id[name] for name in kept], [by_id[name] for name in by_id if name.startswith("h")])
    return [[element.get("id") or "" for element in region] for region in fence.regions(by_id["h"])]


def test_it_is_beside_the_heading_then_beside_what_is_wrapped_around_it() -> None:
    html = '<section><div><header><h3 id="h"/><span id="a"/></header><ul id="b"/></div><p id="c"/></section>'

    assert regions(html) == [["a"], ["b"], ["c"]]


def test_it_ends_at_the_next_heading_of_the_same_rank() -> None:
    assert regions('<div><h3 id="h"/><ul id="a"/><h4 id="b"/><h3 id="x"/><ul id="c"/></div>') == [["a", "b"]]


def test_it_ends_at_the_next_heading_that_means_something() -> None:
    assert regions('<div><h3 id="h"/><ul id="a"/><b id="h2"/><ul id="c"/></div>') == [["a"]]


def test_a_linked_headline_of_the_same_rank_is_an_item() -> None:
    assert regions('<div><h3 id="h"/><h3 id="a"><a/></h3><h3 id="b"><a/></h3></div>') == [["a", "b"]]


def test_it_does_not_reach_into_the_text_nor_the_footer() -> None:
    assert regions('<div><h3 id="h"/><ul id="a"/><p id="t"/><ul id="b"/></div>', kept=["t"]) == [["a"]]
    assert regions('<div><h3 id="h"/><ul id="a"/><div><p id="t"/></div></div>', kept=["t"]) == [["a"]]
    assert regions('<div><h3 id="h"/><ul id="a"/><footer id="f"/></div>') == [["a"]]


def test_links_before_the_heading_show_that_it_does_not_head_what_is_around_it() -> None:
    assert regions('<div><ul><li><a/></li></ul><h3 id="h"/></div>') == []


def test_menus_hold_no_lists_of_articles_unless_the_article_stands_in_them_too() -> None:
    assert regions('<nav><h3 id="h"/><ul id="a"/></nav>') == []
    assert regions('<div class="mega-menu"><h3 id="h"/><ul id="a"/></div>') == []
    assert regions('<div class="has menu"><p id="t"/><h3 id="h"/><ul id="a"/></div>', kept=["t"]) == [["a"]]


def test_a_paragraph_that_introduces_links_holds_them_itself() -> None:
    assert regions('<div><p id="h">Read also: <a id="a"/></p></div>')[0] == ["a"]


LINKS = "".join(f'<a href="/{n}"/>' for n in range(4))


def test_it_ends_with_the_first_list_and_the_rows_of_its_kind() -> None:
    assert regions(f'<div><h3 id="h"/><ul id="a">{LINKS}</ul><div id="b">{LINKS}</div></div>') == [["a"]]
    assert regions(f'<div><h3 id="h"/><ul id="a">{LINKS}</ul><ul id="b">{LINKS}</ul></div>') == [["a", "b"]]


def test_where_links_follow_none_further_away_are_the_headings() -> None:
    assert regions(f'<section><div><h3 id="h"/><p id="a">{LINKS}</p></div><ul id="b">{LINKS}</ul></section>') == [["a"]]
