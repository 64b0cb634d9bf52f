"""Kept passages become blocks of the right kind."""

import pytest

from scraper.extractor.page.document import parse
from scraper.extractor.text.assembly import assemble
from scraper.extractor.text.blocks import linearize
from scraper.records import BlockKind


def blocks(markup: str) -> list[tuple[BlockKind, str, int]]:
    return [(p.block.kind, p.block.text, p.block.level) for p in assemble(linearize(parse(markup).root))]


@pytest.mark.parametrize(
    ("markup", "kind", "text", "level"),
    [
        ("<p>Text.", BlockKind.PARAGRAPH, "Text.", 0),
        ("<h3>Head", BlockKind.HEADING, "Head", 3),
        ("<ul><li>Item", BlockKind.LIST_ITEM, "Item", 1),
        ("<ul><li><ol><li>Deep", BlockKind.LIST_ITEM, "Deep", 2),
        ("<ul><li><p>In a paragraph", BlockKind.LIST_ITEM, "In a paragraph", 1),
        ("<blockquote><p>Said", BlockKind.QUOTE, "Said", 0),
        ("<pre>x\n  y", BlockKind.PREFORMATTED, "x\n  y", 0),
        ("<div>a<br>b", BlockKind.PARAGRAPH, "a\nb", 0),
    ],
)
def test_kind_of_block(markup: str, kind: BlockKind, text: str, level: int) -> None:
    assert blocks(markup) == [(kind, text, level)]


def test_the_cells_of_a_table_are_one_block_with_a_line_for_each_row() -> None:
    table = "<table><tr><th>Gate</th><th>Boats</th></tr><tr><td>Lower</td><td>411</td></tr></table>"
    assert blocks(f"<p>Before</p>{table}<p>After</p>") == [
        (BlockKind.PARAGRAPH, "Before", 0),
        (BlockKind.TABLE, "Gate | Boats\nLower | 411", 0),
        (BlockKind.PARAGRAPH, "After", 0),
    ]


def test_a_table_used_for_layout_is_no_table() -> None:
    text = "A paragraph that was put into a cell, as was the custom. " * 5
    assert [kind for kind, _, _ in blocks(f"<table><tr><td>{text}</td><td>{text}</td></tr></table>")] == [
        BlockKind.PARAGRAPH
    ] * 2


def test_control_characters_do_not_come_through() -> None:
    assert blocks("<p>a\u202eb\x07c") == [(BlockKind.PARAGRAPH, "abc", 0)]
