"""rules list and rules check."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from scraper.archiver.reader import ArchiveReader
from scraper.archiver.rereading.rereader import Rereader
from scraper.cli.terminal.options import archive_path, config_option, db_option, json_option, read_config
from scraper.cli.terminal.output import counted, data, json_data, note, table
from scraper.errors import UsageError
from scraper.pipeline.rulecheck import SHIPPED, RuleTrial, known_rules, try_rules
from scraper.rules.site_rules import SiteRule
from scraper.settings import Config
from scraper.text import did_you_mean


@click.command("list")
@json_option
@config_option
def list_rules(*, as_json: bool, config_path: Path | None) -> None:
    """List every rule in order of precedence: the settings', those of the rules folder, those that are shipped."""
    config = read_config(config_path)
    known = known_rules(config.sites)
    if as_json:
        json_data([_as_data(rule, source) for rule, source in known])
        return
    rows = ((rule.name, rule.version, source, _purpose(rule), _content(rule)) for rule, source in known)
    table(("rule", "version", "from", "for", "knows"), rows)
    for rule, _ in known:
        for said in rule.notes:
            note(f"{rule.name}: {said}")


@click.command()
@click.argument("name", required=False)
@click.option(
    "--pages", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Archived pages of each host."
)
@json_option
@config_option
@db_option
def check(name: str | None, *, pages: int, as_json: bool, config_path: Path | None, db_path: Path | None) -> int:
    """Test every rule, or the one called NAME, on its own examples and on archived pages that it is for.

    Names the selectors that no longer find anything, and how often each field is filled. The exit status is 1 where an
    example fails, or where one of your rules has a field that is filled on none of the pages.
    """
    config = read_config(config_path)
    _known(config, name)
    with _archive(archive_path(db_path, config)) as archive:
        trials = try_rules(config.sites, archive, pages=pages, name=name)
    if as_json:
        json_data([_trial_data(trial) for trial in trials])
    else:
        _print(trials)
    broken = (trial for trial in trials if trial.failed or (trial.source != SHIPPED and trial.is_broken))
    return int(any(True for _ in broken))


def _known(config: Config, name: str | None) -> None:
    names = [rule.name for rule, _ in known_rules(config.sites)]
    if name is not None and name not in names:
        raise UsageError(
            f"There is no rule {name!r}{did_you_mean(name, names) or '.'} See them with: scraper rules list"
        )


@contextmanager
def _archive(path: Path) -> Iterator[Rereader | None]:
    """The archive where there is one; rules can be tested on their own examples without."""
    if not path.exists():
        note(f"There is no archive {path}: rules are tested on their own examples only.")
        yield None
        return
    with ArchiveReader(path) as archive:
        yield archive.rereader()


def _print(trials: Sequence[RuleTrial]) -> None:
    table(
        ("rule", "from", "examples", "pages", "filled"),
        ((trial.rule.name, trial.source, _examples(trial), trial.tally.pages, _filled(trial)) for trial in trials),
    )
    for trial in trials:
        for sentence in trial.failed:
            data(f"{trial.rule.name}: fails: {sentence}")
        if trial.tally.pages:
            for selector in trial.idle:
                data(f"{trial.rule.name}: found on none of {counted(trial.tally.pages, 'page')}: {selector}")
        for url in trial.missing:
            note(f"{trial.rule.name}: not archived, so not tested: {url}")
        for said in trial.rule.notes:
            note(f"{trial.rule.name}: {said}")


def _examples(trial: RuleTrial) -> str:
    done = trial.passed + len({sentence.split(": ")[0] for sentence in trial.failed})
    return f"{trial.passed} of {done} pass" if done else ""


def _filled(trial: RuleTrial) -> str:
    if not trial.tally.pages:
        return ""
    return ", ".join(f"{name} {100 * number // trial.tally.pages} %" for name, number in trial.tally.filled.items())


def _trial_data(trial: RuleTrial) -> dict[str, Any]:
    hits = [
        {"place": place, "selector": selector, "pages": number}
        for (place, selector), number in trial.tally.hits.items()
    ]
    return {
        **_as_data(trial.rule, trial.source),
        "passed": trial.passed,
        "failed": trial.failed,
        "missing": trial.missing,
        "pages": trial.tally.pages,
        "filled": trial.tally.filled,
        "selectors": hits,
    }


def _as_data(rule: SiteRule, source: str) -> dict[str, Any]:
    return {
        "name": rule.name,
        "version": rule.version,
        "from": source,
        "hosts": rule.hosts,
        "generators": rule.generators,
        "body_classes": rule.body_classes,
        "stylesheets": rule.stylesheets,
        "fields": sorted(rule.fields),
        "notes": rule.notes,
    }


def _purpose(rule: SiteRule) -> str:
    marks = (*rule.hosts, *rule.generators, *rule.body_classes, *rule.stylesheets)
    return ", ".join(marks[:3]) + (" ..." if len(marks) > 3 else "")


def _content(rule: SiteRule) -> str:
    parts = [", ".join(rule.fields)] if rule.fields else []
    if rule.drop:
        parts.append(f"{counted(len(rule.drop), 'block')} to drop")
    if rule.link_blocks:
        parts.append(f"{counted(len(rule.link_blocks), 'block')} of links")
    if rule.next_page or rule.single_page:
        parts.append("where further pages are")
    return "; ".join(parts)
