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


def only(html: str) -> Image:
    (image,) = media_of(f"<p>One.</p>{html}<p>Two.</p>").images
    return image


def test_a_picture_loaded_late_and_its_stand_in_are_one() -> None:
    image = only(
        """<figure><img src="data:image/gif;base64,R0" data-lazy-src="a.jpg" data-lazy-srcset="a-6.jpg 600w, a-1200.jpg
        1200w" alt="A crane"><noscript><img src="a.jpg" alt="A crane"></noscript>
        <figcaption>The crane<span class="credit">© AFP</span></figcaption></figure>"""
    )
    assert (image.url, image.width) == (f"{PAGE}a-1200.jpg", 1200)
    assert (image.caption, image.credit) == ("The crane", "© AFP")


def test_a_picture_that_is_there_without_scripts_only_counts() -> None:
    image = only(
        '<figure><div class="lazy"></div><noscript><img src="n.jpg" width="800" height="600"></noscript></figure>'
    )
    assert (image.url, image.width, image.height) == (f"{PAGE}n.jpg", 800, 600)


def test_the_largest_of_all_sources_of_a_picture_element_is_taken() -> None:
    """libxml2 nests sources, which HTML says are empty: the second and the image stand in the first."""
    image = only(
        """<picture><source type="image/webp" srcset="p-400.webp 400w, p-1600.webp 1600w">
        <source media="(min-width: 800px)" data-srcset="p-2000.jpg 2000w"><img class="lazyload" data-src="p-800.jpg">
        </picture>"""
    )
    assert (image.url, image.width) == (f"{PAGE}p-2000.jpg", 2000)


def test_pictures_of_amp_pages_count_once() -> None:
    image = only(
        """<amp-img src="a.jpg" width="1200" height="675" alt="A crane"><noscript><img src="b.jpg"></noscript>
        <img class="i-amphtml-fill-content" src="c.jpg"></amp-img>"""
    )
    assert (image.url, image.width, image.height, image.alt) == (f"{PAGE}a.jpg", 1200, 675, "A crane")


@pytest.mark.parametrize(
    "html",
    [
        '<p><img src="a.jpg"><br><small>Foto: Jane Doe</small></p>',
        '<div><a href="a.jpg"><img src="a.jpg"></a></div><p><em>Foto: Jane Doe</em></p>',
        '<p><img src="a.jpg"></p><p>Foto: Jane Doe</p>',
    ],
)
def test_a_credit_that_nothing_names_one_stands_beside_the_picture(html: str) -> None:
    assert only(html).credit == "Foto: Jane Doe"


def test_a_passage_after_the_picture_is_no_credit() -> None:
    assert only('<p><img src="a.jpg"></p><p>Photos of the crane were on show in the town hall.</p>').credit is None


def test_a_label_without_a_name_is_neither_caption_nor_credit() -> None:
    image = only(
        '<figure><img src="a.jpg"><figcaption>Credit: <span class="credit">Getty Images</span></figcaption></figure>'
    )
    assert (image.caption, image.credit) == (None, "Getty Images")


def test_the_caption_around_a_figure_that_names_only_the_credit() -> None:
    image = only(
        """<figure><figure><img src="a.jpg"><figcaption>Credit: Jane Doe</figcaption></figure>
        <figcaption>The crane at noon</figcaption></figure>"""
    )
    assert (image.caption, image.credit) == ("The crane at noon", "Credit: Jane Doe")


def test_a_caption_after_the_figure_is_its_caption() -> None:
    image = only('<figure><img src="a.jpg"></figure><div><figcaption>The crane at noon</figcaption></div>')
    assert image.caption == "The crane at noon"


def test_a_named_credit_makes_the_words_beside_it_a_caption() -> None:
    image = only(
        """<div class="lede"><div><picture><img src="a.jpg"></picture></div><div class="data">The crane at noon
        <span class="credit">Photo: Jane Doe</span></div></div>"""
    )
    assert (image.caption, image.credit) == ("The crane at noon", "Photo: Jane Doe")


def test_a_box_that_is_called_captioned_holds_the_picture_and_its_caption() -> None:
    image = only(
        '<a class="bild mit-bildunterschrift" href="a.jpg"><img src="a.jpg"><br>The crane <em>© Jane Doe</em></a>'
    )
    assert (image.caption, image.credit) == ("The crane", "© Jane Doe")


def test_the_head_of_an_article_with_its_byline_is_no_caption() -> None:
    image = only(
        """<div class="hero"><img src="a.jpg"><h2>The crane</h2><p class="credit">By Jane Doe</p>
        <time>12 March 2026</time></div>"""
    )
    assert (image.caption, image.credit) == (None, None)


@pytest.mark.parametrize("name", ["billedtekst", "foto-bijschrift", "pie-de-foto", "bildunterzeile"])
def test_captions_are_named_in_other_languages_too(name: str) -> None:
    assert only(f'<div><img src="a.jpg"><span class="{name}">The crane</span></div>').caption == "The crane"


def test_a_picture_that_the_page_declares_leads_before_what_it_shows_above_the_text() -> None:
    media = media_of('<img src="/up/partner.jpg"><p>One.</p><img src="/up/a-300x200.jpg"><p>Two.</p>')
    declared = [Image(url="https://www.example.org/up/a.webp")]

    images = with_lead(media, declared, etree.Element("html"), Anchors(PAGE, PAGE)).images

    assert [(image.url.rpartition("/")[2], image.role) for image in images] == [
        ("a-300x200.jpg", ImageRole.LEAD),
        ("partner.jpg", ImageRole.BODY),
    ]


def test_a_picture_that_the_page_shows_nowhere_stands_back() -> None:
    media = media_of('<img src="/up/a.jpg"><p>One.</p>')
    declared = [Image(url="https://www.example.org/up/for-sharing.jpg")]

    images = with_lead(media, declared, etree.Element("html"), Anchors(PAGE, PAGE)).images

    assert [image.url.rpartition("/")[2] for image in images] == ["a.jpg"]


def test_one_file_under_two_addresses_is_shown_once() -> None:
    media = media_of('<p>One.</p><img data-src="/up/big.jpg" src="/up/small.jpg"><p>Two.</p>')
    page = parse('<img data-src="/up/big.jpg" src="/up/small.jpg">', PAGE).root
    declared = [Image(url="https://www.example.org/up/small.jpg")]

    assert len(with_lead(media, declared, page, Anchors(PAGE, PAGE)).images) == 1
