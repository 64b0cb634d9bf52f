"""Raw pages go when the settings say so; records, texts and the pages that are kept never do."""

from pathlib import Path
from random import Random

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.care.bodies import drop_unused, unused
from scraper.archiver.care.checking import check
from scraper.archiver.care.retention import PageRetention, drop_pages, drop_some_pages
from scraper.archiver.care.vacuuming import vacuum
from scraper.archiver.lock import run_lock
from scraper.errors import PermanentError, Reason, RunLockedError
from scraper.records import ChangeKind
from scraper.settings import ArchiveSettings
from tests.archiver.builders import count, known_as, later, make_article, make_page, store


def _page(number: int) -> bytes:
    shared = Random(1).randbytes(3_000).hex()
    return f"<html>{shared}<p>{Random(number + 2).randbytes(100).hex()}</p></html>".encode()


def _edited(archive: Archive, versions: int, url: str = "https://news.example/harbour") -> None:
    """One article in so many versions, one a day."""
    article = make_article(url, body="version 0")
    store(archive, article, body=_page(0))
    for number in range(1, versions):
        known = known_as(archive, article)
        article = make_article(url, body=f"version {number}")
        store(archive, article, at=later(days=number), known=known, change=ChangeKind.SUBSTANTIVE, body=_page(number))


def _pages_of_versions(archive: Archive) -> list[bool]:
    rows = archive.query("SELECT page_id FROM article_revisions ORDER BY version")
    return [row["page_id"] is not None for row in rows]


@pytest.mark.parametrize(
    ("retention", "kept"),
    [
        (PageRetention(), [True, True, True, True]),
        (PageRetention(versions=2), [False, False, True, True]),
        (PageRetention(days=2), [False, False, True, True]),
        (PageRetention(versions=1, days=9), [False, False, False, True]),
        (PageRetention(days=1, versions=9), [False, False, False, True]),
    ],
)
def test_pages_go_and_texts_stay(archive: Archive, retention: PageRetention, kept: list[bool]) -> None:
    _edited(archive, 4)
    drop_pages(archive._database, retention, later(days=3, hours=23))

    assert _pages_of_versions(archive) == kept
    bodies = [row["body"] for row in archive.query("SELECT body FROM article_revisions ORDER BY version")]
    assert bodies == [f"version {number}" for number in range(4)]
    for row in archive.query("SELECT page_id, version FROM article_revisions WHERE page_id IS NOT NULL"):
        assert archive.page(int(str(row["page_id"]))).body == _page(int(str(row["version"])) - 1)
    assert check(archive.path, sample=None).is_damaged is False


def test_a_page_that_two_versions_share_stays_while_the_newer_is_kept(archive: Archive) -> None:
    """A better extractor makes a new version of the same page."""
    article = make_article(body="as the old extractor read it")
    store(archive, article, body=_page(0))
    better, known = make_article(body="as the new one reads it"), known_as(archive, article)
    store(archive, better, at=later(days=1), known=known, change=ChangeKind.SUBSTANTIVE, body=_page(0))
    drop_pages(archive._database, PageRetention(versions=1), later(days=2))

    assert _pages_of_versions(archive) == [True, True]


def test_pages_that_failed_go_by_age_too(archive: Archive) -> None:
    item = archive.enqueue("https://news.example/wall", later())
    error = PermanentError(Reason.NO_TEXT, "no text", url=item.url)
    archive.save_failure(None, item, error, at=later(), next_try_at=None, page=make_page(item.url))
    assert count(archive, "pages") == 1
    drop_pages(archive._database, PageRetention(versions=1), later(days=30))
    assert count(archive, "pages") == 1
    drop_pages(archive._database, PageRetention(days=7), later(days=30))
    assert (count(archive, "pages"), count(archive, "page_bodies"), count(archive, "failures")) == (0, 0, 1)


def test_a_dictionary_is_kept_until_those_packed_with_it_have_another(archive: Archive) -> None:
    _edited(archive, 4)
    drop_pages(archive._database, PageRetention(versions=2), later(days=9))
    (row,) = archive.query("SELECT count(*) AS n FROM page_bodies")
    assert row["n"] == 3  # two that are kept, and the first, with which they are packed

    dropped = drop_unused(archive._database, archive._pages, unused(archive._database))

    assert (dropped.bodies, dropped.repacked) == (1, 2)
    for row in archive.query("SELECT page_id, version FROM article_revisions WHERE page_id IS NOT NULL"):
        assert archive.page(int(str(row["page_id"]))).body == _page(int(str(row["version"])) - 1)
    assert check(archive.path, sample=None).findings == ()


def test_after_a_crawl_only_what_changed_in_it_is_looked_at(archive: Archive) -> None:
    _edited(archive, 3, "https://news.example/old")
    settings = ArchiveSettings(keep_page_versions=1)
    assert archive.drop_pages(settings, later(days=9), changed_since=later(days=5)) == 0
    assert archive.drop_pages(settings, later(days=9), changed_since=later(days=2)) == 2
    assert archive.drop_pages(ArchiveSettings(), later(days=9), changed_since=later()) == 0


def test_much_goes_in_portions(archive: Archive) -> None:
    with archive.transaction():
        for number in range(600):
            archive._pages.save(make_page(f"https://news.example/{number}", body=b"%d" % number))
    some = drop_some_pages(archive._database, PageRetention(days=1), later(days=9))
    assert 0 < some.pages < 600
    rest = drop_pages(archive._database, PageRetention(days=1), later(days=9))
    assert some.pages + rest.pages == 600


def test_vacuum_does_it_all_and_says_how_much(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        _edited(archive, 6)
        archive._database.execute("INSERT INTO authors (name) VALUES ('Nobody')")
    done = vacuum(path, PageRetention(versions=1), later(days=9))

    assert (done.pages, done.bodies, done.repacked, done.orphans) == (5, 5, 1, 1)
    assert done.after_bytes <= done.before_bytes
    assert done.search_was_rebuilt is False
    report = check(path, sample=None)
    assert (report.findings, report.pages_checked, report.texts_checked) == ((), 1, 1)


def test_vacuum_waits_for_nobody(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Archive(path).close()
    with run_lock(path), pytest.raises(RunLockedError, match="another run"):
        vacuum(path, PageRetention(), later())


def test_vacuum_brings_a_search_index_that_lost_step_back(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        store(archive, make_article(title="Found again"))
        archive._database.execute("INSERT INTO article_search (article_search) VALUES ('delete-all')")
        assert archive.search("found") == []
    assert [finding.kind for finding in check(path, sample=10).findings] == ["search"]

    assert vacuum(path, PageRetention(), later()).search_was_rebuilt

    with Archive(path) as archive:
        assert [hit.title for hit in archive.search("found")] == ["Found again"]
    assert check(path, sample=10).findings == ()
