"""Times as people write them, for every command that selects articles."""

from datetime import UTC, datetime, timedelta

import click
import pytest

from scraper.cli.terminal.selecting import Moment


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-11-01T12:30", datetime(2026, 11, 1, 12, 30, tzinfo=UTC)),
        ("2026-11-01T12:30+02:00", datetime(2026, 11, 1, 10, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_utc_unless_it_says_otherwise(written: str, meant: datetime) -> None:
    assert Moment().convert(written, None, None) == meant


def test_a_span_is_so_long_ago() -> None:
    before = datetime.now(UTC)
    day = Moment().convert("24h", None, None)
    assert before - timedelta(days=1) <= day <= datetime.now(UTC) - timedelta(days=1)
    assert Moment().convert("1w", None, None) < Moment().convert("6d", None, None) < day


@pytest.mark.parametrize("written", ["yesterday", "2026-13-01", "", "-1d", "999999w"])
def test_what_is_no_time_is_told_with_examples(written: str) -> None:
    with pytest.raises(click.BadParameter, match="write 2026-11-01"):
        Moment().convert(written, None, None)
