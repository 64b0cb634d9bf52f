"""Text that a page carries in its scripts."""

import json

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.states import as_markup, embedded_text, opening_key

LINES = [
    "The bridge at the mill was closed on Monday, and nobody in the village was surprised by it.",
    "Its last repair dates from a time when the carts that crossed it were still drawn by oxen.",
    "A ferry will run every half hour until the autumn, says the council, if the river allows it.",
    "The ferryman is eighty-one years old and has promised to hold out until the new one opens.",
]
OPENING = opening_key(LINES[0])


def found(script: str, opening: str = OPENING, title: str | None = None) -> str | None:
    return embedded_text(parse(script).scripts, opening, title)


def store(value: object) -> str:
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(value)}</script>'


WANTED = "".join(f"<p>{line}</p>" for line in LINES)


@pytest.mark.parametrize(
    "value",
    [
        {"props": {"page": {"article": {"id": 7, "body": WANTED}}}},
        {"props": [{"content_elements": [{"type": "text", "content": line} for line in LINES]}]},
        {"apollo": {"Article:7": {"blocks": [{"__typename": "Paragraph", "text": {"value": line}} for line in LINES]}}},
        {"doc": {"content": [{"type": "paragraph", "children": [{"text": line}]} for line in LINES]}},
    ],
)
def test_text_is_found_wherever_it_stands(value: object) -> None:
    assert (found(store(value)) or "").replace("\n", "") == WANTED


def test_a_store_may_be_given_to_a_name_among_code() -> None:
    body = json.dumps({"story": {"html": WANTED}})
    script = f"<script>var a = {{b: 1}}; window.__STATE__ = {body}; run(function() {{ return {{}} }});</script>"
    assert found(script) == WANTED


def test_a_store_may_be_put_into_a_list() -> None:
    body = json.dumps({"queries": [{"state": {"data": {"html": WANTED}}}]})
    assert found(f'<script>window["__Q"] = window["__Q"] || [];window["__Q"].push({body})</script>') == WANTED


def test_headings_are_headings_and_pictures_are_left_out() -> None:
    items = [{"type": "text", "content": line} for line in LINES]
    items[1:1] = [{"type": "header", "content": "Oxen & carts"}, {"type": "image", "content": "A caption " * 9}]
    assert "<p>\n<h2>Oxen &amp; carts</h2>\n<p>" in (found(store({"elements": items})) or "").replace("</p>", "<p>")


def test_text_of_another_article_is_not_taken() -> None:
    assert found(store({"next": {"body": WANTED}}), opening_key("Something else altogether stands here.")) is None


STANDFIRST = opening_key("Nobody in the village was surprised.")


@pytest.mark.parametrize("name", [{"headline": "Closed"}, {"headlines": {"basic": "Closed"}}])
def test_beside_a_standfirst_the_title_tells_which_text_it_is(name: dict[str, object]) -> None:
    others = [{"headline": "Another", "body": WANTED.replace("bridge", "brewery") * 2}]
    script = store({"related": others, "story": {**name, "body": WANTED}})

    assert found(script, STANDFIRST, "Closed") == WANTED
    assert found(script, STANDFIRST) is None
    assert found(script, STANDFIRST, "Something else") is None


def test_lists_stay_lists() -> None:
    items: list[object] = [{"type": "text", "content": line} for line in LINES]
    items.append({"type": "list", "items": [{"content": "An oar"}, {"content": "Bread & rope"}]})

    assert (found(store({"elements": items})) or "").endswith("<ul><li>An oar</li><li>Bread &amp; rope</li></ul>")


def test_data_within_data_is_no_text() -> None:
    assert found(store({"story": {"ld": json.dumps({"articleBody": " ".join(LINES)})}})) is None


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("One.\n\nTwo & three.", "<p>One.</p><p>Two &amp; three.</p>"),
        ("<p>One.</p><p>Two.</p>", "<p>One.</p><p>Two.</p>"),
        ("One <b>and</b> two.", "<p>One <b>and</b> two.</p>"),
        ("&lt;p&gt;Una soluci&amp;oacute;n.&lt;/p&gt;", "<p>Una solución.</p>"),
        ("AT&T paid 3 &lt; 4 &nbsp;times.", "<p>AT&amp;T paid 3 &lt; 4 \xa0times.</p>"),
    ],
)
def test_texts_are_written_in_many_ways(text: str, markup: str) -> None:
    assert as_markup(text) == markup


@pytest.mark.parametrize("script", ["", "{", "window.x = {", "[" * 100_000, '{"a":' * 100_000, "x = {}" * 1000])
def test_broken_scripts_are_passed_over(script: str) -> None:
    assert found(f"<script>{script}{' ' * 400}</script>") is None
