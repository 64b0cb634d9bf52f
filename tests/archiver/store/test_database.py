"""Transactions hold as promised; other people's SQL can read everything and change nothing."""

import re
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.store.database import Database
from tests.archiver.builders import count, later, make_article, store


class TroubleError(Exception):
    """Something that goes wrong in the middle."""


def _store_and_fail(archive: Archive, url: str) -> None:
    with archive.transaction():
        store(archive, make_article(url))
        raise TroubleError


def test_a_transaction_that_fails_leaves_nothing(archive: Archive) -> None:
    with pytest.raises(TroubleError):
        _store_and_fail(archive, "https://news.example/1")
    assert count(archive, "articles") == count(archive, "queue") == 0


def _store_around_a_failure(archive: Archive) -> None:
    with archive.transaction():
        store(archive, make_article("https://news.example/1"))
        with pytest.raises(TroubleError):
            _store_and_fail(archive, "https://news.example/2")


def test_what_failed_inside_cannot_be_committed_by_those_who_look_away(archive: Archive) -> None:
    with pytest.raises(RuntimeError, match="nothing of it can be kept"):
        _store_around_a_failure(archive)
    assert count(archive, "articles") == 0
    store(archive, make_article("https://news.example/3"))
    assert count(archive, "articles") == 1


def test_a_writer_takes_the_lock_at_once(tmp_path: Path) -> None:
    with Database(tmp_path / "a.db") as one, Database(tmp_path / "a.db", timeout_seconds=0) as two:
        one.use_wal()
        with one.transaction(), pytest.raises(Exception, match="another program is writing"), two.transaction():
            pass
        with two.transaction():
            two.execute("CREATE TABLE free (id)")


def test_a_query_gives_rows_as_dicts(archive: Archive) -> None:
    store(archive, make_article())
    rows = archive.query("SELECT title, authors FROM articles WHERE site = :site", {"site": "news.example"})
    assert list(rows) == [{"title": "Barge blocks harbour", "authors": "Ada Example"}]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM article_records",
        "PRAGMA user_version = 7",
        "SELECT nonsense FROM articles",
        "SELECT 1; SELECT 2",
        "SELEC",
        "ATTACH 'other.db' AS other",
    ],
)
def test_sql_that_is_no_query_is_refused(
    archive: Archive, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store(archive, make_article())
    with pytest.raises(ValueError, match=re.escape(sql)):
        list(archive.query(sql))
    assert count(archive, "articles") == 1
    assert not (tmp_path / "other.db").exists()


def test_a_query_may_be_left_half_read_while_writing_goes_on(archive: Archive) -> None:
    store(archive, make_article("https://news.example/1"))
    store(archive, make_article("https://news.example/2"))
    rows = archive.query("SELECT id FROM articles ORDER BY id")
    next(rows)
    store(archive, make_article("https://news.example/3"), at=later(hours=1))
    assert [row["id"] for row in rows] == [2]


def test_a_backup_is_a_whole_archive(archive: Archive, tmp_path: Path) -> None:
    store(archive, make_article())
    archive._database.back_up(tmp_path / "copy.db")
    with Archive(tmp_path / "copy.db", read_only=True) as copy:
        assert [article.title for article in copy] == ["Barge blocks harbour"]
    assert not (tmp_path / "copy.db.part").exists()
