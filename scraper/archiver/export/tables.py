"""Rows as CSV or JSON Lines, in constant memory. Knows where rows come from as little as where they go."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from scraper.archiver.store.database import Table, Value

# Spreadsheets take a cell that begins like this for a formula and run it
# (OWASP, "CSV Injection"; the last four are the full-width forms of the first four).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(table: Table, out: TextIO, *, raw: bool = False) -> int:
    """Write `table` as CSV (RFC 4180) with a line of column names; how many rows there were.

    Text that a spreadsheet would take for a formula gets a ``'`` in front, unless `raw`.
    """
    writer = csv.writer(out)
    writer.writerow(table.columns)
    count = 0
    for row in table.rows:
        writer.writerow(row if raw else [_harmless(value) for value in row])
        count += 1
    return count


def write_json_lines(documents: Iterable[object], out: TextIO) -> int:
    """Write each document as JSON on a line of its own (https://jsonlines.org); how many there were."""
    count = 0
    for document in documents:
        out.write(json.dumps(document, ensure_ascii=False, default=_readable) + "\n")
        count += 1
    return count


def as_documents(table: Table) -> Iterator[dict[str, Value]]:
    """Each row under the names of its columns."""
    return (dict(zip(table.columns, row, strict=True)) for row in table.rows)


def _harmless(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _readable(value: object) -> str:
    """Bytes, the one value of SQLite that JSON has no form for, in hexadecimal, as SQLite itself shows them."""
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(type(value).__name__)
