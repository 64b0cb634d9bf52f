"""`scraper export` as it is typed: what it writes, where, and what it says when it cannot."""

import csv
import io
import json
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.crawler.feeds.parsing import parse_feed
from tests.archiver.builders import make_article, make_page, stamp, store
from tests.conftest import Workplace


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """Three stories of two sites, only to be read."""
    place = Workplace(tmp_path_factory.mktemp("filled"))
    with Archive(place.archive) as archive:
        store(archive, make_article(title="=SUM(1)", body_html="<p>Tugs <b>worked</b>.</p>"))
        store(
            archive,
            make_article(
                "https://news.example/tide",
                title="Tide tables",
                published=stamp("2026-02-01T08:00:00+00:00"),
                body="Ebb.",
            ),
        )
        store(archive, make_article("https://other.example/a", title="Elsewhere", body="Other words.", published=None))
    return place


def _rows(output: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output.decode(), newline="")))


def test_csv_has_a_row_for_each_article_latest_first(filled: Workplace) -> None:
    rows = _rows(filled.run("export", "csv", "--columns", "title,authors").stdout)
    assert rows == [
        {"title": "'=SUM(1)", "authors": "Ada Example"},
        {"title": "Tide tables", "authors": "Ada Example"},
        {"title": "Elsewhere", "authors": "Ada Example"},
    ]


def test_a_selection_and_raw_cells(filled: Workplace) -> None:
    rows = _rows(filled.run("export", "csv", "--site", "www.news.example", "--since", "2026-02-02", "--raw").stdout)
    assert [row["title"] for row in rows] == ["=SUM(1)"]


def test_the_rows_of_any_query(filled: Workplace) -> None:
    query = "SELECT site, count(*) AS articles FROM articles GROUP BY site ORDER BY site"
    lines = filled.run("export", "jsonl", "--sql", query).stdout.splitlines()
    assert [json.loads(line) for line in lines] == [
        {"site": "news.example", "articles": 2},
        {"site": "other.example", "articles": 1},
    ]


def test_json_lines_hold_whole_records(filled: Workplace) -> None:
    (record,) = [
        json.loads(line) for line in filled.run("export", "jsonl", "--site", "other.example").stdout.splitlines()
    ]
    assert (record["title"], record["body"], record["published"]) == ("Elsewhere", "Other words.", None)


def test_a_file_appears_whole(filled: Workplace, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    done = filled.run("export", "csv", "--bom", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, b"")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfid,url,")
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_of_months(filled: Workplace, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert filled.run("export", "parquet", "--output", str(tmp_path / "out")).returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "month=2026-02",
        "month=2026-03",
        "month=unknown",
    ]


@pytest.mark.parametrize("form", ["rss", "atom", "jsonfeed"])
def test_a_feed_of_a_selection(filled: Workplace, form: str) -> None:
    done = filled.run("export", form, "--words", "tugs OR ebb", "--title", "Tugs & tides")
    feed = parse_feed(make_page("https://me.example/feed", body=done.stdout), max_entries=10)
    assert feed.title == "Tugs & tides"
    assert {entry.url for entry in feed.entries} == {"https://news.example/harbour", "https://news.example/tide"}


def test_one_article_goes_to_the_terminal_several_into_a_folder(filled: Workplace, tmp_path: Path) -> None:
    one = filled.run("export", "markdown", "https://news.example/tide").stdout.decode()
    assert one.startswith('---\ntitle: "Tide tables"\n')
    assert "\n# Tide tables\n" in one
    filled.run("export", "html", "--output", str(tmp_path / "pages"))
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == [
        "2026-02-01-tide-tables-2.html",
        "2026-03-01-sum-1-1.html",
        "undated-elsewhere-3.html",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("csv", "--columns", "titel"), "Articles have no column 'titel'; did you mean 'title'?"),
        (("csv", "--sql", "SELECT nope"), "SQLite does not take the query: no such column: nope"),
        (("csv", "--sql", "DELETE FROM feeds"), "SQLite does not take the query"),
        (("csv", "--sql", "SELECT 1", "--limit", "3"), "--sql selects by itself"),
        (("csv", "--sql", "@missing.sql"), "missing.sql cannot be read"),
        (("csv", "--output", "missing/out.csv"), "missing/out.csv cannot be written: No such file or directory."),
        (
            ("parquet", "--output", "missing/out.parquet"),
            "missing/out.parquet cannot be written: No such file or directory.",
        ),
        (("parquet", "--output", "/proc/months"), "/proc/months cannot be written: No such file or directory."),
        (("markdown", "--output", "/proc/texts"), "/proc/texts cannot be written: No such file or directory."),
        (("parquet", "--output", "months", "--sql", "SELECT 1"), "Name a .parquet file."),
        (("html",), "Several articles need a folder: --output FOLDER"),
        (("html", "1", "--site", "news.example"), "Name articles or select them, not both."),
        (("markdown", "999"), "The archive has no article 999."),
    ],
)
def test_a_mistake_is_told_in_a_line(filled: Workplace, arguments: tuple[str, ...], told: str) -> None:
    done = filled.run("export", *arguments)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert done.stdout == b""
