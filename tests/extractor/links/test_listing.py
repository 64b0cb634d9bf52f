"""Pages that list articles: what they link to, where they go on, which archives they lead to."""

from datetime import UTC, datetime

from scraper.extractor.links.listing import Listing, read_listing
from scraper.records import Page
from scraper.rules.selectors import parse_selector

URL = "https://example.org/news/"


def read(body: str, selector: str | None = None) -> Listing:
    page = Page(
        url=URL,
        final_url=URL,
        body=f"<!DOCTYPE html><html><body>{body}</body></html>".encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )
    return read_listing(page, parse_selector(selector) if selector else None)


def paths(listing: Listing) -> list[str]:
    return [each.url.removeprefix("https://example.org") for each in listing.articles]


LIST = """
<nav><a href="/a-long-way-to-the-sections">All our sections at a glance</a></nav>
<main>
<article><h2><a href="/ebbe-und-flut-am-kai">Ebbe und Flut am alten Kai</a></h2><time datetime="2025-12-30">30.</time>
<p>Ein langer Satz, der sagt, worum es in diesem Artikel geht.
<a href="/ebbe-und-flut-am-kai">Weiterlesen</a></p></article>
<article><h2><a href="/pilze">Pilze</a></h2><p>Kurz.</p></article>
</main>
<aside><a href="/2025/11/">November</a> <a href="/2025/12/">Dezember</a> <a href="https://other.example/2025/10/">x</a></aside>
<footer><a href="/impressum-und-datenschutz-hier">Impressum und Datenschutz dieser Seite</a></footer>
"""


def test_articles_are_found_with_title_and_day() -> None:
    found = read(LIST)

    assert paths(found) == ["/ebbe-und-flut-am-kai", "/pilze"]
    assert [(each.title, str(each.published)) for each in found.articles] == [
        ("Ebbe und Flut am alten Kai", "2025-12-30"),
        ("Pilze", "None"),
    ]


def test_archives_by_month_are_those_of_the_site() -> None:
    assert sorted(read(LIST).months) == [(2025, 11), (2025, 12)]


def test_a_selector_is_obeyed_whatever_it_finds() -> None:
    assert paths(read(LIST, "aside a[href^='/']")) == ["/2025/11/", "/2025/12/"]
    assert paths(read(LIST, "article:first-of-type")) == ["/ebbe-und-flut-am-kai"]
    assert paths(read('<div data-url="/x">Ebbe</div>', "div@data-url")) == ["/x"]


def test_where_it_goes_on_is_found_by_relation_class_or_words() -> None:
    for link in (
        '<a rel="next" href="/news/2">2</a>',
        '<a class="page-numbers next" href="/news/2">»</a>',
        '<a href="/news/2">Older posts →</a>',
        '<a href="/news/2">Nächste Seite</a>',
    ):
        assert read(f'<a href="/news/0">1</a>{link}').next_url == "https://example.org/news/2", link
    assert read('<a href="/news/2">2</a><a href="https://other.example/" rel="next">x</a>').next_url is None
