"""Why a passage was kept or left out: the same scores as `choice`, taken apart table by table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from scraper.extractor.page.document import Document
from scraper.extractor.text import features, secondlook
from scraper.extractor.text.blocks import Context, Passage, linearize
from scraper.extractor.text.choice import Scores, chances_of, score
from scraper.extractor.text.features import Hints
from scraper.extractor.text.model import load_model
from scraper.extractor.text.scorer import UNITS, Scorer

_PATH_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """What one table adds to the log odds: the features it looks at, their bins on this passage, and the sum."""

    features: tuple[str, ...]
    bins: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What became of one passage. `chance` is the final one, None where it was taken for part of a menu at once.

    `first` are the reasons of the first look, at the passage and its place; `second` those of the second, at the first
    scores around it. Both are ordered by weight, and add up, with the model's bias, to the log odds.
    """

    text: str
    path: str
    kept: bool
    chance: float | None = None
    first: tuple[Reason, ...] = ()
    second: tuple[Reason, ...] = ()


def explain(doc: Document, hints: Hints | None = None) -> tuple[Decision, ...]:
    """Every passage of the page in order, with its decision."""
    scores = score(linearize(doc.root), hints or Hints())
    model = load_model()
    decisions = _decisions(scores, model.first, model.second)
    decided = dict(zip(map(_place, scores.measured.passages), decisions, strict=True))
    return tuple(
        decided.get(_place(passage)) or Decision(text=passage.text, path=_path(passage.context.chain()), kept=False)
        for passage in linearize(doc.root, whole=True)
    )


def _place(passage: Passage) -> tuple[etree._Element, etree._Element | None]:
    """Where it begins: the walk that passes over menus finds the same passages elsewhere."""
    return passage.context.element, passage.after


def _decisions(scores: Scores, first: Scorer, second: Scorer) -> list[Decision]:
    columns = dict(zip(features.FEATURES, scores.measured.columns, strict=True))
    both = dict(zip(secondlook.FEATURES, scores.again, strict=True)) | columns
    chances = chances_of(scores.second)
    return [
        Decision(
            text=passage.text,
            path=_path(passage.context.chain()),
            kept=scores.kept[index],
            chance=chances[index],
            first=_reasons(first, columns, index),
            second=_reasons(second, both, index),
        )
        for index, passage in enumerate(scores.measured.passages)
    ]


def _reasons(scorer: Scorer, columns: Mapping[str, Sequence[int]], index: int) -> tuple[Reason, ...]:
    values = {feature: column[index] for feature, column in columns.items()}
    reasons = [
        Reason(table.features, tuple(values[feature] for feature in table.features), table.entry(values) / UNITS)
        for table in scorer.tables
    ]
    return tuple(sorted((reason for reason in reasons if reason.weight), key=lambda reason: -abs(reason.weight)))


def _path(chain: Iterable[Context]) -> str:
    """The innermost elements, outermost first, with their classes: `article.story > div > p`."""
    steps = [".".join([context.tag, *dict(context.attributes).get("class", "").split()]) for context in chain]
    return " > ".join(reversed(steps[:_PATH_LENGTH]))
