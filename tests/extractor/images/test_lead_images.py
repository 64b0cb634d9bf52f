"""Of the pictures a page declares, the first that is no sign of the site is the article's."""

from scraper.extractor.images.lead_images import read_lead_images
from scraper.extractor.metadata.jsonld import read_json_ld
from scraper.extractor.page.document import parse
from scraper.records import Image

PAGE = "https://www.harbour-post.example/2026/crane"


def declared(head: str) -> tuple[Image, ...]:
    doc = parse(f"<html><head>{head}</head><body><p>One.</p></body></html>", PAGE)
    data = read_json_ld(doc.json_ld)
    return read_lead_images(doc, [("json-ld", node, data) for node in data.of_type("newsarticle")])


def test_a_template_declares_the_logo_first_and_the_article_its_picture_after_it() -> None:
    (image,) = declared(
        '<meta property="og:image" content="/static/logo.png"><meta property="og:image:width" content="300">'
        '<meta property="og:image" content="/2026/crane.jpg">'
    )

    assert image == Image(url="https://www.harbour-post.example/2026/crane.jpg", role=image.role)


def test_no_picture_is_better_than_a_blank_one() -> None:
    assert declared('<meta property="og:image" content="https://s0.cdn.example/i/blank.jpg">') == ()


def test_the_publishers_logo_is_no_picture_of_an_article() -> None:
    images = declared(
        '<meta property="og:image" content="/brand/sign.png"><script type="application/ld+json">{"@type":"NewsArticle",'
        '"image":"/2026/crane.jpg","publisher":{"@type":"Organization","logo":{"url":"/brand/sign.png"}}}</script>'
    )

    assert [image.url for image in images] == ["https://www.harbour-post.example/2026/crane.jpg"]


def test_a_page_is_no_picture() -> None:
    assert declared('<meta property="og:image" content="/2013/07/hating-cranes.html">') == ()
