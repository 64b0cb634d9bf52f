"""Work on other processes: what a person does to the whole run reaches the parent alone."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from threading import Event
from typing import Any

from scraper.pipeline.bulk import Bulk, Workers, process_pool


def blocked(unit: Sequence[str]) -> list[bool]:
    """Whether the process it runs in is out of reach of Ctrl-C, for each item."""
    return [signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()) for _ in unit]


def test_a_worker_is_out_of_reach_of_ctrl_c_from_its_first_moment_and_the_parent_never_is() -> None:
    """Not only once it has begun to work: Python takes a tenth of a second to start."""
    mine: list[bool] = []

    def units() -> Iterator[Sequence[str]]:
        yield ["theirs"]
        mine.extend(blocked(["mine"]))

    workers = Workers(make_executor=process_pool(1), count=lambda: 1)
    (theirs,) = Bulk(workers, blocked, bool).do(units())

    assert (mine, theirs) == ([False], [True])


def test_who_is_to_stop_waits_for_nothing() -> None:
    """The workers may all be gone, and then there is nothing to wait for."""
    stop = Event()

    def count() -> int:
        """Asked for the third time, because nothing came."""
        asked.append(1)
        if len(asked) > 2:
            stop.set()
        return 0

    asked: list[int] = []
    workers = Workers(make_executor=NobodyWorks, count=count)

    assert list(Bulk(workers, blocked, bool).do([["one"], ["two"]], stop)) == [[]]


class NobodyWorks(Executor):
    def submit(self, *_: object, **__: object) -> Future[Any]:  # type: ignore[override]
        return Future()
