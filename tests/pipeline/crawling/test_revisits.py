"""When archived pages are looked at again, and what that brings: by the pure functions, and through the command."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.archiver.crawl_records import QueueItem
from scraper.pipeline.crawling.revisits import born_at, is_thin, next_look, plan, wants_whole
from scraper.records import FeedEntry, Precision
from scraper.settings import CrawlSettings
from tests.archiver.builders import make_article, make_page, stamp
from tests.archives import change, rows
from tests.conftest import Workplace
from tests.loopback import Loopback, Request, reply

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SETTINGS = CrawlSettings()
ITEM = QueueItem(id=1, url="https://news.example/harbour", host="news.example")
LONG = "The harbour of Nordhaven was closed on Monday. " * 20


def looks(born: datetime, settings: CrawlSettings = SETTINGS) -> list[timedelta]:
    """The ages at which a page is looked at, if each look takes a minute."""
    ages, now = [], born
    while (look := next_look(now, born, settings, chance=0, counts=True)) is not None:
        ages.append(look.at - born)
        now = look.at + timedelta(minutes=1)
    return ages


def test_a_page_is_looked_at_ever_more_rarely_and_then_no_more() -> None:
    assert looks(NOW) == [timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7)]


def test_counts_are_worth_a_look_only_where_the_settings_say_so() -> None:
    settings = CrawlSettings(revisit=("1h",), revisit_counts=("2h", "30d"))

    assert looks(NOW, settings) == [timedelta(hours=1), timedelta(hours=2), timedelta(days=30)]
    assert next_look(NOW + timedelta(hours=1), NOW, settings, chance=0, counts=False) is None
    assert looks(NOW, CrawlSettings(revisit=())) == []


@given(age=st.integers(0, 10_000), chance=st.floats(0, 1))
def test_a_look_is_always_ahead(age: int, chance: float) -> None:
    now = NOW + timedelta(hours=age)
    look = next_look(now, NOW, SETTINGS, chance=chance, counts=True)

    assert look is None or now < look.at <= NOW + timedelta(days=7, minutes=30)
    assert (look is None) == (age >= 7 * 24)


def test_an_old_story_found_now_is_left_alone() -> None:
    article = make_article(published=stamp("2019-03-01T08:00:00+00:00"), body=LONG)

    assert plan(article, ITEM, make_page(at=NOW), SETTINGS, chance=0) is None


@pytest.mark.parametrize(
    ("stated", "precision", "expected"),
    [
        ("2026-03-01T08:00:00+00:00", Precision.SECOND, "2026-03-01T08:00:00+00:00"),
        ("2026-03-01T00:00:00+00:00", Precision.DAY, "2026-03-01T12:00:00+00:00"),
        ("2026-02-20T00:00:00+00:00", Precision.DAY, "2026-02-21T00:00:00+00:00"),
        ("2027-01-01T00:00:00+00:00", Precision.SECOND, "2026-03-01T12:00:00+00:00"),
    ],
)
def test_the_age_of_a_story_is_what_can_be_true(stated: str, precision: Precision, expected: str) -> None:
    article = make_article(published=stamp(stated, precision=precision))

    assert born_at(article, NOW) == datetime.fromisoformat(expected)


def test_a_flash_is_looked_at_again_soon() -> None:
    flash = make_article(published=None, body="Harbour closed. More soon.")

    look = plan(flash, ITEM, make_page(at=NOW), SETTINGS, chance=0)

    assert look is not None
    assert (look.at - NOW, look.because) == (timedelta(minutes=15), "thin")


def test_what_is_paid_for_or_long_is_not_thin() -> None:
    entry = FeedEntry(summary="word " * 60)

    assert is_thin(make_article(body="word " * 50), entry)
    assert not is_thin(make_article(body="word " * 50), None)
    assert not is_thin(make_article(body="word", paywalled=True), entry)
    assert not is_thin(make_article(body=LONG), entry)


def test_now_and_then_a_page_is_asked_for_whole() -> None:
    item = QueueItem(id=1, url=ITEM.url, host=ITEM.host, article_id=1, fetched_at=NOW)

    assert wants_whole(ITEM, NOW, SETTINGS)
    assert not wants_whole(item, NOW + timedelta(days=6), SETTINGS)
    assert wants_whole(item, NOW + timedelta(days=7), SETTINGS)
    assert not wants_whole(item, NOW + timedelta(days=700), CrawlSettings(full_check_days=0))


FEED = """<rss version="2.0"><channel><title>News</title><item><guid>1</guid><title>Harbour closed</title>
<link>{url}</link></item></channel></rss>"""


def story(text: str) -> bytes:
    body = "".join(f"<p>{text} {number}. The harbour was closed, and the fishermen wait.</p>" for number in range(20))
    return f"<!doctype html><title>Harbour closed</title><article><h1>Harbour closed</h1>{body}</article>".encode()


@pytest.fixture
def archived(workplace: Workplace, server: Loopback) -> Workplace:
    """One article."""
    server.routes |= {
        "/feed": reply(FEED.format(url=server.url("/harbour-was-closed")).encode(), Content_Type="application/rss+xml"),
        "/harbour-was-closed": conditional(story("First"), '"1"'),
    }
    workplace.configure(server.url("/feed"))
    assert workplace.run("crawl").returncode == 0
    server.requests.clear()
    return workplace


def conditional(body: bytes, etag: str) -> Callable[[Request], bytes]:
    def answer(request: Request) -> bytes:
        if request.headers.get("if-none-match") == etag:
            return reply(b"", "304 Not Modified", ETag=etag)
        return reply(body, ETag=etag, Content_Type="text/html; charset=utf-8")

    return answer


def age(workplace: Workplace) -> None:
    """Let the time of the next look have come."""
    sql = "UPDATE queue SET revisit_at = '2026-01-01T00:00:00Z' WHERE revisit_at IS NOT NULL"
    assert change(workplace.archive, sql) == 1


def test_an_unchanged_page_costs_a_304_and_is_looked_at_again_later(archived: Workplace, server: Loopback) -> None:
    age(archived)
    assert archived.run("crawl").returncode == 0

    asked = [request for request in server.requests if request.target == "/harbour-was-closed"]
    assert [request.headers.get("if-none-match") for request in asked] == ['"1"']
    assert rows(archived.archive, "SELECT kind, outcome FROM fetches WHERE kind = 'article'") == [
        ("article", "ok"),
        ("article", "not_modified"),
    ]
    assert rows(archived.archive, "SELECT state, revisit_reason, revisit_at > '2026-02' FROM queue") == [
        ("done", "age", 1)
    ]
    assert b"looked at again after" in archived.run("why", server.url("/harbour-was-closed")).stdout


def test_an_edit_is_seen_by_a_second_look(archived: Workplace, server: Loopback) -> None:
    server.routes["/harbour-was-closed"] = conditional(story("Second"), '"2"')
    age(archived)
    archived.run("crawl")

    assert rows(archived.archive, "SELECT version_count FROM articles") == [(2,)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(b"<title>Just a moment...</title><script>_cf_chl_opt</script>", Content_Type="text/html"), "bot_wall"),
        (reply(b"", "403 Forbidden", cf_mitigated="challenge"), "bot_wall"),
        (reply(b"", "302 Found", Location="/"), "front_page"),
        (reply(b"", "404 Not Found"), "not_found"),
    ],
)
def test_no_wall_takes_the_place_of_an_article(
    archived: Workplace, server: Loopback, answer: bytes, reason: str
) -> None:
    server.routes |= {"/harbour-was-closed": answer, "/": reply(story("Front"), Content_Type="text/html")}
    age(archived)
    archived.run("crawl")

    assert rows(archived.archive, "SELECT version_count, body LIKE 'First%' FROM articles") == [(1, 1)]
    assert rows(archived.archive, "SELECT reason FROM failures") == [(reason,)]
    assert rows(archived.archive, "SELECT state, revisit_at IS NOT NULL FROM queue") == [("done", 1)]


def test_requests_beside_feeds_and_pages_are_logged(archived: Workplace) -> None:
    assert rows(archived.archive, "SELECT kind, status, outcome FROM fetches WHERE kind = 'robots'") == [
        ("robots", 404, "failed")
    ]
    assert rows(archived.archive, "SELECT robots_asked FROM fetches WHERE kind = 'feed'") == [(0,)]
