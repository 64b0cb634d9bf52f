"""Ids of what many articles share (URLs, names), remembered while one transaction lasts."""

from collections.abc import Iterable

from scraper.archiver.store.database import Database

# The pages of one batch name the same authors, tags and sidebars; a batch without end must not fill the memory.
_MOST_KNOWN = 65_536
# A statement for each number of values: sqlite3 keeps the last 128 prepared.
_AT_ONCE = 24


class KnownIds:
    """The ids of the values in one column of one table; values not there yet are put there.

    Remembered for one transaction only: after it another program may delete rows, whose ids SQLite gives to others.
    """

    def __init__(self, database: Database, table: str, column: str) -> None:
        self._database = database
        self._find = f"SELECT {column}, id FROM {table} WHERE {column} IN (%s)"
        self._add = f"INSERT INTO {table} ({column}) VALUES (%s) RETURNING {column}, id"
        self._known: dict[str, int] = {}
        self._known_since = -1

    def of(self, values: Iterable[str]) -> dict[str, int]:
        """The ids of `values`, and of others met before."""
        if self._known_since != self._database.known_since or len(self._known) > _MOST_KNOWN:
            self._known.clear()
            self._known_since = self._database.known_since
        known = self._known
        missing = [value for value in dict.fromkeys(values) if value not in known]
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            known.update(map(tuple, self._database.all(self._find % ", ".join("?" * len(some)), some)))
            if new := [value for value in some if value not in known]:
                known.update(map(tuple, self._database.all(self._add % "), (".join("?" * len(new)), new)))
        return known
