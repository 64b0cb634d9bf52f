"""Opens what a crawl needs (lock, archive, network), runs it, and closes everything again."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from scraper.archiver.archive import Archive
from scraper.archiver.lock import run_lock
from scraper.errors import UsageError
from scraper.pipeline.crawling.crawl import Crawl
from scraper.pipeline.crawling.outcomes import Happening, RunReport
from scraper.pipeline.crawling.visit import Visitor
from scraper.pipeline.metrics import metrics_text, write_metrics
from scraper.pipeline.network import network_of
from scraper.pipeline.notices import look_and_tell, tell_of_run
from scraper.settings import Config
from scraper.version import VERSION


def run_crawl(
    config: Config,
    archive_path: Path,
    *,
    stop: Event | None = None,
    observe: Callable[[Happening], None] = lambda _: None,
    everyone: bool = False,
) -> RunReport:
    """One crawl into the archive at `archive_path`, made if there is none; `stop` ends it early and cleanly.

    With `everyone` every feed is asked, due or not.

    Raises RunLockedError where another run is at work on it, ArchiveError where it cannot be opened or written.
    """
    with run_lock(archive_path):
        try:
            report = _crawl(config, archive_path, stop or Event(), observe, everyone=everyone)
        except Exception as error:
            if trouble := tell_of_run(config, archive_path, error):
                error.add_note(trouble)
            raise
        if trouble := tell_of_run(config, archive_path, None):
            report.warnings.append(trouble)
        return report


def _crawl(
    config: Config, path: Path, stop: Event, observe: Callable[[Happening], None], *, everyone: bool
) -> RunReport:
    with (
        Archive(path) as archive,
        network_of(archive, config, stop) as network,
        Visitor(network, config, _now) as visitor,
    ):
        started_at = _now()
        crawl = Crawl(config, archive, visitor, clock=_now, stop=stop, observe=observe)
        report = crawl.run(VERSION, everyone=everyone)
        archive.drop_pages(config.archive, _now(), changed_since=started_at)
        _after(config, archive, report, started_at)
        return report


def _after(config: Config, archive: Archive, report: RunReport, started_at: datetime) -> None:
    """Tell and count what the run changed. What goes wrong with that becomes a warning: the work itself is done."""
    if trouble := look_and_tell(archive, config, started_at=started_at):
        report.warnings.append(trouble)
    if config.crawl.metrics_file is None:
        return
    figures = archive.figures(archive.latest_runs(1)[0].id)
    text = metrics_text(figures, report, started_at=started_at, finished_at=_now())
    beside = config.source.parent if config.source else Path()
    try:
        write_metrics(beside / config.crawl.metrics_file, text)
    except UsageError as error:
        report.warnings.append(str(error))


def _now() -> datetime:
    return datetime.now(UTC)
