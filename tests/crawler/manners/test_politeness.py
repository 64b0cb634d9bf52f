from datetime import timedelta

import pytest

from scraper.crawler.http.fetcher import Fetcher
from scraper.crawler.manners.politeness import Memory, Politeness
from scraper.errors import PermanentError, Reason, TransientError
from scraper.settings import CrawlSettings, HostSettings
from tests.crawler.conftest import NOW, Clock, FetcherFactory
from tests.loopback import Loopback, redirect, reply

SETTINGS = CrawlSettings(pause_seconds=2.0, max_pause_seconds=30.0)


@pytest.fixture
def politeness(fetcher: Fetcher, clock: Clock) -> Politeness:
    return Politeness(fetcher, SETTINGS, clock=clock, sleep=clock.sleep)


def test_robots_first_then_pages_with_a_pause_between_all_requests(
    server: Loopback, fetcher: Fetcher, politeness: Politeness, clock: Clock
) -> None:
    server.routes |= {"/robots.txt": reply(b""), "/a": reply(b"a"), "/b": reply(b"b")}

    fetcher.get(server.url("/a"), gate=politeness.gate)
    fetcher.get(server.url("/b"), gate=politeness.gate)

    assert server.targets == ["/robots.txt", "/a", "/b"]
    assert clock.slept == [2, 2]


@pytest.mark.parametrize(("delay", "pause"), [("0.5", 2), ("7", 7), ("86400", 30)])
def test_the_longer_pause_is_kept_up_to_the_cap(
    server: Loopback, fetcher: Fetcher, politeness: Politeness, clock: Clock, delay: str, pause: float
) -> None:
    server.routes |= {"/robots.txt": reply(f"User-agent: *\nCrawl-delay: {delay}".encode()), "/a": reply(b"a")}

    fetcher.get(server.url("/a"), gate=politeness.gate)
    fetcher.get(server.url("/a"), gate=politeness.gate)

    assert clock.slept[-1] == pause


def test_what_is_forbidden_is_not_asked_for(server: Loopback, fetcher: Fetcher, politeness: Politeness) -> None:
    server.routes |= {"/robots.txt": reply(b"User-agent: *\nDisallow: /a"), "/a": reply(b"a")}

    with pytest.raises(PermanentError):
        fetcher.get(server.url("/a"), gate=politeness.gate)

    assert server.targets == ["/robots.txt"]


def test_a_redirect_s_target_is_checked_against_the_rules_of_its_own_host(
    server: Loopback, fetcher: Fetcher, politeness: Politeness
) -> None:
    with Loopback({"/robots.txt": reply(b"User-agent: *\nDisallow: /"), "/secret": reply(b"s")}) as other:
        server.routes |= {"/robots.txt": reply(b""), "/a": redirect(other.url("/secret"))}

        with pytest.raises(PermanentError) as caught:
            fetcher.get(server.url("/a"), gate=politeness.gate)

        assert caught.value.reason is Reason.ROBOTS
        assert other.targets == ["/robots.txt"]


def test_unreachable_rules_are_not_hammered(server: Loopback, make_fetcher: FetcherFactory, clock: Clock) -> None:
    fetcher = make_fetcher(attempts=3)
    politeness = Politeness(fetcher, SETTINGS, clock=clock, sleep=clock.sleep)
    server.routes["/robots.txt"] = reply(b"", "503 Later")

    for _ in range(5):
        with pytest.raises(TransientError) as caught:
            fetcher.get(server.url("/a"), gate=politeness.gate)
        assert caught.value.reason is Reason.ROBOTS_UNREACHABLE

    assert server.targets == ["/robots.txt"] * 3  # the three attempts of one fetch


def test_a_person_s_own_request_asks_no_robots(server: Loopback, fetcher: Fetcher, politeness: Politeness) -> None:
    server.routes |= {"/robots.txt": reply(b"User-agent: *\nDisallow: /"), "/a": reply(b"a")}

    fetcher.get(server.url("/a"), gate=politeness.turn)

    assert server.targets == ["/a"]


def test_a_host_s_own_settings_win(server: Loopback, fetcher: Fetcher, clock: Clock) -> None:
    hosts = {f"127.0.0.1:{server.port}": HostSettings(pause_seconds=0.25, obey_robots=False)}
    politeness = Politeness(fetcher, SETTINGS, hosts, clock=clock, sleep=clock.sleep)
    server.routes["/a"] = reply(b"a")

    fetcher.get(server.url("/a"), gate=politeness.gate)
    fetcher.get(server.url("/a"), gate=politeness.gate)

    assert server.targets == ["/a", "/a"]
    assert clock.slept == [0.25]


def test_a_rate_limit_stops_all_requests_to_the_host(
    server: Loopback, fetcher: Fetcher, politeness: Politeness, clock: Clock
) -> None:
    server.routes |= {"/robots.txt": reply(b""), "/a": reply(b"", "429 Slow", Retry_After="600"), "/b": reply(b"b")}

    for path in ("/a", "/b", "/b"):
        with pytest.raises(TransientError) as caught:
            fetcher.get(server.url(path), gate=politeness.gate)
        assert caught.value.reason is Reason.RATE_LIMITED
        assert caught.value.not_before is not None

    assert server.targets == ["/robots.txt", "/a"]


def test_the_next_run_remembers(server: Loopback, fetcher: Fetcher, politeness: Politeness, clock: Clock) -> None:
    server.routes |= {"/robots.txt": reply(b""), "/a": reply(b"a")}
    fetcher.get(server.url("/a"), gate=politeness.gate)
    memory = politeness.memory()
    clock.slept.clear()

    later = Politeness(fetcher, SETTINGS, clock=clock, sleep=clock.sleep, memory=memory)
    fetcher.get(server.url("/a"), gate=later.gate)

    assert [pace.next_request_at for pace in memory.paces] == [NOW + timedelta(seconds=4)]
    assert isinstance(memory, Memory)
    assert clock.slept == [2]
    assert server.targets == ["/robots.txt", "/a", "/a"]
