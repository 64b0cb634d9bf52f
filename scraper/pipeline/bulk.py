"""Units of work on an executor: in the order they were given, in bounded memory, whatever a worker does.

A worker that dies loses nothing: its unit is done again, item by item and alone, so that the item that kills whoever
works on it is known and only that is given up. An executor that does no work at all is no item's fault: its own error
is raised.
"""

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from typing import Final, Generic, TypeVar

from scraper.errors import ScraperError

Item = TypeVar("Item")
Result = TypeVar("Result")

MakeExecutor = Callable[[], Executor]
"""Makes an executor anew: one that lost a process (BrokenExecutor) takes no more work."""

# Units under way or waiting for their turn to be given out, for each worker: enough that no worker waits for work while
# the slowest unit holds the order up, few enough that memory stays flat.
_UNITS_PER_WORKER: Final = 4
_LOOK_SECONDS: Final = 1.0
_OBJECTS_BEFORE_A_COLLECTION: Final = 20_000
# What is wrong with no item: a worker without the archive, or without what the work is made of.
_OF_ALL_UNITS: Final = (ScraperError, ImportError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Who does units of work. `count` says how many do so at once, and is asked again while nothing comes.

    `elsewhere`: perhaps on other machines, which may share folders with this one, but no archive.
    """

    make_executor: MakeExecutor
    count: Callable[[], int]
    elsewhere: bool = False


def usable_cores() -> int:
    """The cores this process may use, which on a shared machine are fewer than there are."""
    with suppress(AttributeError, OSError):  # not every system tells, and a hardened service may not ask
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def local_workers(jobs: int) -> Workers | None:
    """So many processes on this machine; None for one, which is better done in this very process."""
    return Workers(make_executor=process_pool(jobs), count=lambda: jobs) if jobs > 1 else None


def process_pool(workers: int) -> MakeExecutor:
    """Makes pools of so many processes on this machine."""

    def make() -> Executor:
        # Forking copies the locks of threads that are not copied; only "spawn" is safe whatever the caller runs.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=begin_worker)

    return make


class Bulk(Generic[Item, Result]):
    """Does units of items on the executor of `workers`. One that broke is replaced, and what it lost done again.

    `work` does a unit wherever it runs: it can be pickled, raises nothing but what is wrong with all units,
    and gives a result for each item, the same however often it is done. `lost` is the result of an item that ended the
    process that worked on it.
    """

    def __init__(
        self, workers: Workers, work: Callable[[Sequence[Item]], list[Result]], lost: Callable[[Item], Result]
    ) -> None:
        self._workers = workers
        self._work = work
        self._lost = lost
        self._executor = workers.make_executor()
        self._under_way: deque[tuple[Sequence[Item], Future[list[Result]]]] = deque()
        self._largest = 0

    def do(self, units: Iterable[Sequence[Item]], stop: Event | None = None) -> Generator[list[Result]]:
        """The results of each unit, in their order, until `stop` is set; units are asked for as results are taken.

        The executor is shut down when the generator ends or is closed.
        """
        stop = stop or Event()
        try:
            for unit in units:
                self._largest = max(self._largest, len(unit))
                self._under_way.append((unit, self._future(unit)))
                if len(self._under_way) >= self._workers.count() * _UNITS_PER_WORKER:
                    yield self._oldest(stop)
                if stop.is_set():
                    return
            while self._under_way and not stop.is_set():
                yield self._oldest(stop)
        finally:
            self._executor.shutdown(cancel_futures=True)

    def _oldest(self, stop: Event) -> list[Result]:
        """The results of the unit that was given out first, waited for; none where it is not to be waited for."""
        unit, future = self._under_way.popleft()
        while not wait((future,), _LOOK_SECONDS).done:
            if stop.is_set():
                return []
            self._workers.count()
        try:
            return future.result()
        except _OF_ALL_UNITS:
            raise
        except Exception:  # noqa: BLE001 - a unit raises nothing; each executor has its own words for a lost worker
            return list(self._again(unit))

    def _again(self, unit: Sequence[Item]) -> Iterator[Result]:
        """A lost unit item by item with nothing beside it; then the units that were under way are begun again.

        Where no item of a whole unit came through, the executor is at fault and its error flies on.
        """
        self._renew()
        killers = 0
        for item in unit:
            try:
                yield from self._future((item,)).result()
            except _OF_ALL_UNITS:
                raise
            except Exception:
                killers += 1
                if killers == self._largest and killers > 1:
                    raise
                yield self._lost(item)
                self._renew()
        self._under_way = deque((waiting, self._future(waiting)) for waiting, _ in self._under_way)

    def _renew(self) -> None:
        self._executor.shutdown(cancel_futures=True)
        self._executor = self._workers.make_executor()

    def _future(self, unit: Sequence[Item]) -> Future[list[Result]]:
        if not unit:
            nothing: Future[list[Result]] = Future()
            nothing.set_result([])
            return nothing
        try:
            with new_workers_out_of_reach():
                return self._executor.submit(self._work, unit)
        except BrokenExecutor as error:  # broke while nobody waited: whoever asks for the result will learn it
            lost: Future[list[Result]] = Future()
            lost.set_exception(error)
            return lost


@contextmanager
def new_workers_out_of_reach() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal. A worker that is still starting knows nothing of its parent yet: it
    would end with a traceback. What is blocked here when it is started stays blocked in it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_worker() -> None:
    """What every process that works for another one does first."""
    follow_the_parent()
    # What an extraction makes is gone when its names are: of 300 pages none left a cycle for the collector, which took
    # 3 % of the time, 20 ms at once where it went through all that is loaded. Memory stays as flat without it.
    gc.set_threshold(_OBJECTS_BEFORE_A_COLLECTION)


def follow_the_parent() -> None:
    """Signals that end a run reach every process of it; the parent alone decides what they mean. Where it is killed,
    its workers would wait for work for ever: they end with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    connection.wait([parent.sentinel])
    os._exit(1)
