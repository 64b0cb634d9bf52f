"""Sitemaps and list pages followed by a crawl as feeds are."""

from pathlib import Path

from fixtures.past import alive
from fixtures.serve import Site
from scraper.config import loads
from scraper.pipeline.crawling.outcomes import Happening, RunReport
from scraper.pipeline.run import run_crawl
from scraper.settings import Config
from tests.archives import rows
from tests.loopback import Loopback, Request, reply

ALL = len(alive("first"))


def config_for(url: str, kind: str, more: str = "") -> Config:
    return loads(
        "[crawl]\npause_seconds = 0\nfeed_interval_seconds = 0\nmax_retry_wait_seconds = 0\n"
        'extraction_processes = 0\nallow_private_hosts = ["127.0.0.1"]\n'
        f'[[feeds]]\nname = "source"\nurl = "{url}"\nkind = "{kind}"\n{more}'
    )


def crawl(config: Config, archive: Path) -> tuple[RunReport, list[Happening]]:
    seen: list[Happening] = []
    return run_crawl(config, archive, observe=seen.append), seen


def test_an_index_of_sitemaps_is_followed_and_only_what_moved_is_asked_again(site: Site, tmp_path: Path) -> None:
    config = config_for(site.url + "/sitemap-index.xml", "sitemap")
    crawl(config, tmp_path / "a.db")

    assert rows(tmp_path / "a.db", "SELECT count(*) FROM articles") == [(ALL,)]
    asked = [request.path for request in site.requests if "sitemap" in request.path]
    assert "/category-sitemap.xml" not in asked
    site.forget_requests()

    crawl(config, tmp_path / "a.db")
    assert [request.path for request in site.requests] == ["/sitemap-index.xml"]
    assert rows(tmp_path / "a.db", "SELECT state, guid_policy FROM feed_health") == [("ok", "link")]


def test_the_news_extension_gives_time_and_title(site: Site, tmp_path: Path) -> None:
    crawl(config_for(site.url + "/sitemap-news.xml", "sitemap"), tmp_path / "a.db")

    newest = alive("first")[0]
    (row,) = rows(
        tmp_path / "a.db", f"SELECT title, published_raw, language FROM entries WHERE url LIKE '%{newest.path}'"
    )
    assert row == (newest.title, newest.published.isoformat(), newest.language)


def test_a_list_page_is_followed(site: Site, tmp_path: Path) -> None:
    config = config_for(site.url + "/archiv/", "page")
    _, seen = crawl(config, tmp_path / "a.db")
    again, _ = crawl(config, tmp_path / "a.db")

    assert rows(tmp_path / "a.db", "SELECT count(*) FROM articles") == [(10,)]
    assert not [happening for happening in seen if happening.message]
    assert sum(again.counts.values()) == 1


def test_a_selector_says_which_links_are_articles(site: Site, tmp_path: Path) -> None:
    crawl(config_for(site.url + "/archiv/", "page", "links = 'article:first-of-type h2 a'"), tmp_path / "a.db")

    assert rows(tmp_path / "a.db", "SELECT count(*) FROM entries") == [(1,)]


def test_a_page_without_links_fails_with_its_reason(site: Site, tmp_path: Path) -> None:
    crawl(config_for(site.url + "/archiv/", "page", "links = '.nothing'"), tmp_path / "a.db")

    assert rows(tmp_path / "a.db", "SELECT state, last_reason FROM feed_health") == [("failing", "no_links")]


def test_a_web_page_in_the_place_of_a_sitemap_fails_with_its_reason(site: Site, tmp_path: Path) -> None:
    crawl(config_for(site.url + "/impressum/", "sitemap"), tmp_path / "a.db")

    assert rows(tmp_path / "a.db", "SELECT state, last_reason FROM feed_health") == [("failing", "not_a_sitemap")]


def test_sitemaps_without_lastmod_are_asked_again_by_their_validators(server: Loopback, tmp_path: Path) -> None:
    index = f"<sitemapindex><sitemap><loc>{server.url('/one.xml')}</loc></sitemap></sitemapindex>"
    one = f"<urlset><url><loc>{server.url('/a-long-story-here')}</loc></url></urlset>"

    def child(request: Request) -> bytes:
        if request.headers.get("if-none-match") == '"1"':
            return reply(status="304 Not Modified")
        return reply(one.encode(), ETag='"1"', Content_Type="text/xml")

    server.routes |= {"/i.xml": reply(index.encode(), ETag='"i"', Content_Type="text/xml"), "/one.xml": child}
    config = config_for(server.url("/i.xml"), "sitemap")
    crawl(config, tmp_path / "a.db")
    before = len(server.requests)
    crawl(config, tmp_path / "a.db")

    again = [(r.target, r.headers.get("if-none-match")) for r in server.requests[before:] if r.target.endswith(".xml")]
    assert again == [("/i.xml", None), ("/one.xml", '"1"')]


def test_a_broken_sitemap_below_is_told_and_the_others_are_read(server: Loopback, tmp_path: Path) -> None:
    places = "".join(f"<sitemap><loc>{server.url(path)}</loc></sitemap>" for path in ("/one.xml", "/two.xml"))
    one = f"<urlset><url><loc>{server.url('/a-long-story-here')}</loc></url></urlset>"
    server.routes |= {
        "/i.xml": reply(f"<sitemapindex>{places}</sitemapindex>".encode()),
        "/one.xml": reply(one.encode()),
        "/two.xml": reply(b"", "500 Internal Server Error"),
    }
    _, seen = crawl(config_for(server.url("/i.xml"), "sitemap"), tmp_path / "a.db")

    assert "/two.xml" in (seen[0].message or "")
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM entries") == [(1,)]


def test_of_all_that_an_index_lists_the_newest_are_taken(server: Loopback, tmp_path: Path) -> None:
    days = {"/one.xml": (1, 9, 5), "/two.xml": (2, 8, 4), "/three.xml": (7, 3, 6)}
    for path, chosen in days.items():
        urls = "".join(
            f"<url><loc>{server.url(f'/a-story-of-day-{day}')}</loc><lastmod>2025-03-0{day}</lastmod></url>"
            for day in chosen
        )
        server.routes[path] = reply(f"<urlset>{urls}</urlset>".encode())
    places = "".join(f"<sitemap><loc>{server.url(path)}</loc></sitemap>" for path in days)
    server.routes["/i.xml"] = reply(f"<sitemapindex>{places}</sitemapindex>".encode())
    config = loads(
        "[crawl]\npause_seconds = 0\nmax_entries = 4\nallow_private_hosts = ['127.0.0.1']\n"
        f"[[feeds]]\nurl = '{server.url('/i.xml')}'\nkind = 'sitemap'"
    )
    _, seen = crawl(config, tmp_path / "a.db")

    found = rows(tmp_path / "a.db", "SELECT url FROM entries ORDER BY published DESC, url DESC")
    assert [str(url)[-1] for (url,) in found] == ["9", "8", "7", "6"]
    assert "9 addresses, of which the newest 4 were taken" in (seen[0].message or "")
