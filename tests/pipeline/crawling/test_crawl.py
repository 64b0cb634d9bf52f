"""A crawl from end to end, against the fixture newspaper, into a real archive."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.serve import Site
from scraper.archiver.archive import Archive
from scraper.config import loads
from scraper.errors import Reason
from scraper.pipeline.crawling.outcomes import Happening, RunCount, RunReport
from scraper.pipeline.network import network_of
from scraper.pipeline.run import run_crawl
from scraper.settings import Config
from tests.archives import change, rows
from tests.loopback import Loopback, reply


def config_for(*feeds: str, crawl: str = "") -> Config:
    tables = "".join(f'[[feeds]]\nname = "feed {i}"\nurl = "{url}"\n' for i, url in enumerate(feeds))
    return loads(
        "[crawl]\npause_seconds = 0\nfeed_interval_seconds = 0\nextraction_processes = 0\n"
        f'allow_private_hosts = ["127.0.0.1"]\n{crawl}\n{tables}'
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def crawl(config: Config, archive: Path) -> tuple[RunReport, list[Happening]]:
    seen: list[Happening] = []
    return run_crawl(config, archive, observe=seen.append), seen


def test_a_first_crawl_archives_every_entry_once(site: Site, archive: Path) -> None:
    report, _ = crawl(config_for(*site.feeds), archive)

    pages = [r.path for r in site.requests if r.status == 200 and r.path.endswith("/") and r.path != "/feed/"]
    urls = [row[0] for row in rows(archive, "SELECT url FROM articles")]
    assert len(urls) == len(set(urls)) == report.counts[RunCount.ARTICLES_NEW] > 15
    assert max(Counter(pages).values()) == 1
    assert report.exit_code(0.0) == 0


def test_a_story_in_two_feeds_is_one_article(site: Site, archive: Path) -> None:
    """It is fetched once, and both feeds are known to have carried it."""
    report, _ = crawl(config_for(site.feeds[0], f"{site.feeds[0]}?edition=evening"), archive)

    assert report.counts[RunCount.ENTRIES_NEW] == 2 * report.counts[RunCount.ARTICLES_NEW] > 10
    assert rows(archive, "SELECT DISTINCT json_array_length(feeds_json) FROM articles") == [(2,)]


def test_a_second_crawl_costs_one_conditional_request_per_feed(site: Site, archive: Path) -> None:
    config = config_for(*site.feeds)
    crawl(config, archive)
    before = rows(archive, "SELECT count(*), max(id) FROM article_versions")
    site.forget_requests()

    report, _ = crawl(config, archive)

    assert [(r.status, r.conditional) for r in site.requests] == [(304, True)] * 3
    assert report.counts[RunCount.FEEDS_UNCHANGED] == 3
    assert sum(report.counts.values()) == 3
    assert rows(archive, "SELECT count(*), max(id) FROM article_versions") == before


def test_news_is_added_and_only_what_a_feed_calls_updated_is_fetched_again(site: Site, archive: Path) -> None:
    config = config_for(*site.feeds)
    crawl(config, archive)
    known = {row[0] for row in rows(archive, "SELECT url FROM articles")}
    site.forget_requests()
    site.state = "later"

    report, _ = crawl(config, archive)

    added = {row[0] for row in rows(archive, "SELECT url FROM articles")} - known
    assert len(added) == report.counts[RunCount.ARTICLES_NEW] >= 1
    again = {site.url + r.path for r in site.requests if r.status == 200} & known
    assert len(again) == report.counts[RunCount.ARTICLES_CHANGED] == 1


def test_each_failure_has_its_reason_and_harms_no_other(site: Site, archive: Path) -> None:
    report, seen = crawl(config_for(site.feeds[0], site.trouble_feed), archive)

    reasons = {str(happening.reason) for happening in seen if happening.reason}
    assert {"not_found", "gone", "server_error", "too_many_redirects", "robots", "not_html"} <= reasons
    assert report.counts[RunCount.ARTICLES_NEW] > 5
    assert report.exit_code(0.0) == 1
    assert report.exit_code(0.9) == 0
    stored = {row[0] for row in rows(archive, "SELECT DISTINCT reason FROM failures")}
    assert reasons <= stored


def test_robots_are_obeyed_before_the_request(site: Site, archive: Path) -> None:
    crawl(config_for(site.trouble_feed), archive)

    assert not [r for r in site.requests if r.path.startswith("/intern/")]
    assert len(site.requests_for("/robots.txt")) == 1


def test_of_a_page_behind_a_password_only_what_it_shows_is_kept(site: Site, archive: Path) -> None:
    crawl(config_for(*site.feeds, site.trouble_feed), archive)

    without_text = rows(archive, "SELECT url, title, word_count FROM articles WHERE body IS NULL")
    assert [(url, bool(title), words) for url, title, words in without_text] == [
        (f"{site.url}/geschuetzt-protokoll/", True, 0)
    ]


def test_every_source_failing_is_told_apart(site: Site, archive: Path) -> None:
    report, _ = crawl(config_for(site.url + "/no-such-feed/", site.url + "/"), archive)

    assert report.counts[RunCount.FEEDS_FAILED] == 2
    assert report.exit_code(1.0) == 3


def test_a_feed_may_be_archived_without_visiting_its_pages(site: Site, archive: Path) -> None:
    config = loads(
        f"""
        [crawl]
        allow_private_hosts = ["127.0.0.1"]
        [[feeds]]
        url = "{site.feeds[0]}"
        fetch_pages = false
        """
    )
    report, _ = crawl(config, archive)

    assert report.counts[RunCount.ARTICLES_NEW] > 5
    assert [r.path for r in site.requests] == ["/feed/"]
    assert rows(archive, "SELECT count(*) FROM articles WHERE authors IS NULL OR published IS NULL") == [(0,)]


def test_of_a_feed_whose_pages_are_not_visited_what_has_no_text_is_told(server: Loopback, archive: Path) -> None:
    text = f"<description>{'The tide comes twice a day, and the ships leave with it. ' * 9}</description>"
    items = f"<item><link>/a</link>{text}</item><item><link>/b</link></item>"
    server.routes["/feed"] = reply(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    config = config_for(server.url("/feed"))
    report, seen = crawl(replace(config, feeds=(replace(config.feeds[0], fetch_pages=False),)), archive)

    assert server.targets == ["/feed"]
    assert (report.counts[RunCount.ARTICLES_NEW], report.counts[RunCount.PAGES_SKIPPED]) == (1, 1)
    assert [(one.url, one.reason) for one in seen if one.reason] == [(server.url("/b"), Reason.NO_TEXT)]
    assert report.exit_code(0.0) == 0


def test_private_addresses_are_refused_unless_named(site: Site, archive: Path) -> None:
    config = loads(f'[[feeds]]\nurl = "{site.feeds[0]}"')

    report, seen = crawl(config, archive)

    assert [str(happening.reason) for happening in seen] == ["private_address"]
    assert not site.requests
    assert report.exit_code(0.0) == 3


def test_a_feed_is_not_asked_before_its_time_unless_everyone_is(site: Site, archive: Path) -> None:
    config = loads(
        f'[crawl]\npause_seconds = 0\nallow_private_hosts = ["127.0.0.1"]\n[[feeds]]\nurl = "{site.feeds[0]}"'
    )
    crawl(config, archive)
    site.forget_requests()

    crawl(config, archive)
    assert site.requests == ()

    run_crawl(config, archive, everyone=True)
    assert [(r.path, r.status) for r in site.requests] == [("/feed/", 304)]


def test_robots_have_a_say_about_feeds_where_they_are_asked(site: Site, archive: Path) -> None:
    _, seen = crawl(config_for(f"{site.url}/intern/feed", crawl="robots_for_feeds = true"), archive)

    assert [str(happening.reason) for happening in seen] == ["robots"]
    assert [r.path for r in site.requests] == ["/robots.txt"]
    assert rows(archive, "SELECT robots_asked FROM fetches WHERE kind = 'feed'") == [(1,)]


def test_a_page_in_place_of_a_feed_is_a_failure_with_a_name(site: Site, archive: Path) -> None:
    _, seen = crawl(config_for(site.url + "/"), archive)

    assert [str(happening.reason) for happening in seen] == ["html_not_feed"]
    assert rows(archive, "SELECT state, last_reason FROM feed_health") == [("failing", "html_not_feed")]


def test_after_a_week_a_feed_is_asked_without_conditions(site: Site, archive: Path) -> None:
    config = config_for(site.feeds[0])
    crawl(config, archive)
    change(archive, "UPDATE feeds SET last_full_at = '2026-01-01T00:00:00Z'")
    site.forget_requests()

    crawl(config, archive)
    crawl(config, archive)

    assert [(r.status, r.conditional) for r in site.requests] == [(200, False), (304, True)]


def test_what_a_host_asks_for_is_kept_and_told(server: Loopback, archive: Path) -> None:
    server.routes["/robots.txt"] = reply(b"User-agent: *\nCrawl-delay: 0.2\n")
    server.routes["/feed"] = reply(b'<rss version="2.0"><channel><item><link>/a</link></item></channel></rss>')

    crawl(config_for(server.url("/feed")), archive)

    assert rows(archive, "SELECT crawl_delay_seconds, robots_status FROM host_wishes") == [(0.2, 200)]
    with Archive(archive) as reopened:
        host = reopened.history(server.url("/a")).host
    assert host is not None
    assert host.crawl_delay_seconds == 0.2


def test_a_host_of_which_nothing_new_is_known_is_not_written_again(server: Loopback, archive: Path) -> None:
    server.routes["/robots.txt"] = reply(b"User-agent: *\nDisallow: /private\n")
    server.routes["/feed"] = reply(b'<rss version="2.0"><channel><item><link>/a</link></item></channel></rss>')
    config = config_for(server.url("/feed"))
    crawl(config, archive)

    with Archive(archive) as opened, network_of(opened, config) as network:
        assert network.hosts() == []


def test_processes_take_turns_beside_the_archive(server: Loopback, archive: Path) -> None:
    """A service has a folder of its own for temporary files: what is there is not seen by who types a command."""
    server.routes["/feed"] = reply(b'<rss version="2.0"><channel></channel></rss>')

    crawl(config_for(server.url("/feed")), archive)

    assert archive.with_name("archive.db.turns").stat().st_size > 0


def test_what_was_not_asked_for_did_not_fail(server: Loopback, archive: Path) -> None:
    """A host that wants to be left alone for an hour is: its other feeds and pages wait, and are none the worse."""
    items = "".join(f"<item><link>/a/{number}</link></item>" for number in range(3))
    server.routes["/feed"] = reply(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    server.routes["/late"] = server.routes["/feed"]
    for number in range(3):
        server.routes[f"/a/{number}"] = reply(b"slow", status="429 Too Many Requests", Retry_After="3600")
    config = config_for(server.url("/feed"), crawl="attempts = 1")
    crawl(config, archive)
    report, seen = crawl(config_for(server.url("/feed"), server.url("/late"), crawl="attempts = 1"), archive)

    assert sum(target.startswith("/a/") for target in server.targets) == 1
    assert rows(archive, "SELECT count(*) FROM failures") == [(1,)]
    assert rows(archive, "SELECT DISTINCT state FROM queue") == [("waiting",)]
    assert rows(archive, "SELECT sum(tries) FROM queue") == [(1,)]
    assert rows(archive, "SELECT max(failures_in_a_row), min(next_check_reason) FROM feeds") == [(0, "retry-after")]
    assert (seen, report.exit_code(0.0)) == ([], 0)
