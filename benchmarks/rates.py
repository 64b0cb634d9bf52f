"""How fast articles go in, beside what SQLite does with the same rows in one plain table: all in one run, in turns."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import sqlite_utils

from benchmarks import synthetic
from benchmarks.synthetic import BATCH, NOW, make_article, make_page, text
from scraper.archiver.archive import Archive
from scraper.records import Article, Page
from scraper.urls import site_of

_ROUNDS = 3
_AT_ONCE = 1_000
_FEW = 200
"""Row by row is so slow that a round of it is this short."""

Rows = list[dict[str, str | None]]


def report(folder: Path, now: datetime) -> None:
    """Print articles a second and processor time an article, the median round of each way."""
    frame = " ".join(text(3_000))
    times: dict[str, list[tuple[float, float]]] = {}
    with Archive(folder / "rates.db") as archive:
        for turn in range(_ROUNDS):
            first = turn * 2 * _AT_ONCE
            articles = [make_article(number) for number in range(first, first + 2 * _AT_ONCE)]
            for name, count, work in _ways(archive, articles, frame, now + timedelta(days=turn)):
                began, processor = time.perf_counter(), time.process_time()
                work()
                spent = (time.perf_counter() - began, time.process_time() - processor)
                times.setdefault(name, []).append((spent[0] / count, spent[1] / count))
    print(f"load {os.getloadavg()[0]:.1f}; {BATCH} to a transaction, synchronous=FULL; median of {_ROUNDS} rounds\n")
    print("| way | articles a second | µs of processor each |")
    print("| --- | ---: | ---: |")
    for name, rounds in times.items():
        wall, processor = sorted(rounds)[len(rounds) // 2]
        print(f"| {name} | {1 / wall:,.0f} | {processor * 1e6:,.0f} |")


def _ways(
    archive: Archive, articles: Sequence[Article], frame: str, now: datetime
) -> Iterator[tuple[str, int, Callable[[], None]]]:
    """One round: what is timed, how many articles it stores, and how."""
    full, bare = articles[:_AT_ONCE], articles[_AT_ONCE:]
    for name, some, around in (
        ("the archive: raw page, search, near-duplicates, links", full, frame),
        ("the same, raw pages of one line", bare, None),
    ):
        # Before the clock starts: a page comes from the network.
        pages = [make_page(article, around) for article in some]
        yield name, _AT_ONCE, partial(_store, archive, some, pages)
    yield "unchanged articles, seen again", _AT_ONCE, partial(_see_again, archive, full, now)
    rows = [_row(article) for article in full]
    for name, count, store in (
        ("executemany into one table, no search", _AT_ONCE, _in_batches),
        ("sqlite-utils, row by row", _FEW, _one_by_one),
    ):
        with tempfile.TemporaryDirectory(dir=archive.path.parent) as folder:
            database = _table(Path(folder))
            yield name, count, partial(store, database, rows[:count])
            database.close()


def _store(archive: Archive, articles: Sequence[Article], pages: Sequence[Page]) -> None:
    found = list(zip(articles, pages, strict=True))
    for start in range(0, len(found), BATCH):
        with archive.transaction():
            for article, page in found[start : start + BATCH]:
                synthetic.store(archive, article, page)


def _see_again(archive: Archive, articles: Sequence[Article], now: datetime) -> None:
    """The same articles again, counts and links as they were: what a visit writes of an unchanged article."""
    for start in range(0, len(articles), BATCH):
        with archive.transaction():
            for article in articles[start : start + BATCH]:
                item = archive.enqueue(article.url, now)
                known = archive.find(article, feed_id=None, guid=None, urls=(item.url,))
                assert known is not None
                page = Page(url=item.url, final_url=item.url, body=b"<html></html>", fetched_at=NOW)
                archive.save_article(None, item, page, article, known=known, change=None)


def _row(article: Article) -> dict[str, str | None]:
    return {
        "url": article.url,
        "site": site_of(article.url),
        "title": article.title,
        "published": str(article.published and article.published.at),
        "category": article.category,
        "body": article.body,
    }


def _table(folder: Path) -> sqlite_utils.Database:
    database = sqlite_utils.Database(folder / "plain.db")
    table = database.table("articles", pk="url")
    table.create(dict.fromkeys(("url", "site", "title", "published", "category", "body"), str))
    for column in ("site", "title", "published", "category"):
        table.create_index([column])
    return database


def _in_batches(database: sqlite_utils.Database, rows: Rows) -> None:
    database.enable_wal()
    database.conn.execute("PRAGMA synchronous = FULL")
    for start in range(0, len(rows), BATCH):
        with database.conn:
            database.conn.executemany(
                "INSERT INTO articles VALUES (:url, :site, :title, :published, :category, :body)"
                " ON CONFLICT (url) DO UPDATE SET body = excluded.body",
                rows[start : start + BATCH],
            )


def _one_by_one(database: sqlite_utils.Database, rows: Rows) -> None:
    for row in rows:
        database.table("articles").upsert(row, pk="url")
