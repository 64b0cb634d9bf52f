"""Which passages are the article's: every one is scored twice, and as many kept as promise the best text."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from operator import mul

from lxml import etree

from scraper.extractor.images.captions import is_caption
from scraper.extractor.images.credits import ends_in_credit, is_credit
from scraper.extractor.text.appeals import without_appeals
from scraper.extractor.text.asides import without_asides
from scraper.extractor.text.between import with_between
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.comments import without_comments
from scraper.extractor.text.endings import without_loose_end
from scraper.extractor.text.evidence import Survey
from scraper.extractor.text.features import Hints, Measured, measure
from scraper.extractor.text.fillers import without_fillers
from scraper.extractor.text.model import load_model
from scraper.extractor.text.passages import Passage
from scraper.extractor.text.secondlook import look_again
from scraper.extractor.text.siblings import with_siblings
from scraper.extractor.text.standfirst import with_standfirst
from scraper.extractor.text.teaserlines import without_teaser_lines

# A shorter text may well stand twice in an article.
_REPEATED_CHARS = 60
# A longer text that begins as a credit does is a sentence; one that ends in a credit is a paragraph.
_LONGEST_CREDIT = 120
_LONGEST_CREDITED = 250


@dataclass(frozen=True, slots=True)
class Choice:
    """The passages kept, in order, the F1 that the scores promise for them, and the words that say they are not all."""

    passages: Sequence[Passage]
    confidence: float
    cut_off: str | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """All that led to a choice: the features of both looks, their scores as log odds, and what was kept."""

    measured: Measured
    first: Sequence[float]
    again: Sequence[Sequence[int]]
    second: Sequence[float]
    kept: Sequence[bool]
    confidence: float


def passages_of(root: etree._Element) -> list[Passage]:
    """The passages of a page that may be of its article, in document order."""
    return linearize(root, survey=Survey(load_model().lexicon.names))


def choose(passages: Sequence[Passage], hints: Hints) -> Choice:
    return choice_of(score(passages, hints))


def choice_of(scores: Scores) -> Choice:
    """What is kept by its score, or stands among such, and is no caption, credit, repetition, comment, filler,
    announcement of another story or loose end, and not said by or for the site.
    """
    among = with_siblings(scores.measured.passages, scores.kept)
    among = with_between(scores.measured.passages, among)
    kept = [passage for passage, keep in zip(scores.measured.passages, among, strict=True) if keep]
    told = without_asides(without_comments(_without_repeats(_without_captions(kept))))
    own = without_fillers(without_appeals(told, scores.measured.passages))
    passages, words = without_loose_end(without_teaser_lines(own))
    return Choice(passages, scores.confidence, words)


def score(passages: Sequence[Passage], hints: Hints) -> Scores:
    model = load_model()
    measured = measure(passages, hints, model.lexicon)
    first = model.first.scores(measured.columns)
    again = look_again(measured, first)
    second = model.second.scores([*again, *measured.columns])
    kept, confidence = best_share(chances_of(second), [len(passage.text) for passage in measured.passages])
    whole = with_standfirst(measured.passages, kept, hints.subtitle)
    return Scores(measured, first, again, second, whole, confidence)


def chances_of(scores: Sequence[float]) -> list[float]:
    """Log odds as probabilities."""
    return [1 / (1 + exp(-score)) for score in scores]


def best_share(chances: Sequence[float], sizes: Sequence[int]) -> tuple[list[bool], float]:
    """Which passages to keep for the best expected F1 (by characters), and that F1.

    The best choice is always the most likely ones down to some chance, and that chance is half the F1 it yields
    (Lipton et al. 2014, "Optimal thresholding of classifiers to maximize F1 measure"): low where all is unsure.
    """
    kept = [False] * len(chances)
    expected = sum(map(mul, chances, sizes))
    hit = taken = best = 0.0
    for index in sorted(range(len(chances)), key=chances.__getitem__, reverse=True):
        hit += chances[index] * sizes[index]
        taken += sizes[index]
        share = 2 * hit / (taken + expected)
        if share < best:
            break
        best = share
        kept[index] = True
    return kept, best


def _without_captions(passages: Sequence[Passage]) -> Sequence[Passage]:
    """Without what stands beside pictures, which is kept with them; a gallery of nothing else keeps it."""
    return [passage for passage in passages if not _is_caption(passage)] or passages


def _is_caption(passage: Passage) -> bool:
    context = passage.context
    if len(passage.text) < _LONGEST_CREDIT and is_credit(passage.text):
        return True
    if len(passage.text) < _LONGEST_CREDITED and ends_in_credit(passage.text):
        return True
    return is_caption(context.element) or "figcaption" in context.tags


def _without_repeats(passages: Sequence[Passage]) -> list[Passage]:
    """Without what stands on the page twice in different places (a copy for small screens, say)."""
    seen: dict[str, Passage] = {}
    return [
        passage
        for passage in passages
        if len(passage.text) < _REPEATED_CHARS
        or seen.setdefault(passage.text, passage).context.parent is passage.context.parent
    ]
