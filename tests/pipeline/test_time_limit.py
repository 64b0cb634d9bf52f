"""Work within a limit of time: what is slow is ended where it can be, and nothing else notices."""

import os
import signal
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from functools import partial

import pytest
from lxml import etree

from scraper.pipeline.bulk import process_pool
from scraper.pipeline.time_limit import TooSlowError, within
from tests.pipeline.pages.test_processes import of_no_end


def of_no_end_though_it_catches_everything() -> None:
    while True:
        try:
            of_no_end()
        except Exception:  # noqa: BLE001 - as code does that is prepared for hostile pages
            continue


def of_no_end_in_c() -> None:
    """One call that looks for each of 4,000 elements at all of them, and for each of these again."""
    root = etree.fromstring("<p>" + "<i>x</i>" * 4_000 + "</p>")
    etree.XPath("//i[//i[//i[. = 'y']]]")(root)


@pytest.mark.parametrize("work", [of_no_end, of_no_end_though_it_catches_everything])
def test_what_comes_to_no_end_is_ended(work: "partial[None]") -> None:
    before = signal.getsignal(signal.SIGALRM)

    with pytest.raises(TooSlowError):
        within(0.1, work)

    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_what_is_done_in_time_is_as_without_a_limit() -> None:
    assert within(60, os.getpid) == os.getpid()
    with pytest.raises(ValueError, match="invalid literal"):
        within(60, partial(int, "x"))
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_in_another_thread_there_is_no_limit() -> None:
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(within, 0.0, os.getpid).result() == os.getpid()


def test_a_process_of_a_pool_ends_where_no_alarm_reaches_the_work() -> None:
    with process_pool(1)() as pool, pytest.raises(BrokenExecutor):
        pool.submit(within, 0.1, of_no_end_in_c).result()
