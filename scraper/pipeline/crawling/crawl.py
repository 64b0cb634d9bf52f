"""One pass over what is due: hosts side by side, one request at a time on each, one writer.

    due feeds ─┐                        ┌─ poll ──┐
               ├─> a lane per host ───> │         ├─> results (bounded) ─> this thread ─> archive
    queue ─────┘   (a thread each)      └─ visit ─┘        ^                                │
         ^                                                 └───── new entries: new lanes ───┘

The queue lives in the archive, so a run that is killed is taken up by the next one.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Event

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import DueFeed, QueueItem
from scraper.pipeline.crawling.lanes import Lanes
from scraper.pipeline.crawling.outcomes import Happening, Outcome, RunReport
from scraper.pipeline.crawling.store import Recorder
from scraper.pipeline.crawling.visit import Visitor
from scraper.pipeline.recorded_runs import recorded_run
from scraper.settings import Config
from scraper.urls import host_of

_MOST_ITEMS = 1_000
"""Most queue items handed out at a time, over all hosts."""

Work = DueFeed | QueueItem


class Crawl:
    """One run. Make it, call :meth:`run` once; `stop` may be set from any thread or signal handler."""

    def __init__(
        self,
        config: Config,
        archive: Archive,
        visitor: Visitor,
        *,
        clock: Callable[[], datetime],
        stop: Event,
        observe: Callable[[Happening], None],
    ) -> None:
        self._config = config
        self._archive = archive
        self._visitor = visitor
        self._clock = clock
        self._stop = stop
        self._observe = observe
        self._only: int | None = None

    def run(self, version: str, *, everyone: bool = False) -> RunReport:
        """Poll the feeds that are due, visit every page that is waiting, and say what came of it.

        With `everyone` all feeds are polled.

        Raises ArchiveError where the archive cannot be written; what was committed before stays.
        """
        report = RunReport()
        with recorded_run(
            self._archive, "crawl", clock=self._clock, counts=report.as_counts, ending=report.ending, version=version
        ) as run_id:
            recorder = Recorder(self._archive, run_id, self._config, self._clock)
            self._archive.sync_feeds(self._config.feeds, self._clock())
            self._work_off(recorder, report, _by_host(self._archive.due_feeds(self._clock(), everyone=everyone)))
            report.stopped = self._stop.is_set()
        return report

    def visit_waiting(self, recorder: Recorder, report: RunReport, feed_id: int) -> None:
        """Ask no feeds, and visit only the pages of one that were never fetched. Raises as :meth:`run` does."""
        self._only = feed_id
        self._work_off(recorder, report, {})

    def _work_off(self, recorder: Recorder, report: RunReport, feeds: dict[str, list[Work]]) -> None:
        walked: Lanes[Work, Outcome] = Lanes(self._config.crawl.threads, self._walk)
        with walked as lanes:
            try:
                for host, work in feeds.items():
                    lanes.add(host, work)
                self._add_pages(lanes)
                while lanes.busy:
                    for happening in recorder.store(lanes.take()):
                        report.counts[happening.counts_as] += 1
                        self._observe(happening)
                    recorder.log_requests(self._visitor.side_requests())
                    self._add_pages(lanes)
            except BaseException:
                # What the lanes under way still bring is fetched again next time.
                self._stop.set()
                self._visitor.abort()
                raise

    def _add_pages(self, lanes: Lanes[Work, Outcome]) -> None:
        """Give every host whose pages wait a lane, as far as threads go: feeds come first, for they bring the news."""
        if self._stop.is_set():
            self._visitor.abort()
        elif lanes.idle:
            items = self._archive.due_items(
                self._clock(), hosts_busy=lanes.busy, most_hosts=lanes.idle, limit=_MOST_ITEMS, feed_id=self._only
            )
            for host, work in itertools.islice(_by_host(items).items(), lanes.idle):
                lanes.add(host, work)

    def _walk(self, unit: Work) -> Outcome | None:
        """One unit of a lane, in a thread of its own."""
        if self._stop.is_set():
            return None
        return self._visitor.poll(unit) if isinstance(unit, DueFeed) else self._visitor.visit(unit)


def _by_host(units: Iterable[Work]) -> dict[str, list[Work]]:
    lanes: dict[str, list[Work]] = defaultdict(list)
    for unit in units:
        lanes[host_of(unit.url)].append(unit)
    return dict(lanes)
