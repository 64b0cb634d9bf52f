"""db, as people type it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from tests.archiver.builders import make_article, store
from tests.conftest import Workplace


@pytest.fixture
def stocked(workplace: Workplace) -> Workplace:
    workplace.configure("https://news.example/feed")
    with Archive(workplace.archive) as archive:
        for number in range(3):
            store(archive, make_article(f"https://news.example/{number}"))
    return workplace


def _break(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE page_bodies SET data = zeroblob(20) WHERE id = 2")
        connection.commit()


def test_a_check_of_a_whole_archive_says_little(stocked: Workplace) -> None:
    done = stocked.run("db", "check")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"is well: 3 articles, 3 raw pages, 3 texts looked at" in done.stderr


def test_a_check_of_a_damaged_one_says_what_to_do_and_ends_with_4(stocked: Workplace) -> None:
    _break(stocked.archive)
    done = stocked.run("db", "check")
    assert done.returncode == 4
    assert b"damage: raw pages are not what was stored: 1 (body 2)" in done.stdout
    assert b"restore a backup" in done.stdout
    report = json.loads(stocked.run("db", "check", "--json").stdout)
    assert (report["damaged"], [finding["kind"] for finding in report["findings"]]) == (True, ["pages"])


def test_a_damaged_archive_is_restored_from_its_backup(stocked: Workplace) -> None:
    backup = stocked.run("db", "backup", "copy.db")
    assert (backup.returncode, backup.stdout) == (0, b"copy.db\n")
    _break(stocked.archive)
    assert stocked.run("db", "restore", "copy.db").returncode == 2

    assert stocked.run("db", "restore", "--yes", "copy.db").returncode == 0

    assert stocked.run("db", "check", "--all").returncode == 0
    (replaced,) = stocked.folder.glob("archive.db.replaced-*")
    assert stocked.run("db", "check", "--db", str(replaced)).returncode == 4


def test_a_file_named_by_mistake_is_no_trouble_of_the_archives(stocked: Workplace) -> None:
    (stocked.folder / "there.db").write_bytes(b"precious")
    for words in (["backup", "there.db"], ["backup", "no/where.db"], ["restore", "--yes", "missing.db"]):
        done = stocked.run("db", *words)
        assert (done.returncode, done.stdout) == (2, b"")
        assert words[-1].encode() in done.stderr
    assert (stocked.folder / "there.db").read_bytes() == b"precious"


def test_examples_end_with_an_ellipsis_only_where_there_are_others(stocked: Workplace) -> None:
    with closing(sqlite3.connect(stocked.archive)) as connection:
        unused = [(f"https://unused.example/{number}",) for number in range(6)]
        connection.executemany("INSERT INTO urls (url) VALUES (?)", unused)
        connection.execute("INSERT INTO site_link_tallies VALUES ('a.example', 'b.example', 3), ('a.example', 'c', 4)")
        connection.commit()
    told = stocked.run("db", "check").stdout.decode().splitlines()
    assert "damage: sums are not what counting gives: 2 (site_link_tallies)" in told
    assert [line.endswith(", …)") for line in told if "untidy" in line] == [True]


def test_vacuum_keeps_to_the_settings_and_says_how_much_it_freed(stocked: Workplace) -> None:
    assert b"0 raw pages" in stocked.run("db", "vacuum").stderr
    config = stocked.folder / "config.toml"
    config.write_text("[archive]\nkeep_page_days = 1\n" + config.read_text())
    done = json.loads(stocked.run("db", "vacuum", "--json").stdout)
    assert (done["pages"], done["bodies"]) == (3, 3)
    assert done["after_bytes"] <= done["before_bytes"]
    assert len(stocked.run("search", "barge", "--json").stdout.splitlines()) == 3


@pytest.mark.parametrize("command", ["check", "backup", "vacuum"])
def test_without_an_archive_there_is_nothing_to_care_for(workplace: Workplace, command: str) -> None:
    done = workplace.run("db", command)
    assert done.returncode == 2
    assert b"There is no archive" in done.stderr
    assert not workplace.archive.exists()


@pytest.mark.parametrize("setting", ["keep_page_days = 0", 'keep_page_versions = "two"', "keep_pages = 3"])
def test_settings_that_mean_nothing_are_told(workplace: Workplace, setting: str) -> None:
    (workplace.folder / "config.toml").write_text(f"[archive]\n{setting}\n")
    assert workplace.run("config", "check").returncode == 2
