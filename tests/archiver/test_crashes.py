"""Processes killed in mid-write, several writers, readers beside them: nothing lost, nothing doubled, all in step."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from tests.archiver.builders import make_article, store

# Stores articles for ever, three to a transaction, and says what is committed: number by number.
_WRITER = """
import itertools, sys
from pathlib import Path
from scraper.archiver.archive import Archive
from tests.archiver.builders import make_article, store

name = sys.argv[2]
with Archive(Path(sys.argv[1])) as archive:
    print("open", flush=True)
    for batch in itertools.count():
        numbers = range(batch * 3, batch * 3 + 3)
        with archive.transaction():
            for number in numbers:
                body = f"{name} {number} " + "words of a story that is like all the others " * 20
                store(archive, make_article(f"https://{name}.example/{number}", title=name, body=body))
        print(*numbers, sep="\\n", flush=True)
"""


@contextmanager
def _writer(path: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", _WRITER, str(path), name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as writer:
        try:
            yield writer
        finally:
            writer.kill()


def _until(writer: subprocess.Popen[str], number: int) -> list[str]:
    """The lines of a writer up to that number of them."""
    assert writer.stdout is not None
    return [writer.stdout.readline().strip() for _ in range(number)]


def _killed(writer: subprocess.Popen[str]) -> list[str]:
    """Kill a writer as the kernel would; what it had said that we had not read yet."""
    writer.send_signal(signal.SIGKILL)
    assert writer.stdout is not None
    rest = writer.stdout.read().split("\n")
    writer.wait()
    return rest[:-1]


def _check(path: Path) -> None:
    """The file is whole, every reference leads somewhere, and the search index agrees with the text."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)")
        halves = connection.execute(
            "SELECT count(*) FROM article_records AS records WHERE NOT (EXISTS (SELECT 1 FROM article_texts"
            " WHERE article_id = records.id) AND EXISTS (SELECT 1 FROM article_versions WHERE article_id = records.id)"
            " AND EXISTS (SELECT 1 FROM queue WHERE article_id = records.id AND state = 'done'))"
        ).fetchone()
        assert halves == (0,)


def _stored(path: Path, name: str) -> list[str]:
    with Archive(path, read_only=True) as archive:
        return sorted((article.url.rsplit("/", 1)[1] for article in archive.articles(site=f"{name}.example")), key=int)


@pytest.mark.parametrize("lines", [4, 17, 31])
def test_what_a_killed_writer_said_was_committed_is_there_once(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "archive.db"
    with _writer(path, "one") as writer:
        said = _until(writer, lines) + _killed(writer)
    stored = _stored(path, "one")
    assert len(stored) % 3 == 0
    # One transaction more may have been committed and not yet told of.
    assert stored[: len(said) - 1] == said[1:]
    assert len(stored) <= len(said) + 2
    _check(path)
    with Archive(path) as archive:
        store(archive, make_article("https://one.example/after"))
    _check(path)


def test_a_writer_killed_while_the_archive_is_made_leaves_one_that_can_be_used(tmp_path: Path) -> None:
    for attempt in range(3):
        path = tmp_path / f"{attempt}.db"
        with _writer(path, "one") as writer:
            while not path.exists():
                assert writer.poll() is None
            _killed(writer)
        with Archive(path) as archive:
            store(archive, make_article())
        _check(path)


def test_two_writers_and_a_reader_do_not_disturb_one_another(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with _writer(path, "one") as one, _writer(path, "two") as two:
        _until(one, 4)
        _until(two, 4)
        with Archive(path, read_only=True) as reader:
            seen = [len(list(reader)) for _ in range(3)]
        said = {"one": _killed(one), "two": _killed(two)}
    assert seen == sorted(seen)
    assert seen[0] >= 6
    for name, rest in said.items():
        stored = _stored(path, name)
        assert stored == sorted(set(stored), key=int)
        assert not rest or rest[-1] in stored
    _check(path)
