"""Each class of hostile answer through `scraper crawl`: a reason code, in bounded memory, and nobody else hurt."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archives import rows
from tests.conftest import Workplace
from tests.crawler import hostile_answers as hostile
from tests.loopback import Loopback, redirect, reply

HURRY = """attempts = 1
read_timeout_seconds = 0.4
deadline_seconds = 0.5
max_wire_bytes = 6000000
max_body_bytes = 6000000
threads = 4
"""
MOST_RESIDENT_KIBIBYTES = 700_000


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    """With the settings as shipped: pages are read in other processes."""
    return Workplace(tmp_path, extraction_processes=None)


def crawl(workplace: Workplace, *arguments: str) -> tuple[int, str, int]:
    """Run a crawl to its end: exit status, standard error, and the most memory it ever held, in KiB."""
    errors = workplace.folder / "stderr.txt"
    with errors.open("wb") as stream:
        process = subprocess.Popen(
            workplace.command("crawl", *arguments),
            cwd=workplace.folder,
            env=workplace.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stream,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts in KiB, macOS in bytes.
    resident = usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    return process.returncode, errors.read_text("utf-8"), resident


def outcomes(archive: Path, kind: str) -> dict[str, str]:
    """URL -> reason of everything of that kind that failed."""
    sql = "SELECT failures.url, reason FROM failures JOIN fetches ON fetches.id = fetch_id WHERE kind = "
    return dict(rows(archive, f"{sql}'{kind}'"))


def test_every_hostile_page_ends_as_it_should(server: Loopback, workplace: Workplace) -> None:
    bad = {path: (route, {str(reason)}) for path, (route, reason) in hostile.answers(server).items()}
    table = {**bad, **hostile.pages()}
    server.routes |= {path: route for path, (route, _) in table.items()}
    server.routes |= {
        "/feed": hostile.rss("".join(map(hostile.item, table))),
        "/good": hostile.rss(hostile.item("/article")),
        "/article": hostile.html(hostile.article()),
    }
    workplace.configure(server.url("/feed"), server.url("/good"), crawl=HURRY)

    status, said, resident = crawl(workplace)

    assert (status, "Traceback" in said) == (1, False)
    stored = dict(rows(workplace.archive, "SELECT url, title FROM articles"))
    failed = outcomes(workplace.archive, "article")
    came_to = {path: "article" if server.url(path) in stored else failed.get(server.url(path)) for path in table}
    assert {path: got for path, got in came_to.items() if got not in table[path][1]} == {}
    assert stored[server.url("/article")] == "Neues Wehr"
    assert not any(target.startswith("/leak") for target in server.targets)
    assert resident < MOST_RESIDENT_KIBIBYTES
    texts = dict(rows(workplace.archive, "SELECT url, body FROM articles"))
    for path in ("/charset-codec", "/charset-missing", "/charset-wrong", "/utf-16", "/surrogates", "/entities"):
        assert "Rätinnen" in texts[server.url(path)], path
    dates = dict(rows(workplace.archive, "SELECT url, published FROM articles"))
    assert {dates[server.url(path)] for path in ("/year-9999", "/year-99999", "/year-1")} == {None}


def test_every_hostile_feed_ends_as_it_should(server: Loopback, workplace: Workplace) -> None:
    bad = {path: (route, {str(reason)}) for path, (route, reason) in hostile.answers(server).items()}
    feeds = {**bad, **{f"/feeds{path}": found for path, found in hostile.feeds().items()}}
    server.routes |= {path: route for path, (route, _) in feeds.items()}
    server.routes |= {"/good": hostile.rss(hostile.item("/article")), "/article": hostile.html(hostile.article())}
    server.routes |= {f"/of{path}": hostile.html(hostile.article(path)) for path in hostile.feeds()}
    workplace.configure(
        *(server.url(path) for path in (*feeds, "/good")),
        crawl=HURRY.replace("= 6000000", "= 9000000") + "max_entries = 20",
    )

    status, said, resident = crawl(workplace)

    assert (status, "Traceback" in said) == (1, False)
    failed = outcomes(workplace.archive, "feed")
    came_to = {path: failed.get(server.url(path), hostile.FEED) for path in feeds}
    assert {path: got for path, got in came_to.items() if got not in feeds[path][1]} == {}
    stored = dict(rows(workplace.archive, "SELECT url, title FROM articles"))
    read = [path for path, (_, allowed) in hostile.feeds().items() if hostile.FEED in allowed]
    assert [path for path in (*(f"/of{path}" for path in read), "/article") if server.url(path) not in stored] == []
    assert not any(target.startswith("/leak") for target in server.targets)
    assert resident < MOST_RESIDENT_KIBIBYTES


SPELLINGS = (
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "localhost",
    "127.0.0.2",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "0.0.0.0",
)


@pytest.mark.parametrize("way", ["feed", "redirect of a feed", "page", "redirect of a page"])
def test_no_spelling_of_a_private_address_is_reached(workplace: Workplace, way: str) -> None:
    """The trap listens on every loopback address of its port; only the lure, on another port, may be asked."""
    with Loopback() as trap, Loopback() as lure:
        inside = [f"http://{host}:{trap.port}/secret" for host in SPELLINGS]
        inside.append("http://169.254.169.254/latest/meta-data/")
        lure.routes |= {f"/to/{number}": redirect(url) for number, url in enumerate(inside)}
        lures = [lure.url(f"/to/{number}") for number in range(len(inside))]
        lure.routes["/links"] = hostile.rss("".join(hostile.item(url) for url in inside))
        lure.routes["/lures"] = hostile.rss("".join(hostile.item(url) for url in lures))
        lure.routes["/good"] = hostile.rss(hostile.item("/article"))
        lure.routes["/article"] = hostile.html(hostile.article())
        asked = {
            "feed": inside,
            "redirect of a feed": lures,
            "page": [lure.url("/links")],
            "redirect of a page": [lure.url("/lures")],
        }[way]
        workplace.configure(*asked, lure.url("/good"), crawl=HURRY)
        text = (workplace.folder / "config.toml").read_text("utf-8")
        allowed = text.replace('["127.0.0.1"]', f'["127.0.0.1:{lure.port}"]')
        (workplace.folder / "config.toml").write_text(allowed, "utf-8")

        status, said, _ = crawl(workplace)

        assert (status, "Traceback" in said) == (1, False)
        assert trap.requests == []
    failed = outcomes(workplace.archive, "feed" if "feed" in way else "article")
    assert set(failed.values()) == {"private_address"}
    # Different spellings of one address are one URL, so pages may be fewer than links.
    assert len(failed) == len(asked) if "feed" in way else len(failed) >= 8
    assert len(rows(workplace.archive, "SELECT url, title FROM articles")) == 1


def test_memory_stays_bounded_with_the_limits_as_shipped(server: Loopback, workplace: Workplace) -> None:
    """Pages just below the limits, of the costliest kinds: many elements, much text, and 100 MB that is refused."""
    paths = {
        "/dense": hostile.html(b"<p>a<b>b</b></p>" * 600_000),
        "/text": hostile.html(b"<p>" + b"ein Wort und noch eins " * 400_000),
        "/huge": hostile.html(bytes(100_000_000)),
        "/fine": hostile.html(hostile.article()),
    }
    server.routes |= {**paths, "/feed": hostile.rss("".join(map(hostile.item, paths))), "/bomb": reply(hostile.BOMB)}
    workplace.configure(server.url("/feed"))

    status, said, resident = crawl(workplace)

    assert (status, "Traceback" in said) == (1, False)
    assert outcomes(workplace.archive, "article")[server.url("/huge")] == "too_large"
    assert server.url("/fine") in dict(rows(workplace.archive, "SELECT url, title FROM articles"))
    assert resident < 2 * MOST_RESIDENT_KIBIBYTES
