"""`scraper crawl` as cron runs it: silence, exit statuses, the lock, signals, kills."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from fixtures.serve import Site
from scraper.archiver.lock import run_lock
from tests.archives import rows
from tests.conftest import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    """With the settings as shipped: pages are read in other processes."""
    return Workplace(tmp_path, extraction_processes=None)


def count(archive: Path, sql: str = "SELECT count(*) FROM articles") -> int:
    value: int = rows(archive, sql)[0][0]
    return value


def test_silence_when_all_is_well(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)

    done = workplace.run("crawl")

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert count(workplace.archive) > 15


def test_failures_are_named_a_line_each(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0], site.trouble_feed)

    done = workplace.run("crawl")

    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert any(line.startswith("pages failed: ") and ": gone: " in line for line in lines)
    assert b"Traceback" not in done.stderr


def test_json_counts(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0])

    counts = json.loads(workplace.run("crawl", "--json").stdout)

    assert counts["articles_new"] == count(workplace.archive)
    assert counts["feeds_failed"] == 0


def test_a_second_run_at_the_same_time_is_refused(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)

    with run_lock(workplace.archive):
        done = workplace.run("crawl")

    assert done.returncode == 75
    assert not site.requests
    assert len(done.stderr.splitlines()) == 1


def test_a_second_run_through_a_link_is_refused_too(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)
    (workplace.folder / "link.db").symlink_to(workplace.archive)

    with run_lock(workplace.archive):
        done = workplace.run("crawl", "--db", "link.db")

    assert done.returncode == 75
    assert not site.requests


@pytest.mark.parametrize("requests_before", [1, 3, 7, 12, 18])
def test_a_killed_run_is_completed_by_the_next(site: Site, workplace: Workplace, requests_before: int) -> None:
    """kill -9 after so many answers; then one more crawl: all articles, none twice, the file whole."""
    workplace.configure(*site.feeds)
    killed = _start(workplace)
    _wait_for_requests(site, requests_before, killed)
    killed.kill()
    killed.communicate(timeout=30)

    done = workplace.run("crawl")

    assert done.returncode == 0, done.stderr
    whole = workplace.folder / "whole.db"
    assert workplace.run("crawl", "--db", str(whole)).returncode == 0
    assert count(workplace.archive) == count(whole)
    assert count(workplace.archive, "SELECT count(*) - count(DISTINCT url) FROM articles") == 0
    assert rows(workplace.archive, "PRAGMA integrity_check") == [("ok",)]
    assert rows(workplace.archive, "PRAGMA foreign_key_check") == []


def test_sigterm_ends_the_run_and_the_next_goes_on(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)
    stopped = _start(workplace)
    _wait_for_requests(site, 5, stopped)
    stopped.send_signal(signal.SIGTERM)
    _, stderr = stopped.communicate(timeout=30)

    assert stopped.returncode in (130, 0)  # 0: it was done before the signal came
    assert b"Traceback" not in stderr
    assert workplace.run("crawl").returncode == 0
    assert count(workplace.archive, "SELECT count(*) FROM queue WHERE state = 'waiting'") == 0


def test_nothing_to_crawl_is_a_usage_error(workplace: Workplace) -> None:
    assert workplace.run("crawl").returncode == 2
    workplace.configure()

    done = workplace.run("crawl")

    assert done.returncode == 2
    assert b"[[feeds]]" in done.stderr
    assert not workplace.archive.exists()


def test_an_archive_that_cannot_be_made_is_archive_trouble(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0])

    done = workplace.run("crawl", "--db", str(workplace.folder / "no-such-folder" / "a.db"))

    assert done.returncode == 4
    assert b"Traceback" not in done.stderr
    assert not site.requests


def _start(workplace: Workplace) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        workplace.command("crawl"),
        cwd=workplace.folder,
        env={**workplace.environment, "HOME": os.devnull},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _wait_for_requests(site: Site, number: int, process: "subprocess.Popen[bytes]") -> None:
    while len(site.requests) < number and process.poll() is None:
        try:
            process.wait(timeout=0.005)
        except subprocess.TimeoutExpired:
            continue
