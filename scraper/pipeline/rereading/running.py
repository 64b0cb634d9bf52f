"""A run over stored pages: units of articles to all processes, their readings to the one writer, where to go on kept.

Workers read pages with connections of their own; what they send back are records. A run that was killed goes on
after its last transaction; done twice, an article comes out the same.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
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
from scraper.pipeline.bulk import Bulk, Workers
from scraper.pipeline.recorded_runs import recorded_run
from scraper.pipeline.rereading.reading import (
    Reread,
    Taken,
    Task,
    lost,
    mark_of_all,
    packed,
    read_taken,
    reread,
    reread_unit,
    take,
)
from scraper.pipeline.rereading.report import RereadReport
from scraper.rules.site_rules import SiteRule

UNIT_ARTICLES = 16
"""Articles in one unit: at some milliseconds each enough that giving it out costs nothing beside it."""

_UNIT_RESULTS = 256

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
    workers: Workers | None = None
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


def how_many(path: Path, filters: Filters, *, dry_run: bool = False) -> int:
    """How many articles are selected, without looking which of them have a page. An archive of an older version is
    brought up to date, but for a dry run: that is refused with ArchiveError."""
    selection = Selection(**filters)
    with Archive(path, read_only=True) if dry_run else Archive(path, create=False) as archive:
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
        for result in _results(ids, task, archive.rereader(), wish.workers, stop):
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
        for batch in _batches(_results(ids, self._task, self._rereader, self._wish.workers, stop), stop):
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


def _results(
    ids: Iterable[int], task: Task, rereader: Rereader, workers: Workers | None, stop: Event
) -> Generator[Reread]:
    """A result for each article, in the order of their ids, in this process or by `workers` until `stop` is set."""
    if workers is None:
        yield from (reread(rereader, article_id, task) for article_id in ids)
        return
    if workers.elsewhere:
        done = Bulk(workers, partial(read_taken, task=task), lost).do(_taken(ids, task, rereader), stop)
    else:
        done = Bulk(workers, partial(reread_unit, task=task), lost).do(_named(ids), stop)
    with closing(done):
        for results in done:
            yield from results


def _named(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    rising = iter(ids)
    while unit := tuple(islice(rising, UNIT_ARTICLES)):
        yield unit


def _taken(ids: Iterable[int], task: Task, rereader: Rereader) -> Iterator[Sequence[Taken | Reread]]:
    """Units of as many articles that are to be read. Those that are not do not count, until they are very many."""
    unit: list[Taken | Reread] = []
    to_read = 0
    for article_id in ids:
        unit.append(take(rereader, article_id, task))
        to_read += isinstance(unit[-1], Taken)
        if to_read == UNIT_ARTICLES or len(unit) == _UNIT_RESULTS:
            yield unit
            unit, to_read = [], 0
    if unit:
        yield unit


def _now() -> datetime:
    return datetime.now(UTC)
