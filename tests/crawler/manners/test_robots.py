from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawler.http.fetcher import Fetcher
from scraper.crawler.manners.robots import MAX_BYTES, Robots, RobotsFile, parse_rules, product_token
from scraper.errors import PermanentError, Reason, TransientError
from scraper.settings import CrawlSettings
from tests.crawler.conftest import NOW, Clock, FetcherFactory
from tests.loopback import Loopback, Route, redirect, reply

RULES = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\nSitemap: /map.xml\nSitemap: http://cdn.test/map2.xml\n"


@pytest.fixture
def robots(fetcher: Fetcher, clock: Clock) -> Robots:
    return Robots(fetcher, CrawlSettings(user_agent="scraper/9"), clock=clock)


def allows(body: bytes, path: str, agent: str = "scraper") -> bool:
    return parse_rules(body).can_fetch(f"http://a.example{path}", agent)


def test_rules_are_kept(server: Loopback, robots: Robots) -> None:
    server.routes["/robots.txt"] = reply(RULES)

    robots.check(server.url("/public"))

    with pytest.raises(PermanentError) as caught:
        robots.check(server.url("/private/1"))
    assert caught.value.reason is Reason.ROBOTS
    assert robots.crawl_delay(server.url("/")) == 7
    assert robots.sitemaps(server.url("/a/b")) == (server.url("/map.xml"), "http://cdn.test/map2.xml")


def test_the_file_is_asked_for_once_a_day_and_host(server: Loopback, robots: Robots, clock: Clock) -> None:
    server.routes["/robots.txt"] = reply(RULES)

    for _ in range(3):
        robots.check(server.url("/public"))
    clock.now += timedelta(hours=23)
    robots.check(server.url("/public"))
    assert server.targets == ["/robots.txt"]

    clock.now += timedelta(hours=1)
    robots.check(server.url("/public"))
    assert server.targets == ["/robots.txt"] * 2


def test_another_port_is_another_site(server: Loopback, robots: Robots) -> None:
    server.routes["/robots.txt"] = reply(b"User-agent: *\nDisallow: /\n")
    with Loopback({"/robots.txt": reply(b"")}) as other:
        robots.check(other.url("/"))

        with pytest.raises(PermanentError):
            robots.check(server.url("/"))


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"Disallow: /", "404 Not Found"),
        reply(b"User-agent: *\nDisallow: /", "401 Unauthorized"),
        reply(b"User-agent: *\nDisallow: /", "403 Forbidden"),
        reply(b"", "410 Gone"),
        reply(b"", "418 Teapot"),
        reply(b"", "204 No Content", Content_Length=""),
        reply(b"<!DOCTYPE html><title>Front page</title><p>Disallow: /</p>", Content_Type="text/html"),
        redirect("/robots.txt"),
        redirect("ftp://a.test/robots.txt"),
        reply(b"", "302 Found"),
    ],
    ids=["404", "401", "403", "410", "418", "204", "html", "loop", "ftp", "nowhere"],
)
def test_where_there_are_no_rules_nothing_is_forbidden(server: Loopback, robots: Robots, answer: bytes) -> None:
    """RFC 9309 section 2.3.1.3: unavailable means everything may be fetched."""
    server.routes["/robots.txt"] = answer

    robots.check(server.url("/private"))


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"", "500 Oops"),
        reply(b"", "503 Later"),
        reply(b"", "429 Slow"),
        [b""],
        [b"HTTP/1.1 200 OK\r\n"],
        b"what?\r\n",
    ],
    ids=["500", "503", "429", "closed", "cut", "no http"],
)
def test_where_rules_cannot_be_read_everything_is_forbidden(
    server: Loopback, robots: Robots, clock: Clock, answer: Route
) -> None:
    """RFC 9309 section 2.3.1.4: unreachable means nothing may be fetched, for now."""
    server.routes["/robots.txt"] = answer

    for _ in range(2):
        with pytest.raises(TransientError) as caught:
            robots.check(server.url("/"))
        assert caught.value.reason is Reason.ROBOTS_UNREACHABLE
        assert caught.value.not_before == NOW + timedelta(minutes=10)
    assert len(server.requests) == 1

    server.routes["/robots.txt"] = reply(RULES)
    clock.now += timedelta(minutes=10)
    robots.check(server.url("/"))


def test_a_host_that_wants_to_be_left_alone_is_told_from_one_that_hides_its_rules(
    server: Loopback, robots: Robots
) -> None:
    server.routes["/robots.txt"] = reply(b"", "503 Later", Retry_After="60")

    with pytest.raises(TransientError) as caught:
        robots.check(server.url("/"))

    assert caught.value.not_before == NOW + timedelta(seconds=60)


def test_five_redirects_are_followed_and_no_more(server: Loopback, robots: Robots, clock: Clock) -> None:
    def chain(length: int) -> dict[str, bytes]:
        hops = {f"/{number}": redirect(f"/{number + 1}") for number in range(1, length)}
        return {"/robots.txt": redirect("/1"), **hops, f"/{length}": reply(b"User-agent: *\nDisallow: /")}

    server.routes |= chain(5)
    with pytest.raises(PermanentError):
        robots.check(server.url("/"))

    server.routes |= chain(6)
    clock.now += timedelta(days=2)
    robots.check(server.url("/"))


def test_the_rules_of_a_redirect_s_target_are_those_of_the_host_asked(server: Loopback, robots: Robots) -> None:
    server.routes |= {"/robots.txt": redirect(server.url("/rules", "two.test")), "/rules": reply(RULES)}

    with pytest.raises(PermanentError):
        robots.check(server.url("/private", "one.test"))


def test_a_redirect_to_a_private_address_keeps_us_away(
    server: Loopback, make_fetcher: FetcherFactory, clock: Clock
) -> None:
    server.routes["/robots.txt"] = redirect("http://169.254.169.254/robots.txt")
    robots = Robots(make_fetcher(allow_private_hosts=("one.test",)), CrawlSettings(), clock=clock)

    with pytest.raises(TransientError, match="not a public address"):
        robots.check(server.url("/", "one.test"))


def test_only_the_first_500_kib_count(server: Loopback, robots: Robots) -> None:
    head = b"User-agent: *\nDisallow: /early\n"
    filler = b"# " + b"x" * 60 + b"\n"
    body = head + filler * (MAX_BYTES // len(filler) + 1) + b"\nDisallow: /late\n" + filler * 50_000
    server.routes["/robots.txt"] = reply(body)

    robots.check(server.url("/late"))

    with pytest.raises(PermanentError):
        robots.check(server.url("/early"))
    assert len(robots.files()[0].body) == MAX_BYTES


def test_what_was_read_serves_the_next_run(server: Loopback, robots: Robots, fetcher: Fetcher, clock: Clock) -> None:
    server.routes["/robots.txt"] = reply(RULES)
    robots.check(server.url("/"))

    later = Robots(fetcher, CrawlSettings(), clock=clock, files=robots.files())
    with pytest.raises(PermanentError):
        later.check(server.url("/private"))

    assert server.targets == ["/robots.txt"]


def test_a_file_from_the_future_is_asked_for_again(server: Loopback, fetcher: Fetcher, clock: Clock) -> None:
    """A clock that was set back must not make yesterday's rules eternal."""
    host = f"127.0.0.1:{server.port}"
    file = RobotsFile(host=host, status=200, body=b"User-agent: *\nDisallow: /", fetched_at=NOW + timedelta(days=90))
    server.routes["/robots.txt"] = reply(b"")

    Robots(fetcher, CrawlSettings(), clock=clock, files=[file]).check(server.url("/"))

    assert server.targets == ["/robots.txt"]


@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /a", "/a", False),
        (b"USER-AGENT: *\r\ndisALLOW:/a\r\n", "/a/b", False),
        (b"User-agent: *\rDisallow: /a\r", "/a", False),
        (b"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        (b"User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        (b"User-agent: *\nDisallow: /m%C3%BCll", "/m%c3%bcll", False),
        ("User-agent: *\nDisallow: /müll".encode(), "/m%C3%BCll", False),
        (b"User-agent: *\nDisallow:", "/a", True),
        (b"User-agent: other\nDisallow: /", "/a", True),
        (b"User-agent: Scraper\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        (b"User-agent: other\nRemark: hello\nUser-agent: scraper\nDisallow: /a", "/a", False),
        (b"User-agent: other\nCrawl-delay: 3\nUser-agent: scraper\nDisallow: /a", "/a", False),
        (b"Disallow: /", "/a", True),
        (b"\xff\xfe\0garbage\x80", "/a", True),
        (b"User-agent: *\nDisallow: /a # why not", "/a", False),
        (b"User-agent: *\nDisallow: /robots.txt\nDisallow: /", "/robots.txt", True),
    ],
)
def test_rules_mean_what_rfc_9309_says(body: bytes, path: str, allowed: bool) -> None:
    assert allows(body, path) is allowed


def test_a_pattern_of_many_stars_is_matched_without_backtracking() -> None:
    """With regular expressions this would take longer than the universe has."""
    stars = b"User-agent: *\nDisallow: /" + b"a*" * 5_000 + b"b$\nDisallow: /x"

    assert allows(stars, "/" + "a" * 5_000)
    assert not allows(stars, "/x")


@given(st.binary(max_size=500), st.text(max_size=30))
def test_no_bytes_break_the_parser(body: bytes, path: str) -> None:
    assert allows(body, f"/{path}") in (True, False)


@pytest.mark.parametrize("delay", ["-1", "nan", "inf", "soon", ""])
def test_a_senseless_delay_is_none(server: Loopback, robots: Robots, delay: str) -> None:
    server.routes["/robots.txt"] = reply(f"User-agent: *\nCrawl-delay: {delay}\n".encode())

    assert robots.crawl_delay(server.url("/")) is None


@pytest.mark.parametrize(
    ("agent", "token"), [("scraper/0.1", "scraper"), ("My-Bot_2 (x)", "My-Bot_"), ("Mozilla/5.0 (x; y)", "Mozilla")]
)
def test_groups_are_chosen_by_the_product_token(agent: str, token: str) -> None:
    assert product_token(agent) == token
