"""Where the blocks of a body lie in its text: [kind, level, start, end] each, so that the text is stored once. Pure."""

import json
from collections.abc import Iterable, Sequence

from scraper.archiver.store.columns import to_json
from scraper.records import Block, BlockKind

BlockPlace = tuple[str, int, int, int]
"""One block: its kind and level, and where in the body it begins and ends."""


def layout_of(body: str | None, blocks: Sequence[Block]) -> list[BlockPlace] | None:
    """The layout of `blocks` in `body`, or None where they are not to be found there in order."""
    if not body or not blocks:
        return None
    places: list[BlockPlace] = []
    end = 0
    for block in blocks:
        start = body.find(block.text, end)
        if start < 0:
            return None
        end = start + len(block.text)
        places.append((block.kind.value, block.level, start, end))
    return places


def to_layout(body: str | None, blocks: Sequence[Block]) -> str | None:
    """:func:`layout_of` as JSON."""
    places = layout_of(body, blocks)
    return None if places is None else to_json(places)


def from_layout(body: str | None, layout: str | None) -> tuple[Block, ...]:
    """The blocks that were laid out; none where there is no layout."""
    if body is None or layout is None:
        return ()
    return tuple(
        Block(kind=BlockKind(kind), text=body[start:end], level=level) for kind, level, start, end in json.loads(layout)
    )


def blocks_of(body: str, places: Iterable[Sequence[object]]) -> tuple[Block, ...]:
    """The blocks at `places`, which may come from anybody. Raises ValueError or TypeError where there are no such."""
    blocks: list[Block] = []
    last = 0
    for kind, *numbers in places:
        level, start, end = (number for number in numbers if type(number) is int)
        if not (last <= start <= end <= len(body) and level >= 0):
            raise ValueError("no place in the body, or not after the block before")
        blocks.append(Block(kind=BlockKind(str(kind)), text=body[start:end], level=level))
        last = end
    return tuple(blocks)
