"""All fields of one page together."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scraper.extractor.metadata.reading import Metadata, read_metadata
from scraper.extractor.page.document import parse

PAGE = """<!doctype html><html lang="de-DE"><head><title>Der Fluss steigt | Talpost</title>
<link rel="canonical" href="/wetter/fluss"><meta property="og:image" content="/bild.jpg">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "Talpost"},
 {"@type": "NewsArticle", "headline": "Der Fluss steigt", "datePublished": "2024-10-26T09:12:07+02:00",
  "author": {"@type": "Person", "name": "Erika Muster"}, "articleSection": "Wetter",
  "keywords": ["Regen", "Hochwasser"],
  "description": "Nach drei Tagen Regen steht der Fluss so hoch wie noch nie.", "isAccessibleForFree": true}]}</script>
</head><body><article><h1>Der Fluss steigt</h1><p class="subtitle">Drei Dörfer sind abgeschnitten</p>
<p>Von Erika Muster · 26. Oktober 2024 · 3 Kommentare</p><p>Der Text beginnt.</p></article></body></html>"""


def test_every_field_is_read_and_has_its_source() -> None:
    metadata = read_metadata(parse(PAGE, "https://talpost.example/wetter/fluss?ref=x"))

    assert metadata.url == "https://talpost.example/wetter/fluss"
    assert metadata.title == "Der Fluss steigt"
    assert metadata.subtitle == "Drei Dörfer sind abgeschnitten"
    assert str(metadata.published) == "2024-10-26T09:12:07+02:00"
    assert metadata.modified is None
    assert metadata.authors == ("Erika Muster",)
    assert metadata.categories == ("Wetter",)
    assert metadata.tags == ("Regen", "Hochwasser")
    assert metadata.summary == "Nach drei Tagen Regen steht der Fluss so hoch wie noch nie."
    assert metadata.language == "de"
    assert metadata.site_name == "Talpost"
    assert metadata.comment_count == 3
    assert metadata.view_count is None
    assert metadata.paywalled is False
    assert [image.url for image in metadata.images] == ["https://talpost.example/bild.jpg"]
    assert metadata.sources["subtitle"] == metadata.sources["comment_count"] == "html"
    assert metadata.sources["authors"] == metadata.sources["published"] == "json-ld"
    assert metadata.sources.keys() == {
        "url",
        "title",
        "subtitle",
        "published",
        "authors",
        "categories",
        "tags",
        "summary",
        "language",
        "site_name",
        "comment_count",
        "paywalled",
        "paywall_reason",
    }


def test_an_empty_page_says_nothing() -> None:
    assert read_metadata(parse("")) == Metadata(sources={"url": "url"})


def test_a_long_text_in_structured_data_is_kept() -> None:
    text = "The river rises. " * 20
    script = f'{{"@type": "NewsArticle", "articleBody": "{text}"}}'

    assert read_metadata(parse(f'<script type="application/ld+json">{script}</script>')).json_ld_body == text


markup = st.text(alphabet="<>/=\"' ahdiv h1 meta content class author date 2024-10-26 By {}[]:,@type\n", max_size=300)


addresses = st.text(max_size=40)


@settings(max_examples=150)
@given(markup, st.none() | addresses | addresses.map(lambda rest: f"https://a.example/{rest}"))
@example("<title>A | B</title><a href=/>B</a>", "http://[a/")
def test_no_page_raises(html: str, url: str | None) -> None:
    metadata = read_metadata(parse(html, url))

    assert "" not in (metadata.title, metadata.summary, metadata.language, metadata.site_name)
