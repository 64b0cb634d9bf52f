"""CSV that spreadsheets do not run, JSON Lines that any program reads back."""

import csv
import io
import json
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from scraper.archiver.export.tables import as_documents, write_csv, write_json_lines
from scraper.archiver.store.database import Table, Value


def _table(columns: tuple[str, ...], *rows: Sequence[Value]) -> Table:
    return Table(columns, iter(rows))


def _csv(table: Table, *, raw: bool = False) -> str:
    out = io.StringIO(newline="")
    write_csv(table, out, raw=raw)
    return out.getvalue()


def test_csv_begins_with_the_names_even_where_no_row_follows() -> None:
    assert _csv(_table(("id", "title"))) == "id,title\r\n"


def test_quotes_commas_and_line_ends_are_quoted() -> None:
    text = _csv(_table(("title",), ('He said: "No, never"\nand left',)))
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == ['He said: "No, never"\nand left']


def test_text_that_a_spreadsheet_would_run_is_disarmed() -> None:
    rows = _csv(_table(("title", "views"), ('=HYPERLINK("http://evil.example")', -5), ("@SUM(A1)", None)))
    assert [row[0] for row in csv.reader(io.StringIO(rows))][1:] == ['\'=HYPERLINK("http://evil.example")', "'@SUM(A1)"]


def test_a_negative_number_is_no_formula() -> None:
    assert _csv(_table(("views",), (-5,))) == "views\r\n-5\r\n"


@given(st.lists(st.lists(st.text() | st.integers() | st.none(), min_size=2, max_size=2)))
def test_raw_csv_is_read_back_as_it_was(rows: list[list[Value]]) -> None:
    text = _csv(_table(("a", "b"), *rows), raw=True)
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert read == [["" if value is None else str(value) for value in row] for row in rows]


@given(st.lists(st.text(max_size=30)))
def test_no_cell_begins_like_a_formula(texts: list[str]) -> None:
    text = _csv(_table(("a", "b"), *((text, 1) for text in texts)))
    cells = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_json_lines_hold_a_document_each_with_bytes_in_hexadecimal() -> None:
    out = io.StringIO()
    table = _table(("id", "title", "data"), (1, "Größe\u2028", b"\x00\xff"), (2, None, None))
    assert write_json_lines(as_documents(table), out) == 2
    first, second = (json.loads(line) for line in out.getvalue().split("\n")[:-1])
    assert first == {"id": 1, "title": "Größe\u2028", "data": "00ff"}
    assert second == {"id": 2, "title": None, "data": None}
