"""The `rules` folder beside a config.toml: our own rules (`*.toml`) and the community's (`*.txt`), with every problem.

Reads files and nothing else; applies no rule.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from scraper.errors import Problem
from scraper.rules.ftr import ENDING, host_pattern, read_ftr
from scraper.rules.site_rules import SiteRule, read_rules

FOLDER = "rules"
"""Name of the folder beside config.toml."""

_MOST_BYTES = 1_000_000


def read_folder(folder: Path) -> tuple[tuple[SiteRule, ...], tuple[Problem, ...]]:
    """The rules of every file in `folder`, and each problem with its file; nothing where there is no such folder.

    They stand in order of precedence: our own form first, by the names of the files, then the community's, where the
    rule for a host goes before one for its domain. A file of the community with a wrong line is still used: its
    problems are notes of the rule, for they are nothing that the user wrote.
    """
    own: list[SiteRule] = []
    shared: list[SiteRule] = []
    problems: list[Problem] = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.suffix == ".toml":
            own += _read_own(file, problems)
        elif file.suffix == ENDING and host_pattern(file.name) is not None:
            shared += _read_shared(file, problems)
    shared.sort(key=_breadth)
    return (*own, *shared), tuple(problems)


def repeated_names(rules: Sequence[SiteRule]) -> Iterable[Problem]:
    """A problem for each rule that has the name of one in an earlier file, for names tell them apart in reports.

    Of two in one file the reader of that file tells.
    """
    first: dict[str, SiteRule] = {}
    for rule in rules:
        known = first.setdefault(rule.name, rule)
        if known.origin != rule.origin:
            place = f"rules/{rule.origin}" if rule.origin else "sites"
            other = f"rules/{known.origin}" if known.origin else "[[sites]]"
            yield Problem(place, f"the name {rule.name!r} is given twice; {other} has it already")


def _read_own(file: Path, problems: list[Problem]) -> tuple[SiteRule, ...]:
    text = _text(file, problems)
    if text is None:
        return ()
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(_place(file), f"is not valid TOML: {error}"))
        return ()
    rules, wrong = read_rules(document.get("sites", []), "sites", origin=file.name)
    problems += [Problem(f"{_place(file)}: {problem.path}", problem.message) for problem in wrong]
    strange = (key for key in document if key != "sites")
    problems += [Problem(f"{_place(file)}: {key}", "unknown: a file of rules holds [[sites]] only") for key in strange]
    return rules


def _read_shared(file: Path, problems: list[Problem]) -> tuple[SiteRule, ...]:
    text = _text(file, problems)
    if text is None:
        return ()
    rule, wrong = read_ftr(text, file.name, origin=file.name)
    return (replace(rule, notes=(*map(str, wrong), *rule.notes)),)


def _text(file: Path, problems: list[Problem]) -> str | None:
    try:
        raw = file.read_bytes()
        if len(raw) > _MOST_BYTES:
            problems.append(Problem(_place(file), f"is larger than {_MOST_BYTES} bytes"))
            return None
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(_place(file), f"cannot be read: {error}"))
        return None


def _place(file: Path) -> str:
    return f"{FOLDER}/{file.name}"


def _breadth(rule: SiteRule) -> tuple[bool, int]:
    """A host before a domain, a longer domain before the one it belongs to."""
    host = rule.hosts[0]
    return host.startswith("*"), -len(host)
