"""Why a page was read as it was: rules, kind and passages, as tables for a terminal or lines of JSON."""

from collections.abc import Sequence

from scraper.cli.terminal.output import data, json_lines, table
from scraper.extractor.explain import Decision, PageDecision, Reason, Weighed, explain, explain_page
from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse
from scraper.extractor.text.features import Hints
from scraper.rules.site_rules import SiteRule

_TEXT_CHARACTERS = 60
_MOST_REASONS = 2
_COLUMNS = ("kept", "chance", "text", "by itself", "by what is around it")


def print_explanation(page: bytes, url: str | None, rules: Sequence[SiteRule], *, as_json: bool) -> None:
    """Print what the page was taken for and by which rules, then every passage in order with its decision.

    Passages are judged as without a rule for the text, with the same hints from the metadata as an extraction takes.
    The strongest reasons of both looks stand beside each, with what they added to the log odds (above 0: for keeping).
    As JSON the first line is the page's, each other one a passage's.
    """
    doc = parse(page, url)
    metadata = read_metadata(doc)
    whole = explain_page(doc, rules, metadata)
    hints = Hints(
        title=metadata.title,
        subtitle=metadata.subtitle,
        summary=metadata.summary,
        json_ld_body=metadata.json_ld_body,
    )
    decisions = explain(doc, hints)
    if as_json:
        json_lines([whole, *decisions])
        return
    _print_page(whole)
    table(_COLUMNS, map(_row, decisions))


def _print_page(page: PageDecision) -> None:
    data(f"{page.kind}: {page.why}")
    if page.weighed:
        data("")
        table(("kind", "sum", "signs"), map(_signs, page.weighed))
    data("")
    if page.rules:
        rows = ((rule.name, rule.version, rule.source, ", ".join(rule.gave) or "nothing") for rule in page.rules)
        table(("rule", "version", "source", "gave"), rows)
    else:
        data("No site's rule and no profile is for this page.")
    data("")
    if any("body" in rule.gave for rule in page.rules):
        data("The text is what the rule finds. Without it these passages would be kept:")
        data("")


def _signs(weighed: Weighed) -> tuple[str, ...]:
    return weighed.kind, f"{weighed.total:+d}", ", ".join(f"{weight:+d} {says}" for weight, says in weighed.signs)


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
