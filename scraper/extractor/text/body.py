"""The article's text: the passages of a page that belong to it. Reads no metadata and no pictures."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from scraper.extractor.page.document import Document, parse
from scraper.extractor.text.assembly import Part, assemble
from scraper.extractor.text.blocks import linearize, linearize_in
from scraper.extractor.text.choice import Choice, choose, passages_of
from scraper.extractor.text.endings import without_loose_end
from scraper.extractor.text.features import Hints
from scraper.extractor.text.markup import to_html
from scraper.extractor.text.passages import Context, Passage
from scraper.extractor.text.states import as_markup, embedded_text, opening_key
from scraper.records import Block, BlockKind

__all__ = ["Body", "Hints", "read_body"]

# What is stated beside the markup counts where the markup shows much less: a teaser, or nothing at all.
_TEASER_CHARS = 1_500
_STANDFIRST_CHARS = 400
_LEAST_STATED_CHARS = 300
_MUCH_MORE = 1.5
_VERY_MUCH_MORE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of an article, block by block; `text` is the blocks parted by blank lines, None where there is none.

    `kept` are the elements that hold the text, in document order, `region` is the nearest element around them all.
    `source` says where the text was found: `html`, `json-ld` or `state`. `confidence` is between 0 and 1. `cut_off` are
    the words at the end of the text that say there is more for those who pay; they are no part of it.
    """

    blocks: tuple[Block, ...] = ()
    text: str | None = None
    html: str | None = None
    kept: tuple[etree._Element, ...] = ()
    region: etree._Element | None = None
    confidence: float = 0.0
    source: str | None = None
    cut_off: str | None = None


def read_body(
    doc: Document,
    *,
    hints: Hints | None = None,
    containers: Sequence[etree._Element] = (),
    drop: Collection[etree._Element] = (),
) -> Body:
    """The article's text. A site's rule may name the elements that hold it, and elements that never belong to it."""
    passages = _held(doc, containers) if containers else passages_of(doc.root)
    if drop:
        stands_in = _standing_in(passages, set(drop))
        passages = [passage for passage, is_dropped in zip(passages, stands_in, strict=True) if not is_dropped]
    if containers:
        held, words = without_loose_end(passages)
        choice = Choice(held, 1.0, words)
        return _body(assemble(choice.passages), doc, choice)
    hints = hints or Hints()
    choice = choose(passages, hints)
    parts = assemble(choice.passages)
    stated, source = _stated(doc, hints, parts)
    return _body(stated or parts, doc, choice, source=source)


def _held(doc: Document, containers: Sequence[etree._Element]) -> list[Passage]:
    """The passages in what a rule calls the text, which is one element nearly always."""
    if len(containers) == 1 and (passages := linearize_in(doc.root, containers[0])) is not None:
        return passages
    passages = linearize(doc.root, whole=True)
    return [passage for passage, holds in zip(passages, _standing_in(passages, set(containers)), strict=True) if holds]


def _standing_in(passages: Sequence[Passage], elements: Collection[etree._Element]) -> list[bool]:
    """Whether each passage stands in one of `elements`. Passages share what they stand in: each is asked once."""
    known: dict[Context, bool] = {}
    column = []
    for passage in passages:
        asked = []
        context: Context | None = passage.context
        while context is not None and context not in known:
            asked.append(context)
            context = context.parent
        stands = context is not None and known[context]
        for context in reversed(asked):
            stands = known[context] = stands or context.element in elements
        column.append(stands)
    return column


def _stated(doc: Document, hints: Hints, shown: Sequence[Part]) -> tuple[list[Part], str]:
    """The text that JSON-LD or a script states, where it is much more than what the page shows."""
    shown_chars = _chars(shown)
    much = max(_LEAST_STATED_CHARS, shown_chars * (_MUCH_MORE if shown_chars < _TEASER_CHARS else _VERY_MUCH_MORE))
    for markup, source in _statements(doc, hints, shown, much):
        parts = _parts_of(markup)
        if _chars(parts) > much:
            return parts, source
    return [], "html"


def _statements(doc: Document, hints: Hints, shown: Sequence[Part], much: float) -> Iterator[tuple[str, str]]:
    if hints.json_ld_body and len(hints.json_ld_body) > much:
        yield as_markup(hints.json_ld_body), "json-ld"
    shown_chars = _chars(shown)
    if shown_chars < _TEASER_CHARS:
        # The title often stands above: it is not what the text begins with.
        first = next((part for part in shown if part.block.kind is BlockKind.PARAGRAPH), shown[0] if shown else None)
        opening = opening_key(first.block.text) if first else ""
        # Captions of a gallery and texts of other pages carry the title, too: it counts beside a standfirst only.
        title = hints.title if shown_chars < _STANDFIRST_CHARS else None
        if markup := embedded_text(doc.scripts, opening, title):
            yield markup, "state"


def _chars(parts: Sequence[Part]) -> int:
    return sum(len(part.block.text) for part in parts)


def _parts_of(markup: str) -> list[Part]:
    passages = linearize(parse(markup).root)
    return assemble([passage for passage in passages if passage.link_chars < len(passage.text)])


def _body(parts: Sequence[Part], doc: Document, choice: Choice, *, source: str = "html") -> Body:
    if not any(character.isalnum() for part in parts for character in part.block.text):
        return Body()
    kept = list(dict.fromkeys(passage.context.element for passage in choice.passages))
    return Body(
        blocks=tuple(part.block for part in parts),
        text="\n\n".join(part.block.text for part in parts),
        html=to_html(parts, doc.base_url),
        kept=tuple(kept),
        region=_around(kept) if kept else None,
        confidence=choice.confidence,
        source=source,
        cut_off=choice.cut_off if source == "html" else None,
    )


def _around(elements: Sequence[etree._Element]) -> etree._Element:
    """The nearest element that holds all of `elements`."""
    path = [*reversed([elements[0], *elements[0].iterancestors()])]
    on_path = {element: depth for depth, element in enumerate(path)}
    depth = len(path) - 1
    for element in elements[1:]:
        node: etree._Element | None = element
        while node is not None and node not in on_path:
            node = node.getparent()
        if node is not None:
            depth = min(depth, on_path[node])
    return path[depth]
