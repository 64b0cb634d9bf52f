"""Work on other processes: what a person does to the whole run reaches the parent alone."""

import signal
from collections.abc import Sequence

from scraper.pipeline.bulk import Bulk, process_pool


def blocked(unit: Sequence[str]) -> list[bool]:
    """Whether the process it runs in is out of reach of Ctrl-C, for each item."""
    return [signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()) for _ in unit]


def test_a_worker_is_out_of_reach_of_ctrl_c_from_its_first_moment_and_the_parent_never_is() -> None:
    """Not only once it has begun to work: Python takes a tenth of a second to start."""
    bulk = Bulk(process_pool(1), blocked, bool)
    bulk.submit(["one"])
    mine = blocked(["mine"])
    theirs = list(bulk.oldest())
    bulk.close()

    assert (mine, theirs) == ([False], [True])
