"""The corpus through the extractor, against pinned floors: exit status 1 when a figure fell.

    python -m benchmarks.quality                          every data set
    python -m benchmarks.quality --pin                    raise the floors to what was measured; none falls
    python -m benchmarks.quality --pin --lower topic_f    the same, and let the floors of one measure fall

The corpus is not in the repository. Where it is absent nothing is measured, and that is said.
"""

import statistics
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path

from benchmarks import floors
from benchmarks.corpus import Corpus, Scores, add_corpus_options, open_corpus

FLOORS = Path(__file__).with_name("floors.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    corpus = open_corpus(options.corpus)
    if corpus is None:
        print(f"skipped: there is no corpus in {options.corpus}")
        return 0
    if options.dataset and options.dataset not in corpus.datasets:
        print(f"no data set {options.dataset}; there are: {', '.join(corpus.datasets)}", file=sys.stderr)
        return 2
    measured = {}
    for dataset in [options.dataset] if options.dataset else corpus.datasets:
        measured[dataset] = measure(corpus, dataset)
        print(_line(dataset, measured[dataset]), flush=True)
    times = [scores["ms_median"] for scores in measured.values()]
    print(f"median of the data sets' median times: {statistics.median(times):.2f} ms a page")
    return _judge(measured, options)


def measure(corpus: Corpus, dataset: str) -> Scores:
    """One data set through the scorer that came with it."""
    rows = corpus.rows(dataset)
    results = corpus.scorer.run_all(rows, corpus.scorer.ours(), corpus.pages(rows))
    return corpus.summary([scores for _, _, scores in results])


def _judge(measured: floors.Figures, options: Namespace) -> int:
    pinned = floors.read(options.floors)
    if options.pin:
        before, pinned = pinned, floors.raised(pinned, measured, options.lower)
        floors.write(options.floors, pinned)
        print(f"{_changes(before, pinned)} floors changed in {options.floors.name}")
    fallen = floors.falls(pinned, measured)
    for fall in fallen:
        print(f"FELL  {fall}")
    held = sum(len(pinned.get(dataset, ())) for dataset in measured)
    print(f"{len(fallen)} of {held} floors fell" if held else "no floor is pinned: run with --pin")
    return 1 if fallen or not held else 0


def _changes(before: floors.Figures, after: floors.Figures) -> int:
    return sum(
        value != before.get(dataset, {}).get(name)
        for dataset, values in after.items()
        for name, value in values.items()
    )


def _line(dataset: str, scores: Scores) -> str:
    cells = [f"{name} {scores[name]:.3f}" for name in floors.MEASURES if name in scores and name != "crashes"]
    times = f"{scores['ms_median']:.1f} ms, p99 {scores['ms_p99']:.0f} ms"
    return f"{dataset:12} {int(scores['n'])} pages  {'  '.join(cells)}  crashes {scores['crashes']:.0f}  {times}"


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    add_corpus_options(parser)
    parser.add_argument("--floors", type=Path, default=FLOORS, metavar="FILE", help="default: floors.toml beside this")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    parser.add_argument(
        "--lower",
        action="append",
        default=[],
        choices=list(floors.MEASURES),
        metavar="MEASURE",
        help="with --pin: let the floors of this measure fall too (may be given again)",
    )
    options = parser.parse_args(arguments)
    if options.lower and not options.pin:
        parser.error("--lower goes with --pin")
    return options


if __name__ == "__main__":
    sys.exit(main())
