"""Where the time of a page goes: the extractor's steps timed as it calls them, without a second copy of their order."""

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from scraper.extractor import extract as pipeline

STEPS = {
    "parse": ("parse",),
    "metadata": ("read_metadata", "read_fields"),
    "body": ("read_body",),
    "links": ("read_links", "Anchors"),
    "pictures": ("read_media", "with_lead"),
    "kind": ("page_kind",),
}
"""Steps by the functions of `scraper.extractor.extract` that do them. What is left over is "the rest"."""

Times = dict[str, list[float]]
"""Milliseconds of processor time by step, a figure for each page."""


def stage_lines(files: Sequence[Path]) -> Iterator[str]:
    """Markdown: median, mean and 99th percentile of every step and of the whole."""
    times = _times(files)
    whole = times["all"]
    yield f"| step, {len(files)} pages | median ms | mean ms | 99th percentile ms | share |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for step, values in times.items():
        cells = (statistics.median(values), statistics.fmean(values), percentile(values, 0.99))
        share = sum(values) / sum(whole)
        yield f"| {step} | {' | '.join(f'{cell:.2f}' for cell in cells)} | {share:.0%} |"


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _times(files: Sequence[Path]) -> Times:
    times: Times = {step: [] for step in (*STEPS, "the rest", "all")}
    for page in (file.read_bytes() for file in files[:3]):
        pipeline.extract(page)  # imports, tables and caches, before the clock runs
    for file in files:
        page = file.read_bytes()
        spent: dict[str, float] = dict.fromkeys(STEPS, 0.0)
        start = time.process_time()
        with _timed(pipeline, spent):
            pipeline.extract(page)
        whole = time.process_time() - start
        for step, seconds in (spent | {"the rest": whole - sum(spent.values()), "all": whole}).items():
            times[step].append(seconds * 1000)
    return times


@contextmanager
def _timed(module: ModuleType, spent: dict[str, float]) -> Iterator[None]:
    """While it lasts, every step of `module` adds its time to `spent`."""
    kept = {name: getattr(module, name) for names in STEPS.values() for name in names if hasattr(module, name)}
    for step, names in STEPS.items():
        for name in names:
            if name in kept:
                setattr(module, name, partial(_clocked, kept[name], spent, step))
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(module, name, function)


def _clocked(function: Any, spent: dict[str, float], step: str, *args: Any, **kwargs: Any) -> Any:
    start = time.process_time()
    try:
        return function(*args, **kwargs)
    finally:
        spent[step] += time.process_time() - start
