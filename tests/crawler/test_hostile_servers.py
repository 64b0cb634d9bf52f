"""Servers that lie, stall, flood and trap: each ends in one named error, within the limits, and nothing else."""

import gzip
from collections.abc import Iterator

import brotli
import pytest

from scraper.crawler.http.encodings import zstd
from scraper.crawler.http.fetcher import Fetcher
from scraper.errors import ItemError, PermanentError, Reason, TransientError
from tests.crawler.conftest import FetcherFactory
from tests.loopback import Loopback, Reset, Route, redirect, reply

BOMB = bytes(30_000_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def hasty(make_fetcher: FetcherFactory) -> Fetcher:
    """Deadlines of tenths of a second, limits of kilobytes."""
    return make_fetcher(
        connect_timeout_seconds=2.0,
        read_timeout_seconds=0.4,
        deadline_seconds=0.6,
        max_wire_bytes=100_000,
        max_body_bytes=200_000,
        max_redirects=3,
    )


def outcome_of(server: Loopback, fetcher: Fetcher, route: Route) -> tuple[type[ItemError], Reason]:
    server.routes["/"] = route
    with pytest.raises(ItemError) as caught:
        fetcher.get(server.url("/"))
    return type(caught.value), caught.value.reason


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BOMB)),
        ("br", brotli.compress(BOMB)),
        ("zstd", zstd.compress(BOMB)),
        ("gzip, gzip", gzip.compress(gzip.compress(BOMB))),
    ],
    ids=["gzip", "br", "zstd", "gzip twice"],  # bytes in a name tell the second in which gzip made them
)
def test_a_compression_bomb_ends_at_the_cap(server: Loopback, hasty: Fetcher, coding: str, body: bytes) -> None:
    assert outcome_of(server, hasty, reply(body, Content_Encoding=coding)) == (PermanentError, Reason.TOO_LARGE)


def test_a_large_body_is_refused_by_its_announcement(server: Loopback, hasty: Fetcher) -> None:
    lie = reply(b"x", Content_Length="8000000000000000000")

    assert outcome_of(server, hasty, server.stall(lie)) == (PermanentError, Reason.TOO_LARGE)


def test_an_endless_body_ends_at_the_cap(server: Loopback, hasty: Fetcher) -> None:
    def endless(_request: object) -> Iterator[bytes]:
        yield HEAD + b"\r\n"
        while True:
            yield bytes(50_000)

    assert outcome_of(server, hasty, endless) == (PermanentError, Reason.TOO_LARGE)


def test_endless_chunks_end_at_the_cap(server: Loopback, hasty: Fetcher) -> None:
    def endless(_request: object) -> Iterator[bytes]:
        yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        while True:
            yield b"8000\r\n" + bytes(0x8000) + b"\r\n"

    assert outcome_of(server, hasty, endless) == (PermanentError, Reason.TOO_LARGE)


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"\r\n", b"."),
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"."),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n.\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n.\r\n0\r\n", b"X-Trailer: a\r\n"),
    ],
    ids=["status", "headers", "long header", "continue", "body", "known length", "chunks", "chunk size", "trailers"],
)
def test_a_drip_ends_with_the_deadline_of_the_whole(
    server: Loopback, hasty: Fetcher, first: bytes, piece: bytes
) -> None:
    """A byte every 20 ms never meets a timeout between reads; the deadline counts from the request."""
    assert outcome_of(server, hasty, server.drip(piece, first)) == (TransientError, Reason.TIMEOUT)


@pytest.mark.parametrize("first", [b"", HEAD, HEAD + b"Content-Length: 9\r\n\r\n12"], ids=["all", "head", "body"])
def test_silence_is_a_timeout(server: Loopback, hasty: Fetcher, first: bytes) -> None:
    assert outcome_of(server, hasty, server.stall(first)) == (TransientError, Reason.TIMEOUT)


@pytest.mark.parametrize(
    "pieces",
    [
        [HEAD],
        [HEAD + b"X-A"],
        [HEAD + b"Content-Length: 100\r\n\r\nonly this"],
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"],
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe"],
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"],
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 100_000],
        [HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(range(256)) * 20)[:-9]],
        [HEAD + b"Content-Encoding: br\r\n\r\n" + brotli.compress(bytes(range(256)) * 20)[:-9]],
    ],
    ids=["head", "header", "length", "chunks", "in a chunk", "chunk size", "endless chunk size", "gzip", "br"],
)
def test_a_body_that_is_not_whole_is_not_taken(server: Loopback, hasty: Fetcher, pieces: list[bytes]) -> None:
    assert outcome_of(server, hasty, pieces) == (TransientError, Reason.TRUNCATED)


def test_a_reset_in_the_body_is_noticed(server: Loopback, hasty: Fetcher) -> None:
    pieces = [HEAD + b"Content-Length: 100\r\n\r\nonly this", Reset()]

    kind, reason = outcome_of(server, hasty, pieces)  # type: ignore[arg-type]

    assert kind is TransientError
    assert reason in (Reason.TRUNCATED, Reason.CONNECT)


@pytest.mark.parametrize("pieces", [[b""], [Reset()]], ids=["closed", "reset"])
def test_a_connection_that_ends_without_an_answer_may_get_better(
    server: Loopback, hasty: Fetcher, pieces: list[bytes]
) -> None:
    assert outcome_of(server, hasty, pieces) == (TransientError, Reason.CONNECT)


@pytest.mark.parametrize(
    "answer",
    [
        b"<html><p>HTTP/0.9 sends no head</p></html>",
        b"SSH-2.0-OpenSSH_9.7\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/2.0.1 200 OK\r\n\r\n",
        HEAD + b"X-A: 1\r\n" * 10_000 + b"\r\n",
        HEAD + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ],
    ids=[
        "http/0.9",
        "ssh",
        "status",
        "long status",
        "version",
        "10,000 headers",
        "long header",
        "two lengths",
        "transfer coding",
    ],
)
def test_what_is_not_http_is_named_so(server: Loopback, hasty: Fetcher, answer: bytes) -> None:
    assert outcome_of(server, hasty, [answer]) == (PermanentError, Reason.PROTOCOL)


@pytest.mark.parametrize("length", ["abc", "-5", "5.0", ""])
def test_a_senseless_length_is_no_length(server: Loopback, hasty: Fetcher, length: str) -> None:
    server.routes["/"] = [HEAD + f"Content-Length: {length}\r\n\r\nhello".encode()]

    assert hasty.get(server.url("/")).body == b"hello"  # type: ignore[union-attr]


@pytest.mark.parametrize("coding", ["snappy", "gzip, gzip, gzip", "zlib"])
def test_an_unknown_content_coding_is_an_error(server: Loopback, hasty: Fetcher, coding: str) -> None:
    assert outcome_of(server, hasty, reply(b"x", Content_Encoding=coding)) == (PermanentError, Reason.BAD_ENCODING)


def test_a_wrong_content_coding_is_an_error(server: Loopback, hasty: Fetcher) -> None:
    assert outcome_of(server, hasty, reply(b"plain", Content_Encoding="gzip")) == (PermanentError, Reason.BAD_ENCODING)


def test_a_redirect_s_body_is_not_read(server: Loopback, hasty: Fetcher) -> None:
    """It may be a bomb or a drip, and nobody looks at it."""
    head = redirect("/end").replace(b"Content-Length: 0\r\n", b"Content-Length: 999999999\r\n")
    server.routes |= {"/": server.drip(b".", head), "/end": reply(b"end")}

    assert hasty.get(server.url("/")).body == b"end"  # type: ignore[union-attr]


def test_redirects_in_a_circle_end(server: Loopback, hasty: Fetcher) -> None:
    server.routes["/b"] = redirect("/")

    assert outcome_of(server, hasty, redirect("/b")) == (PermanentError, Reason.TOO_MANY_REDIRECTS)
    assert server.targets == ["/", "/b"]


def test_a_page_that_redirects_to_itself_is_asked_once(server: Loopback, hasty: Fetcher) -> None:
    assert outcome_of(server, hasty, redirect("/")) == (PermanentError, Reason.TOO_MANY_REDIRECTS)
    assert server.targets == ["/"]


def test_a_chain_of_redirects_has_an_end(server: Loopback, hasty: Fetcher) -> None:
    server.routes |= {f"/{number}": redirect(f"/{number + 1}") for number in range(20)}

    assert outcome_of(server, hasty, redirect("/0")) == (PermanentError, Reason.TOO_MANY_REDIRECTS)
    assert len(server.requests) == 4  # the page and three redirects


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "data:text/html,hello",
        "javascript:alert(1)",
        "ftp://one.test/",
        "gopher://one.test/",
        "http://",
        "http://[::1",
        "http://one.test:99999/",
        "//",
        "/" + "a" * 70_000,
    ],
)
def test_a_redirect_out_of_the_web_is_refused(server: Loopback, hasty: Fetcher, location: str) -> None:
    kind, reason = outcome_of(server, hasty, redirect(location))

    assert kind is PermanentError
    assert reason in (Reason.BAD_REDIRECT, Reason.PROTOCOL, Reason.TOO_MANY_REDIRECTS)
    assert server.targets == ["/"]


def test_a_redirect_without_a_target_is_an_error(server: Loopback, hasty: Fetcher) -> None:
    assert outcome_of(server, hasty, reply(b"", "302 Found")) == (PermanentError, Reason.BAD_REDIRECT)


def test_after_a_bad_answer_the_host_s_other_pages_go_on(server: Loopback, hasty: Fetcher) -> None:
    server.routes["/good"] = reply(b"good")

    for bad in (server.stall(HEAD), reply(gzip.compress(BOMB), Content_Encoding="gzip"), [HEAD + b"X"]):
        outcome_of(server, hasty, bad)

        assert hasty.get(server.url("/good")).body == b"good"  # type: ignore[union-attr]
