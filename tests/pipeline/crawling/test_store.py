"""Results into the archive: what cannot be stored harms nothing else, and is not forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import FeedPoll, PollOutcome
from scraper.errors import Reason
from scraper.pipeline.crawling.outcomes import Extracted, FeedOutcome, PageOutcome, RunCount
from scraper.pipeline.crawling.store import Recorder
from scraper.records import Article, Feed, FeedEntry, Page
from scraper.settings import Config, FeedSettings
from scraper.urls import canonicalize

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
UNSTORABLE = "half a letter: \ud83d"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture
def recorder(archive: Archive) -> Recorder:
    return Recorder(archive, archive.start_run(NOW, "0", "crawl"), Config(), lambda: NOW)


def visited(archive: Archive, url: str, title: str) -> PageOutcome:
    page = Page(url=url, final_url=url, body=b"<p>text</p>", fetched_at=NOW)
    article = Article(url=canonicalize(url), title=title, body="A text.", word_count=2)
    return PageOutcome(item=archive.enqueue(url, NOW), extracted=Extracted(page=page, article=article))


def test_an_article_that_cannot_be_stored_harms_no_other(archive: Archive, recorder: Recorder) -> None:
    outcomes = [
        visited(archive, f"https://news.example/{number}", title)
        for number, title in enumerate(("One", UNSTORABLE, "Three"))
    ]

    happenings = recorder.store(outcomes)

    assert [h.counts_as for h in happenings] == [
        RunCount.ARTICLES_NEW,
        RunCount.PAGES_FAILED,
        RunCount.ARTICLES_NEW,
    ]
    assert {article.title for article in archive} == {"One", "Three"}
    (failure,) = archive.history("https://news.example/1").failures
    assert failure.reason == Reason.INTERNAL
    assert "UnicodeEncodeError" in failure.message
    assert failure.next_try_at is not None


def test_a_feed_that_cannot_be_stored_is_shown_as_failing(archive: Archive, recorder: Recorder) -> None:
    archive.sync_feeds([FeedSettings(url="https://news.example/feed", name="News")], NOW)
    (due,) = archive.due_feeds(NOW)
    feed = Feed(format="rss20", entries=(FeedEntry(guid="1", url="https://news.example/1", title=UNSTORABLE),))
    page = Page(url=due.url, final_url=due.url, body=b"<rss/>", fetched_at=NOW)
    poll = FeedPoll(outcome=PollOutcome.OK, fetched_at=NOW, next_check_at=NOW, response=page, feed=feed)

    (happening,) = recorder.store([FeedOutcome(feed=due, poll=poll)])

    assert happening.counts_as is RunCount.FEEDS_FAILED
    (health,) = archive.feed_health()
    assert (health.state, health.last_reason, health.entries) == ("failing", "internal", 0)
    (again,) = archive.due_feeds(NOW)
    assert again.body_hash is None  # so that the next poll reads it again


def test_what_was_wrong_with_a_feed_that_was_read_is_told(archive: Archive, recorder: Recorder) -> None:
    archive.sync_feeds([FeedSettings(url="https://news.example/feed", name="News")], NOW)
    (due,) = archive.due_feeds(NOW)
    feed = Feed(format="rss20", problems=("an entry whose link is mailto:", "ill-formed XML"))
    page = Page(url=due.url, final_url=due.url, body=b"<rss/>", fetched_at=NOW)
    poll = FeedPoll(outcome=PollOutcome.OK, fetched_at=NOW, next_check_at=NOW, response=page, feed=feed)

    (happening,) = recorder.store([FeedOutcome(feed=due, poll=poll)])

    assert happening.counts_as is RunCount.FEEDS_CHANGED
    assert happening.message == "an entry whose link is mailto:; ill-formed XML"


def _shown(archive: Archive, **fields: object) -> PageOutcome:
    """A visit of one and the same page, which shows an article of these fields."""
    url = "https://news.example/1"
    values = {"title": "One", "body": "A text of some words. " * 20, "word_count": 100} | fields
    page = Page(url=url, final_url=url, body=repr(fields).encode(), fetched_at=NOW, headers=(("ETag", '"wall"'),))
    article = Article(url=canonicalize(url), **values)  # type: ignore[arg-type]
    return PageOutcome(item=archive.enqueue(url, NOW), extracted=Extracted(page=page, article=article))


def test_a_wall_replaces_no_text_and_its_validators_are_not_kept(archive: Archive, recorder: Recorder) -> None:
    recorder.store([_shown(archive)])

    (happening,) = recorder.store([_shown(archive, body="Please accept.", word_count=2)])

    assert (happening.counts_as, happening.reason) == (RunCount.PAGES_SKIPPED, Reason.SUSPECT)
    (article,) = archive
    assert (article.word_count, article.version_count) == (100, 1)
    (failure,) = archive.history(article.url).failures
    assert (failure.reason, failure.next_try_at is not None) == (Reason.SUSPECT, True)
    (kept,) = archive.query("SELECT page_id FROM fetches WHERE outcome = 'failed'")
    assert archive.page(int(str(kept["page_id"]))).body == b"{'body': 'Please accept.', 'word_count': 2}"


def test_a_version_shown_again_is_no_change_and_is_remembered(archive: Archive, recorder: Recorder) -> None:
    counted = [recorder.store([_shown(archive, title=title)])[0].counts_as for title in ("A", "B", "A", "A")]

    changed = [
        RunCount.ARTICLES_NEW,
        RunCount.ARTICLES_CHANGED,
        RunCount.ARTICLES_UNCHANGED,
        RunCount.ARTICLES_UNCHANGED,
    ]
    assert counted == changed
    assert [shown.version for shown in archive.history("https://news.example/1").shown] == [1]


def test_what_was_deleted_is_not_stored_though_another_address_leads_to_it(
    archive: Archive, recorder: Recorder
) -> None:
    recorder.store([_shown(archive)])
    archive.delete(["https://news.example/1"], now=NOW)
    url = "https://mirror.example/1"
    page = Page(url=url, final_url=url, body=b"<p>text</p>", fetched_at=NOW)
    article = Article(url=canonicalize("https://news.example/1"), title="One", body="A text.", word_count=2)
    item = archive.enqueue(url, NOW)

    (happening,) = recorder.store([PageOutcome(item=item, extracted=Extracted(page=page, article=article))])

    assert happening.reason is Reason.DELETED
    assert list(archive) == []
