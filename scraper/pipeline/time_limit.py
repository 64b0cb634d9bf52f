"""A limit of time for work in the main thread of a process: an alarm, and where that reaches nothing, its end.

An alarm reaches Python and its regular expressions, not a single call into C such as an XPath: where this process works
for another one, which can replace it, it is ended then. In other threads there is no limit.
"""

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final, NoReturn, TextIO, TypeVar

Result = TypeVar("Result")

# Where an alarm rings in a callback from C, its exception goes no further: so it rings again.
_AGAIN_SECONDS: Final = 1.0
_GRACE_SECONDS: Final = 2.0


class TooSlowError(Exception):
    """The work took longer than it may."""


class _Alarm(BaseException):
    """No Exception, so that nothing catches it on its way that is prepared for hostile pages."""


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` gives. Raises TooSlowError where that takes longer, and what `work` raises."""
    if threading.current_thread() is not threading.main_thread():
        return work()
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        with _ended_after(seconds + _GRACE_SECONDS):
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_SECONDS)
            try:
                return work()
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    except _Alarm:
        signal.setitimer(signal.ITIMER_REAL, 0)  # it may have rung on the way out
        raise TooSlowError from None
    finally:
        signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: object) -> NoReturn:
    raise _Alarm


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this process then, where it is one of a pool."""
    if multiprocessing.parent_process() is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@lru_cache(maxsize=1)
def _nowhere() -> TextIO:
    """Open for as long as this process lives: where its last words go."""
    return Path(os.devnull).open("w", encoding="utf-8")
