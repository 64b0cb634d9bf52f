"""What the extractor costs: time a page and by step, growth with the page's size, memory over many pages, processes.

    python -m benchmarks.extract                    everything
    python -m benchmarks.extract steps growth       only these: steps, growth, memory, jobs

Times are of the processor, not of the wall, but for `jobs`. All but `growth` need the corpus and are left out without.
"""

import platform
import sys
import tempfile
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.corpus import Corpus, add_corpus_options, open_corpus
from benchmarks.jobs import jobs_lines
from benchmarks.memory import memory_lines
from benchmarks.shapes import growth_lines
from benchmarks.stages import stage_lines

ON_PAGES: dict[str, Callable[[Sequence[Path]], Iterator[str]]] = {
    "steps": stage_lines,
    "memory": memory_lines,
    "jobs": jobs_lines,
}
PARTS = ("steps", "growth", "memory", "jobs")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default: all")
    add_corpus_options(parser)
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    corpus = open_corpus(options.corpus)
    print(f"Python {platform.python_version()}, lxml {version('lxml')}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        files = _files(corpus, options.dataset, Path(folder)) if corpus else []
        for part in options.parts or PARTS:
            print(f"\n## {part}\n")
            for line in _lines(part, files):
                print(line, flush=True)
    return 0


def _lines(part: str, files: Sequence[Path]) -> Iterator[str]:
    if part == "growth":
        return growth_lines()
    return ON_PAGES[part](files) if files else iter(["skipped: there is no corpus"])


def _files(corpus: Corpus, dataset: str | None, folder: Path) -> list[Path]:
    """The corpus's pages as files, as bulk work finds them."""
    files = []
    for name, page in corpus.pages(corpus.rows(dataset)).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page)
        files.append(file)
    return files


if __name__ == "__main__":
    sys.exit(main())
