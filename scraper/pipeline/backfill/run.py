"""Opens what a backfill needs, walks the lists, visits the pages, and closes everything again."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from scraper.archiver.archive import Archive
from scraper.archiver.lock import run_lock
from scraper.crawler.discovery.ladder import spellings
from scraper.errors import ItemError, Reason, UsageError
from scraper.pipeline.backfill.choosing import Chooser
from scraper.pipeline.backfill.engine import Engine, Observe
from scraper.pipeline.backfill.records import CARRYING, BackfillReport, Wishes
from scraper.pipeline.backfill.start import LoggedWeb, Start
from scraper.pipeline.crawling.crawl import Crawl
from scraper.pipeline.crawling.outcomes import RunReport
from scraper.pipeline.crawling.store import Recorder
from scraper.pipeline.crawling.visit import Visitor
from scraper.pipeline.network import Network, network_of
from scraper.pipeline.recorded_runs import recorded_run
from scraper.settings import Config, FeedSettings
from scraper.subscriptions import find_feed
from scraper.urls import InvalidUrlError, host_of, site_of


def source_of(wanted: str, config: Config) -> FeedSettings:
    """The feed of that name or address; else the first one of that site; else the site itself, as if it were one.

    Raises UsageError for what is neither.
    """
    try:
        return config.feeds[find_feed(config.feeds, wanted)]
    except UsageError as error:
        if not any(sign in wanted for sign in ("://", ".", "localhost", "[")):
            raise
        try:
            urls = spellings(wanted)
        except InvalidUrlError as fault:
            raise UsageError(f"{error} And it is no address: {fault}.") from fault
    if urlsplit(urls[0]).path in ("", "/"):
        for feed in config.feeds:
            if site_of(feed.url) == site_of(urls[0]) or host_of(feed.url) in {host_of(url) for url in urls}:
                return feed
    return FeedSettings(url=urls[0], name=urls[0].split("://", 1)[1].rstrip("/"))


def estimate(wanted: str, config: Config, wishes: Wishes) -> BackfillReport:
    """What a backfill would begin with: the way it would take and what is known of its length. Nothing is stored.

    Raises UsageError for what is no feed and no address, and an ItemError where no way is found.
    """
    source, report = source_of(wanted, config), BackfillReport()
    with Network(config) as network, Visitor(network, config, _now) as visitor:
        web = LoggedWeb(network, visitor, _now)
        chosen = _chooser(source, config, wishes, web=web, report=report).choose(None, ())
        first = chosen.first
        report.method, report.requests = chosen.walk.method, web.requests
        report.listed = len(first.entries)
        report.total, report.left, report.problems = first.total, first.left, list(first.problems)
        report.is_complete = first.onward is None
    return report


def run_backfill(
    wanted: str,
    config: Config,
    archive_path: Path,
    wishes: Wishes,
    *,
    stop: Event | None = None,
    observe: Observe = lambda _: None,
) -> BackfillReport:
    """Bring the past of a feed or site into the archive; `stop` ends it cleanly, and the next one goes on from there.

    Raises UsageError for what is no feed and no address, an ItemError where no way into the past is found,
    RunLockedError where another run is at work, ArchiveError where the archive cannot be opened or written.
    """
    stop = stop or Event()
    source = source_of(wanted, config)
    with (
        run_lock(archive_path),
        Archive(archive_path) as archive,
        network_of(archive, config, stop) as network,
        Visitor(network, config, _now) as visitor,
    ):
        return _Job(config, archive, LoggedWeb(network, visitor, _now), visitor, stop=stop, observe=observe).run(
            source, wishes
        )


class _Job:
    def __init__(
        self, config: Config, archive: Archive, web: LoggedWeb, visitor: Visitor, *, stop: Event, observe: Observe
    ) -> None:
        self._config = config
        self._archive = archive
        self._web = web
        self._visitor = visitor
        self._stop = stop
        self._observe = observe

    def run(self, source: FeedSettings, wishes: Wishes) -> BackfillReport:
        now, report = _now(), BackfillReport()
        self._archive.sync_feeds(self._config.feeds, now)
        feed_id = self._archive.past_source(source.url, source.name, now)
        with recorded_run(
            self._archive, "backfill", clock=_now, counts=report.run.as_counts, ending=report.ending
        ) as run_id:
            recorder = Recorder(self._archive, run_id, self._config, _now)
            self._walk(source, wishes, feed_id, recorder, report)
            if not _carries(source, wishes):
                self._visit(feed_id, recorder, report.run)
            report.run.stopped = self._stop.is_set()
        return report

    def _walk(
        self, source: FeedSettings, wishes: Wishes, feed_id: int, recorder: Recorder, report: BackfillReport
    ) -> None:
        scope = wishes.window.scope
        before = self._archive.past(feed_id, scope, wishes.method)
        web = self._web
        chooser = _chooser(source, self._config, wishes, web=web, report=report)
        chooser.unknown = lambda entries: self._archive.unknown_entries(feed_id, entries)
        try:
            chosen = chooser.choose(before, self._archive.sitemaps_read(feed_id))
        except ItemError as error:
            recorder.log_requests(web.taken())
            if error.reason is Reason.INTERRUPTED:
                return
            raise
        if before is not None and before.method != chosen.walk.method:
            before = self._archive.past(feed_id, scope, chosen.walk.method)
        engine = Engine(
            archive=self._archive,
            recorder=recorder,
            feed_id=feed_id,
            wishes=wishes,
            carry=_carries(source, wishes),
            seconds=self._config.crawl.extraction_seconds,
            clock=_now,
            stop=self._stop,
            observe=self._observe,
        )
        engine.walk(chosen, before, web, report)

    def _visit(self, feed_id: int, recorder: Recorder, report: RunReport) -> None:
        crawl = Crawl(self._config, self._archive, self._visitor, clock=_now, stop=self._stop, observe=self._observe)
        crawl.visit_waiting(recorder, report, feed_id)


def _carries(source: FeedSettings, wishes: Wishes) -> bool:
    return not (source.fetch_pages if wishes.fetch_pages is None else wishes.fetch_pages)


def _chooser(
    source: FeedSettings, config: Config, wishes: Wishes, *, web: LoggedWeb, report: BackfillReport
) -> Chooser:
    carry = _carries(source, wishes)
    if carry and (wishes.cdx is not None or (wishes.method is not None and wishes.method not in CARRYING)):
        method = "cdx" if wishes.cdx is not None else wishes.method
        raise UsageError(f"Lists of addresses carry no texts: {method} needs the pages, so leave out --no-pages.")
    start = Start(web, source.url, max_entries=config.crawl.max_entries, site_url=source.site_url)
    return Chooser(
        start=start,
        settings=source,
        wishes=wishes,
        carry=carry,
        now=_now(),
        unknown=lambda _: (),
        misses=report.misses,
    )


def _now() -> datetime:
    return datetime.now(UTC)
