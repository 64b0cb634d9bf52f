"""Signals that end a long run cleanly. Prints nothing."""

import signal
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event
from types import FrameType

INTERRUPTED = 130
"""The exit status of what was ended by a signal."""


@contextmanager
def stopped_by_signals(stop: Event) -> Generator[Event]:
    """SIGINT and SIGTERM set `stop` and the event that the block is given; a second one ends the run at once."""
    signalled = Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        if signalled.is_set():
            raise KeyboardInterrupt
        signalled.set()
        stop.set()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield signalled
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
