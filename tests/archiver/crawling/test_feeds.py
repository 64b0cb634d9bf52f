"""Polls: what a feed brought is committed as one, and nothing is written twice."""

from datetime import timedelta

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import FeedPoll, PollOutcome, PollResult
from scraper.archiver.records import FeedState
from scraper.errors import Reason, TransientError
from scraper.records import Enclosure, FeedEntry, Validators
from scraper.settings import FeedSettings
from tests.archiver.builders import (
    FEED_URL,
    NOW,
    add_feed,
    count,
    later,
    make_article,
    make_entry,
    not_modified,
    poll,
    stamp,
    store,
)


def _failed(at_hours: int) -> FeedPoll:
    at = later(hours=at_hours)
    error = TransientError(Reason.TIMEOUT, "no answer in 60 s", url=FEED_URL)
    return FeedPoll(outcome=PollOutcome.FAILED, fetched_at=at, next_check_at=at + timedelta(hours=1), error=error)


def test_feeds_follow_the_configuration_and_are_never_lost(archive: Archive) -> None:
    kept = FeedSettings(url="https://a.example/feed", name="A")
    gone = FeedSettings(url="https://b.example/feed", name="B")
    archive.sync_feeds((kept, gone), NOW)
    archive.sync_feeds((FeedSettings(url=kept.url, name="A new name", interval_seconds=60.0),), later(hours=1))
    assert {(feed.name, feed.state) for feed in archive.feed_health()} == {
        ("A new name", FeedState.NEW),
        ("B", FeedState.UNSUBSCRIBED),
    }
    (due,) = archive.due_feeds(later(hours=1))
    assert (due.url, due.interval_seconds) == (kept.url, 60.0)


def test_a_disabled_feed_is_not_due(archive: Archive) -> None:
    archive.sync_feeds((FeedSettings(url=FEED_URL, name="A", enabled=False),), NOW)
    assert archive.due_feeds(NOW) == ()
    assert archive.feed_health()[0].state is FeedState.DISABLED


def test_new_entries_are_queued_once_with_all_that_the_feed_said(archive: Archive) -> None:
    feed_id = add_feed(archive)
    entry = FeedEntry(
        guid="urn:1",
        url="https://news.example/story?utm_source=rss",
        title="A story",
        published=stamp("2026-03-01T08:00:00+00:00", offset=60),
        updated=stamp("2026-03-01T08:05:00+00:00", offset=None),
        authors=("Ada", "Ben"),
        categories=("Region",),
        summary="Short",
        content_html="<p>Long</p>",
        enclosures=(Enclosure(url="https://news.example/a.mp3", media_type="audio/mpeg", length_bytes=9),),
        comment_count=3,
        language="en",
    )
    assert poll(archive, feed_id, entry) == PollResult(new_entries=1, queued=1)
    assert poll(archive, feed_id, entry, at=later(hours=1)) == PollResult()
    (item,) = archive.due_items(NOW)
    assert (item.entry, item.feed_id, item.host, item.tries) == (entry, feed_id, "news.example", 0)
    assert item.url == entry.url


def test_a_poll_that_changes_nothing_leaves_entries_and_queue_alone(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1), make_entry(2))
    tables = ("entries", "queue")
    before = [list(archive.query(f"SELECT * FROM {table}")) for table in tables]
    poll(archive, feed_id, make_entry(2), make_entry(1), at=later(hours=1))
    assert [list(archive.query(f"SELECT * FROM {table}")) for table in tables] == before


def test_validators_and_body_hash_are_those_of_the_last_good_answer(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1), headers=(("etag", '"a"'), ("Last-Modified", "Sun, 01 Mar 2026 09:00:00 GMT")))
    archive.save_poll(None, feed_id, _failed(1))
    (due,) = archive.due_feeds(later(hours=3))
    assert due.validators == Validators(etag='"a"', last_modified="Sun, 01 Mar 2026 09:00:00 GMT")
    assert due.failures_in_a_row == 1
    body_hash = due.body_hash
    archive.save_poll(None, feed_id, not_modified(later(hours=3), Validators(etag='"b"')))
    (due,) = archive.due_feeds(later(hours=5))
    assert (due.validators, due.body_hash, due.failures_in_a_row) == (Validators(etag='"b"'), body_hash, 0)


def test_validators_are_not_kept_when_the_entries_could_not_be(archive: Archive) -> None:
    feed_id = add_feed(archive)
    unstorable = make_entry(1, title="a lone surrogate \ud800")
    with pytest.raises(UnicodeEncodeError):
        poll(archive, feed_id, unstorable)
    (due,) = archive.due_feeds(NOW)
    assert (due.validators, due.body_hash, count(archive, "fetches")) == (None, None, 0)


def test_an_entry_whose_article_is_archived_is_only_a_member(archive: Archive) -> None:
    article_id = store(archive, make_article("https://news.example/story-1"))
    feed_id = add_feed(archive)
    assert poll(archive, feed_id, make_entry(1)) == PollResult(new_entries=1, known=1)
    assert archive.due_items(NOW) == ()
    stored = archive.get(article_id)
    assert stored is not None
    assert stored.feeds == (FEED_URL,)
    assert [row["feed"] for row in archive.query("SELECT feed FROM articles")] == [FEED_URL]


def test_entries_without_pages_are_kept_and_not_queued(archive: Archive) -> None:
    feed_id = add_feed(archive)
    assert poll(archive, feed_id, make_entry(1), fetch_pages=False) == PollResult(new_entries=1)
    assert poll(archive, feed_id, make_entry(2, url=None)) == PollResult(new_entries=1)
    assert poll(archive, feed_id, make_entry(3, url="mailto:a@b.example")) == PollResult(new_entries=1)
    assert archive.due_items(NOW) == ()


def test_a_new_headline_or_date_has_the_page_fetched_again_a_new_summary_does_not(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1))
    (item,) = archive.due_items(NOW)
    store(archive, make_article("https://news.example/story-1"), item=item)
    assert poll(archive, feed_id, make_entry(1, summary="new"), at=later(hours=1)).queued == 0
    assert poll(archive, feed_id, make_entry(1, summary="new", title="New!"), at=later(hours=2)).queued == 1
    (again,) = archive.due_items(later(hours=2))
    assert again.id == item.id


def test_an_entry_that_moved_keeps_its_article_by_its_guid(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1))
    (item,) = archive.due_items(NOW)
    article_id = store(archive, make_article("https://news.example/story-1"), item=item)
    poll(archive, feed_id, make_entry(1, url="https://news.example/moved"), at=later(hours=1))
    moved = make_article("https://news.example/moved")
    known = archive.find(moved, feed_id=feed_id, guid="urn:story:1", urls=())
    assert known is not None
    assert known.id == article_id
    assert count(archive, "entries") == 1


def test_one_guid_for_two_entries_makes_addresses_the_identity_from_then_on(archive: Archive) -> None:
    feed_id = add_feed(archive)
    same = {"guid": "https://news.example/"}
    assert poll(archive, feed_id, make_entry(1, **same), make_entry(2, **same)).new_entries == 2
    assert poll(archive, feed_id, make_entry(3, **same), at=later(hours=1)) == PollResult(new_entries=1, queued=1)
    store(archive, make_article("https://news.example/story-1"))
    assert archive.find(make_article("https://news.example/4"), feed_id=feed_id, guid=same["guid"], urls=()) is None


def test_one_guid_for_another_story_next_day_is_noticed(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1, guid="1"))
    next_day = make_entry(2, guid="1", published=stamp("2026-03-02T08:00:00+00:00"))
    assert poll(archive, feed_id, next_day, at=later(days=1)) == PollResult(new_entries=1, queued=1)
    assert count(archive, "entries") == 2


def test_new_guids_for_old_addresses_are_no_new_entries(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1, guid="a"))
    assert poll(archive, feed_id, make_entry(1, guid="b"), at=later(hours=1)).new_entries == 0
    assert count(archive, "entries") == 1


def test_two_entries_that_point_to_one_page_stay_two_and_do_not_ask_for_it_again(archive: Archive) -> None:
    feed_id = add_feed(archive)
    url = "https://news.example/live"
    both = (make_entry(1, url=url, title="Live, noon"), make_entry(2, url=url, title="Live, evening"))
    assert poll(archive, feed_id, *both) == PollResult(new_entries=2, queued=1)
    (item,) = archive.due_items(NOW)
    store(archive, make_article(url), item=item)
    assert poll(archive, feed_id, *both, at=later(hours=1)) == PollResult()
    assert archive.due_items(later(hours=2)) == ()


def test_comment_counts_of_known_articles_become_sightings(archive: Archive) -> None:
    feed_id = add_feed(archive)
    article_id = store(archive, make_article("https://news.example/story-1"))
    poll(archive, feed_id, make_entry(1, comment_count=3), at=later(hours=1))
    poll(archive, feed_id, make_entry(1, comment_count=8), at=later(hours=2))
    seen = archive.query("SELECT source, comment_count FROM count_sightings WHERE article_id = ?", (article_id,))
    assert [tuple(row.values()) for row in seen] == [("feed", 3), ("feed", 8)]
    stored = archive.get(article_id)
    assert stored is not None
    assert stored.comment_count == 8


def test_a_failing_feed_says_why_and_goes_on_when_it_is_well_again(archive: Archive) -> None:
    feed_id = add_feed(archive)
    archive.save_poll(None, feed_id, _failed(0))
    archive.save_poll(None, feed_id, _failed(1))
    (health,) = archive.feed_health()
    assert (health.state, health.failures_in_a_row) == (FeedState.FAILING, 2)
    assert (health.last_reason, health.last_message) == ("timeout", "no answer in 60 s")
    poll(archive, feed_id, make_entry(1), at=later(hours=2))
    (health,) = archive.feed_health()
    assert (health.state, health.entries, health.waiting) == (FeedState.OK, 1, 1)
    assert health.last_new_at == later(hours=2)


def test_a_failed_poll_without_a_reason_is_a_mistake_of_the_caller(archive: Archive) -> None:
    feed_id = add_feed(archive)
    with pytest.raises(ValueError, match="says why"):
        archive.save_poll(None, feed_id, FeedPoll(outcome=PollOutcome.FAILED, fetched_at=NOW, next_check_at=NOW))
