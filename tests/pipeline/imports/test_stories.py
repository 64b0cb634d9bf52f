"""Many stories at once: what was killed goes on, what was deleted stays so, and another archive comes in whole."""

import gzip
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fixtures.archive import COPYIST, PAPER
from scraper.archiver.archive import Archive
from scraper.archiver.articles.packing import pack
from scraper.archiver.reader import ArchiveReader
from scraper.archiver.stories.document import document_of
from scraper.archiver.stories.importing import Taken
from scraper.errors import ArchiveError
from scraper.pipeline.imports.stories import Intake, StoryImporter, StoryWatch
from tests.archiver.builders import NOW, add_feed, make_article, make_entry, poll, store

ROOT = Path(__file__).resolve().parents[3]
OLD = ROOT / "tests" / "archiver" / "store" / "archive-v1.db.gz"
LATER = datetime(2026, 3, 5, tzinfo=UTC)

_KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from scraper.archiver.archive import Archive
from scraper.pipeline.imports.stories import StoryImporter, StoryWatch

with Archive(Path(sys.argv[1])) as archive:
    watch = StoryWatch(refused=print, reached=lambda end, intake: print(intake.taken.total(), flush=True))
    StoryImporter(archive, watch, lambda: datetime(2026, 3, 5, tzinfo=UTC)).import_lines(sys.stdin.buffer)
"""


@pytest.fixture(scope="module")
def paper(paper_archive: Path) -> Path:
    return paper_archive


def _run(path: Path, work: Callable[[StoryImporter], Intake], *, dry_run: bool = False) -> tuple[Intake, list[str]]:
    told: list[str] = []
    watch = StoryWatch(refused=lambda place, why: told.append(f"{place}: {why}"), reached=lambda end, intake: None)
    with Archive(path) as archive:
        return work(StoryImporter(archive, watch, lambda: LATER, dry_run=dry_run)), told


def _import_lines(path: Path, documents: Iterable[object], *, dry_run: bool = False) -> tuple[Intake, list[str]]:
    lines = "".join(json.dumps(document) + "\n" for document in documents).encode()
    return _run(path, lambda importer: importer.import_lines(io.BytesIO(lines)), dry_run=dry_run)


def _import_archive(path: Path, other: Path, *, deletions: bool = False) -> Intake:
    return _run(path, lambda importer: importer.import_archive(other, deletions=deletions))[0]


def _export(path: Path) -> list[dict[str, object]]:
    with ArchiveReader(path) as archive:
        return [document_of(story) for story in archive.stories()]


def _foreign(number: int) -> dict[str, object]:
    return {"link": f"https://news.example/{number}", "headline": f"Story {number}", "text": f"Words number {number}."}


def test_an_import_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    path, whole = tmp_path / "archive.db", tmp_path / "whole.db"
    documents = [_foreign(number) for number in range(430)]
    command = [sys.executable, "-c", _KILLED, str(path)]
    lines = "".join(json.dumps(document) + "\n" for document in documents[:300])
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None and process.stdout is not None  # noqa: PT018
        process.stdin.write(lines)
        process.stdin.flush()
        assert process.stdout.readline() == "200\n"
        process.kill()
    with ArchiveReader(path) as archive:
        assert len(list(archive)) == 200
        (run,) = archive.latest_runs()
        assert run.finished_at is None
    intake, _ = _import_lines(path, documents)
    assert intake.taken == {Taken.UNCHANGED: 200, Taken.NEW: 230}
    _import_lines(whole, documents)
    assert _export(path) == _export(whole)


def test_another_archive_comes_in_whole(paper: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    before = paper.read_bytes()
    assert _import_archive(path, paper).taken == {Taken.NEW: 31}
    assert _export(path) == _export(paper)
    with ArchiveReader(path) as new, ArchiveReader(paper) as old:
        for article in new:
            pages = [revision.page_id for revision in new.revisions(article.id)]
            pages_there = [revision.page_id for revision in old.revisions(article.url)]
            assert [new.page(page_id) for page_id in pages if page_id] == [
                old.page(page_id) for page_id in pages_there if page_id
            ]
            assert len(pages) == len(pages_there)
        # What waits to be fetched there comes by its feed, if that is asked here.
        entries = (
            "SELECT natural_key, title, first_seen_at, canonical_url FROM entries WHERE NOT EXISTS ("
            "SELECT 1 FROM queue WHERE url = canonical_url AND state = 'waiting') ORDER BY natural_key, first_seen_at"
        )
        assert list(new.query(entries)) == list(old.query(entries))
        assert {feed.state.value for feed in new.feed_health()} == {"unsubscribed"}
    again = _import_archive(path, paper)
    assert (again.taken, again.entries) == ({Taken.UNCHANGED: 31}, 0)
    assert paper.read_bytes() == before


def test_a_page_that_would_unpack_to_more_than_it_says_is_all_that_is_lost(paper: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "archive.db", tmp_path / "other.db"
    other.write_bytes(paper.read_bytes())
    with closing(sqlite3.connect(other)) as connection:
        (body_id,) = connection.execute("SELECT max(body_id) FROM pages").fetchone()
        connection.execute("UPDATE page_bodies SET data = ? WHERE id = ?", (pack(bytes(100_000_000)), body_id))
        connection.commit()
    intake, told = _run(path, lambda importer: importer.import_archive(other))
    assert (intake.taken, intake.lost_pages) == ({Taken.NEW: 31}, 1)
    assert [f"page body {body_id} is damaged" in line for line in told] == [True]


def test_raw_pages_come_to_stories_that_had_none(paper: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    _import_lines(path, _export(paper))
    assert _import_archive(path, paper).taken == {Taken.CHANGED: 31}
    assert _import_archive(path, paper).taken == {Taken.UNCHANGED: 31}
    with ArchiveReader(path) as archive:
        assert all(article.page_id for article in archive)


def test_an_archive_of_the_first_release_comes_in_and_stays_as_it_is(tmp_path: Path) -> None:
    old, path = tmp_path / "old.db", tmp_path / "archive.db"
    old.write_bytes(gzip.decompress(OLD.read_bytes()))
    before = old.read_bytes()
    taken = _import_archive(path, old).taken
    assert taken[Taken.NEW] > 10
    assert old.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir() if file.name.startswith("old")) == ["old.db"]
    Archive(old).close()
    assert _export(path) == _export(old)


def test_an_archive_of_a_newer_version_is_refused(paper: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.db"
    newer.write_bytes(paper.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ArchiveError, match="newer version of scraper"):
        _import_archive(tmp_path / "archive.db", newer)


def test_what_was_deleted_here_stays_deleted(paper: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    _import_archive(path, paper)
    with Archive(path) as archive:
        gone = next(iter(archive)).url
        archive.delete([gone], now=NOW)
    assert _import_archive(path, paper).taken == {Taken.UNCHANGED: 30, Taken.DELETED: 1}
    intake, _ = _import_lines(path, _export(paper))
    assert intake.taken == {Taken.UNCHANGED: 30, Taken.DELETED: 1}
    with ArchiveReader(path) as archive:
        assert archive.get(gone) is None


def test_deletions_come_only_where_they_are_asked_for(paper: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "archive.db", tmp_path / "other.db"
    _import_archive(path, paper)
    _import_archive(other, paper)
    with Archive(other) as archive:
        archive.delete(site=COPYIST.removeprefix("https://"), now=NOW, reason="asked to")
    assert _import_archive(path, other).taken == {Taken.UNCHANGED: 28}
    with ArchiveReader(path) as archive:
        assert len(list(archive)) == 31
    assert _import_archive(path, other, deletions=True).deleted_here == 3
    with ArchiveReader(path) as archive:
        assert len(list(archive)) == 28
        (deletion,) = {(row["deleted_at"], row["reason"]) for row in archive.query("SELECT * FROM deleted")}
        assert deletion == ("2026-03-01T09:30:00Z", "asked to")
    assert _import_archive(path, other, deletions=True).deleted_here == 0
    assert _import_archive(path, paper).taken == {Taken.UNCHANGED: 28, Taken.DELETED: 3}


def test_entries_that_became_no_article_come_but_not_for_feeds_that_are_asked_here(tmp_path: Path) -> None:
    other, path, subscribed = (tmp_path / name for name in ("other.db", "archive.db", "subscribed.db"))
    with Archive(other) as archive:
        feed_id = add_feed(archive, fetch_pages=False)
        poll(archive, feed_id, make_entry(1), make_entry(2), fetch_pages=False)
    assert _import_archive(path, other).entries == 2
    assert _import_archive(path, other).entries == 0
    with Archive(subscribed) as archive:
        add_feed(archive)
    assert _import_archive(subscribed, other).entries == 0


def test_a_feed_known_here_keeps_its_name_and_its_subscription(paper: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        add_feed(archive, f"{PAPER}/feed/", name="Ours")
    _import_lines(path, _export(paper))
    with ArchiveReader(path) as archive:
        (feed,) = [feed for feed in archive.feed_health() if feed.name == "Ours"]
        assert feed.articles > 0
        assert feed.state.value == "new"


def test_only_to_look_writes_nothing(paper: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    intake, _ = _import_lines(path, _export(paper), dry_run=True)
    assert intake.taken == {Taken.NEW: 31}
    with ArchiveReader(path) as archive:
        assert not list(archive)
        assert not archive.latest_runs()


def test_a_story_that_was_crawled_here_is_merged_with_what_comes(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        store(archive, make_article(title="Barge aground"))
    (document,) = _export(path)
    first = {"date": "2026-02-28", "crawled_at": "2026-02-28T10:00:00Z", "text": "A barge is late."}
    intake, _ = _import_lines(path, [{"url": document["url"], "title": "Barge late", **first}])
    assert intake.taken == {Taken.CHANGED: 1}
    with ArchiveReader(path) as archive:
        (article,) = archive
        assert (article.title, article.version_count) == ("Barge aground", 2)
        assert [revision.title for revision in archive.revisions(article.id)] == ["Barge late", "Barge aground"]
        assert not archive.search("late")


def test_html_from_a_file_is_made_safe(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    line = {
        "format": 1,
        "url": "https://news.example/x",
        "title": "X",
        "body": "Hi",
        "body_html": "<p onclick=x>Hi<script>x</script></p>",
    }
    _import_lines(path, [line])
    with ArchiveReader(path) as archive:
        assert [article.body_html for article in archive] == ["<p>Hi</p>"]


def test_who_edits_the_text_in_the_file_need_edit_nothing_else(paper: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    document = _export(paper)[0]
    _import_lines(path, [document | {"body": "All new.\n\nIn two paragraphs.", "title": "New"}])
    with ArchiveReader(path) as archive:
        (article,) = archive
        assert [block.text for block in article.blocks] == ["All new.", "In two paragraphs."]
        assert (article.body_html, article.word_count, article.title) == (None, 5, "New")
        assert archive.search("paragraphs")
