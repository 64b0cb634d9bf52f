"""What stands over a list of other articles: a heading, or the tab that shows it."""

from scraper.extractor.links.anchors import Anchors
from scraper.extractor.links.reading import read_links
from scraper.extractor.page.document import parse
from scraper.records import Link, LinkKind

PAGE = "https://www.example.org/harbour/the-crane-is-back"
ITEMS = (
    '<li><a href="/a/the-bridge-is-closed">The bridge is closed again</a></li>'
    '<li><a href="/a/the-mayor-says-no">The mayor says no to the ferry</a></li>'
)
OTHER = '<li><a href="/a/what-the-harbour-needs">What the harbour needs now</a></li>'


def links_of(html: str) -> tuple[Link, ...]:
    doc = parse(f"<html><body><article><p>The crane is back on its quay.</p></article>{html}</body></html>", PAGE)
    return read_links(doc, Anchors(doc.base_url, doc.url), doc.root.findall(".//article/p"))


def test_a_list_known_by_its_class_has_the_heading_that_stands_over_it() -> None:
    inside = links_of(f'<div class="related-posts"><h3>Das gefällt der Redaktion</h3><ul>{ITEMS}</ul></div>')
    before = links_of(f'<h3>Das gefällt der Redaktion</h3><div><div class="related-posts"><ul>{ITEMS}</ul></div></div>')
    for found in (inside, before):
        assert [(link.kind, link.heading) for link in found] == [(LinkKind.RELATED, "Das gefällt der Redaktion")] * 2


def test_where_that_heading_tells_a_kind_the_reader_is_believed_and_not_the_class() -> None:
    found = links_of(f'<div class="popular-posts"><h3>Our newest blog entries: recent ones</h3><ul>{ITEMS}</ul></div>')
    assert {link.kind for link in found} == {LinkKind.RECENT}


def test_the_headline_of_an_item_is_no_heading_of_the_list() -> None:
    first = '<article><h3><a href="/a/a-new-ferry-for-the-town">A new ferry for the town</a></h3></article>'
    found = links_of(f'<div class="related-posts">{first}<ul>{ITEMS}</ul></div>')
    assert {link.heading for link in found} == {None}
    assert len(found) == 3


def test_tabs_name_the_lists_that_they_show() -> None:
    found = links_of(
        '<ul><li><a href="#tab-1" data-toggle="tab">Naujausi</a></li>'
        '<li><button aria-controls="tab-2">Most read</button></li></ul>'
        f'<div id="tab-1"><ul>{ITEMS}</ul></div><div id="tab-2"><ul>{OTHER}</ul></div>'
    )
    assert [(link.kind, link.heading) for link in found] == [
        (LinkKind.RECENT, "Naujausi"),
        (LinkKind.RECENT, "Naujausi"),
        (LinkKind.POPULAR, "Most read"),
    ]


def test_a_tab_for_what_is_not_on_the_page_is_passed_over() -> None:
    assert links_of('<a href="#gone">Most read</a><button data-target="nowhere">Latest news</button>') == ()
