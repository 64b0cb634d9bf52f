"""The same pages through our extractor and through its peers: scores and times side by side, as a Markdown table.

    python -m benchmarks.peers --scores scores.json    what is right is the same in every run: a system measured
                                                       before, at the same version, is taken from the file
    python -m benchmarks.peers --times 8               what it costs is not: all systems in one run, page by page in
                                                       turns, on every 8th page of each data set

Peers come from benchmarks/requirements.txt. One that is not installed is left out; ours is always measured anew.
"""

import gc
import json
import logging
import statistics
import sys
import time
import warnings
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import Corpus, Scores, add_corpus_options, open_corpus
from benchmarks.systems import Sample, System, installed
from scraper.extractor.page.decoding import to_utf8

COLUMNS = {
    "wf": "body, word F1",
    "without_any": "boilerplate let in",
    "segF1": "segments F1",
    "lead": "lead found",
    "title_ok": "title exact",
    "date_ok": "date exact",
    "date_wrong": "date wrong",
    "auth_f": "authors F1",
    "crashes": "crashes",
}
"""Measures of the corpus that the table shows, under the words it shows them with."""

Table = dict[str, dict[str, Scores]]
"""Scores by system, then by data set."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    corpus = open_corpus(options.corpus)
    if corpus is None:
        print(f"skipped: there is no corpus in {options.corpus}")
        return 0
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    systems = list(installed(tuple(options.systems)))
    if options.scores:
        scored = _scored(corpus, systems, options)
        print(score_table(scored))
    if options.times:
        times = _timed(corpus, systems, corpus.rows(options.dataset, options.times))
        print(time_table(times))
    return 0


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    add_corpus_options(parser)
    parser.add_argument("--systems", nargs="+", default=(), metavar="NAME", help="only these, by package name")
    parser.add_argument("--scores", type=Path, metavar="FILE", help="score every page; keep the peers' scores in FILE")
    parser.add_argument("--times", type=int, metavar="N", help="time every N-th page")
    options = parser.parse_args(arguments)
    if not options.scores and not options.times:
        parser.error("nothing to do: give --scores FILE, --times N, or both")
    return options


def _scored(corpus: Corpus, systems: list[System], options: Namespace) -> Table:
    kept: Table = json.loads(options.scores.read_text()) if options.scores.exists() else {}
    datasets = [options.dataset] if options.dataset else list(corpus.datasets)
    shown: Table = {}
    for system in systems:
        title = f"{system.name} {system.version}".strip()
        if system.name == "scraper" or not set(datasets) <= set(kept.get(title, ())):
            for dataset in datasets:
                kept.setdefault(title, {})[dataset] = _score(corpus, system, dataset)
                options.scores.write_text(json.dumps(kept, indent=1))
        shown[title] = {dataset: kept[title][dataset] for dataset in datasets}
    return shown


def _score(corpus: Corpus, system: System, dataset: str) -> Scores:
    rows = corpus.rows(dataset)
    pages = corpus.pages(rows)
    scores = []
    for row in rows:
        result, crashes = _run(system, _sample(pages[row["page"]], row["url"]))
        scores.append(corpus.page_scores(row, result) | {"crash": crashes})
    print(f"{system.name}: {dataset} scored, {len(rows)} pages", file=sys.stderr)
    summary = corpus.summary(scores)
    summary["crashes"] = sum(page["crash"] for page in scores)
    return summary


def _timed(corpus: Corpus, systems: list[System], rows: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    """Milliseconds of processor time by system, for each page it can read; who goes first changes from page to page."""
    pages = corpus.pages(rows)
    times: dict[str, list[float]] = {f"{system.name} {system.version}".strip(): [] for system in systems}
    titles = list(times)
    for turn, row in enumerate(rows):
        sample = _sample(pages[row["page"]], row["url"])
        if turn == 0:  # imports, tables and caches, before the clock runs
            for system in systems:
                _run(system, sample)
            gc.freeze()  # the corpus in memory is no system's garbage to look through
        for place in range(len(systems)):
            which = (turn + place) % len(systems)
            gc.collect()
            start = time.process_time()
            _, crashes = _run(systems[which], sample)
            if not crashes:
                times[titles[which]].append((time.process_time() - start) * 1000)
    return times


def _run(system: System, sample: Sample) -> tuple[Mapping[str, Any], float]:
    """The result, and 1.0 for a crash: a peer that raises gave nothing. Ours never raises: what it does is told."""
    try:
        return system.run(sample), 0.0
    except Exception:  # whatever a peer raises on a page is counted, and the comparison goes on
        if system.name == "scraper":
            raise
        return {}, 1.0


def _sample(page: bytes, url: str | None) -> Sample:
    return Sample(page=page, text=to_utf8(page, None).decode("utf-8", "replace"), url=url)


def score_table(scored: Table) -> str:
    """Markdown: a table for each data set, a row for each system, a column for each measure that the set has."""
    datasets = dict.fromkeys(dataset for scores in scored.values() for dataset in scores)
    return "\n\n".join("\n".join(_dataset_lines(dataset, scored)) for dataset in datasets)


def _dataset_lines(dataset: str, scored: Table) -> Iterator[str]:
    by_system = {system: scores[dataset] for system, scores in scored.items()}
    columns = [name for name in COLUMNS if any(name in scores for scores in by_system.values())]
    pages = int(next(iter(by_system.values()))["n"])
    yield _line([f"{dataset} ({pages} pages)", *(COLUMNS[name] for name in columns)])
    yield _line(["---", *("---:" for _ in columns)])
    for system, scores in by_system.items():
        yield _line([system, *(_cell(name, scores) for name in columns)])


def time_table(times: Mapping[str, list[float]]) -> str:
    """Markdown: median, mean and 99th percentile of each system, and how often our median goes into its own."""
    ours = statistics.median(next(iter(times.values())))
    lines = [
        _line(["ms a page", "median", "mean", "99th percentile", "pages", "median, ours = 1"]),
        _line(["---", *["---:"] * 5]),
    ]
    for system, values in times.items():
        ordered = sorted(values)
        median = statistics.median(ordered)
        last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        cells = [
            f"{median:.1f}",
            f"{statistics.fmean(ordered):.1f}",
            f"{last:.0f}",
            str(len(ordered)),
            f"{median / ours:.1f}",
        ]
        lines.append(_line([system, *cells]))
    return "\n".join(lines)


def _cell(name: str, scores: Scores) -> str:
    if name not in scores or _is_never_given(name, scores):
        return "–"
    if name == "crashes":
        return f"{scores[name]:.0f}"
    return f"{scores[name]:.3f}".removeprefix("0")


def _is_never_given(name: str, scores: Scores) -> bool:
    """Does the system not know this field at all?"""
    return (name.startswith("date_") and scores["date_missing"] == 1) or (name == "auth_f" and not scores["auth_given"])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
