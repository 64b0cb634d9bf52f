"""Processes that do one thing at a time: what they give, and what one costs that dies or comes to no end."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from scraper.pipeline.pages.processes import NoProcessError, ProcessEndedError, Processes
from scraper.pipeline.time_limit import TooSlowError
from tests.conftest import ROOT


def of_no_end() -> bool:
    """Holds the interpreter for ages: no thread beside it would get a turn."""
    return re.match(r"(a+)+$", "a" * 60 + "b") is not None


def dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies_once(mark: Path) -> int:
    if not mark.exists():
        mark.touch()
        dies()
    return os.getpid()


@pytest.fixture
def processes() -> Iterator[Processes]:
    running = Processes(2, 60.0, os.getpid)
    yield running
    running.close()


def test_work_is_done_beside_this_process_and_the_next_in_the_same(processes: Processes) -> None:
    first = processes.run(os.getpid)

    assert first != os.getpid()
    assert [processes.run(os.getpid) for _ in range(3)] == [first] * 3


def test_another_one_is_started_where_work_piles_up(processes: Processes) -> None:
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda _: processes.run(os.getpid), range(64)))

    assert os.getpid() not in found
    assert len(set(found)) <= 2


def test_what_comes_to_no_end_is_ended_and_the_next_is_done() -> None:
    processes = Processes(1, 0.1, os.getpid)
    try:
        before = processes.run(os.getpid)
        with pytest.raises(TooSlowError):
            processes.run(of_no_end)
        after = processes.run(os.getpid)
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)
    finally:
        processes.close()

    assert os.getpid() != after != before


def test_what_is_at_work_can_be_told_to_end_sooner(processes: Processes) -> None:
    with ThreadPoolExecutor(1) as threads:
        endless = threads.submit(processes.run, of_no_end)
        processes.hurry(0.0)

        with pytest.raises(TooSlowError):
            endless.result()


def test_what_ends_its_process_is_told_and_the_next_is_done(processes: Processes) -> None:
    with pytest.raises(ProcessEndedError):
        processes.run(dies)

    assert processes.run(os.getpid) != os.getpid()


def test_what_was_ended_from_outside_is_done_again(processes: Processes, tmp_path: Path) -> None:
    assert processes.run(partial(dies_once, tmp_path / "mark")) != os.getpid()


def test_none_are_had_where_there_are_to_be_none(processes: Processes) -> None:
    with pytest.raises(NoProcessError):
        Processes(0, 60.0, os.getpid).run(os.getpid)
    processes.close()
    with pytest.raises(NoProcessError):
        processes.run(os.getpid)


def test_none_are_had_where_none_can_begin(monkeypatch: pytest.MonkeyPatch, processes: Processes) -> None:
    """As where memory or the number of processes is spent: the system starts no interpreter."""
    monkeypatch.setattr("multiprocessing.spawn._python_exe", b"/bin/false")

    with pytest.raises(NoProcessError):
        processes.run(os.getpid)


def test_they_end_with_the_one_that_started_them() -> None:
    """Killed, it can tell nobody: what its children hold open says when the last of them has gone."""
    code = """
import os
from scraper.pipeline.pages.processes import Processes
if __name__ == "__main__":
    processes = Processes(1, 60.0, os.getpid)
    print(processes.run(os.getpid), flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) != parent.pid
        parent.kill()
        assert parent.stdout.read() == b""
