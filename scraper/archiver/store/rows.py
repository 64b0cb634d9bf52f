"""Adds rows to tables, and changes them. Knows names of tables and columns, not what they mean.

sqlite3 asks each value that is no str, int, float or bytes whether it can adapt itself, None too: 0.2 µs and more, and
an article with ten links has 119 of them. So of new rows what is None is left out, and is what its column says it is
then: NULL.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from scraper.archiver.store.database import Database, Value

# To begin and end a statement, with all its cursors, takes as long as three rows. Few numbers, so that each has a
# statement that is kept: ten rows are eight and two.
_AT_ONCE = (32, 8, 4, 2, 1)


def add(database: Database, table: str, row: Mapping[str, Value]) -> int:
    """Add one row; its id."""
    known = {name: value for name, value in row.items() if value is not None}
    return database.insert(_insert(table, tuple(known)), tuple(known.values()))


def change(database: Database, table: str, row: Mapping[str, Value], *, where: Mapping[str, Value]) -> None:
    """Set these columns of the rows that have the values in `where`."""
    settings = ", ".join(f"{name} = ?" for name in row)
    conditions = " AND ".join(f"{name} = ?" for name in where)
    database.execute(f"UPDATE {table} SET {settings} WHERE {conditions}", (*row.values(), *where.values()))


def add_many(database: Database, table: str, columns: Sequence[str], rows: Sequence[tuple[Value, ...]]) -> None:
    """Add rows with these columns, two of which are never NULL; those that no row has a value for are left out."""
    if not rows:
        return
    known = [place for place, values in enumerate(zip(*rows, strict=True)) if _any_known(values)]
    if len(known) < len(columns):
        pick = itemgetter(*known)
        columns, rows = pick(columns), list(map(pick, rows))
    start = 0
    while start < len(rows):
        count = next(count for count in _AT_ONCE if count <= len(rows) - start)
        database.execute(_insert(table, tuple(columns), count), tuple(chain(*rows[start : start + count])))
        start += count


def _any_known(values: tuple[Value, ...]) -> bool:
    return values[0] is not None or values.count(None) < len(values)


# A few shapes of each of a dozen tables.
@lru_cache(maxsize=1_024)
def _insert(table: str, columns: tuple[str, ...], count: int = 1) -> str:
    marks = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * count)}"
