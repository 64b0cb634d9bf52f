"""Deciding, from records alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scraper.archiver.records import KnownArticle
from scraper.errors import PermanentError, Reason, TransientError
from scraper.pipeline.crawling.decide import change_between, completed, next_try
from scraper.records import Article, ChangeKind, Precision, Timestamp
from scraper.urls import canonicalize

NOW = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)
BODY = "Der Rat vertagt die Entscheidung über den Park. " * 20
URL = canonicalize("https://example.org/park")


def article(**fields: object) -> Article:
    return replace(Article(url=URL, title="Der Park", body=BODY, word_count=160), **fields)  # type: ignore[arg-type]


def known(**fields: object) -> KnownArticle:
    held = KnownArticle(id=1, url=URL, content_hash="c", text_hash="t", title="Der Park", body=BODY, word_count=160)
    return replace(held, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"comment_count": 9, "view_count": 300}, None),
        ({"body": BODY.replace(" ", "\u00a0")}, ChangeKind.COSMETIC),
        ({"title": "„Der Park“"}, ChangeKind.COSMETIC),
        ({"body": BODY + "Neu ist ein Satz."}, ChangeKind.SUBSTANTIVE),
        ({"title": "Der Park und der Rat"}, ChangeKind.SUBSTANTIVE),
        ({"authors": ("Anna Kern",)}, ChangeKind.METADATA),
        ({"tags": ("Park",)}, ChangeKind.METADATA),
        ({"body": "Bitte melden Sie sich an.", "word_count": 5}, None),
    ],
)
def test_kinds_of_change(fields: dict[str, object], expected: ChangeKind | None) -> None:
    assert change_between(known(), article(**fields)) is expected


def stamp(text: str, precision: Precision, offset: int | None) -> Timestamp:
    at = datetime.fromisoformat(text)
    return Timestamp(at=at, offset_minutes=offset, precision=precision, raw=text)


def test_a_second_look_without_the_feed_keeps_the_hour() -> None:
    """A page that shows the day only must not take back the second that the feed gave."""
    exact = stamp("2026-01-20T06:30:00+00:00", Precision.SECOND, 60)
    day = stamp("2026-01-20T00:00:00+00:00", Precision.DAY, None)

    assert completed(known(published=exact), article(published=day)).published == exact
    assert completed(known(published=day), article(published=exact)).published == exact


def test_a_corrected_day_is_taken_over() -> None:
    exact = stamp("2026-01-20T06:30:00+00:00", Precision.SECOND, 60)
    other_day = stamp("2026-01-21T00:00:00+00:00", Precision.DAY, None)

    assert completed(known(published=exact), article(published=other_day)).published == other_day


def test_what_the_page_no_longer_shows_is_kept() -> None:
    held = known(authors=("Anna Kern",), tags=("Park",), subtitle="Ein Streit")

    seen = completed(held, article(tags=("Rat",)))

    assert (seen.authors, seen.tags, seen.subtitle) == (("Anna Kern",), ("Rat",), "Ein Streit")


def test_transient_faults_are_tried_ever_more_rarely_until_the_limit() -> None:
    error = TransientError(Reason.TIMEOUT, "slow", url=URL)

    pauses = [(next_try(error, tries, NOW, 10) or NOW) - NOW for tries in range(1, 11)]

    assert pauses[:3] == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert pauses[8] == timedelta(days=1)
    assert pauses[9] == timedelta(0)  # given up


def test_the_servers_wish_counts_when_it_is_later() -> None:
    wish = NOW + timedelta(hours=3)
    error = TransientError(Reason.RATE_LIMITED, "busy", url=URL, not_before=wish)

    assert next_try(error, 1, NOW, 10) == wish


def test_verdicts_are_final_and_doubtful_ones_get_another_look() -> None:
    assert next_try(PermanentError(Reason.GONE, "gone", url=URL), 1, NOW, 10) is None
    assert next_try(PermanentError(Reason.NOT_FOUND, "not found", url=URL), 1, NOW, 10) == NOW + timedelta(hours=6)
    assert next_try(PermanentError(Reason.NOT_FOUND, "not found", url=URL), 3, NOW, 10) is None


def test_a_fault_of_this_program_gives_no_page_up_before_it_can_be_mended() -> None:
    error = PermanentError(Reason.INTERNAL, "KeyError", url=URL)

    pauses = [(next_try(error, tries, NOW, 10) or NOW) - NOW for tries in range(1, 11)]

    assert sum(pauses, timedelta()) > timedelta(days=7)
    assert pauses[-1] == timedelta(0)  # given up all the same
