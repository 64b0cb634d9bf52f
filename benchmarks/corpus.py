"""The shared corpus: real pages with truth that nobody here wrote, and its own scorer, imported from where it lies.

Holds no copy of the measures: what a score means is defined by the corpus alone.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus"

Result = Mapping[str, Any]
"""What an extractor gives: `body`, `title`, `date`, `authors`, `categories`, `tags`, `language`, `site_name`."""

Extract = Callable[[bytes, str | None], Result]
Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The corpus in one folder, with the modules it brings."""

    folder: Path
    scorer: ModuleType
    measures: ModuleType

    @property
    def datasets(self) -> tuple[str, ...]:
        return tuple(self.scorer.SETS)

    def rows(self, dataset: str | None = None, every: int = 1) -> list[dict[str, Any]]:
        """The truth, a row for each page; of each data set every n-th page only."""
        names = [dataset] if dataset else self.datasets
        with (self.folder / "truth.jsonl").open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        return [row for name in names for row in [r for r in rows if r["dataset"] == name][::every]]

    def pages(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
        """The markup of these rows, by page name."""
        pages: dict[str, bytes] = self.scorer.read_pages({row["page"] for row in rows})
        return pages

    def page_scores(self, row: Mapping[str, Any], result: Result) -> Scores:
        """One page's scores by every measure that its truth allows."""
        plain = {name: self.scorer.plain(value) for name, value in result.items()}
        scores: Scores = self.measures.page_scores(SimpleNamespace(dataset=row["dataset"], truth=row["truth"]), plain)
        return scores

    def summary(self, scores: list[Scores]) -> Scores:
        """The mean of each measure over the pages that have it."""
        summary: Scores = self.measures.summary(scores, boot=False)
        return summary


def add_corpus_options(parser: ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER", help="default: %(default)s")
    parser.add_argument("--dataset", metavar="NAME", help="one data set only")


def open_corpus(folder: Path) -> Corpus | None:
    """The corpus in `folder`, or None where there is none: it is too large for the repository."""
    folder = folder.resolve()
    if not (folder / "truth.jsonl").is_file() or not (folder / "score.py").is_file():
        return None
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return Corpus(folder=folder, scorer=import_module("score"), measures=import_module("measures"))
