"""Memory over many pages: a process of its own extracts them, and its resident size is read on the way."""

import multiprocessing
import resource
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from scraper.extractor.extract import extract

MARKS = (100, 2_000, 20_000)
"""After how many pages the size is read."""


def memory_lines(files: Sequence[Path]) -> Iterator[str]:
    """Markdown: resident and peak size after so many pages, the files read over and over, one at a time."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        yield "| pages extracted | resident MB | peak MB |"
        yield "| ---: | ---: | ---: |"
        done = 0
        for mark in MARKS:
            batch = list(islice(cycle(files), done % len(files), done % len(files) + mark - done))
            resident, peak = pool.apply(sizes_after, (batch,))
            done = mark
            yield f"| {mark:,} | {resident:.0f} | {peak:.0f} |"


def sizes_after(files: Sequence[Path]) -> tuple[float, float]:
    """Extract every file in this process; its resident and its peak size in megabytes."""
    for file in files:
        extract(file.read_bytes(), None)
    return _resident(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20
