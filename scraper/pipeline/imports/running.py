"""Runs an import: reads items in parallel, stores what they gave in order, and keeps how far it came with it.

One writer: other processes read and extract, this one stores, a transaction for some sixty articles and the progress
they stand for. Kill it at any moment, and the next run goes on behind the last transaction.
"""

import dataclasses
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Generic, TypeVar

from scraper.archiver.archive import Archive
from scraper.archiver.articles.fingerprints import content_hash
from scraper.archiver.imports.progress import ImportProgress, ImportSource
from scraper.archiver.reader import ArchiveReader
from scraper.errors import Reason, ScraperError
from scraper.pipeline.bulk import Bulk, Workers
from scraper.pipeline.imports.sights import lost_item
from scraper.pipeline.imports.steps import Sight, Step
from scraper.pipeline.imports.storing import Became, judge, store

Item = TypeVar("Item")

_UNIT = 8
_UNIT_BYTES = 4 << 20
_BATCH = 64
_BATCH_SECONDS = 2.0
_MAX_FAULTS = 20


@dataclass(slots=True)
class SourceReport:
    """What an import of one source came to: in this run, and since it was begun. `already`: it was done before.

    `faults` are those of scraper itself, the first twenty, each with the position of the step it befell.
    """

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    finished: bool = False
    already: bool = False
    faults: list[str] = field(default_factory=list)

    def note(self, position: int, message: str | None) -> None:
        """Keep what happened at a step where nobody foresaw it; nothing for None."""
        if message is not None and len(self.faults) < _MAX_FAULTS:
            self.faults.append(f"at {position}: {message}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWatch:
    """Told now and then how far an import is: bytes done, and what it brought so far."""

    tell: Callable[[int, Counter[str]], None] = lambda _offset, _counts: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Generic[Item]):
    """One source to be imported: its steps behind the first so many, and how a unit of items is read anywhere."""

    source: ImportSource
    steps: Callable[[int], Iterator[Step[Item]]]
    read: Callable[[Sequence[Item]], list[Sight]]


class PageImporter:
    """Imports sources one after the other, at most `limit` articles in all."""

    def __init__(
        self,
        archive: Archive | None,
        run_id: int | None,
        *,
        clock: Callable[[], datetime],
        workers: Workers | None = None,
        limit: int | None = None,
    ) -> None:
        self._archive = archive
        self._run_id = run_id
        self._clock = clock
        self._workers = workers
        self._left = limit

    def run(self, task: Import[Item], watch: PageWatch) -> SourceReport:
        """Import `task` from where it was left; nothing where it was done before."""
        assert self._archive is not None, "only looking needs none"
        progress = self._archive.begin_import(task.source, self._run_id, self._clock())
        report = SourceReport(name=task.source.name, total=Counter(progress.counts))
        if progress.finished:
            report.finished = report.already = True
            return report
        batch: list[tuple[Step[Item], Sight | None]] = []
        begun = monotonic()
        for step, sight in self._limited(self._read(task, progress.position)):
            batch.append((step, sight))
            report.note(step.position, sight.message if sight else None)
            if len(batch) >= _BATCH or monotonic() - begun > _BATCH_SECONDS:
                progress = self._commit(progress, batch, report)
                watch.tell(step.offset, report.counts)
                batch, begun = [], monotonic()
        report.finished = self._left is None or self._left > 0
        self._commit(progress, batch, report, finished=report.finished)
        return report

    def look(self, task: Import[Item], archive: ArchiveReader | None, watch: PageWatch) -> SourceReport:
        """What :meth:`run` would bring, from the beginning, without writing anything."""
        report = SourceReport(name=task.source.name, finished=True)
        seen: dict[str, str] = {}
        for step, sight in self._limited(self._read(task, 0)):
            report.counts.update(step.counts)
            if sight is not None:
                report.counts.update(_judged(sight, archive, seen))
                report.note(step.position, sight.message)
            watch.tell(step.offset, report.counts)
        report.total = report.counts
        return report

    def _read(self, task: Import[Item], skip: int) -> Iterator[tuple[Step[Item], Sight | None]]:
        """Each step with what reading its item gave, in order."""
        if self._workers is None:
            for step in task.steps(skip):
                yield step, (task.read((step.item,))[0] if step.item is not None else None)
            return
        under_way: deque[list[Step[Item]]] = deque()

        def units() -> Iterator[list[Item]]:
            for unit in _units(task.steps(skip)):
                under_way.append(unit)
                yield [step.item for step in unit if step.item is not None]

        with closing(Bulk(self._workers, task.read, lost_item).do(units())) as done:
            for sights in done:
                yield from _paired(under_way.popleft(), sights)

    def _limited(self, steps: Iterator[tuple[Step[Item], Sight | None]]) -> Iterator[tuple[Step[Item], Sight | None]]:
        """Steps, until as many articles as were asked for have come."""
        for step, sight in steps if self._left != 0 else ():
            yield step, sight
            if self._left is not None and sight is not None and sight.article is not None:
                self._left -= 1
                if self._left == 0:
                    return

    def _commit(
        self,
        progress: ImportProgress,
        batch: Sequence[tuple[Step[Item], Sight | None]],
        report: SourceReport,
        *,
        finished: bool = False,
    ) -> ImportProgress:
        """Store what came, and how far that is, in one transaction."""
        assert self._archive is not None
        brought: Counter[str] = Counter()
        try:
            with self._archive.transaction():
                brought = self._stored(batch)
                progress = self._advanced(progress, batch, brought, finished=finished)
        except ScraperError:
            raise
        except Exception:  # noqa: BLE001 - nothing is swallowed: what fails again alone is counted as a fault
            brought = sum((self._stored_alone(one, report) for one in batch), Counter())
            progress = self._advanced(progress, batch, brought, finished=finished)
        report.counts.update(brought)
        report.total.update(brought)
        return progress

    def _stored(self, batch: Sequence[tuple[Step[Item], Sight | None]]) -> Counter[str]:
        assert self._archive is not None
        brought: Counter[str] = Counter()
        for step, sight in batch:
            brought.update(step.counts)
            if sight is not None:
                brought.update(_counted(sight, partial(store, self._archive, self._run_id)))
        return brought

    def _stored_alone(self, one: tuple[Step[Item], Sight | None], report: SourceReport) -> Counter[str]:
        assert self._archive is not None
        try:
            with self._archive.transaction():
                return self._stored((one,))
        except ScraperError:
            raise
        except Exception as fault:  # noqa: BLE001 - one article that nobody foresaw; the others are stored
            report.note(one[0].position, f"{type(fault).__name__}: {fault}")
            return Counter(one[0].counts) + Counter({Reason.INTERNAL.value: 1})

    def _advanced(
        self,
        progress: ImportProgress,
        batch: Sequence[tuple[Step[Item], Sight | None]],
        brought: Counter[str],
        *,
        finished: bool,
    ) -> ImportProgress:
        assert self._archive is not None
        progress = dataclasses.replace(
            progress,
            position=batch[-1][0].position if batch else progress.position,
            counts=Counter(progress.counts) + brought,
            finished=finished,
        )
        self._archive.advance_import(progress, self._clock())
        return progress


def _counted(sight: Sight, put: Callable[..., Became]) -> list[str]:
    """What a sight adds to the counts, once it is put where it belongs."""
    if sight.page is None or sight.article is None:
        return [sight.reason or Reason.INTERNAL]
    return [str(put(sight.page, sight.article)), *sight.notes]


def _judged(sight: Sight, archive: ArchiveReader | None, seen: dict[str, str]) -> list[str]:
    if sight.page is None or sight.article is None:
        return [sight.reason or Reason.INTERNAL]
    became = Became.NEW if archive is None else judge(archive, sight.page, sight.article).became
    url, content = sight.article.url, content_hash(sight.article)
    if became is Became.NEW and url in seen:
        became = Became.UNCHANGED if seen[url] == content else Became.CHANGED
    seen[url] = content
    return [str(became), *sight.notes]


def _units(steps: Iterator[Step[Item]]) -> Iterator[list[Step[Item]]]:
    """Steps that are given out together. What has to be carried along is not many at a time."""
    unit: list[Step[Item]] = []
    for step in steps:
        unit.append(step)
        if len(unit) == _UNIT or sum(one.weight_bytes for one in unit) > _UNIT_BYTES:
            yield unit
            unit = []
    if unit:
        yield unit


def _paired(unit: Sequence[Step[Item]], sights: Sequence[Sight]) -> Iterator[tuple[Step[Item], Sight | None]]:
    left = iter(sights)
    for step in unit:
        yield step, (next(left) if step.item is not None else None)
