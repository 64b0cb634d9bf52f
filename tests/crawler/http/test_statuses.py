from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawler.http.statuses import error_for, retry_after
from scraper.errors import PermanentError, TransientError
from tests.crawler.conftest import NOW

DAY = 86_400.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("1", 1),
        (" 120 ", 120),
        ("2.5", 2.5),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60),
        ("Sunday, 01-Mar-26 12:01:00 GMT", 60),
        ("Sun Mar  1 12:01:00 2026", 60),
        ("Sun, 01 Mar 2026 13:01:00 +0100", 60),
        ("315360000", DAY),
        ("999999999999", DAY),
        ("Fri, 31 Dec 9999 23:59:59 GMT", DAY),
    ],
)
def test_seconds_and_dates_are_read_and_capped_at_a_day(value: str, seconds: float) -> None:
    assert retry_after(value, now=NOW, max_seconds=DAY) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "0",
        "-5",
        "soon",
        "1e9",
        "NaN",
        "12, 13",
        "Sun, 01 Mar 2020 12:01:00 GMT",
        "Sun, 99 Mar 2026 12:01:00 GMT",
        "١٢",
        "1" * 5_000,
    ],
)
def test_the_past_and_nonsense_count_as_absent(value: str | None) -> None:
    assert retry_after(value, now=NOW, max_seconds=DAY) is None


@given(st.text())
def test_no_retry_after_raises_or_exceeds_the_cap(value: str) -> None:
    moment = retry_after(value, now=NOW, max_seconds=DAY)

    assert moment is None or NOW < moment <= NOW + timedelta(days=1)


@pytest.mark.parametrize("status", range(100, 1000))
def test_every_status_has_an_error_with_its_number(status: int) -> None:
    error = error_for(status, url="http://a.example/", not_before=None)

    assert str(status) in str(error)
    assert error.status == status
    assert isinstance(error, TransientError if 500 <= status <= 599 else TransientError | PermanentError)
