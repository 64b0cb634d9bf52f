"""Turns between processes: what one writes of a host the other reads, and only one asks at a time."""

import os
import subprocess
import sys
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path

import pytest

from scraper.crawler.manners.hostlocks import HostLocks, shared_folder, turns_file
from scraper.crawler.manners.pacing import Pacer
from scraper.errors import Reason, TransientError
from scraper.settings import CrawlSettings
from tests.conftest import ROOT
from tests.crawler.conftest import NOW, Clock

HOLDER = """
import sys, pathlib
from scraper.crawler.manners.hostlocks import HostLocks
locks = HostLocks(pathlib.Path(sys.argv[1], "turns"), sleep=lambda seconds: None, max_wait_seconds=1)
with locks.slot("a.example"):
    print("held", flush=True)
    sys.stdin.read()
"""


def pacer(folder: Path, clock: Clock) -> Pacer:
    locks = HostLocks(folder / "turns", sleep=clock.sleep, max_wait_seconds=10)
    return Pacer(CrawlSettings(), clock=clock, sleep=clock.sleep, locks=locks)


def test_the_pause_of_one_run_is_kept_by_another(tmp_path: Path, clock: Clock) -> None:
    with pacer(tmp_path, clock).turn("a.example", pause_seconds=2):
        pass
    with pacer(tmp_path, clock).turn("a.example", pause_seconds=2):
        pass

    assert clock.slept == [2]


def test_so_is_what_the_host_asked_for(tmp_path: Path, clock: Clock) -> None:
    wished = NOW + timedelta(hours=1)
    error = TransientError(Reason.RATE_LIMITED, "slow", url="http://a.example/", not_before=wished)
    with pytest.raises(TransientError), pacer(tmp_path, clock).turn("a.example", pause_seconds=2):
        raise error

    with pytest.raises(TransientError) as caught, pacer(tmp_path, clock).turn("a.example", pause_seconds=2):
        pass

    assert caught.value.not_before == wished
    assert clock.slept == []


def test_other_hosts_are_free(tmp_path: Path, clock: Clock) -> None:
    with (
        pacer(tmp_path, clock).turn("a.example", pause_seconds=9),
        pacer(tmp_path, clock).turn("b.example", pause_seconds=9),
    ):
        pass

    assert clock.slept == []


def test_a_host_that_another_process_asks_is_waited_for_and_not_for_ever(tmp_path: Path, clock: Clock) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"

        with pytest.raises(TransientError) as caught, pacer(tmp_path, clock).turn("a.example", pause_seconds=2):
            pass

        assert caught.value.reason is Reason.RATE_LIMITED
        assert sum(clock.slept) == pytest.approx(10)
        holder.kill()
    with pacer(tmp_path, clock).turn("a.example", pause_seconds=2):  # the kernel took the lock back
        pass


def test_a_file_with_nonsense_in_it_is_none(tmp_path: Path, clock: Clock) -> None:
    with pacer(tmp_path, clock).turn("a.example", pause_seconds=2):
        pass
    (path,) = tmp_path.iterdir()
    path.write_text("1e999 what\x00ever")

    with pacer(tmp_path, clock).turn("a.example", pause_seconds=2):
        pass

    assert clock.slept == []


def test_a_folder_that_went_away_is_no_reason_to_stop(tmp_path: Path, clock: Clock) -> None:
    with pacer(tmp_path / "gone", clock).turn("a.example", pause_seconds=2):
        pass


def test_a_folder_that_others_may_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = shared_folder()
    assert folder is not None
    assert folder.stat().st_mode & 0o777 == 0o700

    folder.chmod(0o777)
    assert shared_folder() is None
    folder.rmdir()
    folder.symlink_to(tmp_path)
    assert shared_folder() is None


def test_turns_are_taken_beside_the_archive(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    archive.touch()

    assert turns_file(archive) == tmp_path / "archive.db.turns"


def test_without_an_archive_they_are_taken_among_the_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    folder = tmp_path / "temporary" / f"scraper-{os.getuid()}"

    assert turns_file(tmp_path / "archive.db") == folder / "turns"


def test_two_hosts_in_one_place_take_turns(tmp_path: Path, clock: Clock) -> None:
    """Which two are is a matter of chance: what one writes is not taken for the other's."""
    first, second = colliding()
    with pacer(tmp_path, clock).turn(first, pause_seconds=9):
        pass
    with pacer(tmp_path, clock).turn(second, pause_seconds=9):
        pass

    assert clock.slept == []


def colliding() -> tuple[str, str]:
    seen: dict[int, str] = {}
    for number in range(10_000):
        host = f"{number}.example"
        place = int.from_bytes(blake2b(host.encode(), digest_size=8).digest(), "little") % 65_536
        if place in seen:
            return seen[place], host
        seen[place] = host
    raise AssertionError("no two of 10,000 in one of 65,536 places")
