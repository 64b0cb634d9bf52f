"""Names of sites."""

import pytest

from scraper.extractor.metadata.jsonld import LinkedData, read_json_ld
from scraper.extractor.metadata.site_name import SiteNames, read_site_names, squeezed
from scraper.extractor.page.document import parse


def names(html: str, url: str | None = "https://www.valley-courier.example/rivers") -> SiteNames:
    doc = parse(html, url)
    return read_site_names(doc, read_json_ld(doc.json_ld), LinkedData())


def test_the_name_for_sharing_comes_first() -> None:
    found = names('<meta property="og:site_name" content="Valley Courier"><meta name="application-name" content="VC">')

    assert (found.name, found.source) == ("Valley Courier", "opengraph")


def test_the_publisher_of_the_article() -> None:
    script = '{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Valley Courier"}}'

    assert names(f'<script type="application/ld+json">{script}</script>').name == "Valley Courier"


@pytest.mark.parametrize(
    "text", ["Valley Courier", "The Valley Courier", "valley-courier.example", "VALLEY COURIER", ""]
)
def test_the_host_gives_names_away(text: str) -> None:
    assert names("").covers(text)


def test_other_words_are_not_covered() -> None:
    assert not names("").covers("Courier of the valley floods")


def test_a_page_from_nowhere_has_no_name() -> None:
    assert names("<p>Text</p>", None) == SiteNames()


def test_letters_and_digits_remain() -> None:
    assert squeezed("Die „Tal-Post“ 24") == "dietalpost24"


def test_a_part_of_the_title_that_is_the_hosts_name_is_the_sites() -> None:
    found = names("<title>Rivers rise | Valley Courier</title>")

    assert (found.name, found.source) == ("Valley Courier", "html")
    assert names("<title>Rivers rise | Flood news</title>").name is None


def test_an_agency_that_wrote_the_article_is_not_the_site() -> None:
    author = '{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "Agency News"}}'
    found = names(f'<script type="application/ld+json">{author}</script>')

    assert found.name is None
    assert found.covers("Agency News")


@pytest.mark.parametrize(
    ("html", "url", "name"),
    [
        (
            "<title>Rivers rise again in the valley ~ Valley Courier Weekly</title>",
            "https://valleycourier.example/a",
            "Valley Courier Weekly",
        ),
        (
            "<title>Valley Courier's notes: Rivers rise again in the valley</title>",
            "https://valleycourier.blogspot.com/a",
            "Valley Courier's notes",
        ),
        (
            '<title>Rivers</title><a href="/">ValleyCourier.example</a>',
            "https://www.valleycourier.example/a",
            "ValleyCourier.example",
        ),
        (
            '<title>Rivers</title><a href="/"><img alt="Valley Courier"></a>',
            "https://www.valley-courier.example/a",
            "Valley Courier",
        ),
        ('<meta property="article:publisher" content="Valley Courier">', "https://a.example/a", "Valley Courier"),
        ('<meta property="article:publisher" content="https://www.facebook.com/valley">', "https://a.example/a", None),
        ("<title>Valley Courier's letter 18 – Rivers rise</title>", "https://valleycourier.example/a", None),
        ('<title>Rivers</title><a href="/">Home</a>', "https://home.example/a", None),
    ],
)
def test_where_a_page_shows_its_sites_name(html: str, url: str, name: str | None) -> None:
    assert names(html, url).name == name


@pytest.mark.parametrize(
    "stated", ["https://www.valley-courier.example", "Startseite", "Rivers rise again and again today"]
)
def test_addresses_front_pages_and_titles_are_no_names(stated: str) -> None:
    found = names(
        f'<meta property="og:title" content="Rivers rise again and again today"><meta property="og:site_name" '
        f'content="{stated}"><meta name="application-name" content="Valley Courier">'
    )

    assert found.name == "Valley Courier"
