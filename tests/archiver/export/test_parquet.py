"""Parquet that keeps what SQLite cannot say: times, days and lists with their types."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scraper.archiver.export.parquet import write_monthly_parquet, write_parquet
from scraper.archiver.store.database import Table, Value
from scraper.errors import ArchiveError, MissingExtraError, UsageError

parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")


def _table(columns: tuple[str, ...], *rows: Sequence[Value]) -> Table:
    return Table(columns, iter(rows))


def test_times_days_and_lists_have_their_types(tmp_path: Path) -> None:
    columns = ("id", "published", "published_on", "authors_json", "title")
    row = (7, "2026-03-01T08:00:00Z", "2026-03-01", '["Ada Example", "Ben Muster"]', "Barge")
    assert write_parquet(_table(columns, row, (8, None, None, None, None)), tmp_path / "out.parquet") == 2
    assert parquet.read_table(tmp_path / "out.parquet").to_pylist() == [
        {
            "id": 7,
            "published": datetime(2026, 3, 1, 8, tzinfo=UTC),
            "published_on": date(2026, 3, 1),
            "authors": ["Ada Example", "Ben Muster"],
            "title": "Barge",
        },
        {"id": 8, "published": None, "published_on": None, "authors": None, "title": None},
    ]


def test_other_columns_are_typed_by_what_they_hold(tmp_path: Path) -> None:
    write_parquet(
        _table(("n", "share", "word", "published"), (1, 0.5, "a", "spring"), (2, 1, "b", None)), tmp_path / "o"
    )
    assert [str(field.type) for field in parquet.read_schema(tmp_path / "o")] == ["int64", "double", "string", "string"]


def test_a_column_of_mixed_types_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    rows = [(1,)] * 1_000 + [("many",)]
    with pytest.raises(UsageError, match="Column n does not hold values of one type"):
        write_parquet(_table(("n",), *rows), tmp_path / "out.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_list_keeps_its_full_name_beside_a_column_of_the_short_one(tmp_path: Path) -> None:
    write_parquet(_table(("tags", "tags_json"), ("a, b", '["a", "b"]')), tmp_path / "o")
    assert parquet.read_table(tmp_path / "o").to_pylist() == [{"tags": "a, b", "tags_json": ["a", "b"]}]


def test_months_become_folders_that_are_read_as_one_table(tmp_path: Path) -> None:
    dataset = pytest.importorskip("pyarrow.dataset")
    rows = [(3, "2026-03-01T08:00:00Z"), (2, "2026-02-27T08:00:00Z"), (1, "2026-02-01T08:00:00Z"), (4, None)]
    assert write_monthly_parquet(_table(("id", "published"), *rows), tmp_path) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["month=2026-02", "month=2026-03", "month=unknown"]
    read = dataset.dataset(tmp_path, partitioning="hive").to_table().to_pylist()
    assert {row["id"]: row["month"] for row in read} == {3: "2026-03", 2: "2026-02", 1: "2026-02", 4: "unknown"}


def test_no_folder_is_made_for_what_is_no_month(tmp_path: Path) -> None:
    rows = _table(("id", "published"), (1, "/../../up"))
    with pytest.raises(ArchiveError, match="no time"):
        write_monthly_parquet(rows, tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'scraper\[parquet\]'"):
        write_parquet(_table(("id",)), tmp_path / "out.parquet")
