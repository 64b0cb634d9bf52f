"""Times the archive at size: how fast articles go in with everything on, and what an analyst types first.

    python -m benchmarks.archive [ARTICLES [FILE]]

The text is made up, with the word frequencies of real text (Zipf), 400 words an article, one in a hundred words with
an umlaut; 40 sites, 300 authors, ten links an article. Times are wall clock; the load of the machine is in them.
"""

import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlite_utils

from scraper.archiver.archive import Archive
from scraper.records import Article, Image, ImageRole, Link, LinkKind, Page, Precision, Timestamp
from scraper.urls import canonicalize

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 100
SITES = 40
DICE = random.Random(1)

QUERIES = {
    "latest fifty": "SELECT title, site, published, authors FROM articles ORDER BY published DESC LIMIT 50",
    "latest fifty of a site": (
        "SELECT title, published FROM articles WHERE site = 'site7.example' ORDER BY published DESC LIMIT 50"
    ),
    "latest fifty of a category": (
        "SELECT title, published FROM articles WHERE category = 'Category 7' ORDER BY published DESC LIMIT 50"
    ),
    "one article with text": "SELECT * FROM articles WHERE url = 'https://www.site7.example/story/407'",
    "most viewed": "SELECT title, view_count FROM articles ORDER BY view_count DESC LIMIT 20",
    "per day, 30 days": "SELECT * FROM articles_per_day WHERE published_on BETWEEN '2020-01-10' AND '2020-02-10'",
    "per day, everything": "SELECT published_on, sum(articles) FROM articles_per_day GROUP BY 1",
    "count of all": "SELECT count(*) FROM articles",
    "revisions of a story": "SELECT version, seen_at, kind, title FROM article_revisions WHERE article_id = 500",
    "link graph of a site": "SELECT * FROM link_graph WHERE from_site = 'site7.example'",
    "links to an article": "SELECT * FROM link_graph WHERE to_article_id = 207",
    "views of an article": "SELECT * FROM view_counts WHERE article_id = 207",
    "duplicates of a site": "SELECT * FROM duplicates WHERE site = 'site7.example'",
    "search, a rare word": "SELECT title FROM articles WHERE id IN (SELECT rowid FROM article_search('{rare}'))",
    "search, two words, best 20": "SELECT rowid FROM article_search('{common} {rare}') ORDER BY rank LIMIT 20",
    "search, a common word, best 20": "SELECT rowid FROM article_search('{common}') ORDER BY rank LIMIT 20",
}


def _words() -> tuple[list[str], list[float]]:
    letters = "abcdefghijklmnoprstuvwz" * 6 + "ü"
    words = ["".join(DICE.choices(letters, k=DICE.randint(3, 11))) for _ in range(40_000)]
    return words, list(itertools.accumulate(1 / (rank + 10) for rank in range(len(words))))


WORDS, WEIGHTS = _words()


def _text(length: int) -> list[str]:
    return DICE.choices(WORDS, cum_weights=WEIGHTS, k=length)


def _links(site: str, number: int) -> Iterator[Link]:
    for place in range(1, 7):
        url = f"{site}/story/{max(0, number - SITES * place)}"
        yield Link(kind=LinkKind.RECENT, heading="You missed", position=place, url=url, title="News", view_count=place)
    for place in range(1, 5):
        url = f"https://elsewhere{DICE.randint(0, 500)}.example/{DICE.randint(0, 1_000_000)}"
        yield Link(kind=LinkKind.BODY, position=place, url=url)


def make_article(number: int) -> Article:
    words = _text(400)
    if number % 50 == 49:
        words = words[:380] + ["agency"] * 20
    body = "\n\n".join(" ".join(words[start : start + 50]) for start in range(0, 400, 50))
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=5 * number)
    site = f"https://www.site{number % SITES}.example"
    return Article(
        url=canonicalize(f"{site}/story/{number}"),
        title=" ".join(_text(8)),
        published=Timestamp(at=at, offset_minutes=60, precision=Precision.SECOND, raw=at.isoformat()),
        authors=(f"Author {number % 300}",),
        categories=(f"Category {number % 25}",),
        tags=tuple({f"tag {DICE.randint(0, 3_000)}" for _ in range(4)}),
        body=body,
        body_html="<p>" + body.replace("\n\n", "</p><p>") + "</p>",
        summary=" ".join(_text(25)),
        language="de",
        word_count=400,
        view_count=DICE.randint(1, 9_999),
        extractor="bench@1",
        links=tuple(_links(site, number)),
        images=(Image(url=f"{site}/{number}.jpg", role=ImageRole.LEAD),),
    )


def load(archive: Archive, first: int, last: int) -> float:
    """Store articles in batches; the seconds spent in the archive."""
    frame = " ".join(_text(3_000))
    spent = 0.0
    for start in range(first, last, BATCH):
        articles = [make_article(number) for number in range(start, min(start + BATCH, last))]
        began = time.perf_counter()
        with archive.transaction():
            for article in articles:
                item = archive.enqueue(article.url, NOW)
                archive.find(article, feed_id=None, guid=None, urls=(item.url,))
                body = f"<html>{frame}{article.body_html}</html>".encode()
                page = Page(url=item.url, final_url=item.url, body=body, fetched_at=NOW)
                archive.save_article(None, item, page, article)
        spent += time.perf_counter() - began
    return spent


def plain_rates(folder: Path, size: int) -> Iterator[tuple[str, float]]:
    """What SQLite does with the same articles in one table with five indexes, without search, pages or links."""
    rows = [
        {
            "url": article.url,
            "site": "a",
            "title": article.title,
            "published": str(article.published),
            "body": article.body,
        }
        for article in map(make_article, range(size))
    ]
    for name, store in (("executemany, 100 to a transaction", _in_batches), ("sqlite-utils upsert", _one_by_one)):
        database = sqlite_utils.Database(folder / f"{name}.db")
        table = database.table("articles", pk="url")
        table.create(dict.fromkeys(rows[0], str))
        for column in ("site", "title", "published"):
            table.create_index([column])
        began = time.perf_counter()
        store(database, rows)
        yield name, size / (time.perf_counter() - began)
        database.close()


def _in_batches(database: sqlite_utils.Database, rows: list[dict[str, str | None]]) -> None:
    database.enable_wal()
    database.conn.execute("PRAGMA synchronous = FULL")
    for start in range(0, len(rows), BATCH):
        with database.conn:
            database.conn.executemany(
                "INSERT INTO articles VALUES (:url, :site, :title, :published, :body)"
                " ON CONFLICT (url) DO UPDATE SET body = excluded.body",
                rows[start : start + BATCH],
            )


def _one_by_one(database: sqlite_utils.Database, rows: list[dict[str, str | None]]) -> None:
    for row in rows:
        database.table("articles").upsert(row, pk="url")


def ask(archive: Archive, sql: str, times: int = 5) -> tuple[float, int]:
    """The median milliseconds of a query read to its end, and its number of rows."""
    taken = []
    rows = 0
    for _ in range(times):
        began = time.perf_counter()
        rows = sum(1 for _ in archive.query(sql))
        taken.append((time.perf_counter() - began) * 1_000)
    return statistics.median(taken), rows


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "bench.db"
    with Archive(path) as archive:
        have = next(iter(archive.query("SELECT count(*) AS n FROM article_records")))["n"]
        assert isinstance(have, int)
        if have < size:
            spent = load(archive, have, size)
            print(f"{size - have:,} articles stored, {(size - have) / spent:,.0f} a second")
            for name, rate in plain_rates(path.parent, 1_000):
                print(f"{rate:,.0f} a second: {name}")
        print(f"{path.stat().st_size / size:,.0f} bytes an article")
        for name, sql in QUERIES.items():
            taken, rows = ask(archive, sql.format(rare=WORDS[20_001], common=WORDS[3]))
            print(f"{taken:10.1f} ms  {rows:7,} rows  {name}")


if __name__ == "__main__":
    main()
