"""The past of the fixture newspaper, brought by each way that it offers, stopped and taken up again."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from fixtures.past import alive
from fixtures.serve import Site
from scraper.config import loads
from scraper.errors import PermanentError, Reason, UsageError
from scraper.pipeline.backfill.records import BackfillReport, Method, Window, Wishes
from scraper.pipeline.backfill.run import estimate, run_backfill, source_of
from scraper.pipeline.crawling.outcomes import Happening, RunCount
from scraper.pipeline.run import run_crawl
from scraper.settings import Config
from scraper.urls import canonicalize
from tests.archives import rows
from tests.loopback import Loopback, reply

ALL = len(alive("first"))


@pytest.fixture
def config(site: Site) -> Config:
    return loads(
        f"""
        [crawl]
        pause_seconds = 0
        feed_interval_seconds = 0
        extraction_processes = 0
        allow_private_hosts = ["127.0.0.1"]
        [[feeds]]
        name = "bote"
        url = "{site.url}/feed/"
        """
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def urls(archive: Path) -> set[str]:
    return {str(row[0]) for row in rows(archive, "SELECT url FROM articles")}


def expected(site: Site) -> set[str]:
    return {canonicalize(site.url + article.path) for article in alive("first")}


def past(config: Config, archive: Path, wanted: str = "bote", **wishes: object) -> BackfillReport:
    return run_backfill(wanted, config, archive, Wishes(**wishes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "path", "asked"),
    [
        (Method.REST, "/feed/", (11, 4)),
        (Method.PAGED, "/feed/", (3, 1)),
        (Method.RFC5005, "/archiv.atom", (4, 1)),
        (Method.SITEMAP, "/feed/", (2, 2)),
        (Method.MONTHS, "/feed/", (3, 3)),
        (Method.PAGES, "/archiv/", (3, 1)),
    ],
)
def test_every_way_brings_everything_once(
    site: Site, config: Config, archive: Path, method: Method, path: str, asked: tuple[int, int]
) -> None:
    """`asked` are the requests for lists, of the first backfill and of the second."""
    lists, again = asked
    done = past(config, archive, site.url + path, method=method)

    assert (done.method, done.new, done.is_complete, done.trouble) == (method, ALL, True, None)
    assert urls(archive) == expected(site)
    assert done.run.counts[RunCount.ARTICLES_NEW] == ALL
    site.forget_requests()

    second = past(config, archive, site.url + path, method=method)

    assert (second.new, second.requests, second.is_complete) == (0, again, True)
    assert len(site.requests) == again, [request.path for request in site.requests]
    assert done.requests == lists


def test_the_api_gives_exact_times_and_names(site: Site, config: Config, archive: Path) -> None:
    past(config, archive, method=Method.REST, fetch_pages=False)

    known = {canonicalize(site.url + article.path): article for article in alive("first")}
    found = rows(archive, "SELECT url, published, published_offset_minutes, authors, category, modified FROM articles")
    assert len(found) == ALL
    for url, published, offset, authors, category, modified in found:
        article = known[canonicalize(str(url))]
        assert published == article.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        assert offset == 120
        assert authors == (article.authors[0] if article.authors else None)
        assert category == (article.categories[0] if article.categories else None)
        changed = article.modified if article.modified and article.modified > article.published else None
        assert modified == (changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if changed else None)
    assert all("/wp-json/" in r.path or r.path in ("/", "/feed/", "/robots.txt") for r in site.requests)


def test_after_a_crawl_only_the_rest_is_fetched(site: Site, config: Config, archive: Path) -> None:
    run_crawl(config, archive)
    have = urls(archive)
    site.forget_requests()

    done = past(config, archive, method=Method.PAGED)

    assert done.new == ALL - len(have)
    assert urls(archive) == expected(site)
    asked = {request.path for request in site.requests}
    assert not asked & {canonicalize(url).partition(site.url)[2] for url in have}


def test_a_crawl_after_a_backfill_from_a_sitemap_adds_what_the_feed_says(
    site: Site, config: Config, archive: Path
) -> None:
    past(config, archive, method=Method.SITEMAP)
    run_crawl(config, archive)

    assert urls(archive) == expected(site)
    assert rows(archive, "SELECT guid_policy, guids_reliable FROM feeds") == [("guid", 1)]
    assert rows(archive, "SELECT count(*) FROM entries") == [(ALL,)]
    assert rows(archive, "SELECT count(*) FROM entries WHERE guid IS NOT NULL") == [(10,)]


def test_a_limit_is_kept_and_the_next_one_goes_on(site: Site, config: Config, archive: Path) -> None:
    reports = [past(config, archive, method=Method.PAGED, limit=7) for _ in range(4)]

    assert [report.new for report in reports] == [7, 7, 7, ALL - 21]
    assert [report.is_complete for report in reports] == [False, False, False, True]
    assert urls(archive) == expected(site)


def test_stopped_in_the_middle_it_goes_on_there(site: Site, config: Config, archive: Path) -> None:
    stop = Event()

    def observe(event: object) -> None:
        if isinstance(event, BackfillReport) and event.requests == 2:
            stop.set()

    first = run_backfill("bote", config, archive, Wishes(method=Method.PAGED), stop=stop, observe=observe)
    assert (first.run.stopped, first.is_complete, len(urls(archive))) == (True, False, 0)
    site.forget_requests()
    second = past(config, archive)

    assert second.is_complete
    assert urls(archive) == expected(site)
    assert "/feed/?paged=2" not in {request.path for request in site.requests}


@pytest.mark.parametrize(
    ("method", "path"), [(Method.PAGED, "/feed/"), (Method.SITEMAP, "/feed/"), (Method.MONTHS, "/archiv/")]
)
def test_stopped_behind_the_last_list_it_ends_there_the_next_time(
    site: Site, config: Config, archive: Path, method: Method, path: str
) -> None:
    """What is left then is the request that finds nothing more, or twelve months without a page."""
    stop = Event()

    def observe(event: object) -> None:
        if isinstance(event, BackfillReport) and event.listed == ALL:
            stop.set()

    wishes = Wishes(method=method)
    first = run_backfill(site.url + path, config, archive, wishes, stop=stop, observe=observe)
    assert (first.run.stopped, first.is_complete, len(urls(archive))) == (True, False, 0)

    second = run_backfill(site.url + path, config, archive, wishes)

    assert (second.is_complete, second.trouble, second.misses) == (True, None, [])
    assert urls(archive) == expected(site)


def test_only_the_time_asked_for_is_brought(site: Site, config: Config, archive: Path) -> None:
    since, until = datetime(2024, 10, 10, tzinfo=UTC), datetime(2024, 10, 20, tzinfo=UTC)

    past(config, archive, site.url + "/archiv.atom", window=Window(since=since, until=until))

    assert urls(archive) == {
        canonicalize(site.url + a.path) for a in alive("first") if since <= a.published.astimezone(UTC) < until
    }


def test_a_list_of_a_web_archive_gives_addresses_and_the_site_is_asked(
    site: Site, config: Config, archive: Path
) -> None:
    host = site.url.removeprefix("http://")
    lines = [f"x 20241020080000 http://{host}{a.path} text/html 200 AAAA 999" for a in alive("first")[:3]]
    lines += [
        f"x 20241020080000 http://{host}/bilder/hafen.png image/png 200 A 1",
        "x 2024 http://other.example/ - - A 1",
    ]

    done = past(config, archive, cdx="\n".join(lines))

    assert (done.method, done.listed, done.new) == (Method.CDX, 3, 3)
    assert len(urls(archive)) == 3


def test_what_was_deleted_does_not_come_back(site: Site, config: Config, archive: Path) -> None:
    from scraper.archiver.archive import Archive

    past(config, archive, method=Method.PAGED)
    gone = sorted(urls(archive))[0]
    with Archive(archive) as opened:
        opened.delete([gone], now=datetime(2026, 1, 1, tzinfo=UTC))
    done = past(config, archive, method=Method.SITEMAP)

    assert (done.new, gone in urls(archive)) == (0, False)


def test_an_estimate_stores_nothing(site: Site, config: Config, tmp_path: Path) -> None:
    report = estimate("bote", config, Wishes())

    assert (report.method, report.total, report.left, report.is_complete) == (Method.REST, ALL, 1, False)
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_way_each_is_named_with_why(site: Site, config: Config, archive: Path) -> None:
    with pytest.raises(PermanentError, match=r"no way into its past .*rfc5005: the feed names no archives"):
        past(config, archive, site.url + "/feed.json", method=Method.RFC5005)


def test_lists_of_addresses_need_the_pages(config: Config, archive: Path) -> None:
    with pytest.raises(UsageError, match="leave out --no-pages"):
        past(config, archive, method=Method.SITEMAP, fetch_pages=False)


def test_without_the_pages_an_entry_without_a_text_is_skipped_and_named(archive: Path) -> None:
    items = "<item><link>/told</link><title>Told</title><description>All of it.</description></item>"
    items += "<item><link>/photo</link><title>Photo of the week</title></item>"
    told: list[object] = []
    with Loopback() as server:
        server.routes["/feed"] = reply(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
        config = loads("[crawl]\npause_seconds = 0\nallow_private_hosts = ['127.0.0.1']")
        wishes = Wishes(method=Method.PAGED, fetch_pages=False)
        done = run_backfill(server.url("/feed"), config, archive, wishes, observe=told.append)

    assert (done.new, done.run.counts[RunCount.ARTICLES_NEW], done.run.counts[RunCount.PAGES_SKIPPED]) == (
        2,
        1,
        1,
    )
    skipped = [each for each in told if isinstance(each, Happening) and each.counts_as is RunCount.PAGES_SKIPPED]
    assert [(each.title, each.reason) for each in skipped] == [("Photo of the week", Reason.NO_TEXT)]


def test_a_site_is_its_feed_where_there_is_one(site: Site, config: Config) -> None:
    assert source_of(site.url, config).name == "bote"
    assert source_of(site.url + "/archiv/", config).url == site.url + "/archiv/"
    with pytest.raises(UsageError, match="No feed has the name"):
        source_of("nothing like it", config)
