"""Nothing the archive asks of itself walks through a table that grows: every statement it runs is looked at."""

import re
import sqlite3

from scraper.archiver.archive import Archive
from scraper.archiver.imports.progress import ImportSource
from scraper.errors import PermanentError, Reason
from scraper.records import ChangeKind, Link, LinkKind
from tests.archiver.builders import NOW, add_feed, known_as, later, make_article, make_entry, make_page, poll, store
from tests.archiver.engines import BUT_3_39

# Small by nature (a row or a few for each feed, host, migration or virtual list), or read from its end (runs).
_SMALL = {"feeds", "hosts", "runs", "robots", "json_each", "places", "keys", "_sqlite_migrations", "sqlite_master"} | {
    *("domains", "feed_moves", "tally_backlog"),
}

# `main.article_search_config` is FTS5's own, of three rows. What was made on the way is a SUBQUERY before SQLite 3.39,
# and several rows of values are n-ROW VALUES from 3.46 on.
_SCAN = re.compile(
    r"SCAN (?!(?:\d+ )?CONSTANT ROW|\d+-ROW VALUES|SUBQUERY|main\.)(\w+)\b"
    r"(?! USING (?:COVERING )?INDEX article_records_published| VIRTUAL)"
)


def _work(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1, comment_count=1), make_entry(2))
    items = archive.due_items(NOW, hosts_busy={"other.example"})
    link = Link(kind=LinkKind.RECENT, heading="More", url="https://news.example/story-2", position=1, view_count=3)
    words = " ".join(f"word{number}" for number in range(60))
    first = make_article("https://news.example/story-1", body=words, links=(link,), view_count=2)
    archive.find(first, feed_id=feed_id, guid="urn:story:1", urls=("https://news.example/x",))
    store(archive, first, item=items[0])
    store(archive, make_article("https://news.example/story-2", body=words + " more"), item=items[1])
    second = make_article("https://news.example/story-1", body=words + " and more", links=(link,), view_count=4)
    store(archive, second, at=later(hours=1), known=known_as(archive, first), change=ChangeKind.SUBSTANTIVE)
    poll(archive, feed_id, make_entry(1, title="New", comment_count=2), at=later(hours=2))
    item = archive.enqueue("https://news.example/gone", later(hours=2))
    error = PermanentError(Reason.NOT_FOUND, "gone", url=item.url, status=404)
    archive.save_failure(None, item, error, at=NOW, next_try_at=None)
    archive.save_hosts(archive.hosts().values())
    archive.get("https://news.example/story-1")
    archive.history("https://news.example/story-1")
    archive.search("words OR more", site="news.example")
    archive.latest_runs(3)
    archive.page(1)
    list(archive.articles(site="news.example", limit=5))
    known = known_as(archive, second)
    archive.last_sight(known.id)
    draft = make_article("https://news.example/story-1", title="Draft", body="A draft of it.")
    archive.save_earlier(None, make_page(draft.url, at=later(hours=-1)), draft, known)
    archive.save_sight(None, make_page("https://news.example/new"), make_article("https://news.example/new"))
    archive.offer("https://news.example/offered", NOW)
    list(archive.pages(site="news.example", limit=5))
    done = archive.begin_import(ImportSource(kind="warc", name="a", identity="1"), None, NOW)
    archive.advance_import(done, NOW)


@BUT_3_39
def test_no_statement_scans_a_table_that_grows(archive: Archive) -> None:
    statements: set[str] = set()
    connection = archive._database._connection
    connection.set_trace_callback(statements.add)
    _work(archive)
    connection.set_trace_callback(None)
    scans: dict[str, set[str]] = {}
    for statement in statements:
        if not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE)", statement) or statement.startswith("--"):
            continue
        try:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        except sqlite3.OperationalError:
            continue  # what FTS5 and triggers run inside is traced too, in a form that cannot be asked about
        for row in plan:
            match = _SCAN.match(row["detail"])
            if match and match[1] not in _SMALL and not match[1].startswith(("subquery", "hits", "candidates")):
                scans.setdefault(match[1], set()).add(statement)
    assert len(statements) > 60
    assert scans == {}
