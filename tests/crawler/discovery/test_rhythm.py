"""How often something new comes, as a number and in words."""

from datetime import timedelta

import pytest

from scraper.crawler.discovery.rhythm import entries_per_day, in_words
from tests.crawler.conftest import NOW


def test_the_mean_of_the_newest() -> None:
    hourly = [NOW - timedelta(hours=2 * n) for n in range(20)]

    assert entries_per_day(hourly) == pytest.approx(12)
    assert entries_per_day([*hourly, NOW - timedelta(days=900)]) == pytest.approx(12, rel=0.2)
    assert entries_per_day([NOW]) is None
    assert entries_per_day([]) is None
    assert entries_per_day([NOW, NOW]) == 24


@pytest.mark.parametrize(
    ("per_day", "words"),
    [
        (12.2, "about 12 a day"),
        (1.5, "about 2 a day"),
        (0.43, "about 3 a week"),
        (0.1, "about 3 a month"),
        (0.01, "about 4 a year"),
        (0.001, "about 1 a year or less"),
        (None, None),
    ],
)
def test_in_words(per_day: float | None, words: str | None) -> None:
    assert in_words(per_day) == words
