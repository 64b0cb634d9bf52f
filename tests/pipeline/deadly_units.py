"""A unit of work that ends the process it is done in. Imports next to nothing: each such process loads it anew."""

import os
import signal
from collections.abc import Sequence

DEADLY = 7


def doubled(unit: Sequence[int]) -> list[int]:
    """Twice each number, but for the deadly one."""
    if DEADLY in unit:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * number for number in unit]
