"""import jsonl, import archive: whole stories from a file of lines, or from another archive."""

import gzip
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

import click
from rich.progress import TaskProgressColumn, TimeElapsedColumn, TimeRemainingColumn

from scraper.archiver.archive import Archive
from scraper.archiver.lock import run_lock
from scraper.archiver.store.opening import inspect
from scraper.archiver.stories.importing import Taken
from scraper.cli.terminal.options import archive_path, config_option, db_option, json_option, read_config
from scraper.cli.terminal.output import counted, json_data, note, safe
from scraper.cli.terminal.progress import progress_bars
from scraper.errors import UsageError
from scraper.pipeline.imports.stories import Intake, StoryImporter, StoryWatch

_dry_run = click.option("--dry-run", is_flag=True, help="Only say what would be done.")


@click.command()
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@_dry_run
@json_option
@config_option
@db_option
def jsonl(file: Path, *, dry_run: bool, as_json: bool, config_path: Path | None, db_path: Path | None) -> int:
    """Import articles from JSON Lines: what `scraper export jsonl` wrote, or any lines with url, title and body.

    What is archived already is merged: versions, links and counts of both are kept, and importing twice changes
    nothing. A line that cannot be taken is named, and the others are. FILE may be packed with gzip; - is standard
    input. Exit status 1 if a line was refused.
    """
    with _input(file) as (source, size), _importer(config_path, db_path, size, dry_run=dry_run) as importer:
        intake = importer.import_lines(source)
    return _tell(intake, as_json=as_json, dry_run=dry_run)


@click.command()
@click.argument("other", metavar="OTHER.db", type=click.Path(path_type=Path))
@click.option("--deletions", is_flag=True, help="Delete here, too, what was deleted there.")
@_dry_run
@json_option
@config_option
@db_option
def archive(
    other: Path, *, deletions: bool, dry_run: bool, as_json: bool, config_path: Path | None, db_path: Path | None
) -> int:
    """Import another archive: its articles with versions, links, counts and raw pages, its feeds and their entries.

    What both have is merged, and importing twice changes nothing. OTHER.db is only read. Its feeds come as
    unsubscribed, unless they are in the settings. What was deleted here stays deleted.
    """
    if not other.exists():
        raise UsageError(f"There is no archive {other}.")
    inspect(other)
    path = archive_path(db_path, read_config(config_path))
    if path.exists() and path.samefile(other):
        raise UsageError(f"{other} is the archive to import into: name another one.")
    with _importer(config_path, db_path, None, dry_run=dry_run) as importer:
        intake = importer.import_archive(other, deletions=deletions)
    return _tell(intake, as_json=as_json, dry_run=dry_run, deletions=deletions)


@contextmanager
def _input(file: Path) -> Generator[tuple[BinaryIO, int | None]]:
    """The lines to read, and how many bytes they are where that is known."""
    if str(file) == "-":
        yield sys.stdin.buffer, None
        return
    try:
        with file.open("rb") as plain:
            is_packed = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            if is_packed:
                with gzip.open(plain) as unpacked:
                    yield cast("BinaryIO", unpacked), None
            else:
                yield plain, file.stat().st_size
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}.") from error
    except EOFError as error:
        raise UsageError(f"{file} cannot be read to its end: {error}. What came before is imported.") from error


@contextmanager
def _importer(
    config_path: Path | None, db_path: Path | None, size: int | None, *, dry_run: bool
) -> Iterator[StoryImporter]:
    path = archive_path(db_path, read_config(config_path))
    with ExitStack() as stack:
        if dry_run and not path.exists():
            # To look what would be done is no reason to make an archive.
            path = Path(stack.enter_context(TemporaryDirectory(prefix="scraper-"))) / path.name
        stack.enter_context(run_lock(path))
        into, reached = stack.enter_context(Archive(path)), stack.enter_context(_watched(size))
        yield StoryImporter(
            into, StoryWatch(refused=_complain, reached=reached), lambda: datetime.now(UTC), dry_run=dry_run
        )


@contextmanager
def _watched(size: int | None) -> Iterator[Callable[[int, Intake], None]]:
    """A function that shows how far the import has come, where somebody watches."""
    with progress_bars(TaskProgressColumn(), TimeElapsedColumn(), TimeRemainingColumn()) as progress:
        task = progress.add_task("importing", total=size)

        def reached(end: int, intake: Intake) -> None:
            progress.update(task, completed=end, description=counted(intake.taken.total(), "article"))

        yield reached


def _complain(place: str, why: str) -> None:
    note(safe(f"{place}: {why}"))


def _tell(intake: Intake, *, as_json: bool, dry_run: bool, deletions: bool = False) -> int:
    taken = intake.taken
    if as_json:
        summary = {each.value: taken[each] for each in Taken} | {
            "refused": intake.refused,
            "lost_pages": intake.lost_pages,
            "feeds": intake.feeds,
            "entries": intake.entries,
            "deletions": intake.deleted_here,
            "dry_run": dry_run,
        }
        json_data(summary)
    else:
        parts = [
            counted(taken[Taken.NEW], "new article"),
            f"{taken[Taken.CHANGED]} that grew",
            f"{taken[Taken.UNCHANGED]} known already",
            f"{taken[Taken.DELETED]} deleted here on purpose" if taken[Taken.DELETED] else "",
            f"{intake.deleted_here} deleted as there" if deletions else "",
            f"{counted(intake.lost_pages, 'raw page')} lost" if intake.lost_pages else "",
            f"{intake.refused} refused" if intake.refused else "",
        ]
        note(("Would be: " if dry_run else "") + ", ".join(part for part in parts if part))
    return 1 if intake.refused else 0
