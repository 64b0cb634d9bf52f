"""The ladder of discovery, rung by rung, over a loopback server; what it asks for, and what it leaves alone."""

from dataclasses import replace

import pytest

from fixtures.serve import Site
from scraper.config import loads
from scraper.crawler.discovery.ladder import Discovery, spellings
from scraper.crawler.discovery.sources import Source, SourceKind
from scraper.errors import ItemError, PermanentError, Reason, UsageError
from scraper.pipeline.discover import discover
from scraper.urls import InvalidUrlError
from tests.loopback import Loopback, redirect, reply

CONFIG = loads('[crawl]\npause_seconds = 0\nattempts = 1\nallow_private_hosts = ["127.0.0.1"]\n')


def html(markup: str, **headers: str) -> bytes:
    return reply(
        f"<!DOCTYPE html><html><head>{markup}</head><body></body></html>".encode(), Content_Type="text/html", **headers
    )


def rss(title: str, *items: str, link: str = "") -> bytes:
    entries = "".join(
        f"<item><title>{item}</title><link>/{item}</link><pubDate>Sat, 0{n} Feb 2026 09:00:00 GMT</pubDate></item>"
        for n, item in enumerate(items, 1)
    )
    body = f'<rss version="2.0"><channel><title>{title}</title><link>{link}</link>{entries}</channel></rss>'
    return reply(body.encode(), Content_Type="application/rss+xml")


@pytest.fixture
def server(server: Loopback) -> Loopback:
    server.routes["/robots.txt"] = reply(b"User-agent: *\nDisallow: /rss\n", Content_Type="text/plain")
    return server


def look(server: Loopback, path: str = "/", *, thorough: bool = False) -> Discovery:
    return discover(server.url(path), CONFIG, thorough=thorough)


def titles(found: Discovery) -> list[str | None]:
    return [source.title for source in found.sources]


def only(found: Discovery) -> Source:
    (source,) = found.sources
    return source


def test_a_feed_is_found_at_once(server: Loopback) -> None:
    server.routes["/any"] = rss("Bote", "a", "b", "c")

    source = only(look(server, "/any"))

    assert (source.kind, source.url, source.title, source.entries) == (SourceKind.FEED, server.url("/any"), "Bote", 3)
    assert source.newest_at is not None
    assert (source.newest_at.day, source.per_day, source.found) == (3, 1.0, "the address itself")
    assert server.targets == ["/any"]


def test_a_feed_of_comments_is_none_of_articles_though_it_is_asked_for(server: Loopback) -> None:
    """By where it is, or by what its entries are; not by its title, which opinions have too."""
    server.routes |= {"/comments/feed/": rss("Bote", "a"), "/feed/": rss("Kommentare", "a")}
    item = '<item><title>By: Ada</title><link>/a/#comment-7</link><guid isPermaLink="false">/a/#comment-7</guid></item>'
    body = f'<rss version="2.0"><channel><title>Bote</title>{item}</channel></rss>'
    server.routes["/a/feed/"] = reply(body.encode(), Content_Type="application/rss+xml")

    for path in ("/comments/feed/", "/a/feed/"):
        found = look(server, path)
        assert (found.sources, found.misses) == ((), ((server.url(path), "a feed of comments"),))
    assert titles(look(server, "/feed/")) == ["Kommentare"]


def test_what_a_page_announces_comments_left_out(server: Loopback) -> None:
    server.routes |= {
        "/": html(
            '<link rel="alternate" type="application/rss+xml" title="Alles" href="/alles">'
            '<link rel="alternate" type="application/rss+xml" title="Kommentare" href="/kommentare">'
            '<link rel="alternate" type="application/atom+xml" href="/gone">'
            '<link rel="alternate" type="application/rss+xml" href="/hidden">'
        ),
        "/alles": rss("Alles", "a"),
        "/hidden": rss("Comments on: a", "x"),
    }

    found = look(server)

    assert titles(found) == ["Alles"]
    assert server.targets == ["/", "/alles", "/gone", "/hidden"]
    assert [url for url, _ in found.misses] == [server.url("/gone"), server.url("/hidden")]


def test_the_same_entries_in_another_format_are_marked(server: Loopback) -> None:
    server.routes |= {
        "/": html('<link rel="feed" href="/empty"><link rel="feed" href="/one"><link rel="feed" href="/two">'),
        "/empty": rss("Leer"),
        "/one": rss("Eins", "a"),
        "/two": rss("Zwei", "a"),
    }

    found = look(server)

    assert [(source.title, source.same_as) for source in found.sources] == [("Eins", None), ("Zwei", 1), ("Leer", None)]


def test_feeds_in_link_headers(server: Loopback) -> None:
    server.routes |= {"/": html("", Link='</f>; rel="alternate"; type="application/rss+xml"'), "/f": rss("Bote", "a")}

    assert only(look(server)).found == "announced by a Link header"


def test_the_custom_of_a_system(server: Loopback) -> None:
    server.routes |= {
        "/blog/": html('<meta name="generator" content="WordPress 6.8"><script src="/blog/wp-includes/x.js"></script>'),
        "/blog/feed/": rss("Blog", "a"),
    }

    assert only(look(server, "/blog/")).found == "custom of WordPress"


def test_a_section_s_own_feed_comes_before_the_site_s(server: Loopback) -> None:
    server.routes |= {
        "/category/cats/": html(
            '<meta name="generator" content="WordPress 6.8">'
            '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        ),
        "/feed/": rss("Alles", "a", "b"),
        "/category/cats/feed/": rss("Katzen", "a"),
    }

    assert titles(look(server, "/category/cats/")) == ["Katzen", "Alles"]


def test_an_article_leads_to_its_site_s_feed_and_not_to_its_comments(server: Loopback) -> None:
    head = '<meta name="generator" content="WordPress 6.8"><meta property="og:type" content="article">'
    server.routes |= {
        "/story/": html(f'{head}<link rel="alternate" type="application/rss+xml" href="/feed/">'),
        "/feed/": rss("Alles", "a"),
        "/story/feed/": rss("Ohne Namen", "c"),
    }

    assert titles(look(server, "/story/")) == ["Alles"]
    assert "/story/feed/" not in server.targets


def test_links_on_the_page_and_on_the_page_of_feeds(server: Loopback) -> None:
    server.routes |= {
        "/": html('</head><body><a href="/feeds.html">RSS-Feeds</a><a href="/about">Wir</a>'),
        "/feeds.html": html('</head><body><a href="/politik.rss">Politik</a><a href="/sport.rss">Sport</a>'),
        "/politik.rss": rss("Politik", "a"),
        "/sport.rss": rss("Sport", "b"),
    }

    assert titles(look(server)) == ["Politik", "Sport"]


def test_well_known_paths_where_robots_allow_them_and_no_page_in_their_place(server: Loopback) -> None:
    server.routes |= {
        "/": html("<title>Bote</title>"),
        "/feed": redirect("/"),
        "/rss": rss("Verboten", "a"),
        "/feed.xml": rss("Erlaubt", "a"),
    }

    source = only(look(server))

    assert (source.title, source.found) == ("Erlaubt", "a well-known path")
    assert "/rss" not in server.targets
    assert "/rss.xml" not in server.targets


def test_the_sitemaps_that_robots_name_then_the_page_as_a_list(server: Loopback) -> None:
    links = "".join(f'<a href="/{n}">Eine Überschrift, die lang genug ist</a>' for n in range(6))
    server.routes |= {
        "/robots.txt": reply(b"Sitemap: /map.xml\nUser-agent: *\nDisallow:\n"),
        "/": html(f"<title>Bote</title></head><body>{links}"),
    }
    page = only(look(server))
    assert (page.kind, page.entries, page.title) == (SourceKind.PAGE, 6, "Bote")

    server.routes["/map.xml"] = reply(
        b"<urlset><url><loc>https://a.example/1</loc><lastmod>2026-02-01</lastmod></url></urlset>"
    )
    sitemap = only(look(server))
    assert (sitemap.kind, sitemap.entries, sitemap.found) == (SourceKind.SITEMAP, 1, "named in robots.txt")
    assert [source.kind for source in look(server, thorough=True).sources] == [SourceKind.SITEMAP, SourceKind.PAGE]


def test_nothing_is_found_with_few_requests_and_every_miss_is_told(server: Loopback) -> None:
    server.routes["/"] = html("<title>Bote</title>")

    found = look(server)

    assert found.sources == ()
    assert len(server.targets) <= 14
    assert any("robots" in why for _, why in found.misses)


def test_an_address_without_a_scheme_is_tried_with_http_where_https_fails(server: Loopback) -> None:
    server.routes["/f"] = rss("Bote", "a")

    # The server answers no TLS greeting, so that the wait for one ends the try.
    impatient = replace(CONFIG, crawl=replace(CONFIG.crawl, connect_timeout_seconds=0.3, read_timeout_seconds=0.3))

    assert only(discover(f"127.0.0.1:{server.port}/f", impatient)).url == server.url("/f")


def test_the_address_kept_is_the_one_that_lasts(server: Loopback) -> None:
    server.routes |= {
        "/old": redirect("/new", "301 Moved Permanently"),
        "/new": redirect("/today", "302 Found"),
        "/today": rss("Bote", "a"),
    }

    assert only(look(server, "/old")).url == server.url("/new")


def test_robots_are_asked_for_everything_where_the_settings_say_so(server: Loopback) -> None:
    server.routes["/rss"] = rss("Verboten", "a")
    careful = replace(CONFIG, crawl=replace(CONFIG.crawl, robots_for_typed=True))

    assert titles(look(server, "/rss")) == ["Verboten"]
    with pytest.raises(PermanentError) as caught:
        discover(server.url("/rss"), careful)
    assert caught.value.reason is Reason.ROBOTS


def test_where_the_address_is_gone_its_site_is_asked(server: Loopback) -> None:
    server.routes |= {"/": html('<link rel="feed" href="/f">'), "/f": rss("Bote", "a")}

    found = look(server, "/old/bookmark.xml")

    assert titles(found) == ["Bote"]
    assert found.misses[0][0] == server.url("/old/bookmark.xml")


def test_the_sitemap_of_a_wordpress_with_plain_addresses(server: Loopback) -> None:
    """Without rewriting by its server it has neither a robots.txt nor a file of any name."""
    front = html(f"<link href='/blog/wp-includes/a.css'><link href='{server.url('/blog/wp-content/b')}'>")
    urls = f"<urlset><url><loc>{server.url('/blog/?p=7')}</loc><lastmod>2026-02-01</lastmod></url></urlset>"
    sitemap_xml = reply(urls.encode(), Content_Type="application/xml")
    server.routes["/blog/"] = lambda request: sitemap_xml if request.target.endswith("?sitemap=index") else front

    sitemap = only(look(server, "/blog/"))

    assert (sitemap.kind, sitemap.url) == (SourceKind.SITEMAP, server.url("/blog/?sitemap=index"))


def test_odd_sitemaps_in_robots_are_passed_over(server: Loopback) -> None:
    server.routes |= {
        "/robots.txt": reply(b"Sitemap: http://[\nSitemap: mailto:x\nSitemap: /page\nSitemap: /map.txt\n"),
        "/": html("<title>x</title>"),
        "/page": html("<title>no sitemap</title>"),
        "/map.txt": reply(b"https://a.example/1\nhttps://a.example/2\n"),
    }

    source = only(look(server))

    assert (source.url, source.format, source.entries) == (server.url("/map.txt"), "text", 2)


def test_an_address_that_cannot_be_had_says_why(server: Loopback) -> None:
    with pytest.raises(PermanentError) as caught:
        look(server, "/nothing")
    assert caught.value.reason is Reason.NOT_FOUND

    with pytest.raises(ItemError) as refused:
        discover("http://localhost:1/", CONFIG)
    assert refused.value.reason is Reason.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    "typed", ["", " ", "mailto:a@b.example", "javascript:alert(1)", "ftp://a.example/", "https://"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        discover(typed, CONFIG)


@pytest.mark.parametrize(
    ("typed", "urls"),
    [
        ("a.example", ("https://a.example/", "http://a.example/")),
        (" //a.example/x ", ("https://a.example/x", "http://a.example/x")),
        ("http://a.example", ("http://a.example/",)),
        ("feed:https://a.example/f", ("https://a.example/f",)),
        ("feed://a.example/f", ("https://a.example/f", "http://a.example/f")),
        ("@ina@social.example", ("https://social.example/@ina",)),
        ("a.example/?u=https://b.example/", ("https://a.example/?u=https://b.example/", "http://a.example/?u=https://b.example/")),
    ],
)  # fmt: skip
def test_the_spellings_of_an_address(typed: str, urls: tuple[str, ...]) -> None:
    assert spellings(typed) == urls


def test_no_spelling_of_nothing() -> None:
    with pytest.raises(InvalidUrlError):
        spellings("javascript:x")


def test_a_password_is_not_dropped_in_silence(server: Loopback) -> None:
    with pytest.raises(UsageError, match="holds a password"):
        discover(server.url("/", host="me:secret@127.0.0.1"), CONFIG)

    assert server.requests == []


def test_the_newspaper(site: Site) -> None:
    found = discover(site.url, CONFIG, thorough=True)

    kinds = [(source.kind, source.format) for source in found.sources]
    assert kinds == [
        (SourceKind.FEED, "rss20"),
        (SourceKind.FEED, "atom10"),
        (SourceKind.FEED, "json11"),
        (SourceKind.SITEMAP, "urlset"),
        (SourceKind.PAGE, None),
    ]
