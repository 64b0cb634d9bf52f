"""An older archive is copied, then brought up to date; views and triggers are always today's."""

import shutil
import sqlite3
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.store import migrations
from scraper.archiver.store.migrations import LATEST
from scraper.errors import ArchiveError
from tests.archiver.builders import make_article, store


@pytest.fixture
def old_archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        store(archive, make_article())
    return path


@pytest.fixture
def next_release(old_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release with one migration more than that of `old_archive`; the folder of that migration."""
    assert old_archive.exists()
    with as_file(files("scraper.archiver.store") / "schema") as schema:
        shutil.copytree(schema, tmp_path / "schema")
    folder = tmp_path / "schema" / "9999_moods"
    folder.mkdir()
    (folder / "10_moods.sql").write_text(
        "ALTER TABLE article_records ADD COLUMN mood TEXT;\n"
        "CREATE INDEX article_records_mood ON article_records (mood);\n"
    )
    monkeypatch.setattr(migrations, "_SCHEMA", tmp_path / "schema")
    monkeypatch.setattr(migrations, "_STEPS", (*migrations._STEPS, "9999_moods"))
    monkeypatch.setattr("scraper.archiver.store.opening.LATEST", LATEST + 1)
    return folder


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.usefixtures("next_release")
def test_an_older_archive_is_migrated_after_a_backup_and_searches_on(old_archive: Path) -> None:
    backup = old_archive.with_name(f"archive.db.v{LATEST}.backup")
    with Archive(old_archive) as archive:
        assert [hit.title for hit in archive.search("barge")] == ["Barge blocks harbour"]
        store(archive, make_article("https://news.example/2", title="After the migration"))
        assert len(archive.search("migration")) == 1
    assert (_version(old_archive), _version(backup)) == (LATEST + 1, LATEST)


def test_a_migration_that_fails_leaves_the_archive_as_it_was(old_archive: Path, next_release: Path) -> None:
    (next_release / "20_mistake.sql").write_text("ALTER TABLE nowhere ADD COLUMN mood TEXT;")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        Archive(old_archive)
    assert _version(old_archive) == LATEST
    with closing(sqlite3.connect(old_archive)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(article_records)")]
        assert "mood" not in columns
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)


@pytest.mark.usefixtures("next_release")
def test_a_reader_does_not_migrate(old_archive: Path) -> None:
    with pytest.raises(ArchiveError, match=rf"made by an older scraper \(schema {LATEST}, this one has {LATEST + 1}\)"):
        Archive(old_archive, read_only=True)
    assert _version(old_archive) == LATEST


@pytest.mark.usefixtures("next_release")
def test_a_new_archive_needs_no_backup(tmp_path: Path) -> None:
    Archive(tmp_path / "new.db").close()
    assert _version(tmp_path / "new.db") == LATEST + 1
    assert list(tmp_path.glob("*.backup")) == []


def test_migrations_once_released_stay_as_they_are() -> None:
    folders = sorted(entry.name for entry in (files("scraper.archiver.store") / "schema").iterdir() if entry.is_dir())
    assert tuple(folders) == migrations._STEPS
