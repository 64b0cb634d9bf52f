"""Pictures of the article with caption and credit apart; icons, teasers and advertisements stay out."""

from collections.abc import Collection

import pytest
from lxml import etree

from scraper.extractor.images.reading import Media, read_media, with_lead
from scraper.extractor.links.anchors import Anchors
from scraper.extractor.page.document import parse
from scraper.records import Image, ImageRole

PAGE = "https://www.example.org/harbour/"


def media_of(html: str, teasers: Collection[str] = ()) -> Media:
    doc = parse(f"<html><body><article>{html}</article></body></html>", PAGE)
    region = next(doc.root.iter("article"))
    return read_media(region, list(region.iter("p")), Anchors(PAGE, PAGE), frozenset(teasers))


def test_a_figure_gives_address_size_description_caption_and_credit() -> None:
    media = media_of(
        """
        <p>One.</p>
        <figure><img src="crane.jpg" width="800" height="450" alt="A crane">
        <figcaption>The crane at noon. Photo: Jane Doe</figcaption></figure>
        <p>Two.</p>
        """
    )

    assert media.images == (
        Image(
            url=f"{PAGE}crane.jpg",
            role=ImageRole.BODY,
            caption="The crane at noon.",
            credit="Photo: Jane Doe",
            alt="A crane",
            width=800,
            height=450,
        ),
    )
    assert media.captions == ("The crane at noon. Photo: Jane Doe",)


def test_a_picture_above_the_text_leads() -> None:
    media = media_of('<img src="a.jpg"><p>One.</p><img src="b.jpg"><p>Two.</p>')

    assert [image.role for image in media.images] == [ImageRole.LEAD, ImageRole.BODY]


def test_a_credit_of_its_own_element_is_taken_out_of_the_caption() -> None:
    media = media_of(
        """
        <figure><img src="a.jpg"><figcaption>The crane at noon <span class="credit">Jane Doe, Harbour Post</span>
        </figcaption></figure><p>One.</p>
        """
    )

    assert (media.images[0].caption, media.images[0].credit) == ("The crane at noon", "Jane Doe, Harbour Post")


def test_a_caption_may_stand_in_a_paragraph_of_that_class() -> None:
    doc = parse(
        """
        <article><p>One.</p><div class="wp-caption"><a href="a-big.jpg"><img src="a.jpg"></a>
        <p class="wp-caption-text">The crane (dpa)</p></div><p>Two.</p></article>
        """,
        PAGE,
    )
    region = next(doc.root.iter("article"))
    kept = [element for element in region.iter("p") if element.get("class") is None]

    media = read_media(region, kept, Anchors(PAGE, PAGE))

    assert (media.images[0].caption, media.images[0].credit) == ("The crane", "dpa")
    assert media.captions == ("The crane (dpa)",)


def test_captions_of_galleries_tables_and_films_are_kept_in_order() -> None:
    media = media_of(
        """
        <p>One.</p>
        <figure class="gallery"><figure><img src="a.jpg"><figcaption>First</figcaption></figure>
        <figure><img src="b.jpg"></figure><figcaption>Both of them</figcaption></figure>
        <figure><table><tr><td>1</td></tr></table><figcaption>Source: the council</figcaption></figure>
        <figure><iframe src="https://video.example/1"></iframe><figcaption>The film</figcaption></figure>
        <p>Two.</p>
        """
    )

    assert media.captions == ("First", "Both of them", "Source: the council", "The film")
    assert [image.caption for image in media.images] == ["First", None]


def test_one_picture_in_two_sizes_is_one_picture() -> None:
    media = media_of(
        """
        <p>One.</p><img src="/up/a-300x200.jpg"><noscript><img src="/up/a.jpg"></noscript><img src="/up/a.jpg?w=9">
        <p>Two.</p>
        """
    )

    assert [image.url for image in media.images] == ["https://www.example.org/up/a-300x200.jpg"]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/i/facebook-icon.png">',
        '<img src="a.jpg" width="48" height="48">',
        '<img class="avatar" src="a.jpg">',
        '<img src="data:image/gif;base64,R0lGOD">',
        '<img src="/pixel.gif">',
        '<img src="chart.svg">',
        "<img>",
        '<aside><img src="a.jpg"></aside>',
        '<div class="author-bio"><img src="a.jpg"></div>',
        '<a href="/other-story"><img src="a.jpg"></a>',
    ],
)
def test_what_is_no_picture_of_the_article_is_left_out(html: str) -> None:
    media = media_of(f"<p>One.</p>{html}<p>Two.</p>", teasers={"https://www.example.org/other-story"})

    assert media.images == ()


def test_below_the_text_only_figures_count() -> None:
    media = media_of('<p>One.</p><img src="a.jpg"><figure><img src="b.jpg"></figure>')

    assert [image.url for image in media.images] == [f"{PAGE}b.jpg"]


def test_the_declared_picture_leads_where_the_article_shows_none_above_its_text() -> None:
    doc = parse(
        '<header><figure><img src="/up/a-300x200.jpg"><figcaption>The crane</figcaption></figure></header>', PAGE
    )
    declared = [Image(url="https://www.example.org/up/a.jpg", width=1200, height=800)]

    (lead,) = with_lead(Media(), declared, doc.root, Anchors(PAGE, PAGE)).images

    assert (lead.role, lead.caption) == (ImageRole.LEAD, "The crane")


def test_the_declared_picture_is_not_shown_twice() -> None:
    media = media_of('<p>One.</p><img src="/up/a.jpg" alt="A crane"><p>Two.</p>')
    declared = [Image(url="https://www.example.org/up/a-1200x800.jpg")]

    (lead,) = with_lead(media, declared, etree.Element("html"), Anchors(PAGE, PAGE)).images

    assert (lead.role, lead.alt) == (ImageRole.LEAD, "A crane")
