"""Why a page is read as it is: the rules used, the signs of its kind, and why each passage was kept or left out.

The same scores as in `choice` and the same signs as in `kinds`, taken apart. Decides nothing itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scraper.extractor.extract import body_of
from scraper.extractor.metadata.reading import Metadata, read_metadata
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.matching import MatchedRule, matching_rules
from scraper.extractor.profiles.selectors import elements_of
from scraper.extractor.profiles.stated import read_fields
from scraper.extractor.text import features, secondlook
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.choice import Scores, chances_of, choice_of, passages_of, score
from scraper.extractor.text.features import Hints
from scraper.extractor.text.kinds import ENOUGH, SIGNS
from scraper.extractor.text.model import load_model
from scraper.extractor.text.page_facts import PageFacts
from scraper.extractor.text.passages import Context
from scraper.extractor.text.scorer import UNITS, Scorer
from scraper.records import PageKind
from scraper.rules.site_rules import SiteRule

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

    A likely one that was not kept is a caption, a credit, a repetition, an embedded post or a legal note, speaks of the
    site, announces another story, or leads from the end of the text to the rest.

    `first` are the reasons of the first look, at the passage and its place; `second` those of the second, at the first
    scores around it. Both are ordered by weight, and add up, with the model's bias, to the log odds.
    """

    text: str
    path: str
    kept: bool
    chance: float | None = None
    first: tuple[Reason, ...] = ()
    second: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The signs that hold for one kind of page, as (weight, what it says), and their sum."""

    kind: PageKind
    total: int
    signs: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """A rule of the user's (`source` "rule") or a shipped profile that is for the page, and what was taken from it."""

    name: str
    version: int
    source: str
    gave: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDecision:
    """What a page was taken for, and why. Of the kinds weighed, in order, the first that reached the `bar` is it."""

    kind: PageKind
    why: str
    bar: int
    weighed: tuple[Weighed, ...]
    rules: tuple[RuleUse, ...]


def explain_page(doc: Document, rules: Sequence[SiteRule] = (), metadata: Metadata | None = None) -> PageDecision:
    """What decided the kind of the page, and which rules said something of it."""
    matched = matching_rules(doc, rules)
    stated = read_fields(doc, matched)
    uses = tuple(_uses(doc, matched))
    if stated.is_protected or stated.body:
        kind = PageKind.PROTECTED if stated.is_protected else PageKind.ARTICLE
        why = "a rule finds a form for a password" if stated.is_protected else "a rule finds its text"
        return PageDecision(kind=kind, why=why, bar=ENOUGH, weighed=(), rules=uses)
    metadata = metadata or read_metadata(doc)
    facts = PageFacts(doc, metadata, body_of(doc, metadata, stated))
    weighed: list[Weighed] = []
    for kind in SIGNS:
        weighed.append(_weighed(facts, kind))
        if weighed[-1].total >= ENOUGH:
            why = f"its signs reach {ENOUGH}"
            return PageDecision(kind=kind, why=why, bar=ENOUGH, weighed=tuple(weighed), rules=uses)
    why = f"the signs of no other kind reach {ENOUGH}"
    return PageDecision(kind=PageKind.ARTICLE, why=why, bar=ENOUGH, weighed=tuple(weighed), rules=uses)


def _weighed(facts: PageFacts, kind: PageKind) -> Weighed:
    signs = tuple((sign.weight, sign.says) for sign in SIGNS[kind] if sign.holds(facts))
    return Weighed(kind=kind, total=sum(weight for weight, _ in signs), signs=signs)


def _uses(doc: Document, rules: Sequence[MatchedRule]) -> Iterator[RuleUse]:
    """Each rule with what it gave: a field that an earlier one found is not taken from it."""
    taken: set[str] = set()
    for matched in rules:
        rule = matched.rule
        stated = read_fields(doc, [matched])
        fields = sorted(stated.sources.keys() - taken)
        taken.update(fields)
        lists = [f"links: {block.kind}" for block in rule.link_blocks if elements_of(doc, [block.container])]
        others = ["dropped parts"] * bool(stated.drop) + ["protected"] * stated.is_protected
        gave = tuple(dict.fromkeys([*fields, *lists, *others]))
        yield RuleUse(name=rule.name, version=rule.version, source=matched.source, gave=gave)


def explain(doc: Document, hints: Hints | None = None) -> tuple[Decision, ...]:
    """Every passage of the page in order, with its decision."""
    scores = score(passages_of(doc.root), hints or Hints())
    model = load_model()
    chosen = {passage.place for passage in choice_of(scores).passages}
    decisions = _decisions(scores, model.first, model.second, chosen)
    decided = {passage.place: decision for passage, decision in zip(scores.measured.passages, decisions, strict=True)}
    return tuple(
        decided.get(passage.place) or Decision(text=passage.text, path=_path(passage.context.chain()), kept=False)
        for passage in linearize(doc.root, whole=True)
    )


def _decisions(scores: Scores, first: Scorer, second: Scorer, chosen: Collection[object]) -> list[Decision]:
    columns = dict(zip(features.FEATURES, scores.measured.columns, strict=True))
    both = dict(zip(secondlook.FEATURES, scores.again, strict=True)) | columns
    chances = chances_of(scores.second)
    return [
        Decision(
            text=passage.text,
            path=_path(passage.context.chain()),
            kept=passage.place in chosen,
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
