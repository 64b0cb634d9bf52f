"""Rows as Parquet, typed and compressed, one file or one a month. The only door to pyarrow, which is an extra."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from itertools import groupby, islice
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from scraper.archiver.store.database import Table, Value
from scraper.errors import ArchiveError, MissingExtraError, UsageError
from scraper.whole_files import whole_file

ROWS_PER_GROUP = 20_000
"""Rows held in memory and written at a time; with the texts of articles some 100 MB."""

_SAMPLE_ROWS = 1_000

# Columns of the archive's views that hold more than their SQLite type tells.
_TIMES = frozenset("published modified first_seen_at changed_at seen_at fetched_at last_seen_at failed_at".split())
_DAYS = frozenset(("published_on",))
_NUMBERS = frozenset(
    "id article_id page_id version version_count word_count comment_count view_count paywalled "
    "published_offset_minutes modified_offset_minutes".split()
)
_LIST_ENDING = "_json"
_NO_MONTH = "unknown"
_MONTH = re.compile(r"\d{4}-\d\d-", re.ASCII)


class _Column(NamedTuple):
    """One column: its name in the file, its Arrow type, and how a value of SQLite becomes one of that type."""

    name: str
    type: Any
    read: Callable[[Any], Any]


def write_parquet(table: Table, path: Path) -> int:
    """Write `table` as one Parquet file at `path`; how many rows there were.

    Times become timestamps in UTC, days dates, and columns with JSON arrays of text (``authors_json``) lists under
    the name without the ending. Raises MissingExtraError without pyarrow, UsageError where a column mixes types.
    """
    arrow = _pyarrow()
    rows = iter(table.rows)
    first = list(islice(rows, _SAMPLE_ROWS))
    return _write(arrow, path, _columns(arrow, table.columns, first), _groups(first, rows))


def write_monthly_parquet(table: Table, folder: Path) -> int:
    """Write `table`, whose rows come in the order of `published`, as ``month=2026-11/articles.parquet`` and so on.

    That is the layout which DuckDB, pandas, Spark and Dask read as one table with a column `month` (Hive partitions).
    """
    arrow = _pyarrow()
    place = table.columns.index("published")
    columns = _columns(arrow, table.columns, [])
    count = 0
    for month, rows in groupby(table.rows, key=lambda row: _month(row[place])):
        target = folder / f"month={month}" / "articles.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        count += _write(arrow, target, columns, _groups([], rows))
    return count


def _pyarrow() -> ModuleType:
    """pyarrow, loaded when it is needed: it is an extra, and slow to load."""
    try:
        import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'scraper[parquet]'") from error
    return import_module("pyarrow")


def _month(value: Value) -> str:
    """The name of a folder: what comes from an archive of strangers must be a month before it is one."""
    if not isinstance(value, str):
        return _NO_MONTH
    if not _MONTH.match(value):
        raise ArchiveError(f"An article came out at {value[:50]!r}, which is no time; see `scraper db check`.")
    return value[:7]


def _groups(first: list[Sequence[Value]], rest: Iterator[Sequence[Value]]) -> Iterator[list[Sequence[Value]]]:
    group = first + list(islice(rest, ROWS_PER_GROUP - len(first)))
    while group:
        yield group
        group = list(islice(rest, ROWS_PER_GROUP))


def _write(arrow: ModuleType, path: Path, columns: Sequence[_Column], groups: Iterator[list[Sequence[Value]]]) -> int:
    schema = arrow.schema([(column.name, column.type) for column in columns])
    count = 0
    with whole_file(path) as draft, arrow.parquet.ParquetWriter(draft, schema, compression="zstd") as writer:
        for group in groups:
            arrays = [
                _array(arrow, column, values) for column, values in zip(columns, zip(*group, strict=True), strict=True)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            count += len(group)
    return count


def _array(arrow: ModuleType, column: _Column, values: Sequence[Value]) -> Any:
    try:
        return arrow.array([None if value is None else column.read(value) for value in values], type=column.type)
    except (arrow.ArrowInvalid, arrow.ArrowTypeError, TypeError, ValueError) as error:
        raise UsageError(
            f"Column {column.name} does not hold values of one type ({error}). CAST it in the query, or export CSV."
        ) from error


def _columns(arrow: ModuleType, names: Sequence[str], sample: Sequence[Sequence[Value]]) -> list[_Column]:
    return [_column(arrow, name, names, [row[place] for row in sample]) for place, name in enumerate(names)]


def _column(arrow: ModuleType, name: str, names: Sequence[str], sample: Sequence[Value]) -> _Column:
    """A column typed by its name, where that is one of the archive's and no value speaks against it, else by values."""
    types = {
        "time": arrow.timestamp("s", tz="UTC"),
        "day": arrow.date32(),
        "list": arrow.list_(arrow.string()),
        "number": arrow.int64(),
    }
    kind = _kind(name)
    if kind is not None and _fits(_READERS[kind], sample):
        short = name.removesuffix(_LIST_ENDING) if kind == "list" else name
        return _Column(name if kind == "list" and short in names else short, types[kind], _READERS[kind])
    return _Column(name, _found_type(arrow, sample), _same)


def _kind(name: str) -> str | None:
    if name.endswith(_LIST_ENDING):
        return "list"
    kinds = {"time": _TIMES, "day": _DAYS, "number": _NUMBERS}
    return next((kind for kind, known in kinds.items() if name in known), None)


def _fits(read: Callable[[Any], Any], sample: Sequence[Value]) -> bool:
    try:
        for value in sample:
            if value is not None:
                read(value)
    except (TypeError, ValueError):
        return False
    return True


def _found_type(arrow: ModuleType, values: Sequence[Value]) -> Any:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return arrow.int64()
    if kinds and kinds <= {int, float}:
        return arrow.float64()
    return arrow.binary() if kinds == {bytes} else arrow.string()


def _same(value: Any) -> Any:
    return value


def _day(value: str) -> Any:
    return datetime.fromisoformat(value).date()


def _whole_number(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value


def _texts(value: str) -> list[str]:
    found = json.loads(value)
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ValueError(f"{value[:40]!r} is no JSON array of texts")
    return found


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "time": datetime.fromisoformat,
    "day": _day,
    "list": _texts,
    "number": _whole_number,
}
