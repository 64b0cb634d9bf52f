"""Headings, items and cells that stand between what is kept, though their own scores are low: they say little, and what
is around them says that they are of the text.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scraper.extractor.text.features import HEADING_TAGS
from scraper.extractor.text.passages import Context, Passage

# The title stands between a section's name and a byline, and is no part of the text.
_HEADINGS = HEADING_TAGS - {"h1"}
_CELLS = frozenset(("td", "th"))
# A passage with at least this share of links leads elsewhere.
_LINKED = 0.2


def with_between(passages: Sequence[Passage], kept: Sequence[bool]) -> Sequence[bool]:
    """Which of `passages` are kept, with those between them.

    Headings between two that stand in the very element that they stand in: of 153 such, 143 are in the annotated
    texts. The items of a list that stands in the element of the one before or after it: 49 of 55. The other cells of a
    table of which half are kept. All without links.
    """
    places = [place for place, keep in enumerate(kept) if keep]
    added = {
        place
        for before, after in pairwise(places)
        if after - before > 1 and _are_text(passages[before : after + 1])
        for place in range(before + 1, after)
    }
    added.update(_cells(passages, kept))
    return [keep or place in added for place, keep in enumerate(kept)] if added else kept


def _are_text(row: Sequence[Passage]) -> bool:
    """Are those between the first and the last of `row`, which are kept, of the text as well?"""
    before, *gap, after = row
    above = gap[0].context.parent
    if any(passage.context.parent is not above or not _is_plain(passage) for passage in gap):
        return False
    around = before.context.parent, after.context.parent
    if all(passage.context.tag in _HEADINGS for passage in gap):
        return around == (above, above)
    return above is not None and above.parent in around and all(passage.context.tag == "li" for passage in gap)


def _cells(passages: Sequence[Passage], kept: Sequence[bool]) -> Iterator[int]:
    """Where the cells are that were not kept of tables of which half were."""
    cells = [place for place, passage in enumerate(passages) if passage.context.tag in _CELLS]
    if not any(kept[place] for place in cells):
        return
    table_of = {place: _rows_around(passages[place]) for place in cells}
    every = Counter(table_of.values())
    held = Counter(table for place, table in table_of.items() if kept[place])
    for place, table in table_of.items():
        if not kept[place] and 2 * held[table] >= every[table] and _is_plain(passages[place]):
            yield place


def _rows_around(cell: Passage) -> Context | None:
    """What holds the rows, of which the cell's is one."""
    row = cell.context.parent
    return row.parent if row is not None else None


def _is_plain(passage: Passage) -> bool:
    return passage.link_chars < _LINKED * len(passage.text) and any(map(str.isalnum, passage.text))
