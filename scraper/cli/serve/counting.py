"""Datasette's database, whose counts have little time: a list is shown at once, its length where that is soon known.

Datasette counts what it lists before it shows the page, for as long as any query may take: 20 seconds for ten million
links, of which the page shows fifty.
"""

from typing import Any

from datasette.database import Database

_COUNT = "select count(*) from "
_LIMIT_MS = 500


class QuickDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """A database of which no page waits for a count."""

    async def execute(self, sql: str, params: Any = None, truncate: bool = False, **options: Any) -> Any:
        """As Datasette's; what a person typed is cut to a number of rows (`truncate`) and has its whole time."""
        if sql.startswith(_COUNT) and not truncate and options.get("custom_time_limit") is None:
            options["custom_time_limit"] = _LIMIT_MS
        return await super().execute(sql, params, truncate, **options)
