"""Archives asked and changed behind the program's back, with nothing but SQLite."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a query finds in the archive."""
    with closing(sqlite3.connect(archive)) as connection:
        return connection.execute(sql).fetchall()


def change(archive: Path, sql: str) -> int:
    """Run a statement that writes; how many rows it changed."""
    with closing(sqlite3.connect(archive)) as connection, connection:
        return connection.execute(sql).rowcount
