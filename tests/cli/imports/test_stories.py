"""`scraper import jsonl` and `import archive` as they are typed."""

import gzip
import json
import subprocess

import pytest

from scraper.archiver.archive import Archive
from tests.archiver.builders import make_article, store
from tests.conftest import Workplace

FOREIGN = {
    "link": "https://news.example/quay?utm_source=x",
    "headline": "Quay to be rebuilt",
    "author": "Ada Example",
    "keywords": ["quay", "harbour"],
    "section": "Region",
    "date": "1 March 2026",
    "lang": "en",
    "image": "https://news.example/quay.jpg",
    "text": "The quay is to be rebuilt.\r\n\r\nWork begins in May.",
}


def _lines(*documents: object) -> bytes:
    return "".join(json.dumps(document) + "\n" for document in documents).encode()


def test_what_export_writes_import_reads(workplace: Workplace) -> None:
    with Archive(workplace.archive) as archive:
        store(archive, make_article())
        store(archive, make_article("https://news.example/tide", title="Tide tables", published=None))
    exported = workplace.run("export", "jsonl").stdout
    imported = workplace.run("import", "jsonl", "-", "--db", "copy.db", stdin=exported)
    assert (imported.returncode, imported.stderr) == (0, b"2 new articles, 0 that grew, 0 known already\n")
    assert workplace.run("export", "jsonl", "--db", "copy.db").stdout == exported
    packed = workplace.folder / "all.jsonl.gz"
    packed.write_bytes(gzip.compress(exported))
    again = workplace.run("import", "jsonl", str(packed), "--db", "copy.db", "--json")
    assert json.loads(again.stdout) == {
        "new": 0, "changed": 0, "unchanged": 2, "deleted": 0, "refused": 0, "lost_pages": 0, "feeds": 0, "entries": 0,
        "deletions": 0, "dry_run": False,
    }  # fmt: skip


def test_who_reads_one_line_only_hears_of_no_fault(workplace: Workplace) -> None:
    with Archive(workplace.archive) as archive:
        for number in range(5):
            store(archive, make_article(f"https://news.example/{number}", body="Long words. " * 10_000))
    command = workplace.command("export", "jsonl")
    with subprocess.Popen(
        command, cwd=workplace.folder, env=workplace.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"format": 1')
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_lines_of_other_programs(workplace: Workplace) -> None:
    workplace.run("import", "jsonl", "-", stdin=_lines(FOREIGN))
    shown = json.loads(workplace.run("show", "https://news.example/quay").stdout)
    expected = {
        "title": "Quay to be rebuilt",
        "authors": ["Ada Example"],
        "category": "Region",
        "tags": ["quay", "harbour"],
        "published": "2026-03-01",
        "language": "en",
        "body": "The quay is to be rebuilt.\n\nWork begins in May.",
        "word_count": 10,
        "extractor": "import@1",
    }
    assert {name: shown[name] for name in expected} == expected
    assert shown["images"][0]["role"] == "lead"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "no JSON"),
        (b"[1]", "a JSON object is needed"),
        (b"\xff", "not UTF-8"),
        (b'{"title": "x"}', "url: is missing"),
        (b'{"url": "ftp://x.example/", "title": "x"}', "url: not an http"),
        (b'{"url": "https://x.example/"}', "nothing to archive"),
        (b'{"url": "https://x.example/", "title": ["x"]}', "title: text is needed"),
        (b'{"url": "https://x.example/", "title": "x", "date": "soon"}', "published: no date"),
        (b'{"url": "https://x.example/", "title": "\\ud800"}', "title: half a character"),
        (b'{"url": "https://x.example/", "title": "x", "view_count": 1e9}', "view_count: a whole number"),
        (b'{"url": "https://x.example/", "title": "x", "image": "javascript:x"}', "images[0].url"),
        (b'{"format": 2, "url": "https://x.example/", "title": "x"}', "newer than this program"),
        (b'{"format": 1, "url": "https://x.example/", "body": "x", "blocks": [["quote", 0, 0, 9]]}', "blocks:"),
        (b"[" * 200_000, "nested too deeply"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_are_taken(workplace: Workplace, line: bytes, message: str) -> None:
    done = workplace.run("import", "jsonl", "-", stdin=b"\xef\xbb\xbf" + _lines(FOREIGN) + b"\n" + line + b"\n")
    assert done.returncode == 1
    assert done.stderr.endswith(b"\n1 new article, 0 that grew, 0 known already, 1 refused\n")
    assert done.stderr.decode().startswith("line 3: ")
    assert message in done.stderr.decode()


def test_only_to_look_makes_no_archive(workplace: Workplace) -> None:
    done = workplace.run("import", "jsonl", "-", "--dry-run", stdin=_lines(FOREIGN))
    assert done.stderr == b"Would be: 1 new article, 0 that grew, 0 known already\n"
    assert not workplace.archive.exists()


def test_another_archive(workplace: Workplace) -> None:
    with Archive(workplace.folder / "other.db") as archive:
        store(archive, make_article())
    done = workplace.run("import", "archive", "other.db")
    assert (done.returncode, done.stderr) == (0, b"1 new article, 0 that grew, 0 known already\n")
    assert b"1 known already" in workplace.run("import", "archive", "other.db").stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("jsonl", "missing.jsonl"), "cannot be read"),
        (("archive", "missing.db"), "There is no archive missing.db"),
        (("archive", "config.toml"), "not an SQLite database"),
        (("archive", "archive.db"), "is the archive to import into"),
    ],
)
def test_what_cannot_be_imported_is_said_plainly(
    workplace: Workplace, arguments: tuple[str, ...], message: str
) -> None:
    (workplace.folder / "config.toml").write_text("# " + "x" * 200)
    Archive(workplace.archive).close()
    done = workplace.run("import", *arguments)
    assert done.returncode in (2, 4)
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
