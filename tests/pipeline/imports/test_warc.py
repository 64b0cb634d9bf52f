"""`scraper import warc` and `export warc` as they are typed, in processes of their own, on archives of their own."""

import gzip
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from scraper.archiver.archive import Archive
from scraper.errors import UsageError
from scraper.pipeline.bulk import local_workers
from scraper.pipeline.imports.running import PageWatch
from scraper.pipeline.imports.warc import Choice, import_warcs
from scraper.settings import Config
from tests.archiver.builders import NOW
from tests.conftest import Workplace
from tests.warcs import WarcFile, arc_of, as_one_member, as_zstd, page_of, url_of

# Stands still behind the first batch that is stored, until it is killed.
_HELD = """
import sys
from pathlib import Path
from scraper.pipeline.bulk import local_workers
from scraper.pipeline.imports.running import PageWatch
from scraper.pipeline.imports.warc import Choice, import_warcs
from scraper.settings import Config

def held(_offset, _counts):
    print("stored", flush=True)
    sys.stdin.read()

if __name__ == "__main__":
    path, archive = map(Path, sys.argv[1:3])
    choice = Choice(workers=local_workers(int(sys.argv[3])))
    list(import_warcs({path: "a"}, Config(), archive, choice, PageWatch(tell=held)))
"""


def counts(place: Workplace, *files: str | Path, **choice: Any) -> dict[str, int]:
    """What an import comes to, over all its files."""
    total: Counter[str] = Counter()
    for report in import_warcs(
        {Path(file): str(file) for file in files}, Config(), place.archive, Choice(**choice), PageWatch()
    ):
        total += report.counts
    return dict(total)


def rows(place: Workplace, sql: str) -> list[tuple[Any, ...]]:
    with Archive(place.archive, read_only=True) as archive:
        return [tuple(row.values()) for row in archive.query(sql)]


def titles(place: Workplace) -> list[str]:
    return [row[0] for row in rows(place, "SELECT title FROM articles ORDER BY id")]


def test_articles_come_with_page_time_and_address_and_a_second_import_does_nothing(workplace: Workplace) -> None:
    headers = (("Content-Type", "text/html"), ("ETag", '"7"'), ("X-Served-By", "cache"))
    file = WarcFile().add_stories(1, 2).add(url_of(3), page_of(3), headers=headers, at=NOW + timedelta(days=1))
    path = file.save(workplace.folder / "a.warc.gz")

    first = workplace.run("import", "warc", str(path))
    again = workplace.run("import", "warc", str(path.rename(workplace.folder / "renamed.warc.gz")))

    assert (first.returncode, first.stdout) == (0, b"")
    assert b"3 pages seen, 3 new articles" in first.stderr
    assert b"imported before, nothing to do" in again.stderr
    assert titles(workplace) == ["Story number 1", "Story number 2", "Story number 3"]
    with Archive(workplace.archive, read_only=True) as archive:
        article = archive.get(url_of(3))
        assert article is not None
        assert article.page_id is not None
        page = archive.page(article.page_id)
    assert (page.url, page.fetched_at, page.body, page.headers) == (
        *(url_of(3), NOW + timedelta(days=1), page_of(3), headers),
    )
    assert article.first_seen_at == page.fetched_at
    assert rows(workplace, "SELECT command FROM runs") == [("import warc",)] * 2
    assert rows(workplace, "SELECT count(*) FROM queue") == [(0,)]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    "make", [lambda file: file.data, lambda file: as_one_member(file.data)], ids=["plain", "whole"]
)
def test_every_form_gives_the_same(workplace: Workplace, make: Callable[[WarcFile], bytes], jobs: int) -> None:
    file = WarcFile(gzipped=False).add_stories(*range(20))
    path = workplace.folder / "a.warc"
    path.write_bytes(make(file))
    assert counts(workplace, str(path), workers=local_workers(jobs)) == {"seen": 20, "new": 20}
    assert titles(workplace) == [f"Story number {number}" for number in range(20)]


def test_standard_input_and_arc(workplace: Workplace) -> None:
    stories = (WarcFile().add_stories(1).data, gzip.compress(arc_of(url_of(2), page_of(2))))
    for data in (*stories, as_zstd(WarcFile(gzipped=False).add_stories(3))):
        result = workplace.run("import", "warc", "--json", "-", stdin=data)
        (report,) = json.loads(result.stdout)
        assert report == {"source": "standard input", "finished": True, "counts": {"seen": 1, "new": 1}, "faults": []}
    assert titles(workplace) == ["Story number 1", "Story number 2", "Story number 3"]


def test_what_is_no_article_is_counted_by_what_it_is(workplace: Workplace) -> None:
    file = WarcFile().add_stories(1)
    file.add("dns:news.example", b"1.2.3.4", kind="resource")
    file.add(url_of(2), b"gone", status="404 Not Found")
    file.add(url_of(3), b"\x89PNG", headers=[("Content-Type", "image/png")])
    file.add(url_of(4), b"just words", headers=[("Content-Type", "text/plain")])
    file.add(url_of(5), b"")
    file.add(url_of(6), page_of(6), headers=[("Content-Type", "text/html"), ("Content-Encoding", "br")])
    file.add(
        url_of(7),
        gzip.compress(page_of(7))[:-30],
        headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
    )
    file.add(url_of(8), page_of(8), kind="resource")
    file.add(url_of(1), kind="request")
    found = counts(workplace, str(file.save(workplace.folder / "a.warc.gz")))
    assert found == {"seen": 9, "new": 4, "not_web": 1, "not_ok": 1, "not_html": 2, "empty": 1, "truncated": 1}
    assert titles(workplace) == ["Story number 1", "Story number 6", "Story number 7", "Story number 8"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_goes_away_ends_the_import_and_is_not_noted_as_done(workplace: Workplace, jobs: int) -> None:
    path = WarcFile().add_stories(*range(150)).save(workplace.folder / "a.warc.gz")
    there = path.read_bytes()
    choice, watch = Choice(workers=local_workers(jobs)), PageWatch(tell=lambda *_: path.unlink(missing_ok=True))

    with pytest.raises(UsageError, match="cannot be read any more"):
        list(import_warcs({path: "a"}, Config(), workplace.archive, choice, watch))

    begun = len(titles(workplace))
    path.write_bytes(there)
    assert counts(workplace, path)["new"] == 150 - begun < 150


def test_chunks_and_codings_are_taken_off(workplace: Workplace) -> None:
    body = gzip.compress(page_of(1))
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (50, body[:50], len(body) - 50, body[50:])
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    counts(workplace, str(WarcFile().add(url_of(1), chunked, headers=headers).save(workplace.folder / "a.warc.gz")))
    with Archive(workplace.archive, read_only=True) as archive:
        assert archive.page(1).body == page_of(1)


def test_filters_and_limit(workplace: Workplace) -> None:
    file = WarcFile()
    file.add(url_of(1), page_of(1, lang="de-CH", published="2026-02-01T08:00:00Z"))
    file.add(url_of(2), page_of(2, lang="en", published="2026-02-10T08:00:00Z"))
    file.add(url_of(3, "www.other.example"), page_of(3, lang="de", published="2026-02-20T08:00:00Z"))
    file.add(url_of(4, "otter.example"), page_of(4))
    path = str(file.save(workplace.folder / "a.warc.gz"))

    def looked(**choice: Any) -> dict[str, int]:
        return counts(workplace, path, dry_run=True, **choice)

    day = datetime(2026, 2, 5, tzinfo=UTC)
    assert looked() == {"seen": 4, "new": 4}
    assert looked(hosts=("other.example",)) == {"seen": 4, "filtered": 3, "new": 1}
    assert looked(hosts=("other.example", "news.example")) == {"seen": 4, "filtered": 1, "new": 3}
    assert looked(language="de") == {"seen": 4, "filtered": 2, "new": 2}
    assert looked(since=day, until=day + timedelta(days=10)) == {"seen": 4, "filtered": 3, "new": 1}
    assert not workplace.archive.exists()
    # The next import of the same file goes on behind what was taken; with another filter it is another import.
    assert counts(workplace, path, limit=1)["new"] == 1
    assert counts(workplace, path, limit=2)["new"] == 2
    assert counts(workplace, path)["new"] == 1
    assert counts(workplace, path) == {}
    assert looked() == {"seen": 4, "unchanged": 4}
    assert counts(workplace, path, hosts=("news.example",)) == {"seen": 4, "filtered": 2, "unchanged": 2}


def test_an_older_capture_becomes_an_earlier_version_and_never_the_current_one(workplace: Workplace) -> None:
    new = page_of(1, more="<p>Added later: the boats came from the islands in the north, said the harbour master.</p>")
    newer = WarcFile().add(url_of(1), new, at=NOW + timedelta(days=9))
    older = WarcFile().add(url_of(1), page_of(1), at=NOW).add(url_of(1), page_of(1), at=NOW - timedelta(days=3))
    assert counts(workplace, str(newer.save(workplace.folder / "new.warc.gz"))) == {"seen": 1, "new": 1}
    assert counts(workplace, str(older.save(workplace.folder / "old.warc.gz"))) == {
        "seen": 2,
        "earlier": 1,
        "unchanged": 1,
    }
    assert rows(workplace, "SELECT number, seen_at, kind FROM article_versions ORDER BY number") == [
        (1, "2026-02-26T09:30:00Z", "first"),
        (2, "2026-03-10T09:30:00Z", "substantive"),
    ]
    ((body, count),) = rows(workplace, "SELECT body, version_count FROM articles")
    assert "Added later" in body
    assert count == 2
    assert workplace.run("db", "check").returncode == 0


def test_a_newer_capture_becomes_the_current_version(workplace: Workplace) -> None:
    file = WarcFile().add(url_of(1), page_of(1), at=NOW)
    file.add(url_of(1), page_of(1), at=NOW + timedelta(days=1))
    file.add(
        url_of(1),
        page_of(1, more="<p>The islands deny that any boat of theirs has sailed south this year.</p>"),
        at=NOW + timedelta(days=2),
    )
    file.add(
        url_of(1),
        b"<html><title>Story number 1</title><article><p>Only a few words remained of it.</p></article>",
        at=NOW + timedelta(days=3),
    )
    found = counts(workplace, str(file.save(workplace.folder / "a.warc.gz")))
    assert (found["new"], found["unchanged"], found["changed"]) == (1, 1, 1)
    assert rows(workplace, "SELECT version_count FROM articles") == [(2,)]


def test_revisits_and_redirects_find_what_they_speak_of(workplace: Workplace) -> None:
    file = WarcFile().add_stories(1, WARC_Payload_Digest="sha1:ONE")
    file.add("https://news.example/copy", kind="revisit", at=NOW + timedelta(hours=1), WARC_Payload_Digest="sha1:ONE")
    file.add("https://news.example/lost", kind="revisit", WARC_Payload_Digest="sha1:TWO")
    location = [("Location", "/story-2")]
    file.add("https://news.example/?p=2", status="301 Moved Permanently", headers=location)
    file.add_stories(2)
    found = counts(workplace, str(file.save(workplace.folder / "a.warc.gz")))
    assert found == {"seen": 5, "new": 3, "not_ok": 1, "revisit_unresolved": 1}
    with Archive(workplace.archive, read_only=True) as archive:
        copy, second = archive.get("https://news.example/copy"), archive.get("https://news.example/?p=2")
        assert copy is not None
        assert (copy.title, copy.first_seen_at) == ("Story number 1", NOW + timedelta(hours=1))
        assert second is not None
        assert second.url == url_of(2)


def test_what_was_deleted_stays_deleted(workplace: Workplace) -> None:
    path = str(WarcFile().add_stories(1, 2).save(workplace.folder / "a.warc.gz"))
    counts(workplace, path)
    workplace.run("delete", "--yes", url_of(1))
    other = str(WarcFile(gzipped=False).add_stories(1, 2).save(workplace.folder / "b.warc"))
    assert counts(workplace, other) == {"seen": 2, "deleted": 1, "unchanged": 1}
    assert titles(workplace) == ["Story number 2"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_killed_import_goes_on_where_it_was(workplace: Workplace, jobs: str) -> None:
    numbers = range(80)
    path = str(WarcFile().add_stories(*numbers).save(workplace.folder / "a.warc.gz"))
    command = [sys.executable, "-c", _HELD, path, str(workplace.archive), jobs]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=workplace.environment, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"stored\n"
        os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    ((reached,),) = rows(workplace, "SELECT position FROM imports")
    assert 0 < reached < len(numbers)

    found = counts(workplace, path, workers=local_workers(int(jobs)))

    assert found == {"seen": len(numbers) - (reached - 1), "new": len(numbers) - (reached - 1)}  # less `warcinfo`
    assert titles(workplace) == [f"Story number {number}" for number in numbers]
    assert rows(workplace, "SELECT count(*) FROM fetches") == [(len(numbers),)]
    assert workplace.run("db", "check").returncode == 0


def test_a_file_that_is_no_warc_or_not_there_is_told(workplace: Workplace) -> None:
    path = workplace.folder / "page.html"
    path.write_bytes(page_of(1))
    odd = workplace.run("import", "warc", path.name)
    assert (odd.returncode, odd.stderr) == (1, b"page.html: no page was found in it; is it what its name says?\n")
    missing = workplace.run("import", "warc", "nowhere.warc")
    assert (missing.returncode, missing.stderr) == (2, b"nowhere.warc cannot be read: No such file or directory.\n")


def test_export_and_import_lose_nothing(workplace: Workplace, tmp_path: Path) -> None:
    odd = (
        ("Content-Type", "text/html"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", "77"),
        ("Set-Cookie", "a=1; b"),
    )
    file = WarcFile().add_stories(1, 2)
    file.add("https://news.example/old", status="302 Found", headers=[("Location", url_of(3))])
    file.add(url_of(3), page_of(3), headers=odd)
    file.add(
        url_of(1),
        page_of(1, more="<p>A line that was added on the day after, when all was known.</p>"),
        at=NOW + timedelta(days=1),
    )
    counts(workplace, str(file.save(workplace.folder / "a.warc.gz")))

    exported = workplace.run("export", "warc", "--output", "out.warc.gz")

    assert exported.returncode == 0, exported.stderr
    out = workplace.folder / "out.warc.gz"
    with out.open("rb") as stream:
        records = []
        for record in ArchiveIterator(stream, check_digests=True):
            record.content_stream().read()
            records.append((record.rec_type, record.http_headers and record.http_headers.get_statuscode()))
            assert record.digest_checker.passed is not False
            assert record.rec_headers.protocol == "WARC/1.1"
    assert records[0] == ("warcinfo", None)
    assert sorted(records[1:]) == [("response", "200")] * 4 + [("response", "302")]
    other = Workplace(tmp_path / "other")
    other.folder.mkdir()
    found = counts(other, str(out))
    assert (found["new"], found["changed"], found["not_ok"]) == (3, 1, 1)
    for sql in (
        "SELECT url, title, body, first_seen_at, changed_at, version_count FROM articles ORDER BY url",
        "SELECT url, final_url, status, headers, redirects, fetched_at FROM pages ORDER BY url, fetched_at",
        "SELECT sha256 FROM page_bodies ORDER BY sha256",
        "SELECT number, seen_at, content_hash, kind FROM article_versions ORDER BY content_hash",
        "SELECT url, role FROM urls ORDER BY url",
    ):
        assert rows(other, sql) == rows(workplace, sql)
    assert workplace.run("export", "warc", "-o", "again.warc.gz").returncode == 0
    first, second = (list(_without_info(workplace.folder / name)) for name in ("out.warc.gz", "again.warc.gz"))
    assert first == second


def _without_info(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).split(b"WARC/1.1\r\n")[2:]


def test_export_of_a_selection_to_standard_output(workplace: Workplace) -> None:
    file = WarcFile().add(url_of(1), page_of(1)).add(url_of(2, "other.example"), page_of(2))
    counts(workplace, str(file.save(workplace.folder / "a.warc.gz")))
    text = gzip.decompress(workplace.run("export", "warc", "--site", "other.example", "-o", "-").stdout)
    assert b"WARC-Target-URI: https://other.example/story-2\r\n" in text
    assert url_of(1).encode() not in text
    assert workplace.run("export", "warc", "-o", "a.warc").returncode == 2
