"""The schema as a page for people, written from the database itself: every view and table with its own comments."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scraper.archiver.store.database import Database
from scraper.archiver.store.migrations import LATEST
from scraper.archiver.store.opening import APPLICATION_ID, make_current, open_archive

_HEAD = f"""# The schema of an archive

An archive is one SQLite file (`PRAGMA application_id` is {APPLICATION_ID}, `PRAGMA user_version` {LATEST}). **The views
are the contract**: their columns keep name and meaning between releases. Tables may move.

Times are UTC text such as `2026-11-22T12:00:00Z`, so that text order is time order; what the archive itself did ends
in `_at`. Sizes end in `_bytes`, spans in `_seconds`. `NULL` means unknown, never "none". Columns with JSON say so.

Full-text search from plain SQL:

```sql
SELECT title, published FROM articles
WHERE id IN (SELECT rowid FROM article_search WHERE article_search MATCH 'mueller')
ORDER BY published DESC LIMIT 20;
```
"""

# What FTS5, the migrations and the triggers of the sums keep for themselves.
_INTERNAL = re.compile(r"sqlite_|_sqlite_|article_search_(data|idx|docsize|config|words)$|tally_(?!backlog)")
_VIEW_COLUMN = re.compile(r"(?:\bAS |\.)?(\w+),?\s*--\s*(.*)$")
_TABLE_COLUMN = re.compile(r"^\s+(\w+) .*?(?:--\s*(.*))?$")


@dataclass(frozen=True, slots=True)
class Thing:
    """A table or view, as its own SQL describes it: a meaning for each of its columns that has a comment."""

    name: str
    about: str
    columns: Mapping[str, str]


def things(archive: Path) -> tuple[Thing, ...]:
    """Every view, then every table of the archive at that path. Raises ArchiveError where there is none."""
    with open_archive(archive, read_only=True) as database:
        return (*_things(database, "view"), *_things(database, "table"))


def describe() -> str:
    """The schema of an archive just made, as Markdown with a Mermaid diagram."""
    with Database(Path(":memory:")) as database:
        make_current(database)
        views, tables = list(_things(database, "view")), list(_things(database, "table"))
        parts = [_HEAD, "## Views\n"]
        parts += [_section(database, view) for view in views]
        parts += ["## Tables\n"]
        parts += [_section(database, table) for table in tables]
        parts += ["## How the tables hang together\n", _diagram(database, [table.name for table in tables])]
        return "\n".join(parts)


def _things(database: Database, kind: str) -> Iterator[Thing]:
    rows = database.all("SELECT name, sql FROM sqlite_master WHERE type = ? ORDER BY rowid", (kind,))
    for row in rows:
        if not _INTERNAL.match(row["name"]):
            about, columns = _comments(row["sql"], _VIEW_COLUMN if kind == "view" else _TABLE_COLUMN)
            yield Thing(row["name"], about, columns)


def _comments(sql: str, column: re.Pattern[str]) -> tuple[str, dict[str, str]]:
    """The comment lines under the name, and the comment behind each column."""
    about: list[str] = []
    columns: dict[str, str] = {}
    for line in sql.splitlines()[1:]:
        if line.strip().startswith("--") and not columns:
            about.append(line.strip().removeprefix("--").strip())
        elif (match := column.search(line)) and match[2]:
            columns[match[1]] = match[2]
    return " ".join(about), columns


def _section(database: Database, thing: Thing) -> str:
    keys = {
        row["from"]: f"[{row['table']}](#{row['table']})"
        for row in database.all("SELECT * FROM pragma_foreign_key_list(?)", (thing.name,))
    }
    lines = [f"### {thing.name}\n", f"{thing.about}\n", "| column | type | meaning |", "| --- | --- | --- |"]
    for row in database.all("SELECT name, type FROM pragma_table_info(?)", (thing.name,)):
        name = row["name"]
        points_to = f"→ {keys[name]}" if name in keys else ""
        text = " ".join(part for part in (points_to, thing.columns.get(name, "")) if part)
        lines.append(f"| `{name}` | {row['type'].lower()} | {text} |")
    return "\n".join([*lines, ""])


def _diagram(database: Database, tables: list[str]) -> str:
    """The keys of the tables and what they point to (Mermaid, entity relationship diagram)."""
    lines = ["```mermaid", "erDiagram"]
    for table in tables:
        if keys := list(_keys(database, table)):
            lines += [f"  {table} {{", *keys, "  }"]
        for row in database.all("SELECT * FROM pragma_foreign_key_list(?) ORDER BY id DESC", (table,)):
            one_to_one = database.number(
                "SELECT pk AND (SELECT count(*) FROM pragma_table_info(?1) WHERE pk) = 1"
                " FROM pragma_table_info(?1) WHERE name = ?2",
                (table, row["from"]),
            )
            lines.append(f"  {row['table']} ||--{'o|' if one_to_one else 'o{'} {table} : {row['from']}")
    return "\n".join([*lines, "```", ""])


def _keys(database: Database, table: str) -> Iterator[str]:
    """The columns by which rows are told apart or point elsewhere, with their type."""
    foreign = {row["from"] for row in database.all("SELECT * FROM pragma_foreign_key_list(?)", (table,))}
    unique = database.all(
        "SELECT columns.name FROM pragma_index_list(?) AS indexes, pragma_index_info(indexes.name) AS columns"
        " WHERE indexes.origin = 'u' GROUP BY indexes.name HAVING count(*) = 1",
        (table,),
    )
    alone = {row["name"] for row in unique}
    for row in database.all("SELECT name, type, pk FROM pragma_table_info(?)", (table,)):
        name = row["name"]
        marks = [mark for mark, holds in (("PK", row["pk"]), ("FK", name in foreign), ("UK", name in alone)) if holds]
        if marks:
            yield f"    {row['type'].lower()} {name} {', '.join(marks)}"
