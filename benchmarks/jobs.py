"""Bulk extraction in one process and in two, on the same files, in turns."""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from scraper.pipeline.bulk import process_pool
from scraper.pipeline.pages.batch import extract_files

_ROUNDS = 3


def jobs_lines(files: Sequence[Path], jobs: Sequence[int] = (1, 2)) -> Iterator[str]:
    """Markdown: wall and processor seconds by number of processes, the best of several rounds, and the gain.

    Where other work holds the cores the wall shows no gain; processor seconds that stay the same show what free cores
    would give.
    """
    best: dict[int, tuple[float, float]] = {}
    for _ in range(_ROUNDS):
        for count in jobs:
            best[count] = min(best.get(count, (float("inf"), 0.0)), _seconds(files, count))
    yield f"{len(files)} files, best of {_ROUNDS} rounds in turns; load of the machine {os.getloadavg()[0]:.1f}"
    yield ""
    yield "| processes | seconds | processor seconds | pages a second | gain |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    for count, (wall, processor) in best.items():
        gain = best[jobs[0]][0] / wall
        yield f"| {count} | {wall:.2f} | {processor:.2f} | {len(files) / wall:.0f} | {gain:.2f} |"


def _seconds(files: Sequence[Path], jobs: int) -> tuple[float, float]:
    """Wall and processor time, the start of the processes included, as a user waits and pays for it."""
    wall, processor = time.perf_counter(), sum(os.times()[:4])
    records = extract_files(files, make_executor=process_pool(jobs), workers=jobs)
    done = sum(record.json is not None for record in records)
    if done != len(files):
        raise RuntimeError(f"{len(files) - done} files failed")
    return time.perf_counter() - wall, sum(os.times()[:4]) - processor
