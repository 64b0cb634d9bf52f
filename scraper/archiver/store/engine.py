"""What SQLite an archive needs. Looks at the library that this Python was built with, and at no file."""

import sqlite3
from contextlib import closing

from scraper.errors import ArchiveError

# STRICT tables came with 3.37.0 (https://sqlite.org/stricttables.html); nothing newer is used. Seen to work: 3.37.2,
# 3.38.5, 3.39.1, 3.40.1, 3.46.1.
_LEAST = (3, 37, 0)
_MODULES = ("fts5",)
_CURE = "take a Python that was built with another one, such as python.org's"


def require_sqlite(least: tuple[int, int, int] = _LEAST, modules: tuple[str, ...] = _MODULES) -> None:
    """Raise ArchiveError where SQLite is older than `least` or was built without one of `modules`."""
    has = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < least:
        raise ArchiveError(f"SQLite {'.'.join(map(str, least))} or newer is needed, this Python has {has}; {_CURE}")
    with closing(sqlite3.connect(":memory:")) as connection:
        there = {name for (name,) in connection.execute("PRAGMA module_list")}
    for module in modules:
        if module not in there:
            raise ArchiveError(f"SQLite with {module.upper()} is needed, this Python's {has} is without; {_CURE}")
