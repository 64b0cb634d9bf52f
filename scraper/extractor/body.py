"""The article's text: which passages of a page belong to it. Reads no metadata and no pictures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import exp
from operator import mul

from lxml import etree

from scraper.extractor.assembly import Part, assemble
from scraper.extractor.blocks import Passage, linearize
from scraper.extractor.document import Document
from scraper.extractor.features import Lexicon, Measured
from scraper.extractor.markup import to_html
from scraper.extractor.model import load_model
from scraper.extractor.secondlook import look_again
from scraper.records import Block

_LONG_ENOUGH_TO_REPEAT = 60


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
        kept, _ = _choose(passages, hints or Hints())
    return _body(assemble(kept), doc)


def _stands_in(passage: Passage, elements: Collection[etree._Element]) -> bool:
    context = passage.context
    while context is not None:
        if context.element in elements:
            return True
        context = context.parent
    return False


def _choose(passages: list[Passage], hints: Hints) -> tuple[list[Passage], float]:
    """The passages of the article, and how sure that choice is."""
    model = load_model()
    measured = Measured(
        passages,
        title=hints.title,
        summary=hints.summary,
        declared=hints.json_ld_body.replace(" ", "") if hints.json_ld_body else None,
        lexicon=Lexicon(model.names, model.words, model.long_words),
    )
    first = model.first.scores(measured.rows)
    seconds = [(*again, *row) for again, row in zip(look_again(measured, first), measured.rows, strict=True)]
    chances = [1 / (1 + exp(-score)) for score in model.second.scores(seconds)]
    kept, confidence = _best_share(chances, [len(passage.text) for passage in passages])
    return _without_repeats([passage for passage, keep in zip(passages, kept, strict=True) if keep]), confidence


def _best_share(chances: Sequence[float], sizes: Sequence[int]) -> tuple[list[bool], float]:
    """Which passages to keep for the best expected F1 (by characters), and that F1.

    The best choice is always the most likely ones down to some chance, and that chance is half the F1 it yields
    (Lipton et al. 2014, "Optimal thresholding of classifiers to maximize F1 measure"): low where all is unsure.
    """
    kept = [False] * len(chances)
    expected = sum(map(mul, chances, sizes))
    order = sorted(range(len(chances)), key=chances.__getitem__, reverse=True)
    hit = taken = best = 0.0
    for index in order:
        share = 2 * (hit + chances[index] * sizes[index]) / (taken + sizes[index] + expected)
        if share < best:
            break
        best = share
        hit += chances[index] * sizes[index]
        taken += sizes[index]
        kept[index] = True
    return kept, best


def _without_repeats(passages: list[Passage]) -> list[Passage]:
    """Without what stands on the page twice in different places (a copy for small screens, say)."""
    seen: dict[str, Passage] = {}
    return [
        passage
        for passage in passages
        if len(passage.text) < _LONG_ENOUGH_TO_REPEAT
        or seen.setdefault(passage.text, passage).context.parent is passage.context.parent
    ]


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
