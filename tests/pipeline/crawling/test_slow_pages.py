"""Pages whose extraction comes to no end: the crawl does, and says which they were."""

from pathlib import Path
from threading import current_thread

from scraper.config import loads
from scraper.errors import ItemError
from scraper.pipeline.crawling.outcomes import RunCount
from scraper.pipeline.crawling.visit import LARGE_BYTES, Visitor
from scraper.pipeline.network import Network
from scraper.pipeline.run import run_crawl
from scraper.records import FeedEntry, Page
from scraper.settings import Config
from tests.archives import rows
from tests.loopback import Loopback, reply
from tests.pipeline.pages.test_extraction_pool import NOW, page

# Looks for each <i> at all of them, and for each of these again: 400 take 14 seconds, 4,000 some hours.
ENDLESS = "//i[//i[//i[. = 'y']]]"
LIST = b'<rss version="2.0"><channel><item><link>/good</link></item><item><link>/slow</link></item></channel></rss>'


def config_for(server: Loopback, endless: str) -> Config:
    """A feed, and what is said in `endless`."""
    return loads(
        f"""
        [crawl]
        pause_seconds = 0
        allow_private_hosts = ["127.0.0.1"]
        extraction_seconds = 2.5
        [[feeds]]
        url = "{server.url("/feed")}"
        {endless}
        """
    )


def test_a_page_that_comes_to_no_end_is_given_up_kept_and_tried_again_and_the_crawl_goes_on(
    server: Loopback, tmp_path: Path
) -> None:
    archive = tmp_path / "archive.db"
    server.routes["/feed"] = reply(LIST)
    server.routes["/slow"] = reply(page(1).body + b"<i>x</i>" * 4_000, Content_Type="text/html; charset=utf-8")
    server.routes["/good"] = reply(page(2).body, Content_Type="text/html; charset=utf-8")

    rule = f'[[sites]]\nname = "endless"\nhosts = ["127.0.0.1:{server.port}"]\nfields.subtitle = "xpath:{ENDLESS}"'

    report = run_crawl(config_for(server, rule), archive)

    assert (report.counts[RunCount.ARTICLES_NEW], report.counts[RunCount.PAGES_FAILED]) == (1, 1)
    failed = rows(archive, "SELECT reason, url, next_try_at IS NOT NULL FROM failures")
    assert failed == [("too_slow", server.url("/slow"), 1)]
    kept = rows(archive, "SELECT count(*) FROM fetches WHERE url LIKE '%/slow' AND page_id IS NOT NULL")
    assert kept == [(1,)]


def test_a_list_of_articles_that_comes_to_no_end_is_given_up_and_the_crawl_goes_on(
    server: Loopback, tmp_path: Path
) -> None:
    """What a source says is read where pages are: nothing that a stranger sends may hold a crawl."""
    archive = tmp_path / "archive.db"
    server.routes["/feed"] = reply(b'<rss version="2.0"><channel><item><link>/good</link></item></channel></rss>')
    server.routes["/list"] = reply(page(1).body + b"<i>x</i>" * 4_000, Content_Type="text/html; charset=utf-8")
    server.routes["/good"] = reply(page(2).body, Content_Type="text/html; charset=utf-8")
    page_source = f'[[feeds]]\nurl = "{server.url("/list")}"\nkind = "page"\nlinks = "xpath:{ENDLESS}"'

    report = run_crawl(config_for(server, page_source), archive)

    assert (report.counts[RunCount.ARTICLES_NEW], report.counts[RunCount.FEEDS_FAILED]) == (1, 1)
    assert rows(archive, "SELECT reason, url FROM failures") == [("too_slow", server.url("/list"))]


def large(number: int) -> Page:
    found = page(number)
    return Page(url=found.url, final_url=found.url, body=found.body + b" " * LARGE_BYTES, fetched_at=NOW)


def test_large_pages_are_read_one_at_a_time_be_they_the_first_of_an_article_or_further_ones() -> None:
    """Memory for one of them is enough, however many hosts send them."""
    with Network(Config()) as network, Visitor(network, Config(), lambda: NOW, processes=0) as visitor:
        threads = {visitor.run(large(number), current_thread).name for number in range(3)}

        assert threads == {"large_0"}
        assert visitor.run(page(1), current_thread) is current_thread()


def test_an_entry_that_cannot_be_read_is_named_and_the_others_of_its_feed_are_read() -> None:
    """What a feed carries is read at once, in the place where pages are."""
    text = "<p>The tide comes twice a day, and the ships leave with it, twice a day, whatever it is called.</p>" * 9
    good = FeedEntry(guid="1", url="https://a.example/1", title="Tide", content_html=text)
    bad = FeedEntry(guid="2", url="https://a.example/2", title="Half a character", content_html=f"{text}\ud83d")
    none = FeedEntry(guid="3", url="https://a.example/3", title="Nothing")
    with Network(Config()) as network, Visitor(network, Config(), lambda: NOW, processes=0) as visitor:
        made = visitor._carried((good, bad, none), page(0))

    assert [one.article.title for one in made if not isinstance(one, ItemError)] == ["Tide"]
    assert [(one.url, one.reason) for one in made if isinstance(one, ItemError)] == [
        ("https://a.example/2", "internal"),
        ("https://a.example/3", "no_text"),
    ]
