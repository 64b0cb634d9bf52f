"""Authors of a page: which of its sources is believed."""

from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse

TEXT = "<p>" + "The river rose again in the night, and the bridge was closed to all traffic. " * 5 + "</p>"


def authors(html: str) -> tuple[tuple[str, ...], str | None]:
    metadata = read_metadata(parse(html, "https://www.valley-courier.example/rivers"))
    return metadata.authors, metadata.sources.get("authors")


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Rivers rise</title>{head}</head><body><h1>Rivers rise</h1>{body}</body></html>"


JSON_LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Rivers rise", "author": %s}</script>'
)


def test_structured_data_comes_first() -> None:
    html = page("<p>By Somebody Else</p>", JSON_LD % '[{"@type": "Person", "name": "Erika Muster"}]')

    assert authors(html) == (("Erika Muster",), "json-ld")


def test_a_person_in_a_tag_is_preferred_to_an_organisation_in_structured_data() -> None:
    html = page(
        "",
        JSON_LD % '{"@type": "Organization", "name": "Valley Courier"}' + '<meta name="author" content="Erika Muster">',
    )

    assert authors(html) == (("Erika Muster",), "meta")


def test_agencies_are_dropped_beside_a_person() -> None:
    assert authors(page("", JSON_LD % '["Erika Muster", "Reuters"]')) == (("Erika Muster",), "json-ld")


def test_an_organisation_stands_where_nothing_names_a_person() -> None:
    assert authors(page("", JSON_LD % '"Reuters"')) == (("Reuters",), "json-ld")


def test_a_profile_address_is_no_name() -> None:
    html = page("<p>By Erika Muster</p>", '<meta property="article:author" content="https://www.facebook.com/valley">')

    assert authors(html) == (("Erika Muster",), "html")


def test_a_visible_byline_that_names_more_is_the_whole_list() -> None:
    html = page("<p>By Erika Muster and Max Beispiel</p>", JSON_LD % '"Erika Muster"')

    assert authors(html) == (("Erika Muster", "Max Beispiel"), "html")


def test_the_editor_in_a_line_of_its_own_is_no_author() -> None:
    html = page("<p>By Erika Muster</p><p>Edited by Max Beispiel</p>", JSON_LD % '["Erika Muster", "Max Beispiel"]')

    assert authors(html) == (("Erika Muster",), "json-ld")


def test_the_label_of_twitters_data_says_whether_it_is_an_author() -> None:
    tags = '<meta name="twitter:label{0}" content="{1}"><meta name="twitter:data{0}" content="{2}">'
    html = page("", tags.format(1, "Reading time", "5 minutes") + tags.format(2, "Written by", "Erika Muster"))

    assert authors(html) == (("Erika Muster",), "meta")


def test_a_name_after_a_lonely_by() -> None:
    assert authors(page("<div>By</div><div>Erika Muster</div>"))[0] == ("Erika Muster",)


def test_a_bare_name_beside_the_date() -> None:
    assert authors(page("<div>Erika Muster</div><div>October 26, 2024</div>"))[0] == ("Erika Muster",)


def test_the_byline_of_a_teaser_is_not_the_articles() -> None:
    html = page('<p>Text of the article.</p><aside class="related"><div class="author">Max Beispiel</div></aside>')

    assert authors(html) == ((), None)


def test_several_elements_of_one_kind_are_one_list() -> None:
    html = page('<div><span class="author">Erika Muster</span><span class="author">Max Beispiel</span></div>')

    assert authors(html)[0] == ("Erika Muster", "Max Beispiel")


def test_of_a_crowd_of_authors_only_the_first_are_read() -> None:
    """Each name is compared with every other, so a page could otherwise buy hours with a megabyte."""
    crowd = ",".join(
        f'{{"@type": "Person", "name": "Erika Muster{chr(97 + n % 26) * (n // 26 + 1)}"}}' for n in range(500)
    )

    names, _ = authors(page("", JSON_LD % f"[{crowd}]"))

    assert len(names) == 100


def test_names_that_only_their_elements_part_are_several() -> None:
    byline = '<p class="authors"><a>Birgit Muster</a> <a>Anna Giulia Beispiel</a> <a>Jan Michael Probe</a></p>'

    assert authors(page(byline)) == (("Birgit Muster", "Anna Giulia Beispiel", "Jan Michael Probe"), "html")


def test_a_label_with_a_date_glued_to_it_names_nobody() -> None:
    assert authors(page("<p>by Valley ReporterNovember 21, 20240174</p>")) == ((), None)


def test_names_on_lines_of_their_own_are_one_list_where_their_elements_are_of_one_kind() -> None:
    name = "<div><p class=author-name>{}</p></div>"
    icon = "<p class='author icon'>Plus Icon</p>"
    html = page(
        f"<div>{icon}{name.format('Erika Muster')}{name.format('Max Beispiel')}</div><p>Text</p>",
        '<meta name="author" content="Max Beispiel">',
    )

    assert authors(html) == (("Erika Muster", "Max Beispiel"), "html")


def test_a_pseudonym_is_named_by_a_link_to_the_pages_of_authors() -> None:
    html = page(
        '<p>On <span class="author vcard"><a href="https://www.valley-courier.example/author/em7/">em7</a></span>'
    )

    assert authors(html) == (("em7",), "html")


def test_authors_of_other_articles_are_not_those_of_one_without_a_byline() -> None:
    teasers = "".join(
        f'<div><h4><a href="/{name[:2]}">Another story</a></h4><span class="story-author">By {name}</span></div>'
        for name in ("Erika Muster", "Max Beispiel")
    )

    assert authors(page(f"{TEXT}{TEXT}<div>{teasers}</div>")) == ((), None)
    assert authors(page(f"<p>By Max Beispiel</p>{TEXT}{TEXT}<div>{teasers}</div>"))[0] == ("Max Beispiel",)


def test_cards_without_a_title_in_microdata_are_other_articles() -> None:
    card = (
        '<div itemscope itemtype="https://schema.org/Article"><span itemprop="author" itemscope '
        'itemtype="https://schema.org/Person"><span itemprop="name">{}</span></span></div>'
    )

    assert authors(page(card.format("Erika Muster")))[0] == ("Erika Muster",)
    assert authors(page(card.format("Erika Muster") + card.format("Max Beispiel")))[0] == ()


def test_an_article_in_microdata_that_holds_others_is_by_whom_the_byline_names() -> None:
    author = '<i itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">{}</b></i>'
    html = (
        '<html><body><article itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">Rivers rise</h1>'
        f"<p>{author.format('Erika Muster')}</p>{TEXT}{TEXT}{author.format('Max Beispiel')}</article></body></html>"
    )

    assert authors(html) == (("Erika Muster",), "microdata")
