"""Why each passage of a page was kept or left out, as a table for a terminal or a line of JSON for each."""

from collections.abc import Sequence

from scraper.cli.output import json_lines, table
from scraper.extractor.explain import Decision, Reason, explain
from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse
from scraper.extractor.text.features import Hints

_TEXT_CHARACTERS = 60
_MOST_REASONS = 2
_COLUMNS = ("kept", "chance", "text", "by itself", "by what is around it")


def print_explanation(page: bytes, url: str | None, *, as_json: bool) -> None:
    """Print every passage of the page in order with its decision, as the extractor took it without a site's rule.

    The strongest reasons of both looks stand beside it, each with what it added to the log odds (above 0: for keeping).
    """
    decisions = decide(page, url)
    if as_json:
        json_lines(decisions)
    else:
        table(_COLUMNS, map(_row, decisions))


def decide(page: bytes, url: str | None) -> tuple[Decision, ...]:
    """The decisions on a page, with the same hints from its metadata as an extraction takes."""
    doc = parse(page, url)
    metadata = read_metadata(doc)
    hints = Hints(title=metadata.title, summary=metadata.summary, json_ld_body=metadata.json_ld_body)
    return explain(doc, hints)


def _row(decision: Decision) -> tuple[str, ...]:
    text = decision.text if len(decision.text) <= _TEXT_CHARACTERS else decision.text[: _TEXT_CHARACTERS - 1] + "…"
    chance = "menu" if decision.chance is None else f"{decision.chance:.2f}"
    return ("yes" if decision.kept else "", chance, text, _reasons(decision.first), _reasons(decision.second))


def _reasons(reasons: Sequence[Reason]) -> str:
    """The strongest, as `words 12 +1.4`: feature, its bin on this passage, what that added."""
    return ", ".join(
        f"{' '.join(f'{name} {value}' for name, value in zip(reason.features, reason.bins, strict=True))} "
        f"{reason.weight:+.1f}"
        for reason in reasons[:_MOST_REASONS]
    )
