from collections.abc import Callable
from datetime import timedelta

import pytest

from scraper.crawler.http.retries import call_with_retries
from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.settings import CrawlSettings
from tests.crawler.conftest import NOW, Clock

SETTINGS = CrawlSettings(attempts=4, max_retry_wait_seconds=5.0)


def transient(not_before_seconds: float | None = None, reason: Reason = Reason.SERVER_ERROR) -> TransientError:
    not_before = None if not_before_seconds is None else NOW + timedelta(seconds=not_before_seconds)
    return TransientError(reason, "trouble", url="http://a.example/", not_before=not_before)


class Calls:
    """A function that raises what it was given, one error a call, then returns."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def call(function: Callable[[], str], clock: Clock, settings: CrawlSettings = SETTINGS) -> str:
    return call_with_retries(function, settings, clock=clock, sleep=clock.sleep)


def test_success_is_not_waited_for(clock: Clock) -> None:
    assert call(Calls(), clock) == "done"
    assert clock.slept == []


def test_pauses_grow_and_stay_under_the_limit(clock: Clock) -> None:
    assert call(Calls(transient(), transient(), transient()), clock) == "done"

    first, second, third = clock.slept
    assert 1 <= first <= 2 <= second <= 3
    assert 4 <= third <= 5


def test_the_last_error_is_the_one_raised(clock: Clock) -> None:
    errors = [transient(), transient(), transient(), transient(reason=Reason.TIMEOUT)]
    calls = Calls(*errors)

    with pytest.raises(TransientError) as caught:
        call(calls, clock)

    assert caught.value is errors[-1] or caught.value.reason is Reason.TIMEOUT
    assert calls.count == 4


@pytest.mark.parametrize(
    "error",
    [
        PermanentError(Reason.GONE, "gone", url="http://a.example/"),
        transient(reason=Reason.INTERRUPTED),
        ValueError("a bug"),
    ],
    ids=["permanent", "interrupted", "bug"],
)
def test_what_waiting_cannot_cure_is_raised_at_once(clock: Clock, error: Exception) -> None:
    calls = Calls(error)

    with pytest.raises((ItemError, ValueError)) as caught:
        call(calls, clock)

    assert caught.value is error
    assert (calls.count, clock.slept) == (1, [])


def test_a_short_wish_of_the_server_is_kept(clock: Clock) -> None:
    call(Calls(transient(4.5)), clock)

    assert clock.slept == [4.5]


def test_a_long_wish_of_the_server_ends_the_tries(clock: Clock) -> None:
    """Nobody sleeps for an hour: the error goes up with its moment, and the run goes on."""
    calls = Calls(transient(3_600))

    with pytest.raises(TransientError) as caught:
        call(calls, clock)

    assert caught.value.not_before == NOW + timedelta(hours=1)
    assert (calls.count, clock.slept) == (1, [])


@pytest.mark.parametrize("attempts", [0, 1])
def test_one_attempt_is_the_least(clock: Clock, attempts: int) -> None:
    calls = Calls(transient(), transient())

    with pytest.raises(TransientError):
        call(calls, clock, CrawlSettings(attempts=attempts))

    assert calls.count == 1
