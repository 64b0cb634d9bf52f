"""One run at a time, and a lock that dies with its holder."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.archiver.lock import run_lock
from scraper.errors import ArchiveError, RunLockedError

_HOLDER = """
import sys
from pathlib import Path
from scraper.archiver.lock import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_refused_and_told_who_is_at_work(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, archive], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(RunLockedError, match=f"process {holder.pid}"), run_lock(archive):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with run_lock(archive):
            pass


def test_the_lock_can_be_taken_again_after_it_was_given_back(tmp_path: Path) -> None:
    for _ in range(2):
        with run_lock(tmp_path / "archive.db"):
            pass


def test_two_archives_are_two_locks(tmp_path: Path) -> None:
    with run_lock(tmp_path / "a.db"), run_lock(tmp_path / "b.db"):
        pass


def test_a_missing_folder_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no folder"), run_lock(tmp_path / "nowhere" / "a.db"):
        pass
