"""Connections kept for the next request to their host, and dropped where something may be left on them."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scraper.crawler.http.fetcher import Fetcher
from scraper.errors import PermanentError, Reason
from scraper.records import Page
from scraper.settings import CrawlSettings


class Keeping(ThreadingHTTPServer):
    """A server that keeps connections, and knows over which one each request came."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.ports: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        assert isinstance(self.server, Keeping)
        self.server.ports.append(self.client_address[1])
        body = b"x" * (1_000_000 if self.path == "/large" else 10)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/last":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        # Some hang up without having said so.
        self.close_connection = self.path in ("/last", "/hangs-up")

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@pytest.fixture
def keeping() -> Iterator[Keeping]:
    with Keeping() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(CrawlSettings(allow_private_hosts=("127.0.0.1",), max_body_bytes=1_000), sleep=lambda _: None) as made:
        yield made


def body_of(fetcher: Fetcher, url: str) -> bytes:
    page = fetcher.get(url)
    assert isinstance(page, Page)
    return page.body


def test_a_connection_serves_the_next_request(keeping: Keeping, fetcher: Fetcher) -> None:
    for _ in range(3):
        assert body_of(fetcher, keeping.url) == b"x" * 10

    assert len(set(keeping.ports)) == 1


def test_one_on_which_something_may_be_left_does_not(keeping: Keeping, fetcher: Fetcher) -> None:
    with pytest.raises(PermanentError) as caught:
        fetcher.get(f"{keeping.url}large")
    assert caught.value.reason is Reason.TOO_LARGE

    assert body_of(fetcher, keeping.url) == b"x" * 10
    assert len(set(keeping.ports)) == 2


@pytest.mark.parametrize("how", ["last", "hangs-up"])
def test_one_that_the_server_closed_is_made_anew(keeping: Keeping, fetcher: Fetcher, how: str) -> None:
    for _ in range(3):
        assert body_of(fetcher, keeping.url + how) == b"x" * 10

    assert len(set(keeping.ports)) == 3
