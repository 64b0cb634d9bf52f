"""What a webhook is sent, and as whom."""

import pytest

from scraper.crawler.http.posting import post_json
from scraper.errors import PermanentError, Reason, TransientError
from scraper.settings import CrawlSettings
from tests.loopback import Loopback, reply

SETTINGS = CrawlSettings(user_agent="bot/1", contact="mailto:me@example.org", allow_private_hosts=("127.0.0.1",))


def test_a_post_says_who_we_are_and_what_it_brings(server: Loopback) -> None:
    server.routes["/hook"] = reply(b"", "204 No Content")
    assert post_json(server.url("/hook"), b"{}", SETTINGS) == 204
    headers = server.requests[0].headers
    assert headers["user-agent"] == "bot/1 (+mailto:me@example.org)"
    assert (headers["content-type"], headers["content-length"]) == ("application/json", "2")
    assert "authorization" not in headers


@pytest.mark.parametrize("typed", ["/ü b?q=ü#here", "/%C3%BC%20b?q=%C3%BC"])
def test_an_address_is_spelled_as_for_every_request(server: Loopback, typed: str) -> None:
    target = "/%C3%BC%20b?q=%C3%BC"
    server.routes["/%C3%BC%20b"] = reply(b"")
    assert post_json(server.url(typed, scheme="HTTP"), b"{}", SETTINGS) == 200
    assert server.targets == [target]


def test_a_password_in_the_address_is_sent_as_one(server: Loopback) -> None:
    """RFC 7617: the pair of the example in its section 2.1, whose pound sign is UTF-8."""
    server.routes["/hook"] = reply(b"")
    post_json(f"http://test:123%C2%A3@127.0.0.1:{server.port}/hook", b"{}", SETTINGS)
    assert server.requests[0].headers["authorization"] == "Basic dGVzdDoxMjPCow=="


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(PermanentError) as caught:
        post_json("ftp://hooks.example/", b"{}", SETTINGS)
    assert caught.value.reason is Reason.BAD_URL


@pytest.mark.parametrize(("status", "kind"), [("429 Wait", TransientError), ("302 Found", PermanentError)])
def test_any_other_status_is_an_error(server: Loopback, status: str, kind: type[Exception]) -> None:
    server.routes["/hook"] = reply(b"", status)
    with pytest.raises(kind, match="answered"):
        post_json(server.url("/hook"), b"{}", SETTINGS)
