"""A page waits for no count that has no end."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("datasette")

from datasette.app import Datasette
from datasette.database import QueryInterrupted

from scraper.cli.serve.counting import QuickDatabase

ENDLESS = "CREATE VIEW endless AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"


def test_a_count_is_broken_off_and_the_rows_are_there(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(ENDLESS)

    async def ask() -> tuple[int, list[int]]:
        served = Datasette(settings={"sql_time_limit_ms": 3_600_000})
        database = QuickDatabase(served, path=str(path), is_mutable=True)
        served.add_database(database, name="archive")
        with closing(database):
            with pytest.raises(QueryInterrupted):
                await database.execute("select count(*) from endless")
            counted = await database.execute("select count(*) from (select i from endless limit 3)")
            rows = await database.execute("select i from endless limit 2", truncate=True)
        return counted.rows[0][0], [row["i"] for row in rows.rows]

    assert asyncio.run(ask()) == (3, [1, 2])


def test_few_rows_are_counted_and_many_are_many(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as connection:
        for name, rows in (("few", 7), ("none", 0), ("many", 20_000)):
            connection.execute(f"CREATE TABLE {name} (i)")
            connection.executemany(f"INSERT INTO {name} VALUES (?)", [(i,) for i in range(rows)])
        connection.commit()

    async def ask() -> dict[str, int | None]:
        served = Datasette()
        database = QuickDatabase(served, path=str(path), is_mutable=True)
        served.add_database(database, name="archive")
        with closing(database):
            return await database.table_counts(10_000)

    assert asyncio.run(ask()) == {"few": 7, "none": 0, "many": None}
