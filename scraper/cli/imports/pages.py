"""import warc, html, urls: pages that others captured or saved, and addresses of pages to fetch."""

import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.progress import TaskProgressColumn, TimeRemainingColumn

from scraper.cli.terminal.options import archive_path, config_option, db_option, json_option, read_config
from scraper.cli.terminal.output import counted, json_data, note, safe
from scraper.cli.terminal.progress import progress_bars
from scraper.cli.terminal.selecting import since_option, until_option
from scraper.cli.terminal.workers import chosen_workers, workers_options
from scraper.errors import Reason, UsageError
from scraper.pipeline.bulk import usable_cores
from scraper.pipeline.imports.addresses import import_addresses
from scraper.pipeline.imports.running import PageWatch, SourceReport
from scraper.pipeline.imports.saved import SavedPages, import_saved, read_origins
from scraper.pipeline.imports.warc import Choice, import_warcs, spooled
from scraper.urls import InvalidUrlError, canonicalize

Command = TypeVar("Command", bound=Callable[..., Any])

_PATH = click.Path(path_type=Path, allow_dash=True)
_NEWS = {"new": "new article", "changed": "new version", "earlier": "earlier version"}
_KNOWN = ("unchanged", "older")
_PASSED = (
    Reason.DELETED,
    Reason.SUSPECT,
    Reason.FILTERED,
    Reason.NOT_HTML,
    Reason.NOT_OK,
    Reason.NOT_WEB,
    Reason.REVISIT_UNRESOLVED,
    Reason.BAD_URL,
)
_WORDS = {
    "unchanged": "known and unchanged",
    "older": "seen before what is held, and not kept",
    Reason.DELETED: "deleted from this archive",
    Reason.SUSPECT: "too short to replace what is held",
    Reason.FILTERED: "not asked for",
    Reason.NOT_HTML: "not HTML",
    Reason.NOT_OK: "not with status 200",
    Reason.NOT_WEB: "not of the web",
    Reason.REVISIT_UNRESOLVED: "revisits of what is not in the file",
    Reason.BAD_URL: "without an address that could be fetched",
}


def _choice_options(command: Command) -> Command:
    """Options of what is imported; they become a :class:`Choice`."""
    options = (
        since_option,
        until_option,
        click.option("--language", help="Only articles in this language, such as de (which means de-CH too)."),
        click.option("--limit", type=click.IntRange(min=1), help="Most articles; the next import goes on behind them."),
        workers_options,
        click.option("--dry-run", is_flag=True, help="Only say what would come of it."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_PATH)
@click.option("--host", "hosts", multiple=True, metavar="HOST", help="Only pages of this host and those below it.")
@_choice_options
@json_option
@config_option
@db_option
def warc(
    files: tuple[Path, ...],
    *,
    jobs: int | None,
    executor: str | None,
    as_json: bool,
    config_path: Path | None,
    db_path: Path | None,
    **given: Any,
) -> int:
    """Import the articles in WARC or ARC files, compressed or not; - is standard input.

    Pages keep the time at which they were captured: one that is older than what the archive has of a story becomes an
    earlier version of it. A killed import goes on where it was, a finished one is not done again. Needs the extra
    `warc`: pip install 'scraper[warc]'
    """
    config = read_config(config_path)
    with ExitStack() as stack:
        paths: dict[Path, str] = {}
        for file in files:
            if str(file) == "-":
                paths[stack.enter_context(spooled(sys.stdin.buffer))] = "standard input"
            else:
                paths[file] = str(file)
        workers = stack.enter_context(chosen_workers(jobs, executor, usual=usable_cores, files=paths))
        watch = stack.enter_context(watched(sum(path.stat().st_size for path in paths if path.exists())))
        reports = import_warcs(paths, config, archive_path(db_path, config), Choice(workers=workers, **given), watch)
        return tell(reports, as_json=as_json, dry_run=given["dry_run"])


@click.command()
@click.argument("paths", metavar="FOLDER|FILE...", nargs=-1, required=True, type=_PATH)
@click.option(
    "--urls",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where each file came from: CSV with the columns file, url and perhaps fetched_at, or JSON Lines (.jsonl).",
)
@click.option("--base", metavar="URL", help="The address that the folder stands for, for pages that state none.")
@_choice_options
@json_option
@config_option
@db_option
def html(
    paths: tuple[Path, ...],
    *,
    urls: Path | None,
    base: str | None,
    jobs: int | None,
    executor: str | None,
    as_json: bool,
    config_path: Path | None,
    db_path: Path | None,
    **given: Any,
) -> int:
    """Import the articles in saved HTML files, and in all below a folder.

    Where a page came from is what --urls says of it; else what the browser noted that saved it, or its own canonical
    address; else its place below --base, or below a folder named as a host (as wget and HTTrack make them). It was
    seen when --urls says so, else when its file was written.
    """
    config = read_config(config_path)
    if base is not None:
        try:
            canonicalize(base)
        except InvalidUrlError as error:
            raise UsageError(f"--base: {error}.") from error
    pages = SavedPages(paths=paths, origins=read_origins(urls, paths) if urls else {}, base=base)
    with chosen_workers(jobs, executor, usual=lambda: 1, files=paths) as workers, watched(None) as watch:
        choice = Choice(workers=workers, **given)
        reports = import_saved(pages, config, archive_path(db_path, config), choice, watch)
        return tell(reports, as_json=as_json, dry_run=given["dry_run"])


@click.command()
@click.argument("file", metavar="FILE|-", type=_PATH)
@json_option
@config_option
@db_option
def urls(file: Path, *, as_json: bool, config_path: Path | None, db_path: Path | None) -> int:
    """Put addresses, one a line, into the queue, to be fetched by the next crawl.

    Those that are archived, deleted or waiting already are counted and left as they are.
    """
    path = archive_path(db_path, read_config(config_path))
    if str(file) == "-":
        report = import_addresses((line.decode("utf-8", "replace") for line in sys.stdin.buffer), path, name="-")
    else:
        try:
            with file.open(encoding="utf-8", errors="replace") as lines:
                report = import_addresses(lines, path, name=str(file))
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
    counts = report.counts
    if as_json:
        json_data(dict(counts))
    else:
        note(
            f"{file}: {counted(counts['seen'], 'address')}, {counts['queued']} to be fetched, "
            f"{counts['waiting']} waiting already, {counts['known']} archived, {counts['deleted']} deleted, "
            f"{counts[Reason.BAD_URL]} not understood"
        )
    return 1 if counts[Reason.BAD_URL] else 0


def tell(reports: Iterable[SourceReport], *, as_json: bool, dry_run: bool = False) -> int:
    """Say what each source came to, as it is done; 1 where one of them held nothing that could be read."""
    status = 0
    done = []
    for report in reports:
        done.append(report)
        if not report.total["seen"]:
            note(f"{report.name}: no page was found in it; is it what its name says?")
            status = 1
        elif not as_json:
            note(summary(report, dry_run=dry_run))
    if as_json:
        json_data(
            [
                {"source": one.name, "finished": one.finished, "counts": dict(one.counts), "faults": one.faults}
                for one in done
            ]
        )
    return status


def summary(report: SourceReport, *, dry_run: bool = False) -> str:
    """What a source came to, in a line or two."""
    if report.already:
        return f"{report.name}: imported before, nothing to do."
    counts = report.counts
    parts = [f"{counted(counts['seen'], 'page')} seen" if "seen" in counts else ""]
    parts += [counted(counts[name], noun) for name, noun in _NEWS.items() if counts[name] or name == "new"]
    parts += [f"{counts[name]} {_WORDS[name]}" for name in (*_KNOWN, *_PASSED) if counts[name]]
    text = f"{report.name}: {'would be: ' if dry_run else ''}{', '.join(part for part in parts if part)}"
    others = _others(counts)
    if others:
        text += "\n  no article: " + ", ".join(f"{counts[name]} {safe(name)}" for name in others)
    text += "".join(f"\n  a fault of scraper itself {safe(fault)}" for fault in report.faults)
    return text + ("" if report.finished else "\n  There is more in it: the same command goes on.")


def _others(counts: Counter[str]) -> Sequence[str]:
    return sorted(name for name in counts if name not in {*_WORDS, *_NEWS, "seen"} and counts[name])


@contextmanager
def watched(total: int | None) -> Generator[PageWatch]:
    """A progress bar where somebody watches."""
    with progress_bars(TaskProgressColumn(), TimeRemainingColumn()) as progress:
        task = progress.add_task("reading", total=total)
        reached = done = 0

        def advance(offset: int, counts: Counter[str]) -> None:
            nonlocal reached, done
            if offset < reached:  # the next file has begun
                done, reached = done + reached, 0
            reached = offset
            articles = sum(counts[name] for name in (*_NEWS, *_KNOWN))
            progress.update(task, completed=done + reached, description=counted(articles, "article"))

        yield PageWatch(tell=advance)
