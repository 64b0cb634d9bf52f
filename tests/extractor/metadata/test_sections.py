"""Categories and tags."""

from scraper.extractor.metadata.reading import Metadata, read_metadata
from scraper.extractor.page.document import parse


def read(body: str = "", head: str = "") -> Metadata:
    html = f"<html><head><title>Rivers rise</title>{head}</head><body><h1>Rivers rise</h1>{body}</body></html>"
    return read_metadata(parse(html, "https://www.valley-courier.example/rivers"))


def article(fields: str) -> str:
    return (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Rivers rise", {fields}}}</script>'
    )


def test_links_said_to_be_categories_and_tags() -> None:
    metadata = read(
        '<p><a href="/c" rel="category tag">Weather</a> <a href="/t" rel="tag">Floods</a>'
        ' <a href="/u" rel="tag">Rain</a></p>'
    )

    assert metadata.categories == ("Weather",)
    assert metadata.tags == ("Floods", "Rain")
    assert metadata.sources["categories"] == metadata.sources["tags"] == "html"


def test_structured_data_names_the_section_and_the_keywords() -> None:
    metadata = read(head=article('"articleSection": "Weather", "keywords": "Floods, Rain"'))

    assert metadata.categories == ("Weather",)
    assert metadata.tags == ("Floods", "Rain")
    assert metadata.sources["tags"] == "json-ld"


def test_tags_for_sharing() -> None:
    tags = "".join(f'<meta property="article:tag" content="{tag}">' for tag in ("Floods", "Rain", "floods"))

    metadata = read(head=f'<meta property="article:section" content="Weather">{tags}')

    assert metadata.categories == ("Weather",)
    assert metadata.tags == ("Floods", "Rain")


def test_the_fuller_of_two_lists_of_tags_is_taken() -> None:
    assert read('<p><a href="/t" rel="tag">Floods</a></p>', article('"keywords": ["Floods", "Rain"]')).tags == (
        "Floods",
        "Rain",
    )


def test_what_systems_tell_one_another_is_no_label() -> None:
    keywords = (
        '"keywords": ["8f507083-bac4-423a-9015-2eb31e1bce50", "NLP Category: Politics", "Page Type: Article", "Rain"]'
    )

    assert read(head=article(keywords)).tags == ("Rain",)


def test_a_category_is_not_repeated_as_a_tag_and_the_site_is_neither() -> None:
    metadata = read(head=article('"articleSection": "Weather", "keywords": ["weather", "Valley Courier", "Rain"]'))

    assert metadata.tags == ("Rain",)


def test_a_page_without_labels_has_none() -> None:
    metadata = read("<p>Text.</p>")

    assert metadata.categories == metadata.tags == ()
    assert not {"categories", "tags"} & metadata.sources.keys()


def test_links_to_the_pages_of_topics_are_tags_where_nothing_else_is() -> None:
    metadata = read('<p>Text.</p><div><a href="/news/topics/c1">Floods</a> <a href="/news/topics/c2">Rain</a></div>')

    assert metadata.tags == ("Floods", "Rain")


def test_the_labels_of_a_whole_site_are_not_the_articles() -> None:
    words = ", ".join(f'"label {number}"' for number in range(6_000))

    assert read(head=article(f'"articleSection": "Weather", "keywords": [{words}]')).tags == ()
