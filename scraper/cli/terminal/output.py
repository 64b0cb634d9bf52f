"""What goes to the terminal: JSON lines, tables, messages. Nothing from the web reaches it raw."""

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scraper.plain import plain

# C0, C1 and direction controls can rewrite a terminal's screen, title or clipboard; line ends would forge records.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def safe(value: object) -> str:
    """`value` as one line that a terminal shows and does not obey."""
    return "" if value is None else _CONTROLS.sub(" ", str(value))


def safe_lines(text: str) -> str:
    """A text of several lines, each of them safe."""
    return "\n".join(safe(line) for line in text.split("\n"))


def counted(count: int, noun: str) -> str:
    """`1 feed`, `2 feeds`, `3 addresses`."""
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


class ReaderGoneError(Exception):
    """Whoever read our data (head, less) has seen enough: a reason to stop, not an error.

    No OSError, because click would turn that into exit status 1.
    """


def data(text: str) -> None:
    """A line of data, on standard output."""
    try:
        click.echo(text)
    except BrokenPipeError as error:
        raise ReaderGoneError from error


def json_data(value: object) -> None:
    """One JSON document on standard output; indented for a person, one line for a program."""
    indent = 2 if sys.stdout.isatty() else None
    json_text(json.dumps(plain(value), ensure_ascii=False, indent=indent))


def json_lines(values: Iterable[object]) -> None:
    """One JSON document a line (JSON Lines)."""
    for value in values:
        json_text(json.dumps(plain(value), ensure_ascii=False))


def json_text(text: str) -> None:
    """A JSON document, on standard output. JSON escapes C0 controls only; the others mean the same escaped."""
    data(_CONTROLS.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text))


def note(text: str) -> None:
    """A message for a person, on standard error; that nobody reads it is no reason to stop."""
    try:
        click.echo(safe_lines(text), err=True)
    except BrokenPipeError:
        _say_no_more()


def _say_no_more() -> None:
    """Send standard error nowhere: what is still buffered must not fail again, now or at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on standard output, as wide as the terminal, or as its cells need where nobody watches."""
    out = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    numeric = {"tries", "waiting", "entries", "articles", "failures", "words", "views", "comments"}
    for column in columns:
        is_number = column in numeric
        out.add_column(column, justify="right" if is_number else "left", overflow="fold", no_wrap=is_number)
    for row in rows:
        out.add_row(*(Text(safe(cell)) for cell in row))
    console().print(out)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        if not self.stderr:
            raise ReaderGoneError
        _say_no_more()


def console(*, stderr: bool = False) -> Console:
    """A console that wraps to the terminal and never where output is piped on."""
    stream = sys.stderr if stderr else sys.stdout
    return _Console(stderr=stderr, soft_wrap=False, highlight=False, width=None if stream.isatty() else 500)
