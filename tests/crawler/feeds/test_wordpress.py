"""The clock of a WordPress site, from what its responses and its API say."""

from datetime import UTC, datetime

import pytest

from scraper.crawler.feeds.wordpress import api_index, in_zone, zone_name, zone_of
from scraper.records import Feed, FeedEntry, Page, Precision, Timestamp


def page(*links: str) -> Page:
    return Page(
        url="https://example.org/feed/",
        final_url="https://example.org/feed/",
        body=b"",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        headers=tuple(("Link", link) for link in links),
    )


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (('<https://example.org/wp-json/>; rel="https://api.w.org/"',), "https://example.org/wp-json/"),
        (
            ("<https://example.org/?p=1>; rel=shortlink", '</wp-json/>; rel="https://api.w.org/"'),
            "https://example.org/wp-json/",
        ),
        (('<https://elsewhere.example/wp-json/>; rel="https://api.w.org/"',), None),
        (('<file:///etc/passwd>; rel="https://api.w.org/"',), None),
        (('<https://example.org/next>; rel="next"',), None),
        ((), None),
    ],
)
def test_the_address_of_the_api(links: tuple[str, ...], expected: str | None) -> None:
    assert api_index(page(*links)) == expected


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (b'{"gmt_offset": 1, "timezone_string": "Europe/Berlin"}', "Europe/Berlin"),
        (b'{"gmt_offset": 5.5, "timezone_string": ""}', "+05:30"),
        (b'{"gmt_offset": -3, "timezone_string": "Atlantis/Sunken"}', "-03:00"),
        (b'{"timezone_string": "../../etc/passwd"}', None),
        (b'{"gmt_offset": 99}', None),
        (b"[]", None),
        (b"<html>", None),
        (b"[" * 100_000, None),
    ],
)
def test_the_zone_that_the_api_states(index: bytes, expected: str | None) -> None:
    assert zone_name(index) == expected


def stamp(at: datetime, offset: int | None = 0) -> Timestamp:
    return Timestamp(at=at, offset_minutes=offset, precision=Precision.SECOND, raw="")


def test_summer_and_winter_have_their_own_offset_and_the_moment_stays() -> None:
    zone = zone_of("Europe/Berlin")
    assert zone is not None
    times = [datetime(2026, 1, 20, 6, 30, tzinfo=UTC), datetime(2025, 7, 13, 22, 30, tzinfo=UTC)]
    feed = Feed(format="rss20", entries=tuple(FeedEntry(published=stamp(at)) for at in times))

    published = [entry.published for entry in in_zone(feed, zone).entries]

    assert [str(p) for p in published] == ["2026-01-20T07:30:00+01:00", "2025-07-14T00:30:00+02:00"]
    assert [p.at for p in published if p] == times


def test_a_zone_that_was_written_is_left_alone() -> None:
    zone = zone_of("+01:00")
    assert zone is not None
    given = FeedEntry(published=stamp(datetime(2026, 1, 20, tzinfo=UTC), -300), updated=None)

    assert in_zone(Feed(format="rss20", entries=(given,)), zone).entries == (given,)
