"""Bulk extraction in one process and in two, on the same files, in turns."""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from scraper.pipeline.batch import extract_files, process_pool

_ROUNDS = 3


def jobs_lines(files: Sequence[Path], jobs: Sequence[int] = (1, 2)) -> Iterator[str]:
    """Markdown: seconds and pages a second by number of processes, the best of several rounds, and the gain."""
    best = dict.fromkeys(jobs, float("inf"))
    for _ in range(_ROUNDS):
        for count in jobs:
            best[count] = min(best[count], _seconds(files, count))
    yield f"{len(files)} files, best of {_ROUNDS} rounds in turns; load of the machine {os.getloadavg()[0]:.1f}"
    yield ""
    yield "| processes | seconds | pages a second | gain |"
    yield "| ---: | ---: | ---: | ---: |"
    for count, seconds in best.items():
        yield f"| {count} | {seconds:.2f} | {len(files) / seconds:.0f} | {best[jobs[0]] / seconds:.2f} |"


def _seconds(files: Sequence[Path], jobs: int) -> float:
    """Wall time, the start of the processes included, as a user waits for it."""
    start = time.perf_counter()
    done = sum(
        record.json is not None for record in extract_files(files, make_executor=process_pool(jobs), workers=jobs)
    )
    if done != len(files):
        raise RuntimeError(f"{len(files) - done} files failed")
    return time.perf_counter() - start
