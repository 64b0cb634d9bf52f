"""Kept passages put together as the body's blocks: what kind each is, which cells make a table. Decides nothing about
what is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from scraper.extractor.text.passages import Context, Passage
from scraper.records import Block, BlockKind
from scraper.text import clean

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset(("ul", "ol", "dl", "menu"))
_ITEMS = frozenset(("li", "dt", "dd"))
_CELLS = frozenset(("td", "th"))
# A cell that holds more than this holds text that was laid out in a table, not data.
_LONGEST_CELL = 200
_MOST_IN_A_CELL = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A block and the passages it was made of: one, or all cells of a table."""

    block: Block
    passages: tuple[Passage, ...]


def assemble(passages: Iterable[Passage]) -> list[Part]:
    """The passages as blocks, in the same order."""
    parts: list[Part] = []
    for table, group in groupby(passages, key=_table):
        members = list(group)
        cells = [list(cell) for _, cell in groupby(members, key=_cell)] if table is not None else []
        if len(cells) > 1 and all(map(_is_data, cells)):
            parts.append(_tabular(cells))
        else:
            parts.extend(Part(_block(passage), (passage,)) for passage in members)
    return [part for part in parts if part.block.text]


def _table(passage: Passage) -> Context | None:
    """The table that the passage is in a cell of."""
    cell = _cell(passage)
    return next((context for context in cell.chain() if context.tag == "table"), None) if cell is not None else None


def _cell(passage: Passage) -> Context | None:
    if _CELLS.isdisjoint(passage.context.tags):
        return None
    return next((context for context in passage.context.chain() if context.tag in _CELLS), None)


def _is_data(cell: Sequence[Passage]) -> bool:
    return len(cell) <= _MOST_IN_A_CELL and all(len(passage.text) <= _LONGEST_CELL for passage in cell)


def _tabular(cells: Sequence[Sequence[Passage]]) -> Part:
    rows = [
        " | ".join(" ".join(passage.text.replace("\n", " ") for passage in cell) for cell in row)
        for _, row in groupby(cells, key=_row)
    ]
    passages = tuple(passage for cell in cells for passage in cell)
    return Part(Block(kind=BlockKind.TABLE, text=clean("\n".join(rows)).strip()), passages)


def _row(cell: Sequence[Passage]) -> Context | None:
    return next((context for context in cell[0].context.chain() if context.tag in {"tr", "table"}), None)


def _block(passage: Passage) -> Block:
    text = clean(passage.text).strip()
    level = _HEADINGS.get(passage.context.tag)
    if level is not None:
        return Block(kind=BlockKind.HEADING, text=text, level=level)
    tags = passage.context.tags
    if "pre" in tags:
        return Block(kind=BlockKind.PREFORMATTED, text=text)
    if "blockquote" in tags:
        return Block(kind=BlockKind.QUOTE, text=text)
    if not _ITEMS.isdisjoint(tags):
        return Block(kind=BlockKind.LIST_ITEM, text=text, level=max(1, _lists_around(passage.context)))
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def _lists_around(context: Context | None) -> int:
    lists = 0
    while context is not None and not _LISTS.isdisjoint(context.tags):
        lists += context.tag in _LISTS
        context = context.parent
    return lists
