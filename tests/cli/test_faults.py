"""What goes wrong around a crawl, really done: kills, a full disk, no rights, other writers, damage, signals, time."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from fixtures.serve import Site
from tests.archives import rows
from tests.conftest import Workplace
from tests.loopback import Loopback, reply

CAN_MOUNT = shutil.which("unshare") is not None and (
    subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False, capture_output=True
    ).returncode
    == 0
)
mounts = pytest.mark.skipif(not CAN_MOUNT, reason="needs a kernel that lets users mount in a namespace of their own")

SLOW = "read_timeout_seconds = 60\ndeadline_seconds = 60\nattempts = 1\n"


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    """With the settings as shipped: pages are read in other processes."""
    return Workplace(tmp_path, extraction_processes=None)


def values(archive: Path, sql: str) -> list[object]:
    return [row[0] for row in rows(archive, sql)]


def start(workplace: Workplace, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        workplace.command("crawl", *arguments),
        cwd=workplace.folder,
        env=workplace.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def until(process: "subprocess.Popen[bytes]", come: Callable[[], bool]) -> None:
    """Wait for something to have happened, or for the process to have ended."""
    while not come() and process.poll() is None:
        try:
            process.wait(timeout=0.01)
        except subprocess.TimeoutExpired:
            continue


def assert_whole(archive: Path) -> None:
    assert values(archive, "PRAGMA integrity_check") == ["ok"]
    assert values(archive, "PRAGMA foreign_key_check") == []
    assert values(archive, "SELECT count(*) - count(DISTINCT url) FROM articles") == [0]


def everything(archive: Path) -> list[object]:
    """What must be the same however often the work was interrupted."""
    sql = (
        "SELECT url || ' ' || ifnull(title, '') || ' ' || version_count || ' ' || word_count FROM articles UNION ALL"
        " SELECT 'entry ' || natural_key FROM entries ORDER BY 1"
    )
    return values(archive, sql)


@pytest.mark.parametrize("seed", [1, 2])
def test_kills_at_any_moment_lose_nothing_and_double_nothing(site: Site, workplace: Workplace, seed: int) -> None:
    workplace.configure(*site.feeds)
    chance = random.Random(seed)
    for _ in range(6):
        killed = start(workplace)
        try:
            killed.wait(timeout=chance.uniform(0.2, 1.6))
        except subprocess.TimeoutExpired:
            killed.kill()
        killed.communicate(timeout=30)
        # Killed before its schema was committed it is an empty file, or one of a header and nothing else.
        if workplace.archive.exists() and values(workplace.archive, "PRAGMA user_version") != [0]:
            assert_whole(workplace.archive)

    assert workplace.run("crawl").returncode == 0

    whole = workplace.folder / "whole.db"
    assert workplace.run("crawl", "--db", str(whole)).returncode == 0
    assert everything(workplace.archive) == everything(whole)
    assert values(workplace.archive, "SELECT count(*) FROM queue WHERE state = 'waiting'") == [0]
    assert_whole(workplace.archive)


# A disk of a megabyte holds the schema and the first few articles, not all.
FULL_DISK = """
mkdir disk && mount -t tmpfs -o size=1200k tmpfs disk
set +e
"$@" crawl --db disk/archive.db 2>full.err; echo $? >full.status
cp disk/archive.db full.db
mount -o remount,size=64m disk
"$@" crawl --db disk/archive.db 2>again.err; echo $? >again.status
cp disk/archive.db again.db
"""


@mounts
def test_a_full_disk_is_told_and_the_next_run_completes(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)

    _in_namespace(workplace, FULL_DISK)

    told = (workplace.folder / "full.err").read_text()
    assert (workplace.folder / "full.status").read_text() == "4\n", told
    assert "disk is full" in told
    assert "Traceback" not in told
    assert (workplace.folder / "again.status").read_text() == "0\n", (workplace.folder / "again.err").read_text()
    assert workplace.run("crawl").returncode == 0
    assert everything(workplace.folder / "again.db") == everything(workplace.archive)
    assert_whole(workplace.folder / "again.db")


READ_ONLY = {
    "file": "mount --bind archive.db archive.db && mount -o remount,ro,bind archive.db",
    "folder": "mount --bind . ../seen && cd ../seen && mount -o remount,ro,bind .",
}


@mounts
@pytest.mark.parametrize("what", READ_ONLY)
def test_an_archive_that_cannot_be_written_is_told_and_unharmed(
    site: Site, workplace: Workplace, what: str, tmp_path: Path
) -> None:
    workplace.folder = tmp_path / "place"
    workplace.folder.mkdir()
    (tmp_path / "seen").mkdir()
    workplace.archive = workplace.folder / "archive.db"
    workplace.configure(*site.feeds)
    assert workplace.run("crawl").returncode == 0
    before = everything(workplace.archive)
    site.forget_requests()
    site.state = "later"

    done = _in_namespace(workplace, f'{READ_ONLY[what]}\nset +e\n"$@" crawl\nexit $?', check=False)

    assert done.returncode == 4, done.stderr
    assert b"permissions" in done.stderr
    assert b"Traceback" not in done.stderr
    assert everything(workplace.archive) == before
    assert_whole(workplace.archive)


def test_a_crawl_waits_for_another_writer(site: Site, workplace: Workplace) -> None:
    workplace.configure(*site.feeds)
    assert workplace.run("crawl").returncode == 0
    site.forget_requests()
    with closing(sqlite3.connect(workplace.archive, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = start(workplace)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=2)
        assert not site.requests
        other.execute("ROLLBACK")

    _, stderr = waiting.communicate(timeout=30)

    assert (waiting.returncode, stderr) == (0, b"")


def test_readers_do_not_disturb_a_crawl(site: Site, workplace: Workplace) -> None:
    workplace.configure(site.feeds[0])
    assert workplace.run("crawl").returncode == 0
    with closing(sqlite3.connect(workplace.archive, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        before = reader.execute("SELECT count(*) FROM articles").fetchone()
        workplace.configure(*site.feeds)

        assert workplace.run("crawl").returncode == 0

        assert reader.execute("SELECT count(*) FROM articles").fetchone() == before
        reader.execute("ROLLBACK")
        assert reader.execute("SELECT count(*) FROM articles").fetchone() > before


def _noise(archive: Path) -> None:
    """Every page but the first: the header is whole, nothing else is."""
    with archive.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (archive.stat().st_size - 4096))


def _cut(archive: Path) -> None:
    os.truncate(archive, archive.stat().st_size // 2)


def _other(archive: Path) -> None:
    archive.write_bytes(b"a letter to a friend\n" * 100)


@pytest.mark.parametrize("damage", [_noise, _cut, _other])
def test_a_damaged_archive_is_refused_before_any_request(
    site: Site, workplace: Workplace, damage: Callable[[Path], None]
) -> None:
    workplace.configure(*site.feeds)
    assert workplace.run("crawl").returncode == 0
    damage(workplace.archive)
    before = workplace.archive.read_bytes()
    site.forget_requests()

    done = workplace.run("crawl")

    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1
    assert any(word in done.stderr for word in (b"damaged", b"not an SQLite database"))
    assert not site.requests
    assert workplace.archive.read_bytes() == before


def test_a_clock_that_was_set_back_stops_nothing(site: Site, workplace: Workplace) -> None:
    """As after a year in which the clock was ten years fast: all that was written then lies in the future."""
    workplace.configure(*site.feeds)
    text = (workplace.folder / "config.toml").read_text()
    (workplace.folder / "config.toml").write_text(text.replace("feed_interval_seconds = 0\n", ""))
    assert workplace.run("crawl").returncode == 0
    with closing(sqlite3.connect(workplace.archive)) as connection:
        for table, columns in {
            "feeds": ("last_checked_at", "last_ok_at", "next_check_at", "last_full_at"),
            "runs": ("started_at", "finished_at"),
            "hosts": ("next_request_at", "not_before"),
            "robots": ("fetched_at", "expires_at"),
            "queue": ("added_at", "next_try_at", "finished_at", "revisit_at", "fetched_at"),
        }.items():
            for column in columns:
                connection.execute(
                    f"UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '+10 years')"
                )
        connection.execute("DELETE FROM queue WHERE id = 1")
        connection.commit()
    site.forget_requests()
    site.state = "later"
    before = len(everything(workplace.archive))

    assert workplace.run("crawl", "--max-time", "60").returncode == 0

    assert {request.path for request in site.requests} >= {"/feed/", "/atom.xml", "/feed.json"}
    assert len(everything(workplace.archive)) > before
    assert values(workplace.archive, "SELECT count(*) FROM feeds WHERE next_check_at > datetime('now', '+2 days')") == [
        0
    ]
    site.forget_requests()
    assert workplace.run("crawl").returncode == 0
    assert not [request for request in site.requests if request.path == "/feed/"]


def test_two_runs_at_once(server: Loopback, workplace: Workplace) -> None:
    server.routes["/feed"] = server.stall()
    workplace.configure(server.url("/feed"), crawl=SLOW)
    first = start(workplace)
    until(first, lambda: bool(server.requests))

    second = workplace.run("crawl")

    assert second.returncode == 75
    assert b"another run" in second.stderr
    assert len(second.stderr.splitlines()) == 1
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=20)
    assert first.returncode == 130


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_within_seconds_and_the_next_goes_on(
    server: Loopback, workplace: Workplace, number: signal.Signals
) -> None:
    """While one host says nothing and another was read: what was read is kept, what was not is asked for again."""
    items = "".join(f"<item><title>{n}</title><link>/{n}</link></item>" for n in range(3))
    server.routes |= {
        "/feed": reply(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()),
        **{f"/{n}": server.stall() for n in range(3)},
    }
    workplace.configure(server.url("/feed"), crawl=SLOW)
    stopped = start(workplace)
    until(stopped, lambda: len(server.targets) > 2)  # the feed, robots.txt, a page

    stopped.send_signal(number)
    _, stderr = stopped.communicate(timeout=10)

    assert stopped.returncode == 130
    assert b"Traceback" not in stderr
    assert values(workplace.archive, "SELECT outcome FROM runs") == ["stopped"]
    assert values(workplace.archive, "SELECT count(*) FROM queue WHERE state = 'waiting' AND tries = 0") == [3]
    page = "<html><head><title>Titel</title></head><body><article><h1>Titel</h1>" + "<p>Wort um Wort ist es.</p>" * 60
    server.routes |= {f"/{n}": reply(page.encode(), Content_Type="text/html") for n in range(3)}
    workplace.run("crawl")
    assert server.targets.count("/1") == 1
    assert values(workplace.archive, "SELECT outcome FROM runs") == ["stopped", "finished"]


@pytest.mark.parametrize("options", [(), ("--log-format", "json")])
def test_a_crawl_that_nobody_reads_goes_on(site: Site, workplace: Workplace, options: tuple[str, ...]) -> None:
    """`scraper crawl 2>&1 | head -1`: the reader has seen enough, and the archive has not."""
    workplace.configure(*(f"{site.url}/nothing/{number}" for number in range(3)), *site.feeds)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as unread:
        done = subprocess.run(
            workplace.command("crawl", *options),
            cwd=workplace.folder,
            env=workplace.environment,
            stdin=subprocess.DEVNULL,
            stderr=unread,
            timeout=120,
            check=False,
        )

    assert done.returncode == 1
    assert values(workplace.archive, "SELECT outcome FROM runs") == ["finished"]
    assert rows(workplace.archive, "SELECT count(*) > 15 FROM articles") == [(1,)]


def test_max_time_ends_a_run_cleanly(server: Loopback, workplace: Workplace) -> None:
    server.routes["/feed"] = server.stall()
    workplace.configure(server.url("/feed"), crawl=SLOW)

    done = workplace.run("crawl", "--max-time", "0.5")

    assert (done.returncode, done.stderr) == (0, b"")
    assert values(workplace.archive, "SELECT outcome FROM runs") == ["stopped"]
    # Nobody failed: we hung up.
    assert values(workplace.archive, "SELECT failures_in_a_row FROM feeds") == [0]


def _in_namespace(workplace: Workplace, script: str, *, check: bool = True) -> "subprocess.CompletedProcess[bytes]":
    """Run a shell script where it may mount; ``$@`` is the command."""
    return subprocess.run(
        ["unshare", "-rm", "sh", "-ec", script, "sh", *workplace.command()],
        cwd=workplace.folder,
        env=workplace.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=check,
        timeout=120,
    )
