"""Where the blocks of a body lie in its text: [kind, level, start, end] each, so that the text is stored once. Pure."""

import json
from collections.abc import Sequence

from scraper.archiver.store.columns import to_json
from scraper.records import Block, BlockKind


def to_layout(body: str | None, blocks: Sequence[Block]) -> str | None:
    """The layout of `blocks` in `body`, or None where they are not to be found there in order."""
    if not body or not blocks:
        return None
    places: list[tuple[str, int, int, int]] = []
    end = 0
    for block in blocks:
        start = body.find(block.text, end)
        if start < 0:
            return None
        end = start + len(block.text)
        places.append((block.kind, block.level, start, end))
    return to_json(places)


def from_layout(body: str | None, layout: str | None) -> tuple[Block, ...]:
    """The blocks that were laid out; none where there is no layout."""
    if body is None or layout is None:
        return ()
    return tuple(
        Block(kind=BlockKind(kind), text=body[start:end], level=level) for kind, level, start, end in json.loads(layout)
    )
