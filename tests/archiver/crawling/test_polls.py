"""What polls teach of a feed: its rhythm, its moves, its end, and whether its word can be taken."""

from datetime import datetime, timedelta

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import FeedPoll, MoveState, PollOutcome, PollResult
from scraper.archiver.records import FeedState
from scraper.errors import PermanentError, Reason
from scraper.records import Feed, FeedEntry, Redirect, Validators
from scraper.settings import FeedSettings
from tests.archiver.builders import FEED_URL, NOW, add_feed, later, make_entry, make_page, not_modified, poll, stamp

NEW_URL = "https://new.example/feed.xml"


def answered(
    at: datetime, *entries: FeedEntry, status: int = 301, via: str | None = NEW_URL, **fields: object
) -> FeedPoll:
    """A good poll, by way of a redirect to `via`."""
    redirects = (Redirect(url=FEED_URL, status=status, location=via),) if via else ()
    body = repr((entries, at)).encode()
    page = make_page(FEED_URL, at=at, body=body, redirects=redirects, final_url=via or FEED_URL, **fields)
    return FeedPoll(
        outcome=PollOutcome.OK,
        fetched_at=at,
        next_check_at=at + timedelta(hours=1),
        response=page,
        feed=Feed(format="rss20", title="The News", entries=entries),
    )


def failed(at: datetime, reason: Reason = Reason.NOT_A_FEED, *, retired: bool = False) -> FeedPoll:
    error = PermanentError(reason, "no feed", url=FEED_URL)
    next_check_at = at + timedelta(days=30)
    return FeedPoll(
        outcome=PollOutcome.FAILED, fetched_at=at, next_check_at=next_check_at, error=error, retired=retired
    )


def asked_url(archive: Archive, at: datetime) -> str:
    (due,) = archive.due_feeds(at, everyone=True)
    return due.url


def move(archive: Archive, feed_id: int, *, status: int = 301) -> list[PollResult]:
    """Four good polls over two days by way of a redirect."""
    return [
        archive.save_poll(None, feed_id, answered(later(hours=hours), make_entry(1), status=status))
        for hours in (1, 12, 26, 48)
    ]


def test_a_permanent_redirect_is_taken_over_when_it_has_proved_itself(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1))

    results = move(archive, feed_id)

    assert [len(result.notes) for result in results] == [0, 0, 1, 1]
    assert asked_url(archive, later(hours=50)) == NEW_URL
    (health,) = archive.feed_health()
    assert (health.url, health.current_url) == (FEED_URL, NEW_URL)
    history = archive.history(FEED_URL)
    assert [(m.to_url, m.status, m.state) for m in history.moves] == [(NEW_URL, 301, MoveState.ADOPTED)]
    assert history.feed == health
    assert archive.history(NEW_URL).feed == health


def test_a_temporary_redirect_moves_nothing(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1))

    move(archive, feed_id, status=302)

    assert asked_url(archive, later(hours=50)) == FEED_URL


def test_a_new_address_with_other_stories_is_not_the_feed(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1))
    for number in range(5):
        strange = make_entry(100 + number, url=f"https://spam.example/{number}")
        archive.save_poll(None, feed_id, answered(later(days=number), strange))

    assert asked_url(archive, later(days=6)) == FEED_URL


def test_a_new_address_that_fails_is_given_back(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1))
    move(archive, feed_id)
    results = [archive.save_poll(None, feed_id, failed(later(days=3 + number))) for number in range(3)]

    assert [bool(result.notes) for result in results] == [False, False, True]
    (due,) = archive.due_feeds(later(days=5, hours=2))
    assert due.url == FEED_URL
    assert archive.history(FEED_URL).moves[0].state is MoveState.REVERTED


def test_a_move_is_undone_by_the_settings(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1))
    move(archive, feed_id)

    archive.sync_feeds([FeedSettings(url=FEED_URL, name="A", follow_moves=False)], later(days=3))
    archive.save_poll(None, feed_id, answered(later(days=4), make_entry(1)))

    assert asked_url(archive, later(days=5)) == FEED_URL


def test_a_feed_that_is_gone_retires_visibly_and_may_come_back(archive: Archive) -> None:
    feed_id = add_feed(archive)
    archive.save_poll(None, feed_id, failed(NOW, Reason.GONE, retired=True))
    assert archive.feed_health()[0].state is FeedState.RETIRED
    assert archive.due_feeds(later(days=29)) == ()
    assert len(archive.due_feeds(later(days=30))) == len(archive.due_feeds(NOW, everyone=True)) == 1

    result = poll(archive, feed_id, make_entry(1), at=later(days=30))

    assert archive.feed_health()[0].state is FeedState.OK
    assert "back" in result.notes[0]


def test_a_304_that_would_have_hidden_news_is_a_lie(archive: Archive) -> None:
    feed_id = add_feed(archive)
    headers = (("ETag", '"always the same"'),)
    poll(archive, feed_id, make_entry(1), headers=headers)
    archive.save_poll(None, feed_id, not_modified(later(days=1), Validators(etag='"always the same"')))
    test = answered(later(days=8), make_entry(1), make_entry(2), via=None, headers=headers)

    result = archive.save_poll(None, feed_id, unconditional(test))

    assert result.notes
    assert [failure.reason for failure in archive.history(FEED_URL).failures] == ["lying_304"]
    (health,) = archive.feed_health()
    assert health.distrusted_until == later(days=38)
    assert health.state is FeedState.OK
    (due,) = archive.due_feeds(later(days=9))
    assert (due.distrusted_until, due.last_full_at) == (later(days=38), later(days=8))


def test_a_304_after_the_news_came_out_is_a_lie(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1), headers=(("ETag", '"1"'),))
    archive.save_poll(None, feed_id, not_modified(later(days=3), Validators(etag='"1"')))
    missed = make_entry(2, published=stamp("2026-03-02T08:00:00+00:00"))
    test = answered(later(days=8), make_entry(1), missed, via=None, headers=(("ETag", '"2"'),))

    assert archive.save_poll(None, feed_id, unconditional(test)).notes


@pytest.mark.parametrize("etag", ['"1"', '"2"'])
def test_news_since_the_last_304_is_no_lie(archive: Archive, etag: str) -> None:
    """A whole answer to a conditional request is an honest one, whatever validators it has."""
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1), headers=(("ETag", '"1"'),))
    archive.save_poll(None, feed_id, not_modified(later(days=3), Validators(etag='"1"')))
    honest = answered(later(days=8), make_entry(1), make_entry(2), via=None, headers=(("ETag", etag),))

    assert archive.save_poll(None, feed_id, honest).notes == ()


def test_what_is_known_of_the_rhythm_is_remembered(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1), make_entry(2, published=None))
    poll(archive, feed_id, make_entry(1), make_entry(3, published=None), at=later(hours=5))

    (due,) = archive.due_feeds(later(days=1))

    assert due.rhythm == (stamp("2026-03-01T08:00:00+00:00").at, later(hours=5))


def test_of_a_feed_without_dates_or_entries_the_silence_counts(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id)

    assert archive.due_feeds(later(days=1))[0].rhythm == (NOW,)


def unconditional(poll: FeedPoll) -> FeedPoll:
    return FeedPoll(
        outcome=poll.outcome,
        fetched_at=poll.fetched_at,
        next_check_at=poll.next_check_at,
        response=poll.response,
        feed=poll.feed,
        conditional=False,
    )
