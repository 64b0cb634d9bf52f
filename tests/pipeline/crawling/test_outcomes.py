"""What a run comes to."""

from collections import Counter

import pytest

from scraper.pipeline.crawling.outcomes import RunCount, RunReport


@pytest.mark.parametrize(
    ("counts", "share", "expected"),
    [
        ({}, 0.0, 0),
        ({RunCount.FEEDS_UNCHANGED: 3}, 0.0, 0),
        ({RunCount.FEEDS_CHANGED: 1, RunCount.ARTICLES_NEW: 9, RunCount.PAGES_SKIPPED: 2}, 0.0, 0),
        ({RunCount.FEEDS_CHANGED: 1, RunCount.ARTICLES_NEW: 9, RunCount.PAGES_FAILED: 1}, 0.0, 1),
        ({RunCount.FEEDS_CHANGED: 1, RunCount.ARTICLES_NEW: 9, RunCount.PAGES_FAILED: 1}, 0.1, 0),
        ({RunCount.FEEDS_CHANGED: 1, RunCount.FEEDS_FAILED: 1}, 0.0, 1),
        ({RunCount.FEEDS_FAILED: 2}, 1.0, 3),
    ],
)
def test_exit_statuses(counts: dict[RunCount, int], share: float, expected: int) -> None:
    assert RunReport(counts=Counter(counts)).exit_code(share) == expected
