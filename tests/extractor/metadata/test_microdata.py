"""Microdata, read into the shape of JSON-LD."""

from scraper.extractor.metadata.jsonld import text_in, types_of
from scraper.extractor.metadata.microdata import read_microdata
from scraper.extractor.page.document import parse


def nodes(html: str) -> list[dict[str, object]]:
    return [dict(placed.node) for placed in read_microdata(parse(html, "https://a.example/1")).placed]


def test_an_item_has_its_properties_and_nested_items() -> None:
    (article, person) = nodes(
        """<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Rivers rise</h1>
        <span itemprop="author" itemscope itemtype="https://schema.org/Person">
        <b itemprop="name">Erika Muster</b></span>
        <time itemprop="datePublished" datetime="2024-10-26T14:05:00+02:00">yesterday</time>
        <a itemprop="url" href="/1">here</a><meta itemprop="inLanguage" content="en"></article>"""
    )

    assert types_of(article) == {"newsarticle"}
    assert article["headline"] == "Rivers rise"
    assert text_in(article["author"]) == "Erika Muster"
    assert article["datePublished"] == "2024-10-26T14:05:00+02:00"
    assert article["url"] == "/1"
    assert person["name"] == "Erika Muster"


def test_a_property_given_twice_is_a_list() -> None:
    (article,) = nodes(
        """<div itemscope itemtype="https://schema.org/Article"><a itemprop="author" href="/a">Erika Muster</a>
        <a itemprop="author" href="/b">Max Beispiel</a></div>"""
    )

    assert article["author"] == ["Erika Muster", "Max Beispiel"]


def test_properties_of_no_item_count_once_and_come_first() -> None:
    (loose, _) = nodes(
        """<p itemscope itemtype="https://schema.org/Organization"><i itemprop="name">Site</i></p>
        <span itemprop="author">Erika Muster</span><span itemprop="author">Of a teaser</span>"""
    )

    assert loose["author"] == "Erika Muster"


def test_a_page_without_microdata_has_no_items() -> None:
    assert nodes("<p>Text</p>") == []


def test_deep_nesting_is_no_problem() -> None:
    assert nodes("<div>" * 500 + '<i itemprop="name">x</i>')
