"""The article's text: which passages of a page belong to it. Reads no metadata and no pictures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lxml import etree

from scraper.extractor.assembly import Part, assemble
from scraper.extractor.blocks import Passage, linearize
from scraper.extractor.document import Document
from scraper.extractor.markup import to_html
from scraper.records import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the page's metadata says that helps to find its text."""

    title: str | None = None
    summary: str | None = None
    json_ld_body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of an article, block by block; `text` is the blocks parted by blank lines, None where there is none.

    `kept` are the elements that hold the text, in document order, `region` is the nearest element around them all.
    `source` says where the text was found: `html`, `json-ld` or `state`. `confidence` is between 0 and 1.
    """

    blocks: tuple[Block, ...] = ()
    text: str | None = None
    html: str | None = None
    kept: tuple[etree._Element, ...] = ()
    region: etree._Element | None = None
    confidence: float = 0.0
    source: str | None = None


def read_body(
    doc: Document,
    *,
    hints: Hints | None = None,
    containers: Sequence[etree._Element] = (),
    drop: Collection[etree._Element] = (),
) -> Body:
    """The article's text. A site's rule may name the elements that hold it, and elements that never belong to it."""
    passages = linearize(doc.root)
    if drop:
        dropped = set(drop)
        passages = [passage for passage in passages if not _stands_in(passage, dropped)]
    if containers:
        holders = set(containers)
        kept = [passage for passage in passages if _stands_in(passage, holders)]
    else:
        kept = _choose(passages)
    return _body(assemble(kept), doc)


def _stands_in(passage: Passage, elements: Collection[etree._Element]) -> bool:
    context = passage.context
    while context is not None:
        if context.element in elements:
            return True
        context = context.parent
    return False


def _choose(passages: list[Passage]) -> list[Passage]:
    """Paragraph-like passages of the element that holds most of them."""
    scores: dict[int, float] = {}
    holders: dict[int, etree._Element] = {}
    for passage in passages:
        size = len(passage.text) - 2 * passage.link_chars
        if size < 80:
            continue
        context, share = passage.context.parent, 1.0
        while context is not None and share > 0.2:
            scores[id(context)] = scores.get(id(context), 0.0) + size * share
            holders[id(context)] = context.element
            context, share = context.parent, share * 0.6
    if not scores:
        return []
    holder = {holders[max(scores, key=scores.__getitem__)]}
    return [p for p in passages if len(p.text) > 2 * p.link_chars and _stands_in(p, holder)]


def _body(parts: list[Part], doc: Document) -> Body:
    if not parts:
        return Body()
    kept = list(dict.fromkeys(passage.context.element for part in parts for passage in part.passages))
    return Body(
        blocks=tuple(part.block for part in parts),
        text="\n\n".join(part.block.text for part in parts),
        html=to_html(parts, doc.base_url),
        kept=tuple(kept),
        region=_around(kept),
        confidence=1.0,
        source="html",
    )


def _around(elements: Sequence[etree._Element]) -> etree._Element:
    """The nearest element that holds all of `elements`."""
    path = [*reversed([elements[0], *elements[0].iterancestors()])]
    for element in elements[1:]:
        line = {element, *element.iterancestors()}
        while path[-1] not in line:
            path.pop()
    return path[-1]
