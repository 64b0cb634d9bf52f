"""What a page is, and what the statuses mean. How servers misbehave is in test_hostile_servers.py."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from scraper.crawler.http.fetcher import ACCEPT_FEED, Fetcher
from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.records import NotModified, Page, Redirect, Validators
from scraper.settings import CrawlSettings, HostSettings
from tests.crawler.conftest import NOW, Clock, FetcherFactory
from tests.loopback import Loopback, Request, redirect, reply


def page_of(outcome: Page | NotModified) -> Page:
    assert isinstance(outcome, Page)
    return outcome


def error_of(fetcher: Fetcher, url: str) -> ItemError:
    with pytest.raises(ItemError) as caught:
        fetcher.get(url)
    return caught.value


def test_a_page_carries_what_came_and_when(server: Loopback, fetcher: Fetcher) -> None:
    server.routes["/a"] = reply(b"<p>Hallo</p>", Content_Type="text/html", ETag='W/"1"', Last_Modified="yesterday")

    page = page_of(fetcher.get(server.url("/a")))

    assert (page.url, page.final_url, page.status) == (server.url("/a"), server.url("/a"), 200)
    assert (page.body, page.wire_bytes, page.fetched_at) == (b"<p>Hallo</p>", 12, NOW)
    assert page.header("content-type") == "text/html"
    assert page.validators == Validators(etag='W/"1"', last_modified="yesterday")


def test_repeated_headers_stay_apart_and_in_order(server: Loopback, fetcher: Fetcher) -> None:
    server.routes["/"] = b"HTTP/1.1 200 OK\r\nLink: <a>\r\nX-A: 1\r\nLink: <b>\r\nContent-Length: 0\r\n\r\n"

    page = page_of(fetcher.get(server.url("/")))

    assert [value for name, value in page.headers if name == "Link"] == ["<a>", "<b>"]


def test_we_say_who_we_are_and_what_we_take(server: Loopback, make_fetcher: FetcherFactory) -> None:
    server.routes["/"] = reply(b"x")

    make_fetcher(user_agent="bot/1", contact="mailto:me@example.org").get(server.url("/"), accept=ACCEPT_FEED)

    headers = server.requests[0].headers
    assert headers["user-agent"] == "bot/1 (+mailto:me@example.org)"
    assert headers["accept"] == ACCEPT_FEED
    assert headers["accept-encoding"] == "gzip, br, zstd, deflate"
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert "cookie" not in headers


def test_validators_go_back_as_they_came_and_a_304_is_no_page(server: Loopback, fetcher: Fetcher) -> None:
    validators = Validators(etag='"a,b"', last_modified="not even a date")
    server.routes["/"] = reply(b"", "304 Not Modified", Content_Length="", Last_Modified="newer")

    outcome = fetcher.get(server.url("/"), validators=validators)

    assert server.requests[0].headers["if-none-match"] == '"a,b"'
    assert server.requests[0].headers["if-modified-since"] == "not even a date"
    assert isinstance(outcome, NotModified)
    assert outcome.validators == Validators(etag='"a,b"', last_modified="newer")


def test_a_304_that_nobody_asked_for_is_an_error(server: Loopback, fetcher: Fetcher) -> None:
    server.routes["/"] = reply(b"", "304 Not Modified", Content_Length="")

    error = error_of(fetcher, server.url("/"))

    assert isinstance(error, TransientError)
    assert error.reason is Reason.LYING_304


def test_a_connection_is_used_again_after_a_page_and_after_a_304(server: Loopback, fetcher: Fetcher) -> None:
    server.routes["/"] = reply(b"x" * 100_000)
    server.routes["/same"] = reply(b"", "304 Not Modified", Content_Length="")

    fetcher.get(server.url("/"))
    fetcher.get(server.url("/same"), validators=Validators(etag='"1"'))
    fetcher.get(server.url("/"))

    assert {request.connection for request in server.requests} == {1}


def test_redirects_are_followed_and_recorded(server: Loopback, fetcher: Fetcher) -> None:
    server.routes |= {"/a": redirect("b?x=1", "301 Moved"), "/b": redirect("/c#top", "307 Here"), "/c": reply(b"end")}

    page = page_of(fetcher.get(server.url("/a")))

    assert (page.url, page.final_url, page.body) == (server.url("/a"), server.url("/c"), b"end")
    assert page.redirects == (
        Redirect(url=server.url("/a"), status=301, location=server.url("/b?x=1")),
        Redirect(url=server.url("/b?x=1"), status=307, location=server.url("/c")),
    )


def test_a_url_is_asked_for_as_it_was_spelled(server: Loopback, fetcher: Fetcher) -> None:
    """%c3 and %C3 are equivalent by RFC 3986, section 6.2.2.1, but not to every server."""
    server.routes["/%c3%bcber/"] = reply(b"da")

    assert page_of(fetcher.get(server.url("/%c3%bcber/"))).body == b"da"


def test_an_error_names_the_address_that_was_asked_for(server: Loopback, fetcher: Fetcher) -> None:
    server.routes |= {"/a": redirect("/b"), "/b": reply(b"", "410 Gone")}

    assert error_of(fetcher, server.url("/a")).url == server.url("/a")


def test_a_redirect_in_raw_utf8_is_understood(server: Loopback, fetcher: Fetcher) -> None:
    server.routes["/a"] = redirect("/münchen".encode().decode("latin-1"))
    server.routes["/m%C3%BCnchen"] = reply(b"da")

    assert page_of(fetcher.get(server.url("/a"))).body == b"da"


def test_a_header_of_the_settings_takes_the_place_of_ours_in_any_case(
    server: Loopback, make_fetcher: FetcherFactory
) -> None:
    own = HostSettings(headers={"user-agent": "own/1"})
    server.routes["/a"] = reply(b"x")

    make_fetcher(hosts={f"one.test:{server.port}": own}).get(server.url("/a", "one.test"))

    assert server.requests[0].headers["user-agent"] == "own/1"


def test_another_host_learns_nothing_of_this_one_s_headers(server: Loopback, make_fetcher: FetcherFactory) -> None:
    hosts = {f"one.test:{server.port}": HostSettings(headers={"Authorization": "Bearer secret"}, user_agent="own/1")}
    fetcher = make_fetcher(hosts=hosts)
    server.routes |= {"/a": redirect(server.url("/b", "two.test")), "/b": reply(b"x", Set_Cookie="a=b")}

    fetcher.get(server.url("/a", "one.test"), validators=Validators(etag='"1"'))

    first, second = (request.headers for request in server.requests)
    assert (first["authorization"], first["user-agent"], first["if-none-match"]) == ("Bearer secret", "own/1", '"1"')
    assert "authorization" not in second
    assert "if-none-match" not in second
    assert second["user-agent"] == CrawlSettings().user_agent


def test_credentials_in_a_url_are_not_sent(server: Loopback, fetcher: Fetcher) -> None:
    server.routes["/"] = reply(b"x")

    page = page_of(fetcher.get(f"http://user:secret@127.0.0.1:{server.port}/"))

    assert "authorization" not in server.requests[0].headers
    assert "secret" not in page.url + page.final_url


def test_cookies_are_neither_kept_nor_sent(server: Loopback, fetcher: Fetcher) -> None:
    server.routes["/"] = reply(b"x", Set_Cookie="session=1; Path=/")

    fetcher.get(server.url("/"))
    fetcher.get(server.url("/"))

    assert "cookie" not in server.requests[1].headers


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        ("204 No Content", PermanentError, Reason.EMPTY),
        ("206 Partial Content", PermanentError, Reason.HTTP_ERROR),
        ("300 Multiple Choices", PermanentError, Reason.HTTP_ERROR),
        ("400 Bad Request", PermanentError, Reason.HTTP_ERROR),
        ("401 Unauthorized", PermanentError, Reason.FORBIDDEN),
        ("403 Forbidden", PermanentError, Reason.FORBIDDEN),
        ("404 Not Found", PermanentError, Reason.NOT_FOUND),
        ("408 Request Timeout", TransientError, Reason.TIMEOUT),
        ("410 Gone", PermanentError, Reason.GONE),
        ("418 Teapot", PermanentError, Reason.HTTP_ERROR),
        ("429 Too Many Requests", TransientError, Reason.RATE_LIMITED),
        ("451 Unavailable", PermanentError, Reason.FORBIDDEN),
        ("500 Oops", TransientError, Reason.SERVER_ERROR),
        ("503 Later", TransientError, Reason.SERVER_ERROR),
        ("522 Origin", TransientError, Reason.SERVER_ERROR),
        ("999 No", PermanentError, Reason.HTTP_ERROR),
    ],
)
def test_a_status_says_what_to_do(
    server: Loopback, fetcher: Fetcher, status: str, kind: type[ItemError], reason: Reason
) -> None:
    server.routes["/"] = reply(b"<p>text</p>", status)

    error = error_of(fetcher, server.url("/"))

    assert (type(error), error.reason, error.status) == (kind, reason, int(status[:3]))
    assert error.url == server.url("/")


def test_retry_after_is_handed_on_as_a_moment(server: Loopback, fetcher: Fetcher) -> None:
    server.routes["/"] = reply(b"", "429 Slow", Retry_After="120")

    error = error_of(fetcher, server.url("/"))

    assert isinstance(error, TransientError)
    assert error.not_before == NOW + timedelta(seconds=120)


def test_what_is_transient_is_tried_again_and_what_is_not_is_not(
    server: Loopback, make_fetcher: FetcherFactory, clock: Clock
) -> None:
    answers = iter([reply(b"", "503 Later"), reply(b"", "500 Oops"), reply(b"at last")])
    server.routes |= {"/shaky": lambda _request: next(answers), "/gone": reply(b"", "410 Gone")}
    fetcher = make_fetcher(attempts=3)

    assert page_of(fetcher.get(server.url("/shaky"))).body == b"at last"
    assert error_of(fetcher, server.url("/gone")).reason is Reason.GONE
    assert server.targets == ["/shaky", "/shaky", "/shaky", "/gone"]
    assert len(clock.slept) == 2


def test_every_request_passes_the_gate_and_leaves_it(server: Loopback, make_fetcher: FetcherFactory) -> None:
    passed: list[str] = []

    class Gate:
        def __init__(self, url: str) -> None:
            self.url = url

        def __enter__(self) -> None:
            passed.append(f"in {self.url}")

        def __exit__(self, *_error: object) -> None:
            passed.append(f"out {self.url}")

    server.routes |= {"/a": redirect("/b"), "/b": reply(b"", "500 Oops")}
    a, b = server.url("/a"), server.url("/b")

    with pytest.raises(TransientError):
        make_fetcher(attempts=2).get(a, gate=Gate)

    assert passed == [f"in {a}", f"out {a}", f"in {b}", f"out {b}"] * 2


def test_the_first_part_is_enough_where_only_that_counts(server: Loopback, fetcher: Fetcher) -> None:
    server.routes["/robots.txt"] = reply(b"0123456789" * 100_000)

    page = fetcher.get_first_part(server.url("/robots.txt"), max_bytes=25, max_redirects=5)

    assert page.body == b"0123456789012345678901234"


@pytest.mark.parametrize(
    "url", ["ftp://x.test/", "javascript:alert(1)", "http://", "http://a b/", "x", "http://x:99999/"]
)
def test_what_is_no_web_address_is_refused(fetcher: Fetcher, url: str) -> None:
    assert error_of(fetcher, url).reason is Reason.BAD_URL


def test_thirty_two_threads_get_what_each_asked_for(server: Loopback, make_fetcher: FetcherFactory) -> None:
    def answer(request: Request) -> bytes:
        return reply(request.target.encode() * 1_000)

    targets = [f"/{number}" for number in range(200)]
    server.routes |= dict.fromkeys(targets, answer)
    fetcher = make_fetcher()

    with ThreadPoolExecutor(32) as pool:
        bodies = list(pool.map(lambda target: page_of(fetcher.get(server.url(target))).body, targets))

    assert bodies == [target.encode() * 1_000 for target in targets]


def test_an_abort_ends_what_is_under_way_and_what_would_come(server: Loopback, make_fetcher: FetcherFactory) -> None:
    arrived = threading.Event()

    def stall(request: Request) -> object:
        arrived.set()
        return server.stall(reply(b"x", Content_Length="10"))(request)

    server.routes["/"] = stall  # type: ignore[assignment]
    fetcher = make_fetcher(attempts=3)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(error_of, fetcher, server.url("/"))
        assert arrived.wait(10)
        fetcher.abort()

        assert waiting.result(10).reason is Reason.INTERRUPTED
    assert error_of(fetcher, server.url("/")).reason is Reason.INTERRUPTED
    assert server.targets == ["/"]


def test_the_clock_is_asked_for_the_time_of_fetching(server: Loopback, fetcher: Fetcher, clock: Clock) -> None:
    server.routes["/"] = reply(b"x")
    clock.now = datetime(2031, 1, 1, tzinfo=UTC)

    assert fetcher.get(server.url("/")).fetched_at == clock.now
