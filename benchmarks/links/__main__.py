"""Lists of other articles: precision and recall on pages annotated by eye, against pinned floors.

    python -m benchmarks.links                    all parts: exit status 1 when a figure fell
    python -m benchmarks.links --worst 10         also the pages with the most errors, and what is wrong there
    python -m benchmarks.links --pin              raise the floors to what was measured; none falls

Parts `a` and `b` were used to make rules, `c` and later ones were read before the extractor was asked. Reads
annotations.jsonl here and the shared corpus, which is not in the repository; where it is absent nothing is measured,
and that is said.
"""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path

from benchmarks import floors
from benchmarks.corpus import DEFAULT_FOLDER, Corpus, open_corpus
from benchmarks.links.scoring import Annotation, Tally, read_annotations, tally
from scraper.extractor.extract import extract

FLOORS = Path(__file__).parents[1] / "floors.toml"

PARTS = ("a", "b", "c", "d", "e", "f", "g")

Pages = list[tuple[Annotation, Tally]]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    corpus = open_corpus(options.corpus)
    if corpus is None:
        print(f"skipped: there is no corpus in {options.corpus}")
        return 0
    pages = measure(corpus)
    measured = {f"links-{part}": _scores(pages, part) for part in PARTS}
    for name, scores in measured.items():
        print(f"{name}  " + "  ".join(f"{measure} {value:.3f}" for measure, value in scores.items()))
    if options.worst:
        _print_worst(pages, options)
    return _judge(measured, options)


def measure(corpus: Corpus) -> Pages:
    """Every annotated page through the extractor."""
    annotations = {annotation.id: annotation for annotation in read_annotations()}
    rows = [row for row in corpus.rows() if f"{row['dataset']}/{row['id']}" in annotations]
    markup = corpus.pages(rows)
    pages = []
    for row in rows:
        annotation = annotations[f"{row['dataset']}/{row['id']}"]
        article = extract(markup[row["page"]], row["url"])
        own = [url for url in (row["url"], article.url) if url]
        pages.append((annotation, tally(annotation, article.links, own)))
    return pages


def _scores(pages: Pages, part: str) -> dict[str, float]:
    total = Tally()
    for annotation, counted in pages:
        if annotation.part == part:
            total.add(counted)
    return total.scores()


def _print_worst(pages: Pages, options: Namespace) -> None:
    chosen = [page for page in pages if not options.part or page[0].part == options.part]
    chosen.sort(key=lambda page: -len(page[1].wrong) - len(page[1].missed))
    for annotation, counted in chosen[: options.worst]:
        print(f"\n{annotation.id} ({annotation.part}): {len(counted.wrong)} wrong, {len(counted.missed)} missed")
        for link in counted.wrong:
            print(f"  wrong   {link.kind} [{link.heading}] {link.title} {link.url}")
        for item in counted.missed:
            print(f"  missed  {'|'.join(item.kinds)} [{'|'.join(item.headings)}] {item.title} {item.url}")


def _judge(measured: floors.Figures, options: Namespace) -> int:
    pinned = floors.read(options.floors)
    if options.pin:
        pinned = floors.raised(pinned, measured)
        floors.write(options.floors, pinned)
    fallen = floors.falls(pinned, measured)
    for fall in fallen:
        print(f"FELL  {fall}")
    held = sum(len(pinned.get(part, ())) for part in measured)
    print(f"{len(fallen)} of {held} floors fell" if held else "no floor is pinned: run with --pin")
    return 1 if fallen or not held else 0


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER", help="default: %(default)s")
    parser.add_argument("--floors", type=Path, default=FLOORS, metavar="FILE", help="default: floors.toml")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N pages with the most errors")
    parser.add_argument("--part", choices=PARTS, help="with --worst: of one part only")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
