"""Bulk extraction in one process and in two, on the same files, in turns."""

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from scraper.pipeline.bulk import Workers, process_pool
from scraper.pipeline.pages.batch import extract_files

_ROUNDS = 5
# On fewer pages the start of the processes, half a second each, is a good part of what is measured.
_LEAST_FILES = 700


def jobs_lines(files: Sequence[Path], jobs: Sequence[int] = (1, 2)) -> Iterator[str]:
    """Markdown: wall and processor seconds by number of processes, the median of several rounds, and the gain.

    The gain is the median of those of the rounds, within each of which the machine is as busy for all. Where other work
    holds the cores the wall shows no gain; processor seconds that stay the same show what free cores would give.
    """
    files = [*islice(cycle(files), max(_LEAST_FILES, len(files)))]
    rounds = [{count: _seconds(files, count) for count in _in_turns(jobs, number)} for number in range(_ROUNDS)]
    yield f"{len(files)} files, medians of {_ROUNDS} rounds in turns; load of the machine {os.getloadavg()[0]:.1f}"
    yield ""
    yield "| processes | seconds | processor seconds | pages a second | gain | least | most |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for count in jobs:
        wall, processor = (statistics.median(found[count][place] for found in rounds) for place in (0, 1))
        gains = [found[jobs[0]][0] / found[count][0] for found in rounds]
        yield (
            f"| {count} | {wall:.2f} | {processor:.2f} | {len(files) / wall:.0f} | {statistics.median(gains):.2f}"
            f" | {min(gains):.2f} | {max(gains):.2f} |"
        )


def _in_turns(jobs: Sequence[int], number: int) -> Sequence[int]:
    """In every other round the other way round: neither always finds the files in memory first."""
    return jobs if number % 2 == 0 else jobs[::-1]


def _seconds(files: Sequence[Path], jobs: int) -> tuple[float, float]:
    """Wall and processor time, the start of the processes included, as a user waits and pays for it."""
    wall, processor = time.perf_counter(), sum(os.times()[:4])
    workers = Workers(make_executor=process_pool(jobs), count=lambda: jobs)
    records = extract_files(files, workers=workers)
    done = sum(record.json is not None for record in records)
    if done != len(files):
        raise RuntimeError(f"{len(files) - done} files failed")
    return time.perf_counter() - wall, sum(os.times()[:4]) - processor
