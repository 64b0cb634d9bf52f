"""A full disk, and one that cannot be written to: told plainly, with exit status 4, and nothing stored is lost."""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.care.checking import check
from tests.archiver.builders import make_article, store
from tests.conftest import Workplace


@pytest.fixture
def stocked(workplace: Workplace) -> Workplace:
    """A workplace with an archive of several hundred kilobytes."""
    workplace.configure("https://news.example/feed")
    with Archive(workplace.archive) as archive:
        for number in range(20):
            body = " ".join(f"word{number}x{n}" for n in range(1_500))
            store(archive, make_article(f"https://news.example/{number}", body=body))
    return workplace


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, where the system lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk of our own: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _run(place: Workplace, *arguments: str, prepare: Callable[[], None] | None = None):  # type: ignore[no-untyped-def]
    return subprocess.run(
        place.command(*arguments),
        cwd=place.folder,
        env=place.environment,
        capture_output=True,
        check=False,
        preexec_fn=prepare,
        text=True,
        timeout=120,
    )


def _fill(folder: Path) -> None:
    free = os.statvfs(folder)
    with (folder / "filler").open("wb") as file:
        file.write(b"x" * (free.f_bavail * free.f_frsize - 16_384))


def test_a_backup_to_a_full_disk_leaves_nothing_there(stocked: Workplace, small_disk: Path) -> None:
    _fill(small_disk)
    done = _run(stocked, "db", "backup", str(small_disk))
    assert done.returncode == 4
    assert "bytes free" in done.stderr
    assert [file.name for file in small_disk.iterdir()] == ["filler"]


def test_an_archive_on_a_full_disk_says_so_and_keeps_what_it_has(stocked: Workplace, small_disk: Path) -> None:
    moved = small_disk / "archive.db"
    assert _run(stocked, "db", "backup", str(moved)).returncode == 0
    _fill(small_disk)

    for command in (("db", "vacuum"), ("delete", "--yes", "--site", "news.example")):
        done = _run(stocked, *command, "--db", str(moved))
        assert (done.returncode, "Traceback" in done.stderr) == (4, False)
        assert "free space" in done.stderr or "free some space" in done.stderr

    (small_disk / "filler").unlink()
    assert check(moved, sample=None).findings == ()
    with Archive(moved, read_only=True) as archive:
        assert len(list(archive)) == 20


def test_a_file_that_may_not_grow_is_told_and_unharmed(stocked: Workplace) -> None:
    """What a quota does, too: SQLite may write so many bytes of a file and no more."""
    limit = stocked.archive.stat().st_size // 2

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = _run(stocked, "db", "backup", "copy.db", prepare=prepare)
    assert done.returncode == 4
    assert "the disk" in done.stderr
    assert not (stocked.folder / "copy.db").exists()
    assert not (stocked.folder / "copy.db.part").exists()
    assert check(stocked.archive, sample=None).findings == ()


@pytest.fixture
def read_only(stocked: Workplace, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The archive where it can only be read: on a disk that is mounted so where we are root, who may write anywhere."""
    if os.getuid() == 0:
        disk: Path = request.getfixturevalue("small_disk")
        shutil.copy(stocked.archive, disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        yield disk / stocked.archive.name
        return
    stocked.archive.chmod(0o444)
    stocked.folder.chmod(0o555)
    yield stocked.archive
    stocked.folder.chmod(0o755)


def test_an_archive_that_may_only_be_read_is_read(stocked: Workplace, read_only: Path, tmp_path: Path) -> None:
    there = ("--db", str(read_only))
    checked = _run(stocked, "db", "check", *there)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert "row by row" in checked.stderr
    assert _run(stocked, "search", "barge", *there).returncode == 0
    assert _run(stocked, "db", "backup", str(tmp_path / "elsewhere.db"), *there).returncode == 0
    for command in (
        ("db", "backup"),
        ("db", "vacuum"),
        ("db", "restore", "--yes", str(tmp_path / "elsewhere.db")),
        ("delete", "--yes", "--site", "news.example"),
    ):
        done = _run(stocked, *command, *there)
        assert (command, done.returncode, "Traceback" in done.stderr) == (command, 4, False)
        assert "check the folder" in done.stderr
