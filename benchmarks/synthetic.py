"""Made-up articles for the archive benchmark: stored one by one as a crawl does, or multiplied by SQL to a million.

The text has the word frequencies of real text (Zipf), 400 words an article, one word in a hundred with an umlaut; 40
sites, 300 authors, 3,000 tags, ten links an article; one article in fifty repeats another, edited; each was archived
some hours after it came out. What befell it since is in `lives`. Nothing in it is anybody's.
"""

import itertools
import random
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from scraper.archiver import tallies
from scraper.archiver.archive import Archive
from scraper.archiver.store.columns import to_json
from scraper.archiver.store.database import Database
from scraper.records import Article, Image, ImageRole, Link, LinkKind, Page, Precision, Timestamp
from scraper.urls import canonicalize

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 100
SITES = 40
DICE = random.Random(1)

_REPEATED_EVERY = 50
_MINUTES_APART = 5
_COPIED_AT_ONCE = 2_000
_LANGUAGES = ("de", "de", "de", "en", "fr")


def _words() -> tuple[list[str], list[float]]:
    letters = "abcdefghijklmnoprstuvwz" * 6 + "ü"
    words = ["".join(DICE.choices(letters, k=DICE.randint(3, 11))) for _ in range(40_000)]
    return words, list(itertools.accumulate(1 / (rank + 10) for rank in range(len(words))))


WORDS, WEIGHTS = _words()


def text(length: int) -> list[str]:
    return DICE.choices(WORDS, cum_weights=WEIGHTS, k=length)


def _body(number: int) -> list[str]:
    """Every fiftieth text is that of the one before it in that row, with some words changed and an end of its own."""
    if number % _REPEATED_EVERY:
        return text(400)
    story = random.Random(number // _REPEATED_EVERY // 3)
    words = story.choices(WORDS, cum_weights=WEIGHTS, k=380)
    for place in DICE.sample(range(380), 8):
        words[place] = DICE.choice(WORDS)
    return words + text(20)


def _links(site: str, number: int) -> Iterator[Link]:
    for place in range(1, 7):
        url = f"{site}/story/{max(0, number - SITES * place)}"
        yield Link(kind=LinkKind.RECENT, heading="You missed", position=place, url=url, title="News", view_count=place)
    for place in range(1, 5):
        url = f"https://elsewhere{DICE.randint(0, 500)}.example/{DICE.randint(0, 1_000_000)}"
        yield Link(kind=LinkKind.BODY, position=place, url=url)


def _stamp(at: datetime) -> Timestamp:
    return Timestamp(at=at, offset_minutes=60, precision=Precision.SECOND, raw=at.isoformat())


def seen_at(number: int) -> datetime:
    """When an article was first fetched: within two days of its publication, mostly within hours."""
    return _published(number) + timedelta(minutes=3 + (number * 7_919 % 1_000) ** 2 // 400)


def _published(number: int) -> datetime:
    return datetime(2016, 1, 1, tzinfo=UTC) + timedelta(minutes=_MINUTES_APART * number)


def make_article(number: int) -> Article:
    words = _body(number)
    body = "\n\n".join(" ".join(words[start : start + 50]) for start in range(0, 400, 50))
    at = _published(number)
    site = f"https://www.site{number % SITES}.example"
    return Article(
        url=canonicalize(f"{site}/story/{number}"),
        title=" ".join(text(8)),
        published=_stamp(at),
        modified=_stamp(at + timedelta(minutes=30)) if number % 4 == 0 else None,
        authors=(f"Author {number % 300}",),
        categories=(f"Category {number % 25}",),
        tags=tuple({f"tag {DICE.randint(0, 3_000)}" for _ in range(4)}),
        body=body,
        body_html="<p>" + body.replace("\n\n", "</p><p>") + "</p>",
        summary=" ".join(text(25)),
        language=_LANGUAGES[number % SITES % len(_LANGUAGES)],
        paywalled=number % 7 == 0 if number % SITES % 2 else None,
        word_count=400,
        view_count=DICE.randint(1, 9_999),
        extractor="bench@1",
        links=tuple(_links(site, number)),
        images=(Image(url=f"{site}/{number}.jpg", role=ImageRole.LEAD, credit=f"Photo: Maker {number % 700}"),),
    )


def make_page(article: Article, frame: str | None, at: datetime = NOW) -> Page:
    """The page that brought an article: with a `frame` of other text around it, or of one line."""
    markup = f"<html>{frame}{article.body_html}</html>" if frame else f"<html>{article.url}</html>"
    return Page(url=article.url, final_url=article.url, body=markup.encode(), fetched_at=at)


def store(archive: Archive, article: Article, page: Page) -> None:
    """One article as a crawl stores it: queue, look-up, raw page and all."""
    item = archive.enqueue(article.url, page.fetched_at)
    archive.find(article, feed_id=None, guid=None, urls=(item.url,))
    archive.save_article(None, item, page, article)


def load(archive: Archive, first: int, last: int) -> tuple[float, float]:
    """Store articles in batches; the wall and processor seconds spent in the archive (not in making them up)."""
    frame = " ".join(text(3_000))
    wall = processor = 0.0
    for start in range(first, last, BATCH):
        numbers = range(start, min(start + BATCH, last))
        articles = [make_article(number) for number in numbers]
        pages = [make_page(article, frame, seen_at(number)) for article, number in zip(articles, numbers, strict=True)]
        began, began_processor = time.perf_counter(), time.process_time()
        with archive.transaction():
            for article, page in zip(articles, pages, strict=True):
                store(archive, article, page)
        wall += time.perf_counter() - began
        processor += time.process_time() - began_processor
    return wall, processor


# How a table is copied: which columns point to articles (a), URLs (u), links (l), versions (v), clusters (c), pages (p)
# and their bodies (b), entries (e), the queue (q), requests (f) or failures (x), all of which are moved along.
_MOVED = {
    "cluster_records": {"id": "c", "canonical_id": "a"},
    "article_records": {"id": "a", "cluster_id": "c", "page_id": "p"},
    "article_texts": {"article_id": "a"},
    "article_versions": {"id": "v", "article_id": "a", "page_id": "p"},
    "version_texts": {"version_id": "v"},
    "article_authors": {"article_id": "a"},
    "article_categories": {"article_id": "a"},
    "article_tags": {"article_id": "a"},
    "images": {"article_id": "a"},
    "urls": {"id": "u", "article_id": "a"},
    "links": {"id": "l", "article_id": "a", "url_id": "u"},
    "link_sightings": {"link_id": "l"},
    "count_sightings": {"article_id": "a"},
    "near_duplicates": {"article_id": "a", "earlier_id": "a"},
    "text_signatures": {"article_id": "a"},
    "signature_bands": {"article_id": "a"},
    "page_bodies": {"id": "b", "dictionary_id": "b"},
    "pages": {"id": "p", "body_id": "b"},
    "entries": {"id": "e", "article_id": "a"},
    "queue": {"id": "q", "entry_id": "e", "article_id": "a"},
    "fetches": {"id": "f", "queue_id": "q", "page_id": "p"},
    "failures": {"id": "x", "fetch_id": "f"},
}
_COUNTED_BY = dict(
    zip(
        "ulvcpbeqfx",
        (
            *("urls", "links", "article_versions", "cluster_records", "pages", "page_bodies"),
            *("entries", "queue", "fetches", "failures"),
        ),
        strict=True,
    )
)
_ROWS_BY = dict.fromkeys(_COUNTED_BY.values(), "id") | {
    "article_versions": "article_id",
    "article_records": "id",
    "link_sightings": "link_id",
    "version_texts": "version_id",
}
_STORED_BY = {"signature_bands": "band_key", "urls": "url"}


def _shifted(name: str, form: str = "%Y-%m-%dT%H:%M:%SZ") -> str:
    return f"strftime('{form}', {name}, '+' || (:n * :minutes) || ' minutes')"


# What must not be the same twice, or would be one article printed again: made different for the n-th copy.
_TIMES = (
    *("published", "modified", "first_seen_at", "changed_at", "seen_at", "fetched_at", "added_at", "finished_at"),
    "failed_at",
)
_CHANGED = {
    **{name: f"{name} || '/' || :n" for name in ("url", "canonical_url", "natural_key", "guid")},
    **{name: _shifted(name) for name in _TIMES},
    "published_on": _shifted("published", "%Y-%m-%d"),
    **{name: f"printf('%08x', :n) || substr({name}, 9)" for name in ("text_hash", "sha256")},
    "band_key": "band_key + :n * 7919",
    "view_count": "abs(random()) % 9999",
}


def multiply(database: Database, have: int, size: int) -> None:
    """Fill an archive of `have` articles up to `size` with copies of them: other addresses, dates and text hashes.

    What the queries ask of is there in full size, the search index included; only the words repeat themselves. Indexes,
    triggers and sums are made anew at the end, for kept in step a million rows at a time they would take hours.
    """
    spans = {letter: database.number(f"SELECT max(id) FROM {table}") or 0 for letter, table in _COUNTED_BY.items()} | {
        "a": have
    }
    # Articles and clusters point to one another: one of them is there first. An interrupted copy is thrown away.
    for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -1000000", "wal_autocheckpoint = 20000"):
        database.execute(f"PRAGMA {pragma}")
    with _without_what_is_derived(database):
        for copy in range(1, size // have):
            for table in _MOVED:
                _copy(database, table, spans, copy)
        for first in range(have + 1, size // have * have + 1, _COPIED_AT_ONCE):
            _index(database, first, first + _COPIED_AT_ONCE)
    with database.transaction():
        tallies.count_anew(database)


@contextmanager
def _without_what_is_derived(database: Database) -> Generator[None]:
    tables = to_json(list(_MOVED))
    derived = database.all(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'trigger'"
        " OR type = 'index' AND tbl_name IN (SELECT value FROM json_each(?)))",
        (tables,),
    )
    with database.transaction():
        for row in derived:
            database.execute(f"DROP {row['type']} {row['name']}")
    yield
    for row in derived:
        with database.transaction():
            database.execute(row["sql"])


def _copy(database: Database, table: str, spans: dict[str, int], copy: int) -> None:
    """Rows in the order of the key they are stored by, so that they do not hit each page of it many times."""
    moved = _MOVED[table]
    columns = [row["name"] for row in database.all("SELECT name FROM pragma_table_info(?)", (table,))]
    changed = dict(_CHANGED) if table != "images" else {}
    changed |= {name: f"{name} + {spans[letter] * copy}" for name, letter in moved.items()}
    key = _ROWS_BY.get(table, "article_id")
    with database.transaction():
        database.execute(
            f"INSERT INTO {table} ({', '.join(columns)})"
            f" SELECT {', '.join(changed.get(name, name) for name in columns)} FROM {table}"
            f" WHERE {key} BETWEEN 1 AND :last ORDER BY {_STORED_BY.get(table, key)}",
            {"last": spans[moved[key]], "n": copy, "minutes": _MINUTES_APART * spans["a"]},
        )


def _index(database: Database, first: int, last: int) -> None:
    with database.transaction():
        database.execute(
            "INSERT INTO article_search (rowid, title, subtitle, summary, body, spellings)"
            " SELECT article_id, title, subtitle, summary, body, spellings FROM article_search_source"
            " WHERE article_id >= ? AND article_id < ?",
            (first, last),
        )
