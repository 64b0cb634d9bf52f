"""Processes beside this one that each do one piece of work at a time, within a limit of time.

A process that does not come to an end in time is ended, and another takes its place: nothing else ends a regular
expression or a parser that runs away, for in a thread it would hold the whole program. Knows nothing of pages.
"""

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Condition
from typing import Final, TypeVar, cast

from scraper.pipeline.bulk import begin_worker, new_workers_out_of_reach
from scraper.pipeline.time_limit import TooSlowError

Result = TypeVar("Result")

# So many callers waiting for each process are more than it keeps up with: then another one is started.
_BACKLOG: Final = 3
# To import and load what the work needs takes half a second where the machine has time.
_BEGINNING_SECONDS: Final = 60.0
# So often is looked whether those at work are to end before their time.
_LOOK_SECONDS: Final = 0.5


class ProcessEndedError(Exception):
    """The process ended before its work did, and so did the next one that tried it."""


class NoProcessError(Exception):
    """No process can be had: too many of them, too little memory, or none were asked for."""


class Processes:
    """Does work in at most `most` processes, started as they are needed. Safe for many threads; close it in the end."""

    def __init__(self, most: int, seconds: float, begin: Callable[[], object], *, backlog: int = _BACKLOG) -> None:
        """`seconds`: how long a piece of work may take, from when a process that has done `begin` is free for it.

        Where more than `backlog` callers wait for each process, another one is started.
        """
        self._most = most
        self._backlog = backlog
        self._seconds = seconds
        self._begin = begin
        self._last: float | None = None
        self._turn = Condition()
        self._free: list[_Process] = []
        self._started = 0
        self._waiting = 0

    def close(self) -> None:
        """End those that have nothing to do, and start no more; those at work end with it."""
        with self._turn:
            self._most = 0
            free, self._free = self._free, []
            self._turn.notify_all()
        for process in free:
            process.end()

    def hurry(self, seconds: float) -> None:
        """Give those at work, and all that follow, no more than this long from now on."""
        if self._last is None:
            self._last = time.monotonic() + seconds

    def run(self, work: Callable[[], Result]) -> Result:
        """What `work` gives, done in a process. It raises nothing; both it and what it gives can be pickled.

        Raises TooSlowError, ProcessEndedError and NoProcessError.
        """
        try:
            return self._once(work)
        except EOFError:
            # It may have been ended from outside, to make room in memory: whose fault it was, the second time tells.
            with suppress(EOFError):
                return self._once(work)
        raise ProcessEndedError

    def _once(self, work: Callable[[], Result]) -> Result:
        process = self._take()
        try:
            given = process.do(work, self._seconds, self._is_last_call)
        except BaseException:
            process.end()
            self._give_back(None)
            raise
        self._give_back(process)
        return given

    def _take(self) -> "_Process":
        """A process for the caller alone, waited for. Where no more can be had, those there are do; NoProcessError."""
        with self._turn:
            self._waiting += 1
            try:
                while self._most and not self._free and not self._may_start():
                    self._turn.wait()
            finally:
                self._waiting -= 1
            if not self._most:
                raise NoProcessError
            if self._free:
                return self._free.pop()
            self._started += 1
        try:
            return _Process(self._begin)
        except (OSError, EOFError, TooSlowError):
            with self._turn:
                self._started -= 1
                self._most = min(self._most, self._started)
                self._turn.notify_all()
            return self._take()

    def _is_last_call(self) -> bool:
        return self._last is not None and time.monotonic() >= self._last

    def _may_start(self) -> bool:
        return self._started < self._most and self._waiting > self._backlog * self._started

    def _give_back(self, process: "_Process | None") -> None:
        with self._turn:
            if process is None:
                self._started -= 1
            elif self._most:
                self._free.append(process)
                process = None
            self._turn.notify()
        if process is not None:
            process.end()


class _Process:
    """One process, ready to work. Raises OSError, EOFError or TooSlowError where there can be none."""

    def __init__(self, begin: Callable[[], object]) -> None:
        # Forking copies the locks of threads that are not copied; only "spawn" is safe whatever the caller runs.
        context = multiprocessing.get_context("spawn")
        self._end, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,))
        with new_workers_out_of_reach():
            self._process.start()
        theirs.close()
        try:
            self.do(begin, _BEGINNING_SECONDS)
        except BaseException:
            self.end()
            raise

    def do(self, work: Callable[[], Result], seconds: float, is_over: Callable[[], bool] = lambda: False) -> Result:
        """What `work` gives. Raises TooSlowError, and EOFError where the process ended."""
        until = time.monotonic() + seconds
        try:
            self._end.send(work)
            while not self._end.poll(max(0.0, min(_LOOK_SECONDS, until - time.monotonic()))):
                if time.monotonic() >= until or is_over():
                    raise TooSlowError
            return cast(Result, self._end.recv())
        except OSError as error:  # it ended while it was written to or read from
            raise EOFError from error

    def end(self) -> None:
        """It holds nothing that would have to be put in order."""
        self._end.close()
        self._process.kill()
        self._process.join()


def _serve(end: Connection) -> None:
    """The whole life of a process."""
    begin_worker()
    with suppress(EOFError):  # the parent needs it no more
        while True:
            end.send(end.recv()())
