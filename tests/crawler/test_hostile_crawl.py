"""`scraper crawl` against a host on which nearly everything is hostile: it ends, says so, and keeps what is good."""

import gzip
from pathlib import Path

import pytest

from scraper.errors import Reason
from tests.archives import rows
from tests.conftest import Workplace
from tests.loopback import Loopback, Route, redirect, reply

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PARAGRAPHS = "".join(
    f"<p>Im {number}. Punkt der Sitzung ging es um das Wehr von Altenfurt: {number * 17} Meter lang, {number} Jahre"
    f" alt, und nach dem Willen von {number + 3} Rätinnen und Räten bald ersetzt. Die Kosten sind noch offen.</p>"
    for number in range(2, 9)
)
ARTICLE = (
    '<!DOCTYPE html><html lang="de"><head><title>Neues Wehr</title><meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2026-02-28T09:30:00+01:00"></head><body><article>'
    f"<h1>Neues Wehr</h1>{PARAGRAPHS}</article></body></html>"
).encode()
BOMB = gzip.compress(bytes(50_000_000))


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    """With the settings as shipped: pages are read in other processes."""
    return Workplace(tmp_path, extraction_processes=None)


def feed_of(*paths: str) -> bytes:
    items = "".join(f"<item><title>Eintrag {path}</title><link>{path}</link></item>" for path in paths)
    body = f'<rss version="2.0"><channel><title>Bote</title>{items}</channel></rss>'
    return reply(body.encode(), Content_Type="application/rss+xml")


def bad_answers(server: Loopback) -> dict[str, tuple[Route, Reason]]:
    return {
        "/bomb": (reply(BOMB, Content_Encoding="gzip"), Reason.TOO_LARGE),
        "/drip": (server.drip(b".", HEAD + b"\r\n"), Reason.TIMEOUT),
        "/slow-head": (server.drip(b"X-A: b\r\n", HEAD), Reason.TIMEOUT),
        "/stall": (server.stall(), Reason.TIMEOUT),
        "/cut": ([HEAD + b"Content-Length: 9999\r\n\r\n<p>"], Reason.TRUNCATED),
        "/headers": ([HEAD + b"X-A: 1\r\n" * 5_000 + b"\r\n"], Reason.PROTOCOL),
        "/garbage": ([b"220 mail.test ESMTP\r\n"], Reason.PROTOCOL),
        "/circle": (redirect("/circle"), Reason.TOO_MANY_REDIRECTS),
        "/file": (redirect("file:///etc/hostname"), Reason.BAD_REDIRECT),
        "/inside": (redirect("http://169.254.169.254/latest/meta-data/"), Reason.PRIVATE_ADDRESS),
        "/coding": (reply(b"x", Content_Encoding="snappy"), Reason.BAD_ENCODING),
        "/gone": (reply(b"", "410 Gone"), Reason.GONE),
        "/broken": (reply(b"", "503 Later"), Reason.SERVER_ERROR),
    }


HURRY = """attempts = 1
read_timeout_seconds = 0.5
deadline_seconds = 0.7
max_wire_bytes = 200000
max_body_bytes = 5000000
"""


def reasons(archive: Path, sql: str) -> dict[str, str]:
    return dict(rows(archive, sql))


def test_a_hostile_host_costs_its_own_feeds_and_no_more(server: Loopback, workplace: Workplace) -> None:
    bad = bad_answers(server)
    server.routes |= {path: route for path, (route, _) in bad.items()}
    server.routes |= {
        "/parked": reply(b"<html><title>Domain for sale</title></html>", Content_Type="text/html"),
        "/good": feed_of("/article"),
        "/article": reply(ARTICLE, Content_Type="text/html; charset=utf-8"),
    }
    workplace.configure(*(server.url(path) for path in (*bad, "/parked", "/good")), crawl=HURRY)

    done = workplace.run_alone("crawl", "--json")

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    named = reasons(workplace.archive, "SELECT url, last_reason FROM feed_health")
    expected = {server.url(path): str(reason) for path, (_, reason) in bad.items()}
    assert named == expected | {server.url("/parked"): "parked", server.url("/good"): None}
    assert reasons(workplace.archive, "SELECT url, title FROM articles") == {server.url("/article"): "Neues Wehr"}


def test_hostile_pages_cost_themselves_and_no_more(server: Loopback, workplace: Workplace) -> None:
    bad = bad_answers(server)
    server.routes |= {path: route for path, (route, _) in bad.items()}
    server.routes |= {
        "/deep": reply(b"<div>" * 100_000 + b"deep", Content_Type="text/html"),
        "/dense": reply(b"<a/>" * 500_000, Content_Type="text/html"),
        "/attributes": reply(b"<p " + b" ".join(b"a%d=1" % n for n in range(30_000)) + b">", Content_Type="text/html"),
        "/pdf": reply(b"%PDF-1.7\n\0\0", Content_Type="application/pdf"),
        "/nothing": reply(b"", Content_Type="text/html"),
        "/nul": reply(ARTICLE.replace(b"Wehr", b"We\0hr"), Content_Type="text/html; charset=rot13"),
        "/article": reply(ARTICLE, Content_Type="text/html; charset=utf-8"),
    }
    paths = [*bad, "/deep", "/dense", "/attributes", "/pdf", "/nothing", "/nul", "/article"]
    server.routes["/feed"] = feed_of(*paths)
    workplace.configure(server.url("/feed"), crawl=HURRY.replace("200000", "3000000"))

    done = workplace.run_alone("crawl")

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    stored = reasons(workplace.archive, "SELECT url, title FROM articles")
    assert stored[server.url("/article")] == "Neues Wehr"
    assert set(stored) <= {server.url(path) for path in ("/article", "/nul", "/deep")}
    failed = {line.split(" ")[2].rstrip(":") for line in done.stderr.decode().splitlines() if "failed" in line}
    assert {server.url(path) for path in bad} <= failed


def test_a_host_that_hides_its_rules_is_left_alone(server: Loopback, workplace: Workplace) -> None:
    server.routes |= {"/robots.txt": reply(b"", "500 Oops"), "/feed": feed_of("/article"), "/article": reply(ARTICLE)}
    workplace.configure(server.url("/feed"), crawl=HURRY)

    workplace.run_alone("crawl")

    assert "/article" not in server.targets
