"""reextract: stored pages through today's extractor and rules, with a report field by field."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import cast

import click
from rich.progress import MofNCompleteColumn, TimeElapsedColumn, TimeRemainingColumn

from scraper.archiver.articles.reading import Filters
from scraper.cli.terminal.interrupts import INTERRUPTED, stopped_by_signals
from scraper.cli.terminal.options import config_option, db_option, existing_archive, json_option, read_config
from scraper.cli.terminal.output import counted, data, json_data, note, table
from scraper.cli.terminal.progress import progress_bars
from scraper.cli.terminal.selecting import MANY, since_option, until_option
from scraper.cli.terminal.workers import chosen_workers, workers_options
from scraper.pipeline.bulk import usable_cores
from scraper.pipeline.rereading.report import RereadReport
from scraper.pipeline.rereading.running import Observe, Wish, how_many
from scraper.pipeline.rereading.running import reextract as read_again

# Fewer articles than this are done before other processes have started.
_FEW = 128
_WORDS = {
    "changed": "changed",
    "same": "the same",
    "refused": "refused (the archive keeps what it has)",
    "passed_over": "passed over",
    "without_page": "without a stored page",
}


@click.command()
@click.option("--site", help="Only articles of this site, such as example.org.")
@since_option
@until_option
@click.option("--limit", type=MANY, help="Most articles.")
@click.option("--changed-only", is_flag=True, help="Not those that this extractor with these rules read again before.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@workers_options
@json_option
@config_option
@db_option
def reextract(
    *,
    site: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
    changed_only: bool,
    dry_run: bool,
    jobs: int | None,
    executor: str | None,
    as_json: bool,
    config_path: Path | None,
    db_path: Path | None,
) -> int:
    """Read stored pages again, with today's extractor and rules, and keep what they give now.

    No page is fetched, and no new version is made: the last version of each article is read anew, and the report says
    field by field what was gained, lost and changed. Where a page would give no article any more, or lose most of its
    text, the archive keeps what it has. An interrupted run goes on where it stopped.
    """
    config = read_config(config_path)
    path = existing_archive(db_path, config)
    given = {"site": site, "since": since, "until": until, "limit": limit}
    filters = cast("Filters", {name: value for name, value in given.items() if value is not None})
    many = how_many(path, filters, dry_run=dry_run)
    seconds = config.crawl.extraction_seconds
    stop = Event()
    with chosen_workers(jobs, executor, usual=lambda: 1 if many < _FEW else usable_cores()) as workers:
        wish = Wish(filters=filters, changed_only=changed_only, dry_run=dry_run, workers=workers, seconds=seconds)
        with stopped_by_signals(stop), _watched(many) as observe:
            report = read_again(path, config.sites, wish, stop=stop, observe=observe)
    if as_json:
        json_data({"dry_run": dry_run, "stopped": stop.is_set(), **report.as_data()})
    else:
        _print(report, dry_run=dry_run)
    if stop.is_set():
        note("Interrupted. What was read until then is kept; the same command goes on from there.")
    return INTERRUPTED if stop.is_set() else 0


def _print(report: RereadReport, *, dry_run: bool) -> None:
    found = report.as_data()
    sums = ", ".join(f"{number} {_WORDS[name]}" for name, number in found["articles"].items() if number)
    read = counted(report.articles, "article") + (" would be" if dry_run and report.articles else "")
    data(f"{read}: {sums or 'nothing to do'}")
    fields = found["fields"]
    if fields:
        data("")
        table(
            ("field", "gained", "lost", "changed"),
            ((name, one["gained"], one["lost"], one["changed"]) for name, one in fields.items()),
        )
        data("")
        rows = (
            (name, example["difference"], example["id"], example["before"], example["after"])
            for name, one in fields.items()
            for example in one["examples"]
            if example["before"] or example["after"]
        )
        table(("field", "difference", "article", "before", "after"), rows)
    if found["refused"]:
        data("")
        table(
            ("refused", "reason", "message"), ((one["url"], one["reason"], one["message"]) for one in found["refused"])
        )


@contextmanager
def _watched(many: int) -> Iterator[Observe]:
    """A progress bar where somebody watches."""
    with progress_bars(MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn()) as progress:
        task = progress.add_task("articles", total=many)
        yield lambda _: progress.advance(task)
