"""The facade: runs, hosts, history, reading, and finding out whether an article is known."""

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import HostState
from scraper.archiver.records import FetchKind, RunSummary
from scraper.errors import Reason, TransientError
from scraper.records import Redirect
from scraper.urls import InvalidUrlError
from tests.archiver.builders import (
    NOW,
    add_feed,
    known_as,
    later,
    make_article,
    make_entry,
    make_page,
    poll,
    stamp,
    store,
)


def test_runs_are_remembered_newest_first_finished_or_not(archive: Archive) -> None:
    first = archive.start_run(NOW, "0.1", "crawl")
    second = archive.start_run(later(hours=1), "0.1", "crawl")
    archive.finish_run(first, later(minutes=5), "ok", {"articles_new": 3})
    killed, finished = archive.latest_runs(5)
    assert (killed.id, killed.finished_at, killed.outcome) == (second, None, None)
    assert finished == RunSummary(
        id=first,
        command="crawl",
        scraper_version="0.1",
        started_at=NOW,
        finished_at=later(minutes=5),
        outcome="ok",
        counts={"articles_new": 3},
    )


def test_a_host_is_treated_next_time_as_it_wished_last_time(archive: Archive) -> None:
    state = HostState(
        host="news.example",
        next_request_at=later(seconds=2),
        not_before=later(hours=1),
        robots_body=b"User-agent: *\nDisallow: /private\xff",
        robots_status=200,
        robots_fetched_at=NOW,
        crawl_delay_seconds=1.5,
    )
    archive.save_hosts([state, HostState(host="other.example:8080")])
    assert archive.hosts() == {"news.example": state, "other.example:8080": HostState(host="other.example:8080")}


def test_an_expired_robots_txt_is_left_where_it_is(archive: Archive) -> None:
    state = HostState(
        host="a.example",
        not_before=later(days=3),
        robots_body=b"User-agent: *",
        robots_status=200,
        robots_fetched_at=NOW,
        robots_expires_at=later(hours=5),
    )
    archive.save_hosts([state])

    assert archive.hosts(later(hours=4)) == archive.hosts() == {"a.example": state}
    assert archive.hosts(later(hours=5)) == {"a.example": HostState(host="a.example", not_before=later(days=3))}
    archive.save_hosts(archive.hosts(later(hours=5)).values())
    assert archive.hosts() == {"a.example": state}


def test_a_wait_is_never_shortened_by_being_stored(archive: Archive) -> None:
    archive.save_hosts([HostState(host="a.example", next_request_at=later(microseconds=1))])
    assert archive.hosts()["a.example"].next_request_at == later(seconds=1)


def test_other_requests_are_logged(archive: Archive) -> None:
    run = archive.start_run(NOW, "0.1", "crawl")
    archive.save_fetch(run, FetchKind.ROBOTS, make_page("https://news.example/robots.txt"), NOW)
    error = TransientError(Reason.TIMEOUT, "too slow", url="https://news.example/sitemap.xml")
    archive.save_fetch(run, FetchKind.SITEMAP, error, NOW)
    rows = archive.query("SELECT kind, outcome, run_id FROM fetches ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [("robots", "ok", run), ("sitemap", "failed", run)]


def test_the_history_of_a_url_tells_its_whole_story(archive: Archive) -> None:
    feed_id = add_feed(archive, name="The News")
    poll(archive, feed_id, make_entry(1, url="https://news.example/?p=1"))
    (item,) = archive.due_items(NOW)
    error = TransientError(Reason.SERVER_ERROR, "503", url=item.url, status=503)
    archive.save_failure(None, item, error, at=NOW, next_try_at=later(minutes=10))
    (item,) = archive.due_items(later(minutes=10))
    redirect = Redirect(url=item.url, status=301, location="https://news.example/story-1")
    article = make_article("https://news.example/story-1")
    article_id = store(archive, article, item=item, at=later(minutes=10), redirects=(redirect,), final_url=article.url)
    history = archive.history("https://news.example/?p=1#x")
    assert (history.article_id, history.article_url) == (article_id, article.url)
    assert history.aliases == ("https://news.example/?p=1",)
    assert [(entry.feed, entry.guid) for entry in history.entries] == [("The News", "urn:story:1")]
    assert [fetch.outcome for fetch in history.fetches] == ["failed", "ok"]
    assert history.fetches[1].redirects == (redirect,)
    assert [(failure.reason, failure.status) for failure in history.failures] == [("server_error", 503)]
    assert [version.number for version in history.versions] == [1]
    assert archive.history(article.url).fetches == history.fetches


def test_the_history_of_what_was_never_seen_is_empty(archive: Archive) -> None:
    history = archive.history("https://nowhere.example/")
    assert (history.article_id, history.entries, history.queue, history.fetches) == (None, (), None, ())
    with pytest.raises(InvalidUrlError):
        archive.history("nonsense")


def test_articles_are_read_latest_first_by_site_and_date(archive: Archive) -> None:
    for day, host in ((1, "a"), (3, "b"), (2, "a")):
        published = stamp(f"2026-03-0{day}T08:00:00+00:00")
        store(archive, make_article(f"https://{host}.example/{day}", title=str(day), published=published))
    assert [article.title for article in archive] == ["3", "2", "1"]
    assert [article.title for article in archive.articles(site="www.a.example")] == ["2", "1"]
    assert [article.title for article in archive.articles(since=later(hours=12), limit=1)] == ["3"]
    assert archive.get(99) is None
    assert archive.get("not a url") is None


def test_an_article_is_known_by_its_canonical_url_or_an_alias_of_it(archive: Archive) -> None:
    item = archive.enqueue("https://news.example/amp/1", NOW)
    article = make_article("https://news.example/1")
    article_id = store(archive, article, item=item)
    assert known_as(archive, article).id == article_id
    assert known_as(archive, make_article("https://news.example/amp/1")).id == article_id


def test_an_article_that_moved_is_known_by_where_it_was(archive: Archive) -> None:
    article_id = store(archive, make_article("https://news.example/old"))
    moved = make_article("https://news.example/new")
    known = archive.find(moved, feed_id=None, guid=None, urls=("https://news.example/old",))
    assert known is not None
    assert known.id == article_id


def test_an_address_that_shows_another_story_every_day_makes_no_two_of_them_one(archive: Archive) -> None:
    item = archive.enqueue("https://news.example/latest", NOW)
    store(archive, make_article("https://news.example/monday"), item=item)
    tuesday = make_article("https://news.example/tuesday")
    assert archive.find(tuesday, feed_id=None, guid=None, urls=("https://news.example/latest",)) is None


def test_a_known_article_says_what_is_needed_to_decide(archive: Archive) -> None:
    article = make_article(
        subtitle="Line", summary="Short", paywalled=True, modified=stamp("2026-03-01T09:00:00+00:00")
    )
    store(archive, article)
    known = known_as(archive, article)
    for name in ("title", "subtitle", "published", "modified", "authors", "categories", "tags", "summary", "body"):
        assert getattr(known, name) == getattr(article, name), name
    assert (known.language, known.paywalled, known.word_count) == ("en", True, article.word_count)
    assert known.earlier == ()
