"""An SQLite that cannot hold an archive is refused in a line that says what to do."""

import sqlite3

import pytest

from scraper.archiver.store.engine import require_sqlite
from scraper.errors import ArchiveError


def test_this_one_will_do() -> None:
    require_sqlite()


def test_one_too_old_is_refused() -> None:
    with pytest.raises(ArchiveError, match=rf"SQLite 99\.1\.2 or newer .* has {sqlite3.sqlite_version}; take a Python"):
        require_sqlite((99, 1, 2))


def test_one_without_a_module_is_refused() -> None:
    with pytest.raises(ArchiveError, match=r"SQLite with FTS99 is needed, .* is without; take a Python"):
        require_sqlite(modules=("fts5", "fts99"))
