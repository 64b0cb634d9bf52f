"""Categories and tags by the classes of a WordPress post: the slugs say which, the page says what they are called."""

import pytest

from scraper.extractor.extract import extract
from scraper.extractor.page.document import parse
from scraper.extractor.profiles.post_terms import post_terms

BODY = "wp-singular single single-post postid-7"
OWN = "post-7 post type-post status-publish hentry category-harbour category-trade tag-crane"


def terms(
    markup: str,
    *,
    own: str = OWN,
    body: str = BODY,
    categories: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    guessed: tuple[str, ...] = (),
) -> dict[str, tuple[str, ...]]:
    doc = parse(f'<body class="{body}"><article class="{own}">{markup}</article></body>', "https://news.example/a/")
    return post_terms(doc, {"categories": categories, "tags": tags}, guessed)


def test_links_to_the_pages_of_terms_name_them_wherever_they_stand() -> None:
    markup = """
    <nav><a href="/trade/">TRADE</a> <a href="/category/harbour/">Port & Harbour</a> <a href="/sport/">Sport</a></nav>
    <footer><a rel="tag" href="https://news.example/tag/crane/">Crane</a></footer>
    """

    assert terms(markup) == {"categories": ("Port & Harbour", "TRADE"), "tags": ("Crane",)}


def test_a_label_of_the_post_names_it_rather_than_the_menu() -> None:
    markup = '<a href="/harbour/">HARBOUR</a> <a href="/harbour/" rel="category tag">Harbour</a>'

    assert terms(markup, own="post-7 type-post category-harbour")["categories"] == ("Harbour",)


def test_labels_of_teasers_are_none_of_the_post() -> None:
    markup = """
    <a rel="category tag" href="/category/harbour/">Harbour</a> <a rel="tag" href="/tag/fog/">Fog</a>
    <aside class="post-8 type-post category-sport"><a rel="category tag" href="/category/sport/">Sport</a></aside>
    """

    found = terms(markup, categories=("Harbour", "Sport"), tags=("Fog",), own="post-7 type-post category-harbour")

    assert found == {"categories": ("Harbour",), "tags": ()}


def test_words_that_the_page_has_in_its_head_name_what_no_link_names() -> None:
    found = terms("", categories=("Häfen & Küsten",), tags=("Krane",), own="post-7 type-post category-haefen-kuesten-2")

    assert found["categories"] == ("Häfen & Küsten",)


def test_as_many_claims_as_slugs_without_a_name_are_theirs() -> None:
    own = "post-7 type-post category-412 category-harbour"

    assert terms("", own=own, categories=("Порт", "Harbour"))["categories"] == ("Harbour", "Порт")


@pytest.mark.parametrize("label", ["", '<a rel="category tag" href="/category/%D0%BF/">Порт</a>'])
def test_a_guess_is_a_name_only_where_it_is_linked_as_a_label(label: str) -> None:
    found = terms(label, own="post-7 type-post category-412", categories=("Порт",), guessed=("categories",))

    assert found.get("categories", ()) == (("Порт",) if label else ())


@pytest.mark.parametrize(
    ("own", "body"),
    [
        ("post-7 type-post tag-crane", BODY),  # no category: the theme changed the classes
        ("post-8 type-post category-harbour", BODY),  # the classes of another post
        ("post-7 type-post category-harbour", "archive category"),  # a list
    ],
)
def test_nothing_is_said_where_the_classes_are_not_those_of_the_post(own: str, body: str) -> None:
    assert terms('<a rel="tag" href="/harbour/">Harbour</a>', own=own, body=body) == {}


def test_the_number_of_the_post_may_stand_in_its_short_link() -> None:
    page = """<html><head><link rel="shortlink" href="https://news.example/?p=7"></head>
    <body><div class="post-7 type-post category-harbour"><a href="/category/harbour/">Harbour</a></div></body></html>"""

    assert post_terms(parse(page, "https://news.example/a/"), {}) == {"categories": ("Harbour",), "tags": ()}


def test_an_article_of_wordpress_has_the_categories_of_its_post_even_those_that_elsewhere_mean_nothing() -> None:
    page = """<html><head><meta name="generator" content="WordPress 6.7"><title>The crane</title></head>
    <body class="single-post postid-7"><nav><a href="/category/sport/" rel="category tag">Sport</a></nav>
    <article class="post-7 post type-post category-news"><h1>The crane</h1>
    <a href="/category/news/" rel="category tag">News</a></article></body></html>"""

    article = extract(page, "https://news.example/a/")

    assert article.categories == ("News",)
    assert article.sources["categories"] == "profile"


def test_a_theme_made_of_blocks_has_blocks_of_terms_and_no_classes() -> None:
    def block(taxonomy: str, name: str) -> str:
        return f'<div class="taxonomy-{taxonomy} wp-block-post-terms"><a rel="tag" href="/x/{name}/">{name}</a></div>'

    teaser = f'<ul><li class="wp-block-post post-8">{block("category", "Sport")}{block("post_tag", "Fog")}</li></ul>'
    markup = block("category", "Harbour") + block("post_tag", "Crane") + teaser

    assert terms(markup, own="") == {"categories": ("Harbour",), "tags": ("Crane",)}


def test_labels_keep_the_order_of_the_page() -> None:
    names = ("Порт", "Туман", "Кран", "Море")
    links = "".join(f'<a rel="tag" href="/tag/%D0%BF/">{name}</a>' for name in names)
    own = "post-7 type-post category-1 tag-11 tag-12 tag-13 tag-14"

    assert terms(links, own=own, tags=names, guessed=("tags",))["tags"] == names


def test_terms_that_only_other_posts_have_are_none_of_this_one() -> None:
    """A block theme whose page shows no terms of its own: what it links to as labels stands in its lists."""
    term = '<div class="taxonomy-category wp-block-post-terms"><a href="/category/fog/" rel="tag">Fog</a></div>'
    listed = f'<ul><li class="wp-block-post post-8 type-post category-fog">{term}</li></ul>'

    assert terms(listed, own="x", tags=("Fog",), guessed=("tags",)) == {"tags": ()}
    assert terms(listed, own="x", tags=("Fog", "Crane"), guessed=("tags",)) == {}
    assert terms(listed, own="x", tags=("Fog",)) == {}
    assert terms(listed + term, own="x", tags=("Fog",), guessed=("tags",)) == {"categories": ("Fog",), "tags": ()}
