"""The page of queries with what they bring from the fixture newspaper's archive, and checks of nothing else."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from fixtures.archive import make
from scraper.archiver.archive import Archive
from scraper.archiver.cookbook.recipe import Recipe, recipes

MOST_ROWS = 5
_MOST_CHARS = 60

_HEAD = """# Query the archive

An archive is one SQLite file, made to be asked. Here are {count} questions with their SQL and with what they bring
from the archive of the little newspaper in `fixtures/` ({articles} articles; at most {rows} rows are shown).

Every query runs as it stands: paste it into `sqlite3 archive.db`, give it to `scraper export --sql`, or find it under
its title in `scraper serve` and, with a picture, in `scraper report`. They use the [views](../reference/schema.md),
which keep their names and meanings between releases. Where a query says `:since`, `''` sets no limit; in the sqlite3
shell write `.parameter set :since 2026-11-01` first, or put a value in its place.

Each answers in well under a second of a million articles. Where that takes sums, they are kept while articles are
stored; where no sum would be smaller than what it sums up, a query says `:latest` and asks of so many articles, the
last of those that fulfil its other conditions. A larger number asks of more, and takes as much longer.

In Python:

```python
from scraper import Archive
from scraper.archiver.cookbook.recipe import recipe

most_viewed = recipe("most-viewed")
with Archive("archive.db", read_only=True) as archive:
    for row in archive.query(most_viewed.sql, most_viewed.values({{"site": "example.org"}})):
        print(row["view_count"], row["title"])
```

With pandas, DuckDB and sqlite-utils: [analyse the archive elsewhere](analyse-elsewhere.md).
"""


def cookbook() -> str:
    """The whole page. Makes the fixture archive, which takes some seconds."""
    with tempfile.TemporaryDirectory() as folder, Archive(make(Path(folder) / "archive.db"), read_only=True) as archive:
        (counted,) = archive.query("SELECT count(*) AS articles FROM articles")
        head = _HEAD.format(count=len(recipes()), rows=MOST_ROWS, articles=counted["articles"])
        listed = "\n".join(f"- [{recipe.title}](#{_anchor(recipe.title)})" for recipe in recipes())
        return "\n".join([head, f"## Questions\n\n{listed}\n", *(_section(archive, recipe) for recipe in recipes())])


def _section(archive: Archive, recipe: Recipe) -> str:
    rows = list(archive.query(recipe.sql, recipe.values()))
    values = ", ".join(f"`:{each.name}` = `'{each.default}'` ({each.meaning})" for each in recipe.parameters)
    parts = [f"## {recipe.title}\n", f"{recipe.about}\n"]
    parts += [f"With {values}.\n"] if values else []
    parts += [f"```sql\n{recipe.sql};\n```\n"]
    parts += ["\n".join(_table(rows[:MOST_ROWS])) + "\n"] if rows else ["*Nothing of the kind in this archive.*\n"]
    if len(rows) > MOST_ROWS:
        parts.append(f"*{MOST_ROWS} of {len(rows)} rows.*\n")
    return "\n".join(parts)


def _table(rows: list[dict[str, object]]) -> Iterator[str]:
    yield _line(dict(zip(rows[0], rows[0], strict=True)))
    yield "|" + " --- |" * len(rows[0])
    yield from map(_line, rows)


def _line(row: Mapping[str, object]) -> str:
    return "| " + " | ".join(_cell(value) for value in row.values()) + " |"


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = text if len(text) <= _MOST_CHARS else f"{text[: _MOST_CHARS - 1]}…"
    for special in "\\|*_[]<`":
        text = text.replace(special, f"\\{special}")
    return text


def _anchor(title: str) -> str:
    """As GitHub makes anchors of headings."""
    return "".join(char for char in title.lower().replace(" ", "-") if char.isalnum() or char in "-_")
