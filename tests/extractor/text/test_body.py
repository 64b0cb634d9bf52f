"""The text of whole pages of several builds."""

import json

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.body import Body, Hints, read_body
from scraper.records import BlockKind

LINES = [
    "The lock keeper counted the boats twice that morning, because nobody would have believed the number.",
    "Four hundred and eleven had passed by noon, most of them rowed by people who had never held an oar before.",
    "“We ran out of river,” said the keeper, who has worked at the lower gate for nineteen years.",
    "The council will discuss in September whether the race may be held again, and who pays for the swans.",
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)


def page(content: str, head: str = "") -> str:
    menu = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("News", "Sport", "Culture", "Weather", "Shop"))
    teasers = "".join(f"<li><a href='/{n}'>Another story, number {n}</a></li>" for n in range(5))
    return (
        f"<html><head>{head}</head><body><header><nav class='main-menu'><ul>{menu}</ul></nav></header>{content}"
        f"<aside class='related'><h4>Related</h4><ul>{teasers}</ul></aside>"
        "<footer class='footer'><p>© 2025 The Paper. All rights reserved.</p></footer></body></html>"
    )


def read(markup: str, **hints: str) -> Body:
    return read_body(parse(markup, "https://paper.example/boats"), hints=Hints(**hints))


@pytest.mark.parametrize(
    "content",
    [
        f"<main><article><h1>Boats</h1><div class='article-body'>{PARAGRAPHS}</div></article></main>",
        f"<div id='content'><h1>Boats</h1><div class='post-content'>{'<br><br>'.join(LINES)}</div></div>",
        f"<table><tr><td class='text'><h1>Boats</h1>{PARAGRAPHS}</td></tr></table>",
        "<div class='x1a'><h1>Boats</h1>" + "".join(f"<div class='y2b'>{line}</div>" for line in LINES) + "</div>",
    ],
    ids=["article", "breaks", "table", "hashed"],
)
def test_text_is_found_in_pages_of_any_build(content: str) -> None:
    body = read(page(content), title="Boats")

    assert [block.text for block in body.blocks] == LINES
    assert body.text == "\n\n".join(LINES)
    assert body.source == "html"


def test_headings_lists_and_quotes_keep_their_places() -> None:
    content = (
        f"<article><h1>Boats</h1><div class='article-body'><p>{LINES[0]}</p><h2>The rules of the race</h2>"
        f"<p>{LINES[1]}</p>"
        f"<ul><li>Every boat needs two rowers and a bell.</li><li>Swans have the right of way.</li></ul>"
        f"<blockquote><p>{LINES[2]}</p></blockquote><p>{LINES[3]}</p></div></article>"
    )
    kinds = [block.kind for block in read(page(content), title="Boats").blocks]

    assert kinds == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.QUOTE,
        BlockKind.PARAGRAPH,
    ]


def test_the_elements_kept_are_those_of_the_text() -> None:
    body = read(page(f"<article id='a'><h1>Boats</h1><div id='b'>{PARAGRAPHS}</div></article>"), title="Boats")

    assert [element.text for element in body.kept] == LINES
    assert body.region is not None
    assert body.region.get("id") == "b"


@pytest.mark.parametrize(
    "beside",
    [
        "<figure><img src=a.jpg><figcaption>The white ferry at the quay <i>Photo: Ann Reed</i></figcaption></figure>",
        "<div><img src=a.jpg><p class=wp-caption-text>The white ferry at the quay, seen from the old mill</p></div>",
        "<p>Foto: dpa/Karin Thode</p>",
        "<p>© AFP</p>",
        "<p>(Photo: Harbour Office)</p>",
    ],
)
def test_captions_and_credits_are_no_text(beside: str) -> None:
    lines = [f"<p>{line}</p>" for line in LINES]
    text = "".join([*lines[:2], beside, *lines[2:]])

    body = read(page(f"<main><article><h1>Boats</h1><div class='article-body'>{text}</div></article></main>"))

    assert body.text == "\n\n".join(LINES)


def test_a_gallery_of_captions_alone_keeps_them() -> None:
    figures = "".join(
        f"<figure><img src={n}.jpg><figcaption>{line}</figcaption></figure>" for n, line in enumerate(LINES)
    )

    body = read(page(f"<main><article><h1>Boats</h1><div class='article-body'>{figures}</div></article></main>"))

    assert body.text == "\n\n".join(LINES)


def test_a_rule_may_name_what_holds_the_text_and_what_does_not_belong() -> None:
    doc = parse(page(f"<div id='story'>{PARAGRAPHS}<p id='ad'>Buy an oar.</p></div><p id='more'>More</p>"))
    story = next(element for element in doc.root.iter("div") if element.get("id") == "story")
    ad = next(element for element in doc.root.iter("p") if element.get("id") == "ad")

    assert [block.text for block in read_body(doc, containers=[story], drop=[ad]).blocks] == LINES


def test_json_ld_gives_the_text_where_the_page_shows_a_teaser() -> None:
    teaser = f"<article><h1>Boats</h1><p>{LINES[0]}</p></article>"
    body = read(page(teaser), title="Boats", json_ld_body="\n".join(LINES))

    assert [block.text for block in body.blocks] == LINES
    assert body.source == "json-ld"


def test_json_ld_may_hold_markup() -> None:
    teaser = f"<article><h1>Boats</h1><p>{LINES[0]}</p></article>"
    stated = "".join(f"&lt;p class=&quot;text&quot;&gt;{line}&lt;/p&gt;" for line in LINES)

    assert [block.text for block in read(page(teaser), title="Boats", json_ld_body=stated).blocks] == LINES


def test_tags_make_no_text_longer() -> None:
    """The page shows all of it, though the statement is three times as long with its tags."""
    stated = "".join(f"<p data-reader='{'x' * 200}'>{line}</p>" for line in LINES)
    body = read(page(f"<article><h1>Boats</h1>{PARAGRAPHS}</article>"), title="Boats", json_ld_body=stated)

    assert body.source == "html"


def test_a_script_gives_the_text_where_the_page_shows_a_standfirst() -> None:
    elements = [{"type": "text", "content": line} for line in LINES]
    state = json.dumps({"story": {"headline": "Boats on the river", "elements": elements}})
    standfirst = "<article><h1>Boats on the river</h1><p>A lock keeper has seen too many of them today.</p></article>"
    body = read(page(f"{standfirst}<script>window.STATE = {state};</script>"), title="Boats on the river")

    assert [block.text for block in body.blocks] == LINES


def test_a_script_gives_the_text_where_the_page_shows_a_teaser() -> None:
    state = json.dumps({"story": {"elements": [{"type": "text", "content": line} for line in LINES]}})
    teaser = f"<article><h1>Boats</h1><p>{LINES[0]}</p></article><script>window.STATE = {state};</script>"
    body = read(page(teaser), title="Boats")

    assert [block.text for block in body.blocks] == LINES
    assert body.source == "state"


@pytest.mark.parametrize("markup", ["", "<p>", "\x00", "<html><body><nav><a href=x>Home</a></nav>"])
def test_a_page_without_text_has_no_body(markup: str) -> None:
    body = read(markup)

    assert (body.text, body.html, body.blocks, body.region) == (None, None, (), None)


@pytest.mark.parametrize(
    "line",
    [
        "船の数を数えた水門の番人は、その朝二度も数え直したという。誰もその数を信じないと思ったからだ。",
        "أحصى حارس البوابة القوارب مرتين في ذلك الصباح، لأن أحدا لم يكن ليصدق العدد الذي رآه بعينيه.",
        "Смотритель шлюза дважды пересчитал лодки в то утро, потому что никто не поверил бы этому числу.",
    ],
)
def test_any_script_is_read(line: str) -> None:
    lines = [f"{line}{number}." for number in range(5)]
    content = "<main><h1>題</h1><div class='text'>" + "".join(f"<p>{text}</p>" for text in lines) + "</div></main>"

    assert [block.text for block in read(page(content)).blocks] == lines


@pytest.mark.parametrize("piece", ["<div>", "<p>word word word, </p>", "<li><a href=x>y</a>", "<blockquote><p>x"])
def test_monstrous_pages_are_read_to_the_end(piece: str) -> None:
    read(piece * 100_000)
