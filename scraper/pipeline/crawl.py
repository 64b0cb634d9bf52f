"""One pass over what is due: hosts side by side, one request at a time on each, one writer.

    due feeds ─┐                        ┌─ poll ──┐
               ├─> a lane per host ───> │         ├─> results (bounded) ─> this thread ─> archive
    queue ─────┘   (a thread each)      └─ visit ─┘        ^                                │
         ^                                                 └───── new entries: new lanes ───┘

The queue lives in the archive, so a run that is killed is taken up by the next one.
"""

import itertools
import queue
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import DueFeed, QueueItem
from scraper.pipeline.outcomes import Happening, LaneDone, Outcome, RunReport
from scraper.pipeline.store import Recorder
from scraper.pipeline.visit import Visitor
from scraper.settings import Config
from scraper.urls import host_of

BATCH = 100
"""Most results written in one transaction."""

BATCH_SECONDS = 1.0
"""Longest that a result waits for others to share its transaction."""

IDLE_SECONDS = 0.1
"""The same while a thread has nothing to do. Each transaction waits for the disk: with one for every lane that ended, a
pass over 1,000 feeds that had nothing new took 15 seconds, and 7 so (benchmarks/crawl.py, a busy machine)."""

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
        self._busy: set[str] = set()
        self._only: int | None = None
        self._results: queue.Queue[Outcome | LaneDone] = queue.Queue(maxsize=2 * BATCH)

    def run(self, version: str, *, everyone: bool = False) -> RunReport:
        """Poll the feeds that are due, visit every page that is waiting, and say what came of it.

        With `everyone` all feeds are polled.

        Raises ArchiveError where the archive cannot be written; what was committed before stays.
        """
        report = RunReport()
        run_id = self._archive.start_run(self._clock(), version, "crawl")
        recorder = Recorder(self._archive, run_id, self._config, self._clock)
        outcome = "failed"
        try:
            self._work(recorder, report, everyone=everyone)
            report.stopped = self._stop.is_set()
            outcome = "stopped" if report.stopped else "finished"
        finally:
            self._archive.finish_run(run_id, self._clock(), outcome, report.as_counts())
        return report

    def _work(self, recorder: Recorder, report: RunReport, *, everyone: bool) -> None:
        self._archive.sync_feeds(self._config.feeds, self._clock())
        self._work_off(recorder, report, _by_host(self._archive.due_feeds(self._clock(), everyone=everyone)))

    def visit_waiting(self, recorder: Recorder, report: RunReport, feed_id: int) -> None:
        """Ask no feeds, and visit only the pages of one that were never fetched. Raises as :meth:`run` does."""
        self._only = feed_id
        self._work_off(recorder, report, {})

    def _work_off(self, recorder: Recorder, report: RunReport, feeds: dict[str, list[Work]]) -> None:
        pool = ThreadPoolExecutor(self._config.crawl.threads, thread_name_prefix="lane")
        try:
            while True:
                self._start_lanes(pool, feeds)
                if not self._busy:
                    break
                for happening in recorder.store(self._take(pool, feeds)):
                    report.counts[happening.tally] += 1
                    self._observe(happening)
                recorder.log_requests(self._visitor.side_requests())
        finally:
            self._end_lanes()
            pool.shutdown()

    def _start_lanes(self, pool: ThreadPoolExecutor, feeds: dict[str, list[Work]]) -> None:
        """Give every idle host that has work a lane, as far as threads go: its feeds first, then its pages."""
        if self._stop.is_set():
            self._visitor.abort()
            return
        self._start_feeds(pool, feeds)
        if (room := self._room) > 0:
            now = self._clock()
            items = self._archive.due_items(now, hosts_busy=self._busy, limit=_MOST_ITEMS, feed_id=self._only)
            for host, work in itertools.islice(_by_host(items).items(), room):
                self._start(pool, host, work)

    def _start_feeds(self, pool: ThreadPoolExecutor, feeds: dict[str, list[Work]]) -> None:
        idle = (host for host in feeds if host not in self._busy)
        for host in list(itertools.islice(idle, max(0, self._room))):
            self._start(pool, host, feeds.pop(host))

    @property
    def _room(self) -> int:
        return self._config.crawl.threads - len(self._busy)

    def _start(self, pool: ThreadPoolExecutor, host: str, work: Sequence[Work]) -> None:
        self._busy.add(host)
        pool.submit(self._walk, host, work)

    def _walk(self, host: str, work: Sequence[Work]) -> None:
        """One lane, in a thread of its own: a host's work in order, results handed over as they come."""
        fault: BaseException | None = None
        try:
            for unit in work:
                if self._stop.is_set():
                    break
                done = self._visitor.poll(unit) if isinstance(unit, DueFeed) else self._visitor.visit(unit)
                self._results.put(done)
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that takes the results
            fault = error
        self._results.put(LaneDone(host=host, fault=fault))

    def _take(self, pool: ThreadPoolExecutor, feeds: dict[str, list[Work]]) -> list[Outcome]:
        """What has come in: a batch at most, or what one second brings, or a tenth where threads wait for work.

        Feeds that wait for a thread get it at once; pages are only known when what came in is stored.
        """
        taken: list[Outcome] = []
        began = time.monotonic()
        ends = began + BATCH_SECONDS
        while len(taken) < BATCH:
            try:
                result = self._results.get(timeout=max(0.0, ends - time.monotonic()))
            except queue.Empty:
                break
            if not isinstance(result, LaneDone):
                taken.append(result)
                continue
            self._end(result)
            if not self._stop.is_set():
                self._start_feeds(pool, feeds)
            if not self._busy:
                break
            if self._room > 0:
                ends = min(ends, began + IDLE_SECONDS)
        return taken

    def _end(self, lane: LaneDone) -> None:
        self._busy.discard(lane.host)
        if lane.fault is not None:
            raise lane.fault

    def _end_lanes(self) -> None:
        """After a fault: let the lanes that are left run out. What they still bring is fetched again next time."""
        if self._busy:
            self._stop.set()
            self._visitor.abort()
        while self._busy:
            result = self._results.get()
            if isinstance(result, LaneDone):
                self._busy.discard(result.host)


def _by_host(units: Iterable[Work]) -> dict[str, list[Work]]:
    lanes: dict[str, list[Work]] = defaultdict(list)
    for unit in units:
        lanes[host_of(unit.url)].append(unit)
    return dict(lanes)
