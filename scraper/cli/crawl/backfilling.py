"""backfill: the past of a feed or site; a progress bar for people, silence for scripts."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event

import click
from rich.progress import MofNCompleteColumn, TimeRemainingColumn

from scraper.cli.crawl.watching import advance, tell
from scraper.cli.terminal.files import read_input
from scraper.cli.terminal.interrupts import INTERRUPTED, stopped_by_signals
from scraper.cli.terminal.options import archive_path, config_option, db_option, json_option, read_config
from scraper.cli.terminal.output import counted, json_data, note
from scraper.cli.terminal.progress import progress_bars
from scraper.cli.terminal.selecting import MANY, since_option, until_option
from scraper.errors import UsageError
from scraper.pipeline.backfill.records import BackfillReport, Method, Window, Wishes
from scraper.pipeline.backfill.run import estimate, run_backfill
from scraper.pipeline.crawling.outcomes import Happening, RunCount
from scraper.settings import Config

_SHOWN_PROBLEMS = 10
_METHODS = tuple(method.value for method in Method if method is not Method.CDX)


@click.command()
@click.argument("wanted", metavar="FEED|SITE")
@since_option
@until_option
@click.option("--limit", type=MANY, help="Most new articles; the next backfill goes on.")
@click.option("--by", "method", type=click.Choice(_METHODS), help="By this way only; else the best that there is.")
@click.option(
    "--cdx",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="By the addresses in a list of a CDX server (text or JSON); - reads standard input.",
)
@click.option("--no-pages", is_flag=True, help="Archive what the API or feed itself carries; visit no pages.")
@click.option("--dry-run", is_flag=True, help="Only say which way it would take, and how long it may be.")
@click.option("-v", "--verbose", is_flag=True, help="Say what is stored, skipped and failing, a line each.")
@json_option
@config_option
@db_option
def backfill(
    wanted: str,
    *,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
    method: str | None,
    cdx: Path | None,
    no_pages: bool,
    dry_run: bool,
    verbose: bool,
    as_json: bool,
    config_path: Path | None,
    db_path: Path | None,
) -> int:
    """Bring the past of a feed, by its name or address, or of a site, by whatever it offers.

    The ways, best first: rest (the REST API of WordPress), rfc5005 (a feed that names its archives), paged (pages of a
    WordPress feed), sitemap, months (archives by month), pages (a list and the pages it goes on to). It may be stopped
    at any time and goes on where it was; once it came to its end, a later one asks only for what is new. Articles
    whose time no list states are fetched whatever --since and --until say.
    """
    if cdx is not None and method is not None:
        raise UsageError("--cdx and --by exclude one another.")
    if since is not None and until is not None and since >= until:
        raise UsageError("--since is not before --until.")
    config = read_config(config_path)
    wishes = Wishes(
        window=Window(since=since, until=until),
        limit=limit,
        method=Method(method) if method else None,
        fetch_pages=False if no_pages else None,
        cdx=read_input(cdx).decode("utf-8", "replace") if cdx is not None else None,
    )
    if dry_run:
        return _estimated(wanted, config, wishes, as_json=as_json)
    stop = Event()
    with stopped_by_signals(stop) as signalled, _watched(verbose=verbose) as observe:
        report = run_backfill(wanted, config, archive_path(db_path, config), wishes, stop=stop, observe=observe)
    _tell(report, verbose=verbose, as_json=as_json)
    if signalled.is_set():
        return INTERRUPTED
    return 1 if report.trouble else report.run.exit_code(config.crawl.failure_share)


def summary(report: BackfillReport) -> str:
    """One line for a person: which way was taken and what came of it."""
    n = report.run.counts
    parts = [
        f"{counted(report.listed, 'address')} in {counted(report.requests, 'request')} by {report.method or 'no way'}",
        f"{report.new:,} new",
        f"{counted(n[RunCount.ARTICLES_NEW], 'article')} stored",
        f"{counted(n[RunCount.PAGES_SKIPPED], 'page')} skipped",
        counted(n[RunCount.PAGES_FAILED], "failure"),
    ]
    ends = "" if report.is_complete else "; not at its end: the next backfill goes on"
    return ("Stopped early: " if report.run.stopped else "") + ", ".join(parts) + ends


def _estimated(wanted: str, config: Config, wishes: Wishes, *, as_json: bool) -> int:
    report = estimate(wanted, config, wishes)
    if as_json:
        json_data(_counts(report))
        return 0
    if report.total is not None:
        posts = counted(report.total, "address")
    else:
        posts = f"{counted(report.listed, 'address')} in its first list" if report.listed else "an index of lists"
    more = f", {counted(report.left, 'more request')} for lists" if report.left else ", and more"
    note(f"By {report.method}: {posts}{'' if report.is_complete else more}.")
    minutes = round((report.total or 0) * config.crawl.pause_seconds / 60)
    if minutes and wishes.fetch_pages is not False:
        pause = f"{config.crawl.pause_seconds:g} s"
        note(f"To visit every page takes about {counted(minutes, 'minute')}, with {pause} between two.")
    for method, why in report.misses:
        note(f"  {method}: {why}")
    return 0


def _counts(report: BackfillReport) -> dict[str, object]:
    return {
        "method": report.method,
        "requests": report.requests,
        "listed": report.listed,
        "new": report.new,
        "total": report.total,
        "complete": report.is_complete,
        "trouble": report.trouble,
        "misses": dict(report.misses),
        **report.run.as_counts(),
    }


def _tell(report: BackfillReport, *, verbose: bool, as_json: bool) -> None:
    shown = report.problems if verbose else []
    for problem in shown[:_SHOWN_PROBLEMS]:
        note(problem)
    if report.trouble:
        note(f"The lists were not read to their end: {report.trouble}")
    if as_json:
        json_data(_counts(report))
    elif verbose or sys.stderr.isatty():
        note(summary(report))


@contextmanager
def _watched(*, verbose: bool) -> Iterator[Callable[[Happening | BackfillReport], None]]:
    """A function to tell what happens: two bars, one of addresses listed and one of pages visited."""
    with progress_bars(MofNCompleteColumn(), TimeRemainingColumn()) as progress:
        lists = progress.add_task("addresses", total=None)
        pages = progress.add_task("articles", total=None)

        def observe(event: Happening | BackfillReport) -> None:
            if isinstance(event, BackfillReport):
                progress.update(lists, completed=event.listed, total=event.total, description=f"by {event.method}")
                progress.update(pages, total=event.new)
                return
            advance(progress, pages)
            tell(progress, event, verbose=verbose)

        yield observe
