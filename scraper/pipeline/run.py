"""Opens what a crawl needs (lock, archive, network), runs it, and closes everything again."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from scraper.archiver.archive import Archive
from scraper.archiver.lock import run_lock
from scraper.pipeline.crawl import Crawl
from scraper.pipeline.network import Network
from scraper.pipeline.outcomes import Happening, RunReport
from scraper.pipeline.visit import Visitor
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
    stop = stop or Event()
    with (
        run_lock(archive_path),
        Archive(archive_path) as archive,
        Network(config, stop=stop, hosts=archive.hosts().values(), domains=archive.domains()) as network,
    ):
        crawl = Crawl(config, archive, Visitor(network, config, _now), clock=_now, stop=stop, observe=observe)
        try:
            started_at = _now()
            report = crawl.run(VERSION, everyone=everyone)
            archive.drop_pages(config.archive, _now(), changed_since=started_at)
            return report
        finally:
            archive.save_hosts(network.hosts(), network.domains())


def _now() -> datetime:
    return datetime.now(UTC)
