"""Only an archive is opened; whatever else lies at the path is refused with a plain message and left as it was."""

import sqlite3
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.store.migrations import LATEST
from scraper.archiver.store.opening import APPLICATION_ID
from scraper.errors import ArchiveError
from tests.archiver.builders import make_article, store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def _archive_at(path: Path) -> None:
    with Archive(path) as archive:
        store(archive, make_article())


def _pragma(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA {sql}")
    connection.commit()
    connection.close()


def test_a_new_archive_names_its_program_and_version(path: Path) -> None:
    Archive(path).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (LATEST,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_an_archive_opened_again_holds_what_was_stored(path: Path) -> None:
    _archive_at(path)
    with Archive(path) as archive:
        assert [article.title for article in archive] == ["Barge blocks harbour"]


def test_an_empty_file_becomes_an_archive(path: Path) -> None:
    path.touch()
    _archive_at(path)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_missing_archive_is_not_made_where_nobody_asked_for_one(path: Path, read_only: bool) -> None:
    with pytest.raises(ArchiveError, match="there is no archive here"):
        Archive(path, read_only=read_only, create=False)
    assert not path.exists()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no folder"):
        Archive(tmp_path / "nowhere" / "archive.db")


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="this is a folder"):
        Archive(tmp_path)


def _text_file(path: Path) -> None:
    path.write_text("not a database, but long enough to be taken for one " * 40)


def _foreign_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.commit()
    connection.close()


def _claimed_by_another_program(path: Path) -> None:
    _foreign_database(path)
    _pragma(path, "application_id = 77")


def _newer_version(path: Path) -> None:
    _archive_at(path)
    _pragma(path, "user_version = 99")


def _cut_off(path: Path) -> None:
    _archive_at(path)
    path.write_bytes(path.read_bytes()[:-8192])


def _header_only(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00")


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_text_file, "not an SQLite database"),
        (_header_only, "not an SQLite database"),
        (_foreign_database, "belongs to another program"),
        (_claimed_by_another_program, "belongs to another program"),
        (_newer_version, "newer version of scraper"),
        (_cut_off, "damaged"),
    ],
)
def test_what_is_no_archive_of_ours_is_refused_and_untouched(path: Path, make, message: str, read_only: bool) -> None:  # type: ignore[no-untyped-def]
    make(path)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=message):
        Archive(path, read_only=read_only)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_damage_met_on_the_way_is_told_plainly(path: Path) -> None:
    _archive_at(path)
    whole = path.read_bytes()
    page = 4096
    path.write_bytes(whole[:page] + b"\xff" * (len(whole) - page))
    with pytest.raises(ArchiveError, match=r"damaged; restore a backup"):
        list(Archive(path))


def test_a_reader_cannot_write(path: Path) -> None:
    _archive_at(path)
    with Archive(path, read_only=True) as archive:
        assert archive.get(1) is not None
        with pytest.raises(ArchiveError, match="cannot be written to"):
            store(archive, make_article("https://news.example/2"))


def test_a_locked_archive_is_told_plainly_after_the_wait(path: Path) -> None:
    _archive_at(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Archive(path) as archive:
        archive._database.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(ArchiveError, match="another program is writing"):
            store(archive, make_article("https://news.example/2"))
        assert archive.get(1) is not None
    other.close()


def test_a_full_disk_is_told_plainly_and_what_was_stored_stays(path: Path) -> None:
    _archive_at(path)
    with Archive(path) as archive:
        pages = archive._database.number("PRAGMA page_count")
        archive._database.all(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveError, match="the disk is full"):
            store(archive, make_article("https://news.example/2", body="words " * 50_000))
        assert [article.id for article in archive] == [1]
    _archive_at(path)
