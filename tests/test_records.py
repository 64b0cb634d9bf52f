"""Records mean what they say."""

from datetime import UTC, date, datetime

import pytest

from scraper.records import Article, Page, Precision, Timestamp, Validators
from scraper.urls import canonicalize


@pytest.mark.parametrize(
    ("precision", "offset", "expected"),
    [
        (Precision.SECOND, 120, "2024-10-26T01:12:05+02:00"),
        (Precision.MINUTE, 120, "2024-10-26T01:12+02:00"),
        (Precision.SECOND, 0, "2024-10-25T23:12:05+00:00"),
        (Precision.SECOND, None, "2024-10-25T23:12:05"),
        (Precision.DAY, None, "2024-10-25"),
    ],
)
def test_a_timestamp_is_written_no_more_precisely_than_it_was(
    precision: Precision, offset: int | None, expected: str
) -> None:
    at = datetime(2024, 10, 25, 23, 12, 5, tzinfo=UTC)

    assert str(Timestamp(at=at, offset_minutes=offset, precision=precision, raw="")) == expected


def test_the_day_is_the_one_where_it_was_written() -> None:
    at = datetime(2024, 10, 25, 23, 12, tzinfo=UTC)

    assert Timestamp(at=at, offset_minutes=120, precision=Precision.MINUTE, raw="").day == date(2024, 10, 26)


def test_headers_are_found_whatever_their_case() -> None:
    page = Page(
        url="https://example.org/",
        final_url="https://example.org/",
        body=b"",
        fetched_at=datetime(2024, 1, 1, tzinfo=UTC),
        headers=(("etag", '"a"'), ("LAST-MODIFIED", "Mon"), ("ETag", '"b"')),
    )

    assert page.header("ETag") == '"a"'
    assert page.header("Content-Type") is None
    assert page.validators == Validators(etag='"a"', last_modified="Mon")


def test_the_category_is_the_first_one() -> None:
    url = canonicalize("https://example.org/a")

    assert Article(url=url, categories=("Politik", "Land")).category == "Politik"
    assert Article(url=url).category is None
