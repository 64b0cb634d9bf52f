"""Backups hold what the archive held at one moment, and are put back with nothing lost on the way."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.care.backups import back_up, restore
from scraper.archiver.care.checking import check
from scraper.archiver.lock import run_lock
from scraper.errors import ArchiveError, RunLockedError, UsageError
from tests.archiver.builders import make_article, store

NOW = datetime(2026, 3, 2, 4, 5, 6, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]

_WRITER = """
import itertools, sys
from pathlib import Path
from scraper.archiver.archive import Archive
from tests.archiver.builders import make_article, store

with Archive(Path(sys.argv[1])) as archive:
    for number in itertools.count():
        store(archive, make_article(f"https://busy.example/{number}"))
        print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        for number in range(3):
            store(archive, make_article(f"https://news.example/{number}"))
    return path


def _titles(path: Path) -> list[str]:
    with Archive(path, read_only=True) as archive:
        return sorted(article.url for article in archive)


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if not file.name.endswith((".lock", "-shm", "-wal"))}


def test_a_backup_is_one_file_that_is_the_archive(path: Path, tmp_path: Path) -> None:
    made = back_up(path, tmp_path / "copy.db", NOW)

    assert made.rows["article_records"] == 3
    assert made.size_bytes == (tmp_path / "copy.db").stat().st_size
    assert _titles(tmp_path / "copy.db") == _titles(path)
    assert check(tmp_path / "copy.db", sample=None).findings == ()


@pytest.mark.parametrize("folder", [False, True])
def test_a_backup_without_a_name_is_named_by_its_time(path: Path, tmp_path: Path, folder: bool) -> None:
    target = tmp_path / "backups"
    target.mkdir()
    made = back_up(path, target if folder else None, NOW)
    assert made.path == (target if folder else tmp_path) / "archive-20260302T040506Z.db"
    assert made.path.exists()


def test_a_file_that_is_there_is_replaced_only_when_told_so(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(UsageError, match="--force"):
        back_up(path, target, NOW)
    assert target.read_text() == "precious"
    back_up(path, target, NOW, force=True)
    assert len(_titles(target)) == 3
    with pytest.raises(UsageError, match="the archive itself"):
        back_up(path, path, NOW, force=True)


def test_a_backup_beside_a_writer_is_of_one_moment(path: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as writer:
        try:
            assert writer.stdout is not None
            said = [writer.stdout.readline() for _ in range(3)]
            made = [back_up(path, tmp_path / f"{number}.db", NOW) for number in range(3)]
        finally:
            writer.kill()
    assert len(said) == 3
    for one in made:
        # As many articles as there are texts, versions and pages: no transaction was cut in two.
        assert one.rows["article_records"] >= 6
        assert one.rows["article_records"] == one.rows["article_texts"] == one.rows["article_versions"]
        assert check(one.path, sample=None).findings == ()


def test_a_damaged_archive_makes_no_backup(path: Path, tmp_path: Path) -> None:
    _break(path)
    with pytest.raises(ArchiveError, match="damaged"):
        back_up(path, tmp_path / "copy.db", NOW)
    assert _names(tmp_path) == {"archive.db"}


def test_a_folder_that_is_not_there_is_told(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        back_up(path, tmp_path / "nowhere" / "copy.db", NOW)


def test_a_backup_is_put_back_and_what_it_replaces_kept(path: Path, tmp_path: Path) -> None:
    before = _titles(path)
    back_up(path, tmp_path / "copy.db", NOW)
    with Archive(path) as archive:
        store(archive, make_article("https://news.example/after"))
        archive.delete(["https://news.example/1"], now=NOW)

    done = restore(path, tmp_path / "copy.db", NOW)

    assert _titles(path) == before
    assert (done.articles, done.replaced) == (3, tmp_path / "archive.db.replaced-20260302T040506Z")
    assert _titles(done.replaced) == sorted({*before, "https://news.example/after"} - {"https://news.example/1"})
    assert _names(tmp_path) == {"archive.db", "copy.db", done.replaced.name}
    with Archive(path) as archive:
        store(archive, make_article("https://news.example/later"))
    assert check(path, sample=None).findings == ()


def test_what_only_the_wal_file_had_is_kept_with_what_is_replaced(path: Path, tmp_path: Path) -> None:
    """A run that was killed leaves its last transactions there."""
    back_up(path, tmp_path / "copy.db", NOW)
    script = (
        "import os, sys; from pathlib import Path; from scraper.archiver.archive import Archive;"
        "from tests.archiver.builders import make_article, store;"
        "store(Archive(Path(sys.argv[1])), make_article('https://news.example/in-the-wal')); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], cwd=ROOT, check=False).returncode == 9
    assert path.with_name("archive.db-wal").stat().st_size > 0

    done = restore(path, tmp_path / "copy.db", NOW)

    assert done.replaced is not None
    assert len(_titles(path)) == 3
    assert "https://news.example/in-the-wal" in _titles(done.replaced)


def test_where_there_is_no_archive_the_backup_becomes_it(path: Path, tmp_path: Path) -> None:
    done = restore(tmp_path / "new.db", path, NOW)
    assert done.replaced is None
    assert _titles(tmp_path / "new.db") == _titles(path)


def _text(path: Path) -> None:
    path.write_text("no database " * 20)


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
        connection.commit()


def _break(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    whole = bytearray(path.read_bytes())
    half = len(whole) // 2 // 4096 * 4096
    whole[half : half + 8192] = b"\xa5" * 8192
    path.write_bytes(whole)


def _remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("spoil", [_text, _foreign, _break, _remove])
def test_what_is_no_whole_archive_is_not_put_back(path: Path, tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    backup = back_up(path, tmp_path / "copy.db", NOW).path
    spoil(backup)
    before = path.read_bytes()
    with pytest.raises(UsageError if spoil is _remove else ArchiveError):
        restore(path, backup, NOW)
    assert path.read_bytes() == before
    assert _names(tmp_path) - {"copy.db"} == {"archive.db"}


def test_nothing_is_put_back_beside_a_run(path: Path, tmp_path: Path) -> None:
    back_up(path, tmp_path / "copy.db", NOW)
    with run_lock(path), pytest.raises(RunLockedError):
        restore(path, tmp_path / "copy.db", NOW)
    with pytest.raises(UsageError, match="the archive itself"):
        restore(path, path, NOW)
