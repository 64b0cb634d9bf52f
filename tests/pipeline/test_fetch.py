"""One page by its address, stored."""

from base64 import b64encode
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.config import loads
from scraper.pipeline.fetch import fetch, fetch_and_save
from tests.archives import rows
from tests.loopback import Loopback, redirect, reply


def page(number: int, canonical: str) -> bytes:
    told = ("left the harbour on Monday", "had lain there for years", "was seen off by a band", "will not come back")
    text = "".join(f"<p>Ship number {number} {what}, and nobody on the quay had expected it.</p>" for what in told)
    head = f'<title>Ship {number}</title><link rel="canonical" href="{canonical}">'
    body = f"<body><article><h1>Ship {number} leaves</h1>{text}</article></body>"
    return f"<!doctype html><html lang=en><head>{head}</head>{body}</html>".encode()


def test_an_address_that_leads_to_another_story_every_day_gives_todays(server: Loopback, tmp_path: Path) -> None:
    config = loads('[crawl]\npause_seconds = 0\nallow_private_hosts = ["127.0.0.1"]')
    archive_path = tmp_path / "archive.db"
    titles = []
    for number in (1, 2):
        body = page(number, server.url(f"/ship-{number}"))
        server.routes["/latest"] = reply(body, Content_Type="text/html")
        titles.append(fetch_and_save(server.url("/latest"), config, archive_path).title)

    assert titles == ["Ship 1 leaves", "Ship 2 leaves"]
    with Archive(archive_path, read_only=True) as archive:
        assert {article.title for article in archive} == set(titles)


@pytest.mark.parametrize(("settings", "asked"), [("", 0), ("robots_for_typed = true", 1)])
def test_whether_robots_txt_was_asked_for_a_typed_address_is_recorded(
    server: Loopback, tmp_path: Path, settings: str, asked: int
) -> None:
    config = loads(f'[crawl]\npause_seconds = 0\nallow_private_hosts = ["127.0.0.1"]\n{settings}')
    archive_path = tmp_path / "archive.db"
    server.routes["/ship"] = reply(page(1, server.url("/ship")), Content_Type="text/html")
    fetch_and_save(server.url("/ship"), config, archive_path)

    assert ("/robots.txt" in server.targets) == bool(asked)
    assert rows(archive_path, "SELECT robots_asked FROM fetches WHERE kind = 'article'") == [(asked,)]


def test_a_password_in_the_address_goes_to_its_host_alone_and_nowhere_else(server: Loopback, tmp_path: Path) -> None:
    """As with curl and requests. The name has an @, the password a colon and a letter beyond ASCII."""
    config = loads('[crawl]\npause_seconds = 0\nallow_private_hosts = ["127.0.0.1", "localhost"]')
    archive_path = tmp_path / "archive.db"
    address = server.url("/ship", host="localhost")
    server.routes["/start"] = redirect("/moved")
    server.routes["/moved"] = redirect(address)
    server.routes["/ship"] = reply(page(1, address), Content_Type="text/html")

    article = fetch_and_save(server.url("/start", host="me%40work:se:cr%C3%ABt@127.0.0.1"), config, archive_path)

    sent = [request.headers.get("authorization") for request in server.requests]
    assert sent == [f"Basic {b64encode('me@work:se:crët'.encode()).decode()}"] * 2 + [None]
    assert article.url == address
    with Archive(archive_path) as archive:
        assert archive.get(server.url("/start")) == archive.get(address)
    assert all(secret not in archive_path.read_bytes() for secret in (b"se:cr", b"me%40work", b"Basic "))


def test_a_password_wins_over_that_of_the_settings(server: Loopback) -> None:
    host = f"127.0.0.1:{server.port}"
    config = loads(
        '[crawl]\npause_seconds = 0\nallow_private_hosts = ["127.0.0.1"]\n'
        f'[hosts."{host}"]\nheaders = {{ authorization = "Bearer other", X-Reader = "1" }}'
    )
    server.routes["/ship"] = reply(page(1, server.url("/ship")), Content_Type="text/html")

    fetch(server.url("/ship", host="me:secret@127.0.0.1"), config)

    assert server.requests[-1].headers["authorization"] == "Basic bWU6c2VjcmV0"
    assert server.requests[-1].headers["x-reader"] == "1"
