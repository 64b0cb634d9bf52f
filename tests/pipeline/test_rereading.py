"""Stored pages read again: what changes in the archive, and what must not."""

import pickle
import shutil
import sqlite3
from contextlib import closing
from operator import getitem
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from fixtures.archive import make
from scraper.archiver.archive import Archive
from scraper.archiver.articles.reading import Selection
from scraper.archiver.reader import ArchiveReader
from scraper.archiver.store import migrations
from scraper.cli.main import run
from scraper.pipeline.bulk import local_workers
from scraper.pipeline.rereading.reading import Task, mark_for, mark_of_all, packed, reread
from scraper.pipeline.rereading.report import RereadReport
from scraper.pipeline.rereading.running import Wish, how_many, reextract
from scraper.rules.site_rules import SiteRule, read_rules

HOST = "foerdebote.example"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("filled") / "archive.db")


@pytest.fixture
def archive(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "archive.db"))


def rule(**keys: Any) -> tuple[SiteRule, ...]:
    rules, problems = read_rules([{"name": "own", "hosts": [HOST], **keys}], "sites")
    assert problems == ()
    return rules


def rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(archive)) as connection:
        return connection.execute(sql).fetchall()


VERSIONS = "SELECT id, article_id, number, seen_at, kind, silent, changed_fields, page_id FROM article_versions"
CONTENT = (
    "SELECT r.id, url, title, subtitle, published, category, content_hash, text_hash, version_count, changed_at,"
    " body, body_html, summary FROM article_records AS r JOIN article_texts ON article_id = r.id ORDER BY r.id"
)


def test_todays_extractor_finds_what_it_found(archive: Path) -> None:
    before = rows(archive, CONTENT), rows(archive, VERSIONS), rows(archive, "SELECT * FROM links")

    report = reextract(archive, (), Wish(filters={}))

    assert report.counts == {"same": how_many(archive, {})}
    assert (rows(archive, CONTENT), rows(archive, VERSIONS), rows(archive, "SELECT * FROM links")) == before


HARDLY_ANY = 0.0005
"""Seconds: no page is read in so few."""

TITLE = {"fields": {"title": "xpath: concat('Neu: ', normalize-space(//h1))"}}


def test_a_new_rule_changes_the_record_and_makes_no_version(archive: Path) -> None:
    versions = rows(archive, VERSIONS)
    many = rows(archive, f"SELECT count(*) FROM article_records WHERE site = '{HOST}'")[0][0]

    report = reextract(archive, rule(**TITLE), Wish(filters={}))

    assert report.counts["changed"] == report.fields["title"].counts["changed"] == many
    assert rows(archive, VERSIONS) == versions
    with ArchiveReader(archive) as reader:
        for article in reader.articles(site=HOST):
            assert (article.title or "").startswith("Neu:")
            assert article.sources["title"] == "rule"
        assert len(reader.search("title:neu", limit=100)) == many
    assert rows(
        archive,
        "SELECT count(*) FROM article_versions AS v JOIN article_records AS r ON r.id = article_id"
        " WHERE number = version_count AND (v.content_hash, v.title) IS NOT (r.content_hash, r.title)",
    ) == [(0,)]


def test_a_visit_after_it_finds_no_news(archive: Path) -> None:
    """What was read again is what the next crawl compares with."""
    rules = rule(**TITLE)
    reextract(archive, rules, Wish(filters={}))

    report = reextract(archive, rules, Wish(filters={}))

    assert set(report.counts) == {"same"}


class _Lost:
    """What unpickles to a KeyError, as a mistake in the program might raise one."""

    def __reduce__(self) -> tuple[object, ...]:
        return getitem, ({}, "lost")


def test_a_fault_of_the_program_is_told_and_never_passed_over(archive: Path) -> None:
    with ArchiveReader(archive) as reader:
        rereader = reader.rereader()
        (first, *_) = rereader.ids(Selection())
        told = reread(rereader, first, Task(archive=archive, rules=pickle.dumps((_Lost(),))))

    assert (told.refusal, told.message) == ("internal", "KeyError: 'lost'")


def test_nothing_is_written_by_a_dry_run(archive: Path) -> None:
    before = archive.read_bytes()

    report = reextract(archive, rule(**TITLE), Wish(filters={}, dry_run=True))

    assert report.counts["changed"] > 0
    assert archive.read_bytes() == before


def test_a_page_that_is_not_read_in_time_changes_nothing(archive: Path) -> None:
    before = rows(archive, CONTENT)

    # In other processes: an alarm that rings where coverage is measured may leave a lock of that measuring held.
    report = reextract(
        archive, rule(**TITLE), Wish(filters={"site": HOST}, workers=local_workers(2), seconds=HARDLY_ANY)
    )

    assert {refusal["reason"] for refusal in report.refusals} == {"too_slow"}
    assert rows(archive, CONTENT) == before


def test_a_page_that_lost_its_text_changes_nothing(archive: Path) -> None:
    before = rows(archive, CONTENT)

    report = reextract(archive, rule(drop=["p", "article", "main", "li"]), Wish(filters={"site": HOST}))

    assert report.counts["refused"] > 0
    refused = {one["id"] for one in report.refusals}
    kept = [row for row in before if row[0] in refused]
    assert [row for row in rows(archive, CONTENT) if row[0] in refused] == kept


def test_links_are_replaced_and_not_doubled(archive: Path) -> None:
    block = {"kind": "popular", "container": "nav", "item": "a", "title": "a"}
    rules = rule(link_blocks=[block])
    reextract(archive, rules, Wish(filters={"site": HOST}))
    once = rows(archive, "SELECT article_id, kind, count(*) FROM links GROUP BY 1, 2 ORDER BY 1, 2")

    report = reextract(archive, rules, Wish(filters={"site": HOST}))

    assert set(report.counts) == {"same"}
    assert rows(archive, "SELECT article_id, kind, count(*) FROM links GROUP BY 1, 2 ORDER BY 1, 2") == once
    back = reextract(archive, (), Wish(filters={"site": HOST}))
    assert back.fields["links"].counts["changed"] > 0
    assert run(["db", "check", "--db", str(archive)]) == 0


@pytest.fixture
def stopping() -> tuple[Event, list[int]]:
    return Event(), []


def test_an_interrupted_run_goes_on_where_it_stopped(archive: Path, stopping: tuple[Event, list[int]]) -> None:
    stop, seen = stopping
    stop.set()  # after the first article
    rules = rule(**TITLE)

    first = reextract(archive, rules, Wish(filters={}), stop=stop, observe=lambda result: seen.append(result.id))
    second = reextract(archive, rules, Wish(filters={}), observe=lambda result: seen.append(result.id))

    assert first.articles == 1
    assert second.articles == how_many(archive, {}) == len(seen) == len(set(seen))
    assert seen == sorted(seen)


def test_what_was_read_so_already_is_passed_over(archive: Path) -> None:
    rules = rule(**TITLE)
    reextract(archive, rules, Wish(filters={}))

    again = reextract(archive, rules, Wish(filters={}, changed_only=True))
    other = reextract(archive, (), Wish(filters={}, changed_only=True))

    assert set(again.counts) == {"passed_over"}
    assert other.counts["changed"] == again.articles - other.counts["passed_over"] > 0


def test_other_processes_come_to_the_same(archive: Path) -> None:
    here = reextract(archive, rule(**TITLE), Wish(filters={}, dry_run=True))
    there = reextract(archive, rule(**TITLE), Wish(filters={}, workers=local_workers(2)))

    assert there.as_data() == here.as_data()


def test_filters_choose_articles(archive: Path) -> None:
    report = reextract(archive, (), Wish(filters={"site": HOST, "limit": 3}))

    assert report.articles == 3
    assert reextract(archive, (), Wish(filters={"site": "nobody.example"})).articles == 0


def test_an_article_without_its_page_is_counted_as_such(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE article_records SET page_id = NULL WHERE id = 1")

    report = reextract(archive, (), Wish(filters={}))

    assert report.counts["without_page"] == 1


def test_a_report_survives_its_way_through_the_archive(archive: Path) -> None:
    report = reextract(archive, rule(**TITLE), Wish(filters={}))

    assert RereadReport.from_data(report.as_data()).as_data() == report.as_data()


def test_the_run_is_on_record(archive: Path) -> None:
    reextract(archive, (), Wish(filters={}))

    with Archive(archive) as opened:
        run = opened.latest_runs(1)[0]
    assert (run.command, run.outcome) == ("reextract", "finished")
    assert rows(archive, "SELECT count(*) FROM reextractions WHERE finished_at IS NOT NULL") == [(1,)]


def test_the_mark_of_a_host_is_that_of_the_rules_for_it_and_of_no_others() -> None:
    none, one, other = packed(()), packed(rule(drop=["aside"])), packed(rule(drop=["nav"]))

    assert len({mark_for(HOST, rules) for rules in (none, one, other)}) == 3
    assert {mark_for(f"news{n}.example", rules) for n in range(70) for rules in (none, one)} == {mark_for(HOST, none)}
    assert len({mark_of_all(rules) for rules in (none, one, other)}) == 3


def test_an_archive_of_an_older_release_is_brought_up_to_date_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A new release is what pages are read again for. A dry run writes nothing."""
    path = tmp_path / "archive.db"
    with monkeypatch.context() as before:
        before.setattr(migrations, "_STEPS", migrations._STEPS[:-1])
        before.setattr("scraper.archiver.store.opening.LATEST", migrations.LATEST - 1)
        Archive(path).close()

    assert run(["reextract", "--dry-run", "--db", str(path)]) == 4
    assert "made by an older scraper" in capfd.readouterr().err
    assert run(["reextract", "--db", str(path)]) == 0
    assert capfd.readouterr().out == "0 articles: nothing to do\n"
