"""What search leaves out where very much matches, and that filters do not make it slow."""

from datetime import UTC, datetime
from typing import Any

from scraper.archiver.archive import Archive
from scraper.archiver.articles.reading import Selection
from scraper.archiver.search.searching import find
from tests.archiver.builders import make_article, stamp, store


def _store(archive: Archive, name: str, body: str, **fields: object) -> int:
    return store(archive, make_article(f"https://news.example/{name}", title=name, body=body, **fields))


def test_of_many_that_match_the_best_of_the_latest_are_shown(archive: Archive) -> None:
    for number in range(6):
        words = "harbour " * (6 - number) + "and other words of the day"
        _store(archive, f"story-{number}", words, published=stamp(f"2026-03-0{number + 1}T08:00:00+00:00"))

    def found(most: int, **filters: Any) -> list[str]:
        hits = find(archive._database, "harbour", Selection(**{"limit": 2} | filters), most_ranked=most)
        return [hit.url.rsplit("-", 1)[1] for hit in hits]

    assert found(100) == ["0", "1"]
    assert found(3) == ["2", "3"]
    assert found(3, until=datetime(2026, 3, 5, tzinfo=UTC)) == ["0", "1"]
    assert found(2, until=datetime(2026, 3, 5, tzinfo=UTC)) == ["1", "2"]
    assert found(1, since=datetime(2026, 3, 4, tzinfo=UTC)) == ["4", "5"]
    assert found(1, limit=6) == found(100, limit=6) == ["0", "1", "2", "3", "4", "5"]
    assert found(1, limit=None) == ["0", "1", "2", "3", "4", "5"]
    assert found(1, site="elsewhere.example") == []


def test_a_filter_is_tried_on_what_matches(archive: Archive) -> None:
    """FTS5 asked for each wanted row by its id counts the whole word each time."""
    _store(archive, "one", "harbour")
    statements: list[str] = []
    connection = archive._database._connection
    connection.set_trace_callback(statements.append)
    assert [hit.title for hit in archive.search("harbour", site="news.example")] == ["one"]
    connection.set_trace_callback(None)
    plans = [
        row["detail"]
        for statement in statements
        if "MATCH" in statement and "site" in statement
        for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]
    assert plans
    assert not [plan for plan in plans if "VIRTUAL TABLE" in plan and ":=" in plan]
