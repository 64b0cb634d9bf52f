"""Writes docs/reference/ and the page of queries; `--check` says what is stale instead and writes nothing.

python -m docs.generate [--check]
"""

import dataclasses
import difflib
import sys
import typing
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import click

from docs.cookbook import cookbook
from scraper.archiver.describe import describe
from scraper.archiver.stories.form import describe_form
from scraper.cli.main import cli
from scraper.errors import Reason
from scraper.settings import ArchiveSettings, CrawlSettings, FeedSettings, HostSettings, NotifySettings

HERE = Path(__file__).resolve().parent
NOTICE = "<!-- Made by `make docs` from the code; edit that, not this. -->\n\n"


def main() -> int:
    """Write or check every generated page; 1 where one is stale."""
    check = "--check" in sys.argv[1:]
    pages = {
        "reference/settings.md": settings(),
        "reference/cli.md": commands(),
        "reference/schema.md": describe(),
        "reference/reasons.md": reasons(),
        "reference/jsonl.md": describe_form(),
        "how-to/query-the-archive.md": cookbook(),
    }
    stale = [name for name, text in pages.items() if not _written(HERE / name, NOTICE + text, check)]
    for name in stale:
        print(f"docs/{name} is stale: run make docs", file=sys.stderr)
    return 1 if stale else 0


def settings() -> str:
    """Every setting with its type, default and meaning."""
    sections = (
        ("[archive]", ArchiveSettings),
        ("[crawl]", CrawlSettings),
        ('[hosts."example.org"]', HostSettings),
        ("[[feeds]]", FeedSettings),
        ("[notify]", NotifySettings),
    )
    parts = ["# Settings\n\nWhat may stand in `config.toml`. `scraper config check` reports every problem at once.\n"]
    for title, record in sections:
        parts.append(f"## `{title}`\n\n{record.__doc__}\n\n{_table(_setting_rows(record))}")
    parts.append("## `[[sites]]`\n\nRules for single sites: see [how to write one](../how-to/write-a-site-rule.md).\n")
    return "\n".join(parts)


def commands() -> str:
    """The --help of every command."""
    parts = ["# Command line\n"]
    parts.extend(f"## `{name}`\n\n```text\n{text}\n```\n" for name, text in _helps(cli, "scraper", None))
    return "\n".join(parts)


def reasons() -> str:
    """Every reason code, as stored in the archive, with its meaning."""
    about = "Why a feed, a page or what stands in an imported file brought nothing; stable between releases."
    table = _table(chain([("code", "meaning")], ((f"`{reason.value}`", reason.meaning) for reason in Reason)))
    return f"# Reason codes\n\n{about}\n\n{table}"


def _setting_rows(record: type) -> Iterator[tuple[str, ...]]:
    yield ("setting", "type", "default", "meaning")
    hints = typing.get_type_hints(record)
    for field in dataclasses.fields(record):
        yield (f"`{field.name}`", _kind(hints[field.name]), _default(field.default), field.metadata["doc"])


def _kind(hint: Any) -> str:
    """A type in the words of TOML."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (tuple, Mapping):
        return "list of texts" if origin is tuple else "table of texts"
    names = {str: "text", Path: "path", int: "whole number", float: "number", bool: "true or false"}
    return names[arguments[0] if arguments else hint]


def _default(value: object) -> str:
    if value in (dataclasses.MISSING, "", None, ()):
        return ""
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def _table(rows: Iterator[tuple[str, ...]]) -> str:
    head, *body = rows
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _helps(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=name.rsplit(" ", 1)[-1], parent=parent, max_content_width=100)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            grown = command.get_command(context, child)
            if grown is not None:
                yield from _helps(grown, f"{name} {child}", context)


def _written(path: Path, text: str, check: bool) -> bool:
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    if check:
        sys.stderr.writelines(
            list(difflib.unified_diff(old.splitlines(keepends=True), text.splitlines(keepends=True), "now", "new"))[:20]
        )
        return old == text
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
