"""What a run comes to."""

from collections import Counter

import pytest

from scraper.pipeline.crawling.outcomes import RunReport, Tally


@pytest.mark.parametrize(
    ("counts", "share", "expected"),
    [
        ({}, 0.0, 0),
        ({Tally.FEEDS_UNCHANGED: 3}, 0.0, 0),
        ({Tally.FEEDS_CHANGED: 1, Tally.ARTICLES_NEW: 9, Tally.PAGES_SKIPPED: 2}, 0.0, 0),
        ({Tally.FEEDS_CHANGED: 1, Tally.ARTICLES_NEW: 9, Tally.PAGES_FAILED: 1}, 0.0, 1),
        ({Tally.FEEDS_CHANGED: 1, Tally.ARTICLES_NEW: 9, Tally.PAGES_FAILED: 1}, 0.1, 0),
        ({Tally.FEEDS_CHANGED: 1, Tally.FEEDS_FAILED: 1}, 0.0, 1),
        ({Tally.FEEDS_FAILED: 2}, 1.0, 3),
    ],
)
def test_exit_statuses(counts: dict[Tally, int], share: float, expected: int) -> None:
    assert RunReport(counts=Counter(counts)).exit_code(share) == expected
