import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from scraper.crawler.manners.pacing import HostPace, Pacer
from scraper.errors import Reason, TransientError
from scraper.settings import CrawlSettings
from tests.crawler.conftest import NOW, Clock

SETTINGS = CrawlSettings(max_retry_wait_seconds=5.0, max_pause_seconds=30.0, max_retry_after_seconds=86_400.0)


@pytest.fixture
def pacer(clock: Clock) -> Pacer:
    return Pacer(SETTINGS, clock=clock, sleep=clock.sleep)


def rate_limited(clock: Clock, seconds: float) -> TransientError:
    return TransientError(
        Reason.RATE_LIMITED, "slow down", url="http://a.example/", not_before=clock.now + timedelta(seconds=seconds)
    )


def test_the_first_request_need_not_wait(pacer: Pacer, clock: Clock) -> None:
    with pacer.turn("a.example", pause_seconds=2):
        assert clock.slept == []


def test_the_pause_counts_from_the_end_of_the_answer(pacer: Pacer, clock: Clock) -> None:
    with pacer.turn("a.example", pause_seconds=2):
        clock.now += timedelta(seconds=10)
    clock.now += timedelta(seconds=0.5)
    with pacer.turn("a.example", pause_seconds=2):
        pass

    assert clock.slept == [1.5]


def test_a_failed_request_is_followed_by_the_pause_too(pacer: Pacer, clock: Clock) -> None:
    with pytest.raises(ValueError, match="broken"), pacer.turn("a.example", pause_seconds=2):
        raise ValueError("broken")
    with pacer.turn("a.example", pause_seconds=2):
        pass

    assert clock.slept == [2]


def test_other_hosts_are_not_waited_for(pacer: Pacer, clock: Clock) -> None:
    with pacer.turn("a.example", pause_seconds=20), pacer.turn("b.example", pause_seconds=20):
        pass

    assert clock.slept == []


def test_one_request_at_a_time_per_host_among_many_threads(clock: Clock) -> None:
    pacer = Pacer(SETTINGS, clock=clock, sleep=lambda _seconds: None)
    inside, most, counting = 0, 0, threading.Lock()

    def visit(_number: int) -> None:
        nonlocal inside, most
        with pacer.turn("a.example", pause_seconds=0):
            with counting:
                inside += 1
                most = max(most, inside)
            threading.Event().wait(0.001)
            with counting:
                inside -= 1

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(visit, range(64)))

    assert most == 1


def test_a_short_wish_of_the_host_is_waited_for(pacer: Pacer, clock: Clock) -> None:
    with pytest.raises(TransientError), pacer.turn("a.example", pause_seconds=1):
        raise rate_limited(clock, 4)
    with pacer.turn("a.example", pause_seconds=1):
        pass

    assert clock.slept == [4]


def test_nobody_asks_a_host_that_wants_to_be_left_alone(pacer: Pacer, clock: Clock) -> None:
    with pytest.raises(TransientError), pacer.turn("a.example", pause_seconds=1):
        raise rate_limited(clock, 3_600)

    with pytest.raises(TransientError, match=r"left alone until 2026-03-01 13:00:00") as caught:
        pacer.turn("a.example", pause_seconds=1).__enter__()

    assert caught.value.reason is Reason.RATE_LIMITED
    assert caught.value.not_before == NOW + timedelta(hours=1)
    assert clock.slept == []


def test_after_its_time_the_host_is_asked_again(pacer: Pacer, clock: Clock) -> None:
    with pytest.raises(TransientError), pacer.turn("a.example", pause_seconds=1):
        raise rate_limited(clock, 3_600)
    clock.now += timedelta(hours=1)

    with pacer.turn("a.example", pause_seconds=1):
        assert clock.slept == []


def test_pauses_and_wishes_hold_in_the_next_run(pacer: Pacer, clock: Clock) -> None:
    with pacer.turn("a.example", pause_seconds=3):
        pass
    with pytest.raises(TransientError), pacer.turn("b.example", pause_seconds=3):
        raise rate_limited(clock, 3_600)

    later = Pacer(SETTINGS, clock=clock, sleep=clock.sleep, paces=pacer.paces())
    with later.turn("a.example", pause_seconds=3):
        pass

    assert clock.slept == [3]
    with pytest.raises(TransientError):
        later.turn("b.example", pause_seconds=3).__enter__()


def test_what_is_over_need_not_be_kept(pacer: Pacer, clock: Clock) -> None:
    with pacer.turn("a.example", pause_seconds=3):
        pass
    clock.now += timedelta(seconds=3)

    assert pacer.paces() == ()


def test_a_clock_set_back_makes_no_long_pause(clock: Clock) -> None:
    """The stored moment seems a year ahead; the pause it stands for is half a minute at most."""
    ahead = HostPace(host="a.example", next_request_at=NOW + timedelta(days=365))
    pacer = Pacer(SETTINGS, clock=clock, sleep=clock.sleep, paces=[ahead])

    with pacer.turn("a.example", pause_seconds=2):
        pass

    assert clock.slept == [30]


def test_a_wish_beyond_the_cap_is_a_wish_for_the_cap(clock: Clock) -> None:
    ahead = HostPace(host="a.example", not_before=datetime(2999, 1, 1, tzinfo=UTC))
    pacer = Pacer(SETTINGS, clock=clock, sleep=clock.sleep, paces=[ahead])

    with pytest.raises(TransientError) as caught:
        pacer.turn("a.example", pause_seconds=2).__enter__()

    assert caught.value.not_before == NOW + timedelta(days=1)


def complain(pacer: Pacer, host: str, path: str = "/") -> None:
    error = TransientError(Reason.RATE_LIMITED, "slow down", url=f"http://{host}{path}", status=429)
    with pytest.raises(TransientError), pacer.turn(host, pause_seconds=1):
        raise error


def test_one_429_that_names_no_time_is_about_its_url(pacer: Pacer, clock: Clock) -> None:
    complain(pacer, "a.example", "/feed")
    complain(pacer, "a.example", "/feed")
    with pacer.turn("a.example", pause_seconds=1):
        pass


def test_429_for_several_urls_is_about_the_host(pacer: Pacer, clock: Clock) -> None:
    complain(pacer, "a.example", "/feed")
    complain(pacer, "a.example", "/other")

    with pytest.raises(TransientError) as caught, pacer.turn("a.example", pause_seconds=1):
        pass
    assert caught.value.not_before is not None
    assert caught.value.not_before - clock.now == timedelta(minutes=10)


def test_429_of_several_hosts_is_about_the_domain(pacer: Pacer, clock: Clock) -> None:
    """From then on all its hosts share one turn, also those that never complained, and in the next run too."""
    with pacer.turn("www.news.example", pause_seconds=20), pacer.turn("shop.news.example", pause_seconds=20):
        pass
    complain(pacer, "feeds.news.example")
    complain(pacer, "api.news.example")
    (domain,) = pacer.domains()
    assert domain.domain == "news.example"

    later = Pacer(SETTINGS, clock=clock, sleep=clock.sleep, paces=pacer.paces(), domains=pacer.domains())
    clock.now += timedelta(minutes=5)
    clock.slept.clear()
    for host in ("one.news.example", "two.news.example", "three.other.example"):
        with later.turn(host, pause_seconds=20):
            pass
    assert clock.slept == [20]


def test_what_one_host_of_a_shared_domain_wishes_counts_for_all(pacer: Pacer, clock: Clock) -> None:
    complain(pacer, "feeds.news.example")
    complain(pacer, "api.news.example")
    with pytest.raises(TransientError), pacer.turn("www.news.example", pause_seconds=1):
        raise rate_limited(clock, 3_600)

    with pytest.raises(TransientError), pacer.turn("shop.news.example", pause_seconds=1):
        pass


def test_old_complaints_are_no_evidence(pacer: Pacer, clock: Clock) -> None:
    complain(pacer, "feeds.news.example")
    clock.now += timedelta(hours=2)
    complain(pacer, "api.news.example")

    assert pacer.domains() == ()


def test_a_complaint_is_remembered_by_the_next_run(pacer: Pacer, clock: Clock) -> None:
    complain(pacer, "feeds.news.example")
    later = Pacer(SETTINGS, clock=clock, sleep=clock.sleep, paces=pacer.paces())
    complain(later, "api.news.example")

    assert [domain.domain for domain in later.domains()] == ["news.example"]
