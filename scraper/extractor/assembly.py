"""Kept passages put together as the body's blocks: what kind each is, which cells make a table. Decides nothing about
what is kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from scraper.extractor.blocks import Context, Passage
from scraper.records import Block, BlockKind
from scraper.text import clean

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset(("ul", "ol", "dl", "menu"))
_ITEMS = frozenset(("li", "dt", "dd"))
_CELLS = frozenset(("td", "th"))
# A cell longer than this holds text that was laid out in a table, not data.
_LONGEST_CELL = 200


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
        if table is not None and all(len(passage.text) <= _LONGEST_CELL for passage in members):
            parts.append(_tabular(members))
        else:
            parts.extend(Part(_block(passage), (passage,)) for passage in members)
    return [part for part in parts if part.block.text]


def _chain(passage: Passage) -> Iterator[Context]:
    context: Context | None = passage.context
    while context is not None:
        yield context
        context = context.parent


def _table(passage: Passage) -> Context | None:
    """The table that the passage is a cell of."""
    in_cell = False
    for context in _chain(passage):
        if context.tag == "table":
            return context if in_cell else None
        in_cell = in_cell or context.tag in _CELLS
    return None


def _tabular(cells: list[Passage]) -> Part:
    rows = [
        " | ".join(passage.text.replace("\n", " ") for passage in row)
        for _, row in groupby(cells, key=lambda passage: next(c for c in _chain(passage) if c.tag in {"tr", "table"}))
    ]
    return Part(Block(kind=BlockKind.TABLE, text=clean("\n".join(rows)).strip()), tuple(cells))


def _block(passage: Passage) -> Block:
    text = clean(passage.text).strip()
    level = _HEADINGS.get(passage.context.tag)
    if level is not None:
        return Block(kind=BlockKind.HEADING, text=text, level=level)
    tags = [context.tag for context in _chain(passage)]
    if "pre" in tags:
        return Block(kind=BlockKind.PREFORMATTED, text=text)
    if "blockquote" in tags:
        return Block(kind=BlockKind.QUOTE, text=text)
    if not _ITEMS.isdisjoint(tags):
        return Block(kind=BlockKind.LIST_ITEM, text=text, level=max(1, sum(tag in _LISTS for tag in tags)))
    return Block(kind=BlockKind.PARAGRAPH, text=text)
