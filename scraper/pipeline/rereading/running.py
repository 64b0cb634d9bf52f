"""A run over stored pages: units of articles to all processes, their readings to the one writer, where to go on kept.

Workers read pages with connections of their own; what they send back are records. A run that was killed goes on
after its last transaction; done twice, an article comes out the same.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event

from scraper.archiver.archive import Archive
from scraper.archiver.articles.reading import Filters, Selection
from scraper.archiver.lock import run_lock
from scraper.archiver.reader import ArchiveReader
from scraper.archiver.rereading.progress import Reached, Undertaking
from scraper.archiver.rereading.rereader import Rereader
from scraper.archiver.store.columns import text_or_none
from scraper.extractor.extract import EXTRACTOR
from scraper.pipeline.bulk import UNITS_PER_WORKER, Bulk, process_pool
from scraper.pipeline.recorded_runs import recorded_run
from scraper.pipeline.rereading.reading import Reread, Task, lost, mark_of_all, packed, reread, reread_unit
from scraper.pipeline.rereading.report import RereadReport
from scraper.rules.site_rules import SiteRule

UNIT_ARTICLES = 16
"""Articles in one unit: at some milliseconds each enough that giving it out costs nothing beside it."""

_BATCH = 100
_BATCH_SECONDS = 1.0

Observe = Callable[[Reread], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which articles are read again, and how. `changed_only`: not those that were read so already; `seconds`: how long
    reading one may take."""

    filters: Filters
    changed_only: bool = False
    dry_run: bool = False
    jobs: int = 1
    seconds: float = 60.0

    @property
    def selection(self) -> Selection:
        return Selection(**self.filters)

    def options(self) -> dict[str, object]:
        """What tells one undertaking from another; times as text."""
        chosen = {
            name: text_or_none(value) if isinstance(value, datetime) else value for name, value in self.filters.items()
        }
        return {**chosen, "changed_only": self.changed_only}


def how_many(path: Path, filters: Filters) -> int:
    """How many articles are selected, without looking which of them have a page."""
    selection = Selection(**filters)
    with ArchiveReader(path) as archive:
        found = archive.rereader().count(selection)
    return found if selection.limit is None else min(found, selection.limit)


def reextract(
    path: Path,
    rules: Sequence[SiteRule],
    wish: Wish,
    *,
    stop: Event | None = None,
    observe: Observe = lambda _: None,
) -> RereadReport:
    """Read stored pages again and write what they give today; with `dry_run` only say what that would be.

    Ends early, with everything until there written, when `stop` is set. Raises ArchiveError and RunLockedError.
    """
    task = Task(archive=path, rules=packed(rules), changed_only=wish.changed_only, seconds=wish.seconds)
    stop = stop or Event()
    if wish.dry_run:
        return _only_look(task, wish, stop, observe)
    report = RereadReport()
    with (
        run_lock(path),
        Archive(path, create=False) as archive,
        recorded_run(
            archive,
            "reextract",
            clock=_now,
            counts=lambda: report.counts,
            ending=lambda: "stopped" if stop.is_set() else "finished",
        ) as run_id,
    ):
        report = _Run(archive, task, wish, run_id).run(stop, observe)
    return report


def _only_look(task: Task, wish: Wish, stop: Event, observe: Observe) -> RereadReport:
    report = RereadReport()
    with ArchiveReader(task.archive) as archive:
        ids = archive.rereader().ids(wish.selection, most=wish.selection.limit)
        for result in _results(ids, task, archive.rereader(), wish.jobs):
            report.add(result)
            observe(result)
            if stop.is_set():
                break
    return report


class _Run:
    """One run that writes, a transaction a batch."""

    def __init__(self, archive: Archive, task: Task, wish: Wish, run_id: int) -> None:
        self._archive = archive
        self._rereader = archive.rereader()
        self._task = task
        self._wish = wish
        undertaking = Undertaking(reading=mark_of_all(task.rules), extractor=EXTRACTOR, options=wish.options())
        self._reached = self._rereader.begin(undertaking, run_id, _now())
        self.report = RereadReport.from_data(self._reached.report)

    def run(self, stop: Event, observe: Observe) -> RereadReport:
        limit = self._wish.selection.limit
        left = None if limit is None else max(0, limit - self.report.articles)
        ids = self._rereader.ids(self._wish.selection, after=self._reached.last_id, most=left)
        for batch in _batches(_results(ids, self._task, self._rereader, self._wish.jobs), stop):
            self._write(batch)
            for result in batch:
                observe(result)
        if not stop.is_set():
            self._rereader.advance(self._reached, _now(), finished=True)
        return self.report

    def _write(self, batch: Sequence[Reread]) -> None:
        with self._archive.transaction():
            for result in batch:
                if result.article is not None and result.changes:
                    self._rereader.rewrite(result.id, result.article, result.mark, result.changes)
                elif result.article is not None:
                    self._rereader.mark(result.id, result.article, result.mark)
                self.report.add(result)
            self._reached = Reached(id=self._reached.id, last_id=batch[-1].id, report=self.report.as_data())
            self._rereader.advance(self._reached, _now())


def _batches(results: Generator[Reread], stop: Event) -> Iterator[list[Reread]]:
    """Results as they come, a hundred or a second's worth at a time."""
    batch: list[Reread] = []
    began = time.monotonic()
    try:
        for result in results:
            batch.append(result)
            if len(batch) >= _BATCH or time.monotonic() - began > _BATCH_SECONDS:
                yield batch
                batch, began = [], time.monotonic()
            if stop.is_set():
                break
    finally:
        results.close()
    if batch:
        yield batch


def _results(ids: Iterable[int], task: Task, rereader: Rereader, jobs: int) -> Generator[Reread]:
    """A result for each article, in the order of their ids, in this process or in `jobs` others."""
    if jobs <= 1:
        yield from (reread(rereader, article_id, task) for article_id in ids)
        return
    bulk: Bulk[int, Reread] = Bulk(process_pool(jobs), partial(reread_unit, task=task), lost)
    try:
        rising = iter(ids)
        while unit := tuple(islice(rising, UNIT_ARTICLES)):
            bulk.submit(unit)
            if len(bulk) >= jobs * UNITS_PER_WORKER:
                yield from bulk.oldest()
        while len(bulk):
            yield from bulk.oldest()
    finally:
        bulk.close()


def _now() -> datetime:
    return datetime.now(UTC)
