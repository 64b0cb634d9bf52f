"""Text that a page carries in its scripts."""

import json

import pytest

from scraper.extractor.document import parse
from scraper.extractor.states import embedded_text, opening_key

LINES = [
    "The bridge at the mill was closed on Monday, and nobody in the village was surprised by it.",
    "Its last repair dates from a time when the carts that crossed it were still drawn by oxen.",
    "A ferry will run every half hour until the autumn, says the council, if the river allows it.",
    "The ferryman is eighty-one years old and has promised to hold out until the new one opens.",
]
OPENING = opening_key(LINES[0])


def found(script: str, opening: str = OPENING) -> str | None:
    return embedded_text(parse(script).scripts, opening)


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


def test_headings_are_headings_and_pictures_are_left_out() -> None:
    items = [{"type": "text", "content": line} for line in LINES]
    items[1:1] = [{"type": "header", "content": "Oxen & carts"}, {"type": "image", "content": "A caption " * 9}]
    assert "<p>\n<h2>Oxen &amp; carts</h2>\n<p>" in (found(store({"elements": items})) or "").replace("</p>", "<p>")


def test_text_of_another_article_is_not_taken() -> None:
    assert found(store({"next": {"body": WANTED}}), opening_key("Something else altogether stands here.")) is None


@pytest.mark.parametrize("script", ["", "{", "window.x = {", "[" * 100_000, '{"a":' * 100_000, "x = {}" * 1000])
def test_broken_scripts_are_passed_over(script: str) -> None:
    assert found(f"<script>{script}{' ' * 400}</script>") is None
