"""Times the archive at size: how fast articles go in with everything on, and what an analyst types first.

    python -m benchmarks.archive [--articles N] [--stored M] [--file FILE] [--rates | --queries]

The first M articles are stored as a crawl stores them, and multiplied by SQL up to N (see `synthetic`). Every query is
asked on a connection of its own, as a person would, once while nobody writes and once while another process stores
articles without a pause. Times are wall clock: the load of the machine is in them, and is printed.
"""

import multiprocessing
import os
import statistics
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from benchmarks import rates
from benchmarks.lives import live_on
from benchmarks.synthetic import DICE, NOW, SITES, WORDS, load, multiply
from scraper.archiver.archive import Archive
from scraper.archiver.cookbook.recipe import recipes

_TIMES = 7
_LIMIT_MS = 100
_SEARCH_LIMIT_MS = 200
_BROWSING_LIMIT_MS = 300
_RECIPE_LIMIT_MS = 500
_MOST_WRITTEN = 10_000_000


@dataclass(frozen=True, slots=True)
class Query:
    """Something asked of the archive."""

    name: str
    sql: str
    limit_ms: int = _LIMIT_MS
    is_search: bool = False
    """`sql` is what a person types into a search."""


def queries(size: int) -> tuple[Query, ...]:
    """What is asked most, of an archive of `size` articles."""
    middle = size // 2 // SITES * SITES + 7
    return (
        Query("latest fifty", "SELECT title, site, published, authors FROM articles ORDER BY published DESC LIMIT 50"),
        Query(
            "latest fifty of a site",
            "SELECT title, published FROM articles WHERE site = 'site7.example' ORDER BY published DESC LIMIT 50",
        ),
        Query(
            "latest fifty of a category",
            "SELECT title, published FROM articles WHERE category = 'Category 7' ORDER BY published DESC LIMIT 50",
        ),
        Query("one article with its text", f"SELECT * FROM articles WHERE id = {middle}"),
        Query("most viewed", "SELECT title, view_count FROM articles ORDER BY view_count DESC LIMIT 20"),
        Query("how many there are", "SELECT articles FROM totals"),
        Query("count of all", "SELECT count(*) FROM articles"),
        Query(
            "per day and site, 30 days",
            "SELECT * FROM articles_per_day WHERE published_on BETWEEN '2016-06-01' AND '2016-06-30'",
        ),
        Query("per day, everything", "SELECT published_on, sum(articles) FROM articles_per_day GROUP BY 1"),
        Query("coverage, everything", "SELECT * FROM coverage"),
        Query("one story's revisions", f"SELECT * FROM article_revisions WHERE article_id = {middle}"),
        Query("view counts of a story", f"SELECT * FROM view_counts WHERE article_id = {middle}"),
        Query("links to a story", f"SELECT * FROM link_graph WHERE to_article_id = {middle}"),
        Query(
            "link graph of a site, a month",
            "SELECT link_graph.* FROM articles JOIN link_graph ON from_article_id = articles.id WHERE"
            " site = 'site7.example' AND published BETWEEN '2016-06-01' AND '2016-07-01'",
        ),
        Query(
            "link graph of a site, all sites it points to",
            "SELECT to_site, links FROM site_links WHERE from_site = 'site7.example'",
        ),
        Query("most linked of all", "SELECT article_id, links FROM linked_articles ORDER BY links DESC LIMIT 20"),
        Query(
            "most linked, by those published in a month",
            "SELECT to_article_id, count(*) FROM articles JOIN link_graph ON from_article_id = articles.id"
            " WHERE published BETWEEN '2016-06-01' AND '2016-07-01' GROUP BY 1 ORDER BY 2 DESC LIMIT 20",
        ),
        Query("duplicates of a story", f"SELECT * FROM duplicates WHERE article_id = {size // 2 // 50 * 50 + 1}"),
        Query("duplicates of a site", "SELECT * FROM duplicates WHERE site = 'site0.example'"),
        Query("largest clusters", "SELECT * FROM clusters ORDER BY articles DESC LIMIT 20"),
        *_searches(WORDS[20_001], WORDS[3]),
        *_browsed(),
        *_cookbook(WORDS[3]),
    )


def _searches(rare: str, common: str) -> tuple[Query, ...]:
    """Full-text search as `scraper search` does it, snippets and all; and by age, as plain SQL asks for it."""
    match = f"SELECT rowid FROM article_search WHERE article_search MATCH '{common}'"
    return (
        *(
            Query(f"search, {name}", words, _SEARCH_LIMIT_MS, is_search=True)
            for name, words in (
                ("a rare word, best 20", rare),
                ("a rare and a common word, best 20", f"{common} {rare}"),
                ("two common words, best 20", f"{common} {WORDS[40]}"),
                ("a common word, best 20", common),
                ("a phrase, best 20", f'"{WORDS[30]} {WORDS[41]}"'),
            )
        ),
        Query("plain SQL, a common word, newest 20", f"{match} ORDER BY rowid DESC LIMIT 20", _SEARCH_LIMIT_MS),
        Query("plain SQL, a common word, best 20 of all", f"{match} ORDER BY rank LIMIT 20", _SEARCH_LIMIT_MS),
    )


def _browsed() -> Iterator[Query]:
    """The counts that Datasette shows beside a list of articles."""
    for column in ("site", "category", "language"):
        counted = (
            f"SELECT {column}, count(*) FROM articles WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 31"
        )
        yield Query(f"articles by {column}", counted, _BROWSING_LIMIT_MS)


def _cookbook(common: str) -> Iterator[Query]:
    """Every recipe as it stands, of all sites and years; what is searched for is a common word."""
    for recipe in recipes():
        yield Query(f"recipe: {recipe.title}", recipe.filled({"words": common}), _RECIPE_LIMIT_MS)


@dataclass(frozen=True, slots=True)
class Answer:
    """How long a query took to its end, in milliseconds: median, worst, and the median of processor time; its rows."""

    median: float
    worst: float
    processor: float
    rows: int


def ask(path: Path, query: Query) -> Answer:
    """Ask a query several times on a new connection."""
    taken, worked = [], []
    rows = 0
    with Archive(path, read_only=True) as archive:
        for _ in range(_TIMES):
            began, began_processor = time.perf_counter(), time.process_time()
            rows = len(archive.search(query.sql)) if query.is_search else sum(1 for _ in archive.query(query.sql))
            taken.append((time.perf_counter() - began) * 1_000)
            worked.append((time.process_time() - began_processor) * 1_000)
    return Answer(statistics.median(taken), max(taken), statistics.median(worked), rows)


def write_without_pause(path: Path, first: int, ready: Event, stop: Event) -> None:
    """Store articles, a hundred to a transaction, until told to stop."""
    DICE.seed(first)
    with Archive(path) as archive:
        for start in range(first, _MOST_WRITTEN, 100):
            load(archive, start, start + 100)
            ready.set()
            if stop.is_set():
                return


def while_writing(path: Path, first: int, work: Callable[[], None]) -> None:
    """Do `work` while another process writes to the archive."""
    ready, stop = multiprocessing.Event(), multiprocessing.Event()
    writer = multiprocessing.Process(target=write_without_pause, args=(path, first, ready, stop))
    writer.start()
    while not ready.wait(1):
        if not writer.is_alive():
            raise RuntimeError("the process that should write to the archive has ended")
    try:
        work()
    finally:
        stop.set()
        writer.join()


def time_queries(path: Path, size: int) -> None:
    """Print how long each query takes, alone and beside a writer."""
    asked = queries(size)
    alone = [ask(path, query) for query in asked]
    beside: list[Answer] = []
    load_alone = os.getloadavg()[0]
    with Archive(path, read_only=True) as archive:
        last = max(int(str(row["n"])) for row in archive.query("SELECT max(id) AS n FROM article_records"))
    while_writing(path, last + 1, lambda: beside.extend(ask(path, query) for query in asked))
    print(f"\nload {load_alone:.1f}, beside a writer {os.getloadavg()[0]:.1f}; median and worst of {_TIMES}\n")
    print("| asked | rows | ms | worst | ms of processor | ms beside a writer | of processor | limit |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for query, quiet, busy in zip(asked, alone, beside, strict=True):
        mark = "" if quiet.median < query.limit_ms else " missed"
        print(
            f"| {query.name} | {quiet.rows:,} | {quiet.median:.1f} | {quiet.worst:.1f} | {quiet.processor:.1f} |"
            f" {busy.median:.1f} | {busy.processor:.1f} | {query.limit_ms}{mark} |"
        )


def fill(path: Path, size: int, stored: int) -> None:
    """Bring the archive at `path` to `size` articles."""
    with Archive(path) as archive:
        have = _count(archive)
        if have < min(size, stored):
            wall, processor = load(archive, have, min(size, stored))
            count = min(size, stored) - have
            print(
                f"{count:,} articles stored, {count / wall:,.0f} a second,"
                f" {processor / count * 1e6:,.0f} µs of processor each"
            )
            have += count
            live_on(archive, have)
        if size >= 2 * have:
            began = time.perf_counter()
            multiply(archive._database, have, size)  # noqa: SLF001
            print(f"multiplied to {_count(archive):,} in {time.perf_counter() - began:,.0f} s")
    print(f"{path.stat().st_size / 1e9:.2f} GB")


def _count(archive: Archive) -> int:
    return next(int(str(row["n"])) for row in archive.query("SELECT count(*) AS n FROM article_records"))


def main() -> None:
    parser = ArgumentParser(description="times of the archive at size")
    parser.add_argument("--articles", type=int, default=10_000, metavar="N", help="how many there are to be asked for")
    parser.add_argument(
        "--stored", type=int, default=100_000, metavar="M", help="how many of them come by the front door"
    )
    parser.add_argument("--file", type=Path, help="kept and used again; default: one that is thrown away")
    parser.add_argument("--rates", action="store_true", help="only how fast articles go in")
    parser.add_argument("--queries", action="store_true", help="only how fast answers come out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not options.queries:
            rates.report(Path(folder), NOW)
        if not options.rates:
            path = options.file or Path(folder) / "archive.db"
            fill(path, options.articles, options.stored)
            time_queries(path, options.articles)


if __name__ == "__main__":
    main()
