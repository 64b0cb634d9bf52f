"""One page by its address, stored."""

from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.config import loads
from scraper.pipeline.fetch import fetch_and_save
from tests.archives import rows
from tests.loopback import Loopback, reply


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
