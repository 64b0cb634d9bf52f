"""Datasette's database, whose counts have little time: a list is shown at once, its length where that is soon known.

Datasette counts what it lists before it shows the page, for as long as any query may take, and SQLite heeds no limit
while it counts a whole table: at a million articles the page with the list of tables took 45 seconds, most of them to
walk through the texts.
"""

import sqlite3
from typing import Any

from datasette.database import Database, QueryInterrupted

_COUNT = "select count(*) from "
_LIMIT_MS = 500
_MOST_COUNTED = 10_000


class QuickDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """A database of which no page waits for a count."""

    async def execute(self, sql: str, params: Any = None, truncate: bool = False, **options: Any) -> Any:
        """As Datasette's; what a person typed is cut to a number of rows (`truncate`) and is left as it is."""
        if sql.startswith(_COUNT) and not truncate:
            # Row by row, for between two rows SQLite looks at the clock. And nothing is joined that adds no row.
            sql = f"{_COUNT}(select 1 from {sql.removeprefix(_COUNT)} limit -1)"  # noqa: S608 - of Datasette's own making
            options.setdefault("custom_time_limit", _LIMIT_MS)
        return await super().execute(sql, params, truncate, **options)

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """How many rows each table has; None, which is shown as "Many rows", where that takes more than `limit` ms."""
        return {name: await self._count(name, limit) for name in await self.table_names()}

    async def _count(self, table: str, limit_ms: int) -> int | None:
        sql = f"select count(*) from (select 1 from [{table}] limit {_MOST_COUNTED + 1})"  # noqa: S608
        try:
            found = await self.execute(sql, truncate=True, custom_time_limit=limit_ms)
        except (QueryInterrupted, sqlite3.DatabaseError):
            # As Datasette does: a table of another program may need a module that is not there.
            return None
        count: int = found.rows[0][0]
        return count if count <= _MOST_COUNTED else None
