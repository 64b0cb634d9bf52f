"""Hosts side by side: each one's work is walked in order by some thread, and what it brings is handed over in batches.

The threads take the next host themselves and wake the one that stores only for a full batch, or where one of them finds
nothing left to do: waking it for every result cost as much processor as the requests themselves.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Condition, Lock
from typing import Generic, NamedTuple, Self, TypeVar

Unit = TypeVar("Unit")
Result = TypeVar("Result")

BATCH = 100
"""Most results handed over at a time, to be written in one transaction."""

BATCH_SECONDS = 1.0
"""Longest that a result waits for others."""

IDLE_SECONDS = 0.1
"""The same while a thread has nothing to do. Each transaction waits for the disk: with one for every host that was
done, a pass over 1,000 feeds that had nothing new took 15 seconds, and 7 so (benchmarks/crawl.py, a busy machine)."""


class _Over(NamedTuple):
    """All that a lane brought was handed over."""

    host: str


class Lanes(Generic[Unit, Result]):
    """A lane per host, as many walked at a time as there are threads. Everything but `walk` is for one thread."""

    def __init__(self, threads: int, walk: Callable[[Unit], Result | None]) -> None:
        """`walk` does one unit of work, in any thread; None: the rest of its lane is left undone."""
        self._threads = threads
        self._walk = walk
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="lane")
        self._lanes: deque[tuple[str, Sequence[Unit]]] = deque()
        # In their order, and after the last of a lane its host.
        self._results: deque[Result | _Over] = deque()
        self._waiting = 0
        self._fault: BaseException | None = None
        self._at_work = 0
        self._is_open = True
        guard = Lock()
        self._news = Condition(guard)
        self._room = Condition(guard)
        self.busy: set[str] = set()
        """The hosts that have a lane: walked or waiting for a thread."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        """Drop the lanes that wait, and let those under way come to their end. What they still bring is lost."""
        with self._news:
            self._is_open = False
            self._lanes.clear()
            self._room.notify_all()
        self._pool.shutdown()

    @property
    def idle(self) -> int:
        """How many more lanes could be walked at once."""
        return max(0, self._threads - len(self.busy))

    def add(self, host: str, work: Sequence[Unit]) -> None:
        """Have the work for a host done that has no lane."""
        self.busy.add(host)
        with self._news:
            self._lanes.append((host, work))
            if self._at_work == self._threads:
                return
            self._at_work += 1
        self._pool.submit(self._work)

    def take(self) -> list[Result]:
        """What has come in: a batch at most, or what one second brings, or a tenth where a thread has nothing to do.

        Raises what broke a lane, if anything did.
        """
        began = time.monotonic()
        with self._news:
            while not self._is_time(time.monotonic() - began):
                self._news.wait(max(0.0, self._longest_wait - (time.monotonic() - began)))
            if self._fault is not None:
                raise self._fault
            taken = list(self._taken())
            self._room.notify_all()
        return taken

    def _taken(self) -> Iterator[Result]:
        count = 0
        while self._results and (count < BATCH or isinstance(self._results[0], _Over)):
            result = self._results.popleft()
            if isinstance(result, _Over):
                self.busy.discard(result.host)
            else:
                count += 1
                self._waiting -= 1
                yield result

    @property
    def _longest_wait(self) -> float:
        return BATCH_SECONDS if self._at_work == self._threads else IDLE_SECONDS

    def _is_time(self, waited: float) -> bool:
        if self._waiting >= BATCH or self._fault is not None or not self._at_work:
            return True
        return waited >= self._longest_wait

    def _work(self) -> None:
        """In a thread: one lane after the other, as long as there are any."""
        while (lane := self._next_lane()) is not None:
            host, work = lane
            try:
                for unit in work:
                    result = self._walk(unit)
                    if result is None:
                        break
                    self._hand_over(result)
            except BaseException as error:  # noqa: BLE001 - raised again by the thread that takes the results
                self._fault = error
            with self._news:
                self._results.append(_Over(host))

    def _next_lane(self) -> tuple[str, Sequence[Unit]] | None:
        with self._news:
            if self._lanes:
                return self._lanes.popleft()
            self._at_work -= 1
            self._news.notify()
            return None

    def _hand_over(self, result: Result) -> None:
        with self._news:
            while self._waiting >= 2 * BATCH and self._is_open:
                self._room.wait()
            self._results.append(result)
            self._waiting += 1
            if self._waiting == BATCH:
                self._news.notify()
