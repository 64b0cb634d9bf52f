"""Ids of what many articles share (URLs, names), remembered while one transaction lasts."""

from collections.abc import Iterable

from scraper.archiver.store.database import Database

# The pages of one batch name the same authors, tags and sidebars; a batch without end must not fill the memory.
_MOST_KNOWN = 65_536


class KnownIds:
    """The ids of the values in one column of one table; values not there yet are put there.

    Remembered for one transaction only: after it another program may delete rows, whose ids SQLite gives to others.
    """

    def __init__(self, database: Database, table: str, column: str) -> None:
        self._database = database
        self._find = f"SELECT id FROM {table} WHERE {column} = ?"
        self._add = f"INSERT INTO {table} ({column}) VALUES (?)"
        self._known: dict[str, int] = {}
        self._known_since = -1

    def of(self, values: Iterable[str]) -> dict[str, int]:
        """The ids of `values`, and of others met before."""
        if self._known_since != self._database.known_since or len(self._known) > _MOST_KNOWN:
            self._known.clear()
            self._known_since = self._database.known_since
        known = self._known
        for value in values:
            if value not in known:
                # One by one: IN and RETURNING make tables of their own each time, which takes longer.
                found = self._database.number(self._find, (value,))
                known[value] = self._database.insert(self._add, (value,)) if found is None else found
        return known
