"""Every kind of damage is found, named, and told apart from what only takes room."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.care.checking import check
from scraper.archiver.lock import run_lock
from scraper.records import ChangeKind
from tests.archiver.builders import known_as, later, make_article, store


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        for number in range(3):
            body = f"Story {number}: " + f"word{number} " * 40
            store(archive, make_article(f"https://news.example/{number}", body=body), body=b"%d" % number * 900)
        old = make_article("https://news.example/0", body="Story 0: " + "word0 " * 40)
        new = make_article("https://news.example/0", body="An edit")
        store(archive, new, at=later(hours=1), known=known_as(archive, old), change=ChangeKind.SUBSTANTIVE)
    return path


def _spoil(path: Path, *statements: str) -> None:
    """As somebody might who knows SQL and not our ways: no foreign keys, no triggers."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


def test_a_whole_archive_is_well_and_all_of_it_was_read(path: Path) -> None:
    report = check(path, sample=None)
    assert (report.findings, report.notes) == ((), ())
    assert (report.articles, report.pages_checked, report.texts_checked) == (3, 4, 3)


@pytest.mark.parametrize(("sample", "read"), [(0, 0), (2, 2), (999, 3)])
def test_a_sample_is_no_larger_than_asked_for_and_than_there_is(path: Path, sample: int, read: int) -> None:
    assert check(path, sample=sample).texts_checked == read


@pytest.mark.parametrize(
    ("kinds", "statement"),
    [
        (["tallies"], "UPDATE day_tallies SET articles = articles + 1"),
        (["tallies"], "INSERT INTO site_link_tallies VALUES ('a.example', 'b.example', 3)"),
        (["tallies"], "UPDATE day_tallies SET paywalled = paywalled + 1"),
        (["tallies"], "UPDATE author_tallies SET words = words + 1"),
        (["tallies"], "INSERT INTO host_link_tallies VALUES ('a.example', 'b.example', 3)"),
        (["missing_urls"], "DELETE FROM urls WHERE role = 'canonical' AND url LIKE '%/1'"),
        (["references"], "UPDATE article_records SET page_id = 999 WHERE id = 1"),
        (["search", "missing_texts"], "DELETE FROM article_texts WHERE article_id = 2"),
        (["search", "texts"], "UPDATE article_texts SET body = 'something else' WHERE article_id = 2"),
        (["search"], "UPDATE article_records SET title = 'Something else' WHERE id = 2"),
        (["search"], "INSERT INTO search_backlog VALUES (2)"),
        (["missing_versions"], "DELETE FROM article_versions WHERE article_id = 2"),
        (["missing_version_texts"], "DELETE FROM version_texts"),
        (["pages"], "UPDATE page_bodies SET data = zeroblob(20) WHERE id = 2"),
        (["pages"], "UPDATE page_bodies SET sha256 = 'f' || substr(sha256, 2) WHERE id = 2"),
        (
            ["returned"],
            "INSERT INTO deleted (url, deleted_at) VALUES ('https://news.example/1', '2026-01-01T00:00:00Z')",
        ),
    ],
)
def test_damage_is_named_with_what_to_do(path: Path, kinds: list[str], statement: str) -> None:
    _spoil(path, statement)
    report = check(path, sample=None)
    found = [finding.kind for finding in report.findings if finding.is_damage]
    assert set(kinds) <= set(found)
    assert report.is_damaged
    assert all(finding.cure and finding.count for finding in report.findings)


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("unused_authors", "INSERT INTO authors (name) VALUES ('Nobody')"),
        ("unused_tags", "INSERT INTO tags (name) VALUES ('nothing')"),
        ("unused_urls", "INSERT INTO urls (url) VALUES ('https://nowhere.example/')"),
        ("unused_bodies", "INSERT INTO page_bodies VALUES (99, 'ff', 0, 1, NULL, x'28b52ffd2000010000')"),
        ("unused_bands", "INSERT INTO signature_bands VALUES (1, 999)"),
    ],
)
def test_what_only_takes_room_is_no_damage(path: Path, kind: str, statement: str) -> None:
    _spoil(path, statement)
    report = check(path, sample=0)
    assert [finding.kind for finding in report.findings] == [kind]
    assert not report.is_damaged


def test_a_file_that_is_broken_is_told_and_nothing_else_relied_on(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'links_url'").fetchone()
    whole = bytearray(path.read_bytes())
    whole[(root - 1) * 4096 : (root - 1) * 4096 + 200] = b"\xa5" * 200
    path.write_bytes(whole)

    report = check(path, sample=None)

    assert [finding.kind for finding in report.findings] == ["structure"]
    assert report.is_damaged
    assert "restore a backup" in report.findings[0].cure


def test_beside_a_run_the_index_is_looked_at_without_its_lock(path: Path) -> None:
    with run_lock(path):
        report = check(path, sample=0)
    assert report.findings == ()
    assert report.notes == ("a run is at work: the search index was compared row by row, not word by word",)


def test_a_check_changes_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    check(path, sample=None)
    with closing(sqlite3.connect(path)) as connection:
        assert list(connection.iterdump()) == before
