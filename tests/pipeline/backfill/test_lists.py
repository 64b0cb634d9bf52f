"""Lists of the past on a server of our own, stopped in their middle."""

from pathlib import Path

import pytest

from scraper.config import loads
from scraper.errors import PermanentError
from scraper.pipeline.backfill.records import Method, Wishes
from scraper.pipeline.backfill.run import run_backfill
from tests.archives import rows
from tests.loopback import Loopback, reply


def test_a_month_of_several_pages_is_taken_up_within_it(tmp_path: Path) -> None:
    with Loopback() as server:
        _serve_months(server)
        config = loads(
            "[crawl]\npause_seconds = 0\nextraction_processes = 0\nallow_private_hosts = ['127.0.0.1']\n"
            f"[[feeds]]\nname = 'boats'\nurl = '{server.url('/')}'\nkind = 'page'"
        )
        # The limit is reached with the last entry of the first page of October.
        reports = [
            run_backfill("boats", config, tmp_path / "archive.db", Wishes(method=Method.MONTHS, limit=limit))
            for limit in (4, None)
        ]

    assert [(report.new, report.is_complete) for report in reports] == [(4, False), (4, True)]


def test_a_list_that_comes_to_no_end_is_given_up(tmp_path: Path) -> None:
    """Nothing that a stranger sends may hold a backfill. 4,000 elements take this selector some hours."""
    with Loopback() as server:
        server.routes["/"] = reply(b"<html><body>" + b"<i>x</i>" * 4_000, Content_Type="text/html")
        config = loads(
            "[crawl]\npause_seconds = 0\nextraction_seconds = 1.5\nallow_private_hosts = ['127.0.0.1']\n"
            f"[[feeds]]\nname = 'boats'\nurl = '{server.url('/')}'\nkind = 'page'\n"
            "links = \"xpath://i[//i[//i[. = 'y']]]\""
        )
        with pytest.raises(PermanentError, match=r"pages: was not read after 1.5 seconds"):
            run_backfill("boats", config, tmp_path / "archive.db", Wishes(method=Method.PAGES))

    assert rows(tmp_path / "archive.db", "SELECT command, outcome FROM runs") == [("backfill", "failed")]


def _serve_months(server: Loopback) -> None:
    """October in two pages of four and two articles, and September with two."""
    pages = {"/2024/10/": range(4), "/2024/10/page/2/": range(4, 6), "/2024/09/": range(6, 8)}
    for path, numbers in pages.items():
        items = "".join(
            f"<article><h2><a href='/2024/boat-{number}-leaves-the-old-harbour/'>Boat {number} leaves the old harbour"
            "</a></h2><p>It was seen off by many.</p></article>"
            for number in numbers
        )
        onward = "<link rel=next href='/2024/10/page/2/'>" if path == "/2024/10/" else ""
        server.routes[path] = reply(f"<html><head>{onward}</head><body>{items}".encode(), Content_Type="text/html")
    months = b"<a href='/2024/10/'>October</a> <a href='/2024/09/'>September</a>"
    server.routes["/"] = reply(b"<html><body>" + months, Content_Type="text/html")
