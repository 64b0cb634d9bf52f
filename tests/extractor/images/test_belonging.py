"""What stands in a text is the article's, whatever the boxes around it are called; what leads elsewhere is not."""

import pytest
from lxml import etree

from scraper.extractor.images.reading import read_media
from scraper.extractor.links.anchors import Anchors
from scraper.extractor.page.document import parse
from scraper.records import Image

PAGE = "https://www.example.org/harbour/crane.html"


def pictures_of(html: str) -> list[str]:
    return [image.url.rpartition("/")[2] for image in images_of(html)]


def images_of(html: str) -> tuple[Image, ...]:
    doc = parse(f"<html><body><article>{html}</article></body></html>", PAGE)
    region = next(doc.root.iter("article"))
    kept = [element for element in region.iter("p") if element.text and element.text.strip()]
    return read_media(region, kept, Anchors(PAGE, PAGE)).images


@pytest.mark.parametrize(
    "html",
    [
        '<div class="elementor-widget-container"><img src="a.jpg"></div>',
        '<div class="hero-banner"><img src="a.jpg"></div>',
        '<div class="article-picture--teaser"><img src="a.jpg"></div>',
        '<div class="image-author-license"><img src="a.jpg"></div>',
        '<div class="layout-sidebar-left"><img src="a.jpg"><p>Three.</p></div>',
        '<div id="ad-in-text-target"><p>Three.</p><figure><img src="a.jpg"></figure></div>',
        '<aside><figure><img src="a.jpg"><figcaption>The crane at noon</figcaption></figure></aside>',
        '<figure><button><img src="a.jpg"></button></figure>',
        '<a href="/articles/photo/17.html"><img src="a.jpg"></a>',
    ],
)
def test_a_picture_in_the_text_is_the_articles(html: str) -> None:
    assert pictures_of(f"<p>One.</p>{html}<p>Two.</p>") == ["a.jpg"]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="widget"><a href="/other-story-of-today.html">Other</a><img src="a.jpg"></div>',
        '<div class="banner"><a href="https://shop.example/buy-a-crane"><img src="a.jpg"></a></div>',
        '<div class="teaser"><img src="a.jpg"><a href="/other-story-of-today.html">Other story of today</a></div>',
        '<div class="post-author"><img src="a.jpg"></div>',
        '<div class="product-logo"><img src="a.jpg"></div>',
        '<aside><img src="a.jpg"><h4>What else happened in the harbour this week, and where</h4></aside>',
        '<button><img src="a.jpg" width="158"></button>',
    ],
)
def test_a_picture_of_another_story_or_of_a_person_is_not(html: str) -> None:
    assert pictures_of(f"<p>One.</p>{html}<p>Two.</p>") == []


def test_pictures_go_on_below_the_last_words_where_passages_stood() -> None:
    assert pictures_of('<p>One.</p><p>Two.</p><p><img src="a.jpg"></p><div><img src="b.jpg"></div>') == [
        "a.jpg",
        "b.jpg",
    ]


def test_a_rule_between_passages_is_no_picture() -> None:
    rule = '<p><img src="rule1c.jpg"></p>'

    assert pictures_of(f'<p>One.</p>{rule}<p>Two.</p>{rule}<p>Three.</p>{rule}<img src="a.jpg"><p>Four.</p>') == [
        "a.jpg"
    ]


def test_a_drawing_and_a_logo_with_a_caption_are_pictures() -> None:
    chart = '<figure><img src="chart.svg"><figcaption>What the crane lifted in each year</figcaption></figure>'
    logo = '<figure><img src="shipyard-logo.png"><figcaption>The new sign of the shipyard</figcaption></figure>'

    assert pictures_of(f"<p>One.</p>{chart}{logo}<p>Two.</p>") == ["chart.svg", "shipyard-logo.png"]


def test_pictures_count_to_the_end_of_a_text_of_many_passages() -> None:
    passages = "<p>One.</p><p> </p>" * 400

    assert pictures_of(f'{passages}<img src="a.jpg"><p>Two.</p>') == ["a.jpg"]


def test_text_without_an_element_of_its_own_stands_above_no_picture() -> None:
    doc = parse('<article>One <b>and</b> two.<figure><img src="a.jpg"></figure><p>Three.</p></article>', PAGE)
    region: etree._Element = next(doc.root.iter("article"))

    (image,) = read_media(region, [region, *region.iter("p")], Anchors(PAGE, PAGE)).images

    assert image.role == "lead"
