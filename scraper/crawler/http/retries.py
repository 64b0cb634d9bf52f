"""Trying again what may get better by itself: the door to tenacity. Decides by the error's class, opens nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from scraper.errors import LeftAloneError, Reason, TransientError
from scraper.settings import CrawlSettings

Result = TypeVar("Result")


def call_with_retries(
    function: Callable[[], Result],
    settings: CrawlSettings,
    *,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
) -> Result:
    """`function()`, called up to `settings.attempts` times while it raises TransientError; the last error is raised.

    The pauses grow (1, 2, 4 s and up to 1 s of chance, so that many do not come back together) up to
    `max_retry_wait_seconds`. A server that asks for a longer pause is not asked again in this run, so nobody
    sleeps for hours: the error goes up with its `not_before`.
    """
    longest = timedelta(seconds=settings.max_retry_wait_seconds)
    growing = wait_exponential_jitter(initial=1, max=settings.max_retry_wait_seconds, jitter=1)

    def is_worth_it(error: BaseException) -> bool:
        if not isinstance(error, TransientError) or isinstance(error, LeftAloneError):
            return False
        if error.reason is Reason.INTERRUPTED:
            return False
        return error.not_before is None or error.not_before - clock() <= longest

    def pause(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = getattr(error, "not_before", None)
        least = (asked - clock()).total_seconds() if asked else 0.0
        return max(growing(state), least)

    try:
        return function()
    except TransientError as error:
        if settings.attempts <= 1 or not is_worth_it(error):
            raise
        attempts = _after(error, function)
    return Retrying(
        retry=retry_if_exception(is_worth_it),
        stop=stop_after_attempt(settings.attempts),
        wait=pause,
        sleep=sleep,
        reraise=True,
    )(attempts)


def _after(first: TransientError, function: Callable[[], Result]) -> Callable[[], Result]:
    """`function` as it is from its first attempt on, which raised `first`: nearly every request needs no second one,
    and no machinery for it.
    """
    outcomes = iter((first,))

    def attempt() -> Result:
        for error in outcomes:
            raise error
        return function()

    return attempt
