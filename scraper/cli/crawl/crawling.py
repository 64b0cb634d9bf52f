"""crawl: one pass over what is due; a progress bar for people, silence for cron."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Timer

import click
from rich.progress import MofNCompleteColumn, TimeElapsedColumn

from scraper.archiver.archive import Archive
from scraper.cli.crawl.watching import advance, tell
from scraper.cli.terminal.interrupts import INTERRUPTED, stopped_by_signals
from scraper.cli.terminal.logs import FORMS, logged
from scraper.cli.terminal.options import archive_path, config_option, db_option, json_option, read_config
from scraper.cli.terminal.output import counted, json_data, note, safe
from scraper.cli.terminal.progress import progress_bars
from scraper.errors import UsageError
from scraper.pipeline.crawling.outcomes import Happening, RunCount, RunReport
from scraper.pipeline.events import LEVELS
from scraper.pipeline.run import run_crawl


@click.command()
@click.option(
    "--max-time",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="Stop cleanly after this time; the next crawl goes on.",
)
@click.option("--now", is_flag=True, help="Ask every feed, due or not.")
@click.option("-v", "--verbose", is_flag=True, help="Say what is stored, skipped and failing, a line each.")
@click.option("--metrics", type=click.Path(path_type=Path), metavar="FILE", help="Leave figures for Prometheus there.")
@click.option("--log-format", type=click.Choice(sorted(FORMS)), help="Log events on standard error, one a line.")
@click.option("--log-level", type=click.Choice(list(LEVELS)), default="info", help="The least that is logged.")
@json_option
@config_option
@db_option
def crawl(
    *,
    max_time: float | None,
    now: bool,
    verbose: bool,
    metrics: Path | None,
    log_format: str | None,
    log_level: str,
    as_json: bool,
    config_path: Path | None,
    db_path: Path | None,
) -> int:
    """Make one pass over what is due: ask the feeds for news, fetch new articles, store them.

    Made for cron: says nothing when all is well, names every feed and page that failed, and never runs twice at the
    same time on one archive (exit status 75).
    """
    config = read_config(config_path, required=True)
    if not any(feed.enabled for feed in config.feeds) and not _has_waiting(archive_path(db_path, config)):
        raise UsageError(f"{config.source} names no feed to crawl. Add one as [[feeds]] with its url.")
    if metrics is not None:
        config = replace(config, crawl=replace(config.crawl, metrics_file=metrics.absolute()))
    stop = Event()
    watched = _watched(verbose=verbose) if log_format is None else logged(log_format, log_level)
    with stopped_by_signals(stop) as signalled, _stopped_after(max_time, stop), watched as observe:
        report = run_crawl(config, archive_path(db_path, config), stop=stop, observe=observe, everyone=now)
        observe(report)
    if as_json:
        json_data(report.as_counts())
    elif verbose or sys.stderr.isatty():
        note(summary(report))
    return INTERRUPTED if signalled.is_set() else report.exit_code(config.crawl.failure_share)


def _has_waiting(path: Path) -> bool:
    """Whether there are addresses to fetch though there is no feed: somebody put them into the queue."""
    if not path.exists():
        return False
    with Archive(path, read_only=True) as archive:
        return archive.has_waiting()


def summary(report: RunReport) -> str:
    """One line for a person: what the run came to."""
    n = report.counts
    feeds = sum(n[t] for t in (RunCount.FEEDS_CHANGED, RunCount.FEEDS_UNCHANGED, RunCount.FEEDS_FAILED))
    parts = [
        f"{counted(feeds, 'feed')} asked, {n[RunCount.FEEDS_CHANGED]} with news",
        counted(n[RunCount.ARTICLES_NEW], "new article"),
        f"{n[RunCount.ARTICLES_CHANGED]} changed",
        f"{counted(n[RunCount.PAGES_SKIPPED], 'page')} skipped",
        counted(n[RunCount.FEEDS_FAILED] + n[RunCount.PAGES_FAILED], "failure"),
    ]
    return ("Stopped early: " if report.stopped else "") + ", ".join(parts)


@contextmanager
def _watched(*, verbose: bool) -> Iterator[Callable[[Happening | RunReport], None]]:
    """A function to tell what happens: to a progress bar where somebody watches, and in lines where it matters."""
    with progress_bars(MofNCompleteColumn(), TimeElapsedColumn()) as progress:
        feeds = progress.add_task("feeds", total=None)
        pages = progress.add_task("articles", total=0)

        def observe(happening: Happening | RunReport) -> None:
            if isinstance(happening, RunReport):
                for warning in happening.warnings:
                    progress.console.print(safe(f"warning: {warning}"), markup=False, soft_wrap=True)
                return
            count = happening.counts_as
            if count is RunCount.ENTRIES_NEW:
                progress.update(pages, total=(progress.tasks[pages].total or 0) + 1)
                return
            if count.value.startswith("feeds"):
                progress.advance(feeds)
            else:
                advance(progress, pages)
            tell(progress, happening, verbose=verbose)

        yield observe


@contextmanager
def _stopped_after(seconds: float | None, stop: Event) -> Iterator[None]:
    timer = Timer(seconds, stop.set) if seconds else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        if timer:
            timer.cancel()
