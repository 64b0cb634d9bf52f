"""import warc: pages that others captured, through the same extractor and tables as a crawl."""

import os
import sys
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

from scraper.cli.options import archive_path, config_option, db_option, json_option, read_config
from scraper.cli.output import console, json_data, note, safe
from scraper.cli.selecting import Moment
from scraper.pipeline.imports.running import SourceReport, Watch
from scraper.pipeline.imports.warc import Choice, import_warcs, spooled

_STORED = ("new", "changed", "earlier", "unchanged", "older")
_PASSED = ("deleted", "suspect", "filtered", "not_html", "not_ok", "not_web", "revisit_unresolved")
_WORDS = {
    "new": "new articles",
    "changed": "new versions",
    "earlier": "earlier versions",
    "unchanged": "known and unchanged",
    "older": "seen before what is held, and not kept",
    "deleted": "deleted from this archive",
    "suspect": "too short to replace what is held",
    "filtered": "not asked for",
    "not_html": "not HTML",
    "not_ok": "not with status 200",
    "not_web": "not of the web",
    "revisit_unresolved": "revisits of what is not in the file",
}


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--host", "hosts", multiple=True, metavar="HOST", help="Only pages of this host and those below it.")
@click.option("--since", type=Moment(), help="Published then or later: 2026-11-01, 2026-11, 7d (ago), 24h.")
@click.option("--until", "--before", "until", type=Moment(), help="Published before then, written alike.")
@click.option("--language", help="Only articles in this language, such as de (which means de-CH too).")
@click.option("--limit", type=click.IntRange(min=1), help="Most articles; the next import goes on behind them.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that read pages. Else one for each core.")
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@json_option
@config_option
@db_option
def warc(
    files: tuple[Path, ...], *, as_json: bool, config_path: Path | None, db_path: Path | None, **given: Any
) -> int:
    """Import the articles in WARC or ARC files, compressed or not; - is standard input.

    Pages keep the time at which they were captured: one that is older than what the archive has of a story becomes an
    earlier version of it. A killed import goes on where it was, a finished one is not done again. Needs the extra
    `warc`: pip install 'scraper[warc]'
    """
    given["jobs"] = given["jobs"] or _cores()
    config = read_config(config_path)
    with ExitStack() as stack:
        paths = [stack.enter_context(spooled(sys.stdin.buffer)) if str(file) == "-" else file for file in files]
        watch = stack.enter_context(watched(sum(path.stat().st_size for path in paths if path.exists())))
        reports = import_warcs(paths, config, archive_path(db_path, config), Choice(**given), watch)
        return tell(reports, as_json=as_json, dry_run=given["dry_run"])


def tell(reports: Iterable[SourceReport], *, as_json: bool, dry_run: bool = False) -> int:
    """Say what each source came to, as it is done; 1 where one of them held nothing that could be read."""
    status = 0
    done = []
    for report in reports:
        done.append(report)
        if not report.total:
            note(f"{report.name}: nothing was found in it; is it what its name says?")
            status = 1
        elif not as_json:
            note(summary(report, dry_run=dry_run))
    if as_json:
        json_data([{"source": one.name, "finished": one.finished, "counts": dict(one.counts)} for one in done])
    return status


def summary(report: SourceReport, *, dry_run: bool = False) -> str:
    """What a source came to, in a line or two."""
    if report.already:
        return f"{report.name}: imported before, nothing to do."
    counts = report.counts
    parts = [f"{counts['seen']} pages seen" if "seen" in counts else ""]
    parts += [f"{counts[name]} {_WORDS[name]}" for name in _STORED if counts[name] or name == "new"]
    parts += [f"{counts[name]} {_WORDS[name]}" for name in _PASSED if counts[name]]
    text = f"{report.name}: {'would be: ' if dry_run else ''}{', '.join(part for part in parts if part)}"
    others = _others(counts)
    if others:
        text += "\n  no article: " + ", ".join(f"{counts[name]} {safe(name)}" for name in others)
    return text + ("" if report.finished else "\n  There is more in it: the same command goes on.")


def _others(counts: Counter[str]) -> Sequence[str]:
    return sorted(name for name in counts if name not in _WORDS and name != "seen" and counts[name])


@contextmanager
def watched(total: int) -> Generator[Watch]:
    """A progress bar where somebody watches."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("reading", total=total)
        reached = done = 0

        def advance(offset: int, counts: Counter[str]) -> None:
            nonlocal reached, done
            if offset < reached:  # the next file has begun
                done, reached = done + reached, 0
            reached = offset
            articles = sum(counts[name] for name in _STORED)
            progress.update(task, completed=done + reached, description=f"{articles} articles")

        yield Watch(tell=advance)


def _cores() -> int:
    """The cores this process may use, which on a shared machine are fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
