"""Categories and tags."""

import pytest

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


def test_a_caption_is_a_word_of_its_own() -> None:
    links = (
        '<a rel="category tag">Tagebuch</a> <a rel="category tag">Tag der Arbeit</a> <a rel="category tag">Topical</a>'
    )

    assert read(f"<p>{links}</p>").categories == ("Tagebuch", "Tag der Arbeit", "Topical")
    assert read('<p><a rel="tag">Schlagwörter: Regen</a><a rel="tag">Filed under Floods</a></p>').tags == (
        "Regen",
        "Floods",
    )


@pytest.mark.parametrize(
    ("section", "categories"),
    [
        ("Rivers, Weather, Valley", ("Rivers", "Weather", "Valley")),
        ("Food, Drink &amp; Travel", ("Food, Drink & Travel",)),
        ("Essen, Trinken und Reisen", ("Essen, Trinken und Reisen",)),
        ("News|World", ("World",)),
        ("Life we love, Tests and guides for buyers", ("Life we love", "Tests and guides for buyers")),
    ],
)
def test_one_text_may_list_several_sections(section: str, categories: tuple[str, ...]) -> None:
    assert read(head=f'<meta property="article:section" content="{section}">').categories == categories


def test_what_a_banner_asks_consent_for_is_no_section() -> None:
    assert read(
        '<div class="cmplz-categories"><span class="cmplz-category-title category">Functional</span></div>'
    ) == (read())


@pytest.mark.parametrize(
    "box",
    [
        '<div class="eyebrow">By</div>',
        '<div class="label eyebrow">About the author</div>',
        '<div class="kicker">Über die Autorin</div>',
        '<div class="kicker">October 26, 2024</div>',
        '<div class="kicker">Anzeige</div>',
        '<ul class="category">' + "".join(f"<li><a href='/c{n}'>Section {n}</a></li>" for n in range(7)) + "</ul>",
        '<div class="category"><a href="/a">Seven ways to keep a cellar dry</a></div>',
    ],
)
def test_what_only_a_class_calls_a_section(box: str) -> None:
    assert read(box).categories == ()


def crumbs(*names: str) -> str:
    items = ", ".join(f'{{"@type": "ListItem", "item": {{"@id": "/x", "name": "{name}"}}}}' for name in names)
    script = f'{{"@type": "BreadcrumbList", "itemListElement": [{items}]}}'
    return f'<script type="application/ld+json">{script}</script>'


@pytest.mark.parametrize(
    ("names", "categories"),
    [
        (("Home", "Weather", "Floods", "Rivers rise"), ("Floods",)),
        (("Startseite", "Politik", "Ausland"), ("Ausland",)),
        (("トップ", "社会", "地震・災害", "Rivers rise"), ("地震・災害",)),
        (("Zprávy", "Domácí", "Rivers rise – and nobody knows where it will end"), ("Domácí",)),
        (("Home", "Blog", "Rivers rise"), ()),
        (("Home", "Back to all articles"), ()),
        (("Home", "the-rivers-rise-again-today"), ()),
        (("Home", f"{'-' * 60} Weather"), ("Weather",)),
    ],
)
def test_an_article_that_names_no_section_stands_where_its_breadcrumbs_lead(
    names: tuple[str, ...], categories: tuple[str, ...]
) -> None:
    assert read(head=crumbs(*names)).categories == categories
    assert read(head=crumbs(*names) + '<meta property="article:section" content="Valley">').categories == ("Valley",)


def test_a_link_over_the_title_to_the_folder_of_the_page_is_its_section() -> None:
    html = (
        '<html><head><title>Rivers rise</title></head><body><div><a href="/">Valley Courier</a>'
        '<a href="/weather">Weather</a><a href="/sports">Sports</a></div><h1>Rivers rise</h1></body></html>'
    )
    metadata = read_metadata(parse(html, "https://www.valley-courier.example/weather/2024/rivers-rise"))

    assert metadata.categories == ("Weather",)
    assert metadata.sources["categories"] == "html"


def test_what_a_plugin_rates_the_text_by_is_no_tag() -> None:
    script = article('"keywords": "river rise today"').replace("<script", '<script class="rank-math-schema"', 1)

    assert read(head=script).tags == ()
    assert read(head=article('"keywords": "Rivers rise"')).tags == ()
    assert read(head=article('"keywords": "Rivers, Rise"')).tags == ("Rivers", "Rise")


def test_labels_of_several_kinds_say_of_which_they_are() -> None:
    assert read(
        head=article('"keywords": ["Subject: Floods", "Location: Rhine", "Day: Friday", "WC: 1000-1999"]')
    ).tags == (
        "Floods",
        "Rhine",
    )


def test_keywords_do_not_hold_the_author_and_no_label_is_an_advertisement() -> None:
    head = '<meta name="author" content="Erika Muster"><meta name="tags" content="Erika Muster, Floods, Sponsored">'

    assert read(head=head).tags == ("Floods",)


def test_a_word_of_the_host_may_be_a_subject() -> None:
    page = (
        '<html><body><h1>Rivers rise</h1><p><a rel="category tag">Handball</a> <a rel="category tag">Handball Post</a>'
        "</p></body></html>"
    )

    assert read_metadata(parse(page, "https://www.handball.example/a")).categories == ("Handball", "Handball Post")
    named = page.replace("<body>", '<head><meta property="og:site_name" content="Handball"></head><body>')
    assert read_metadata(parse(named, "https://www.handball.example/a")).categories == ("Handball Post",)


def test_news_is_a_section_only_where_nothing_says_more() -> None:
    assert read(head=article('"articleSection": "News"')).categories == ("News",)
    section = '<meta property="article:section" content="News">'
    assert read(head=section + article('"articleSection": "Weather"')).categories == ("Weather",)
    assert read('<p class="rubrik"><a href="/w">Weather</a></p>', section).categories == ("Weather",)


def test_what_a_class_calls_both_sections_and_tags_is_labels() -> None:
    metadata = read('<div class="ressort-tags"><a href="/a">Floods</a><a href="/b">Rain</a></div>')

    assert (metadata.categories, metadata.tags) == ((), ("Floods", "Rain"))


def test_labels_are_freed_of_half_a_pair_of_quotes_and_of_what_systems_count() -> None:
    head = '<meta name="news_keywords" content="«Rivers rise again, Floods», Rain, word count: >1200 words">'

    assert read(head=head).tags == ("Rivers rise again", "Floods", "Rain")
    assert read(head='<meta name="news_keywords" content="«Звезда», Дождь">').tags == ("«Звезда»", "Дождь")


def test_keywords_that_are_the_words_of_the_title_are_no_tags() -> None:
    title = "Rivers rise again: bridges closed"

    def tags(keywords: str) -> tuple[str, ...]:
        head = f'<title>{title}</title><meta name="keywords" content="{keywords}">'
        return read_metadata(parse(f"<html><head>{head}</head><body><h1>{title}</h1></body></html>")).tags

    assert tags("Rivers, rise, again, bridges, closed") == ()
    assert tags(f"Rivers, rise, bridges, closed, {title}") == ()
    assert tags("Bridges, Rivers, Rain") == ("Bridges", "Rivers", "Rain")
    assert tags("Rivers, Bridges") == ("Rivers", "Bridges")


CRUMBS = '<div class="page-breadcrumbs"><a href="/">Home</a> » <a href="/life">Life</a> » <a href="/{}">{}</a></div>'


def test_breadcrumbs_that_only_a_class_tells() -> None:
    def categories(crumbs: str, head: str = "") -> tuple[str, ...]:
        html = f"<html><head>{head}</head><body>{crumbs}<h1>Rivers rise</h1></body></html>"
        return read_metadata(parse(html, "https://www.valley-courier.example/rivers")).categories

    assert categories(CRUMBS.format("life/weather", "Weather")) == ("Weather",)
    assert categories(CRUMBS.format("2024/11", "November")) == ("Life",)
    assert categories(CRUMBS.format("weather", "Weather"), article('"articleSection": "Floods"')) == ("Floods",)
    assert categories(CRUMBS.format("weather", "Weather").replace("Home", "Rain").replace('"/"', '"/r"')) == ()
    assert categories('<p class="breadcrumb"><a href="/">Home</a></p>') == ()


def test_a_section_as_addresses_write_it_gives_way_to_one_in_words() -> None:
    head = article('"articleSection": "life"') + '<meta property="article:section" content="Valley Life">'
    page = f"<html><head>{head}</head><body><h1>Rivers rise</h1></body></html>"

    assert read_metadata(parse(page, "https://a.example/life/rivers")).categories == ("Valley Life",)
    page = page.replace("article:section", "x")
    assert read_metadata(parse(page, "https://a.example/life/rivers")).categories == ("life",)
