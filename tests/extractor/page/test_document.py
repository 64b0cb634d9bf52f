"""The shared index of a page, and that no page, however broken or large, makes parsing fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extractor.page.document import Document, parse, text_of
from scraper.extractor.page.tree import MAX_ATTRIBUTES, MAX_TAGS

PAGE = """<!doctype html><html lang="de-AT"><head><title> Rathaus
 eröffnet </title><base href="/stadt/">
<meta name="Author" content=" Ida  Berg "><meta property="og:title" content="Rathaus"><meta itemprop="name" content="X">
<meta property="og:title" content="Zweitens"><meta http-equiv="Content-Language" content="de"><meta name="empty">
<link rel="Alternate nofollow" href=" /feed " type="application/rss+xml" title="Feed" hreflang="de"><link rel="icon">
<script type="application/ld+json">{"@type": "NewsArticle"}</script><script src="a.js"></script>
<script>window.x = 1</script></head>
<body><svg><title>Symbol</title></svg><h1>Eins</h1><h3>Drei</h3><time datetime="2024-01-02">gestern</time>
</body></html>"""


@pytest.fixture(scope="module")
def page() -> Document:
    return parse(PAGE, "https://example.org/a/b.html")


def test_meta_contents_are_found_by_any_of_their_names(page: Document) -> None:
    assert page.meta["author"] == ["Ida Berg"]
    assert page.meta["og:title"] == ["Rathaus", "Zweitens"]
    assert page.meta["name"] == ["X"]
    assert page.meta["content-language"] == ["de"]
    assert page.meta_first("missing", "empty", "og:title") == "Rathaus"


def test_links_keep_their_relations_as_tokens(page: Document) -> None:
    (link,) = page.links
    assert link.rel == {"alternate", "nofollow"}
    assert (link.href, link.media_type, link.title, link.hreflang) == ("/feed", "application/rss+xml", "Feed", "de")


def test_scripts_are_told_apart(page: Document) -> None:
    assert page.json_ld == ('{"@type": "NewsArticle"}',)
    assert [script.text for script in page.scripts] == ["window.x = 1"]


def test_the_title_is_the_documents_own_not_a_drawings(page: Document) -> None:
    assert page.title_tag == "Rathaus eröffnet"


def test_the_rest_of_the_index(page: Document) -> None:
    assert page.html_lang == "de-AT"
    assert page.base_url == "https://example.org/stadt/"
    assert [heading.tag for heading in page.headings] == ["h1", "h3"]
    assert [time.get("datetime") for time in page.times] == ["2024-01-02"]
    assert page.mentions("ld+json")
    assert not page.mentions("itemscope")


def test_a_base_that_is_no_address_is_ignored() -> None:
    assert parse('<base href="http://[">x', "https://example.org/").base_url == "https://example.org/"


def test_text_parts_words_where_elements_do() -> None:
    page = parse("<div>one<br>two <b>W</b>ord<p>para</p>tail<script>no</script> end</div>")
    assert text_of(page.root) == "one two Word para tail end"


def test_text_of_an_element_leaves_out_what_follows_it() -> None:
    page = parse("<h1>Title <i>set</i></h1>after")
    assert text_of(page.headings[0]) == "Title set"


def test_plain_text_becomes_paragraphs() -> None:
    page = parse("First & last.\n\nSecond.", content_type="text/plain")
    assert [p.text for p in page.root.iter("p")] == ["First & last.", "Second."]


@pytest.mark.parametrize("page", [b"", "", b"  \n", b"<!-- only -->", b"\x00", "\ud800", b"<", b"<?xml?>", b"<html>"])
def test_a_page_without_anything_gives_a_document(page: bytes | str) -> None:
    assert parse(page).title_tag is None


@pytest.mark.parametrize(
    "start", [b"<div>", b"<b>", b"<table><tr><td>", b"<ul><li>", b"<p>", b"<blockquote class='x'>", b"<font size=2>"]
)
def test_text_below_a_hundred_thousand_elements_is_not_lost(start: bytes) -> None:
    assert text_of(parse(start * 100_000 + b"deep</div><p>after").root) == "deep after"


def test_a_hundred_thousand_siblings_are_all_there() -> None:
    assert sum(1 for _ in parse(b"<p>x</p>" * 100_000).root.iter("p")) == 100_000


@pytest.mark.parametrize(
    ("attribute", "separator"),
    [
        (b'a%d="1"', b" "),
        (b'a%d="<"', b" "),
        (b"a%d='<b>'", b"\n"),
        (b'a%d = "<b c=1>"', b""),
        (b"a%d=<", b" "),
        (b"a%d<", b"/"),
        (b"it's%d<", b" "),
    ],
)
def test_a_hundred_thousand_attributes_do_not_hide_the_text(attribute: bytes, separator: bytes) -> None:
    """Nor do they take the ten seconds in which libxml2 compares each with all before it."""
    attributes = separator.join(attribute % number for number in range(100_000))

    page = parse(b"<p title='a>b'>before<div " + attributes + b">text</div><p>more")

    assert text_of(page.root) == "before text more"
    assert max(len(element.attrib) for element in page.elements) <= MAX_ATTRIBUTES


def test_every_tag_with_too_many_attributes_is_cut_and_nothing_between() -> None:
    attributes = " ".join(f"a{number}='>'" for number in range(5_000))

    page = parse(f"<p>one<div {attributes}>two</div><p title='x>y'>three<div {attributes}>four</div>five")

    assert text_of(page.root) == "one two three four five"
    assert sorted(len(element.attrib) for element in page.elements)[-3:] == [1, MAX_ATTRIBUTES, MAX_ATTRIBUTES]


def test_a_long_tag_with_few_attributes_stays_whole() -> None:
    picture = "data:image/png;base64," + "iVBOR0/" * 50_000

    (image,) = parse(f'<p>text <img alt="a < b" src="{picture}" class="lead">more').by_tag["img"]

    assert dict(image.attrib) == {"alt": "a < b", "src": picture, "class": "lead"}


def test_elements_are_capped() -> None:
    assert sum(1 for _ in parse(b"<br>" * (MAX_TAGS + 50)).root.iter("br")) < MAX_TAGS


@given(st.binary(max_size=400) | st.text(max_size=400))
def test_any_input_parses(page: bytes | str) -> None:
    document = parse(page, "https://example.org/")
    text_of(document.root).encode()


@pytest.mark.parametrize(
    "markup",
    [
        "<!doctype html><html lang=en><title>Ship</title><article><h1>Ship leaves</h1><p>Text.</p></article></html>",
        "<!doctype html><title>Ship</title><main><p>Text.</p></main><p>More.</p>",
        "<html><head><title>Ship</title><x-banner></x-banner></head><body><p>Text.</p></body></html>",
    ],
)
def test_what_begins_the_body_is_not_left_in_the_head(markup: str) -> None:
    """HTML5 lets the tags of head and body be left out; libxml2 puts what it does not know into the head."""
    doc = parse(markup)

    assert [child.tag for child in doc.root] == ["head", "body"]
    assert [child.tag for child in doc.root[0]] == ["title"]
    assert text_of(doc.root[1]).startswith(("Ship leaves", "Text."))


def test_a_meta_tag_may_call_its_content_value() -> None:
    doc = parse('<meta name="author" value="Erika Muster"><meta name="date" content="2024" value="x">')

    assert doc.meta == {"author": ["Erika Muster"], "date": ["2024"]}
