"""Which caption belongs to a picture, and which part of it says who made it."""

import pytest
from lxml import etree

from scraper.extractor.extract import extract
from scraper.extractor.images.captions import caption_and_credit, caption_elements, is_caption


def of_first_picture(html: str) -> tuple[str | None, str | None]:
    page = etree.fromstring(f"<div>{html}</div>")
    return caption_and_credit(next(page.iter("img")))


@pytest.mark.parametrize(
    ("html", "caption", "credit"),
    [
        ("<figure><img/><figcaption>The crane. Photo: Jane Doe</figcaption></figure>", "The crane.", "Photo: Jane Doe"),
        ('<figure><img/><figcaption>The crane (right) <i class="credit">Doe/AFP</i></figcaption></figure>',
         "The crane (right)", "Doe/AFP"),
        ('<figure><img/><figcaption>The crane <b class="credit">(Jane Doe / AP)</b></figcaption></figure>',
         "The crane", "Jane Doe / AP"),
        ('<figure><img/><figcaption>The crane.<span>Unsplash/Jane Doe</span></figcaption></figure>',
         "The crane.", "Unsplash/Jane Doe"),
        ('<figure><img/><span itemprop="copyrightHolder">(c) Jane Doe</span></figure>', None, "(c) Jane Doe"),
        ('<div class="wp-caption"><img/><p class="wp-caption-text">The crane</p></div>', "The crane", None),
        ('<figure><img/><figcaption>The crane up. <i class="credit">Photo by Jane Doe</i> /AFP</figcaption></figure>',
         "The crane up.", "Photo by Jane Doe AFP"),
        ("<p><img/> The crane</p>", None, None),
        ('<div><img/><img/><p class="caption">Both</p></div>', None, None),
    ],
)  # fmt: skip
def test_caption_and_credit_come_from_what_is_around_the_picture(
    html: str, caption: str | None, credit: str | None
) -> None:
    assert of_first_picture(html) == (caption, credit)


def test_a_gallerys_caption_is_not_its_first_pictures() -> None:
    gallery = "<figure><figure><img/></figure><figcaption>All of them</figcaption></figure>"

    assert of_first_picture(gallery) == (None, None)


def test_what_holds_a_picture_too_is_no_caption() -> None:
    page = etree.fromstring('<div><div class="caption"><img/><p class="caption-text">The crane</p></div></div>')

    assert [is_caption(element) for element in page.iter("div", "p")] == [False, False, True]


def test_nested_captions_count_once() -> None:
    page = etree.fromstring(
        '<div><figcaption>The <span class="caption-text">crane</span></figcaption><p>Text</p></div>'
    )

    assert [element.tag for element in caption_elements(page)] == ["figcaption"]


def test_what_is_said_to_screen_readers_is_no_part_of_a_caption() -> None:
    markup = (
        '<figure><img src="/crane.jpg" width="900" height="600">'
        '<figcaption><span class="hidden">Image caption</span> The crane at dawn</figcaption></figure>'
    )
    text = "".join(f"<p>On day {day} the ships waited outside the harbour until the evening.</p>" for day in range(5))
    article = extract(f"<article><h1>The crane</h1>{markup}{text}</article>", "https://example.org/the-crane-is-back")
    assert [image.caption for image in article.images] == ["The crane at dawn"]
