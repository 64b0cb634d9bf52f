"""Progress bars on standard error where somebody watches, and nothing where nobody does."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn

from scraper.cli.terminal.output import console


@contextmanager
def progress_bars(*columns: ProgressColumn) -> Generator[Progress]:
    """Bars that are gone when the block is done: what each is about, how far it is, and `columns`."""
    shown = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), *columns)
    with Progress(*shown, console=console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        yield progress
