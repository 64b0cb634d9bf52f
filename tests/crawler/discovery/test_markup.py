"""What pages say of feeds, in the markup that pages have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.crawler.discovery.markup import Announced, header_feeds, is_of_comments, read_markup
from scraper.records import FeedLink

URL = "https://a.example/news/"


def announced(markup: str) -> list[str]:
    return [each.url for each in read_markup(markup, URL).announced]


def linked(markup: str) -> list[str]:
    return [each.url for each in read_markup(markup, URL).linked]


@pytest.mark.parametrize(
    ("markup", "feeds"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed/">', ["https://a.example/feed/"]),
        ("<LINK REL=Alternate TYPE='Application/Atom+XML; charset=utf-8' HREF=atom.xml>", ["https://a.example/news/atom.xml"]),
        ('<link rel="home alternate" type="application/feed+json" href="x.json">', ["https://a.example/news/x.json"]),
        ('<link rel="alternate" type="application/rdf+xml" href="x"><link rel="alternate" type="text/xml" href="y">',
         ["https://a.example/news/x", "https://a.example/news/y"]),
        ('<link rel="feed" href="/f">', ["https://a.example/f"]),
        ('<base href="https://b.example/x/"><link rel="alternate" type="application/rss+xml" href="f">',
         ["https://b.example/x/f"]),
        ('<body><p><link rel="alternate" type="application/rss+xml" href="feed://a.example/f">', ["https://a.example/f"]),
        (2 * '<link rel="alternate" type="application/rss+xml" href="f">', ["https://a.example/news/f"]),
    ],
)  # fmt: skip
def test_feeds_that_are_announced(markup: str, feeds: list[str]) -> None:
    assert announced(markup) == feeds


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed/1.0/embed?url=x">',
        '<link rel="alternate" type="text/xml+oembed" href="/wp-json/oembed/1.0/embed?url=x&format=xml">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/7">',
        '<link rel="https://api.w.org/" href="/wp-json/">',
        '<link rel="EditURI" type="application/rsd+xml" href="/xmlrpc.php?rsd">',
        '<link rel="search" type="application/opensearchdescription+xml" href="/s.xml">',
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" type="application/rss+xml" title="Bote » Kommentar-Feed" href="/x/feed/">',
        '<link rel="alternate" type="application/rss+xml" title="Story Comments Feed" href="/story/feed/">',
        '<link rel="alternate" type="application/rss+xml" title="Alle" href="/comments/feed/">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:void(0)">',
        '<link rel="alternate" type="application/rss+xml" href="http://[broken">',
        "",
    ],
)
def test_what_is_no_announced_feed_of_articles(markup: str) -> None:
    assert announced(markup) == []


@pytest.mark.parametrize(
    ("markup", "feeds"),
    [
        ('<a href="/rss">Abonnieren</a>', ["https://a.example/rss"]),
        ('<a href="/x.rss"><img alt=""></a>', ["https://a.example/x.rss"]),
        ('<a href="/?format=feed">x</a>', ["https://a.example/?format=feed"]),
        ('<a href="/nachrichten.xml">RSS-Feed</a>', ["https://a.example/nachrichten.xml"]),
        ('<a href="https://feedly.com/i/subscription/feed/https://a.example/f.xml">x</a>', ["https://a.example/f.xml"]),
        ('<a href="https://r.example/add?feed=https%3A%2F%2Fa.example%2Ff">x</a>', ["https://a.example/f"]),
        ('<a href="feed:https://a.example/all.rss">x</a>', ["https://a.example/all.rss"]),
        ('<a href="/feedback">Feedback</a><a href="/atomkraft/">Atomkraft</a><a>RSS</a>', []),
        ('<a href="/comments/feed/">RSS</a>', []),
    ],
)
def test_links_that_look_like_feeds(markup: str, feeds: list[str]) -> None:
    assert linked(markup) == feeds


def test_headlines_are_links_with_many_letters_to_the_same_site() -> None:
    markup = read_markup(
        '<html lang="de"><title> Der  Bote </title><a href="/1">Ein Titel, der lang genug ist</a>'
        '<a href="/1#c">Ein Titel, der lang genug ist</a><a href="/2">Mehr</a>'
        '<a href="https://www.a.example/3">Noch ein Titel, lang genug</a>'
        '<a href="https://b.example/">Eine andere Zeitung, lang genug</a>',
        URL,
    )

    assert markup.stories == ("https://a.example/1", "https://www.a.example/3")
    assert (markup.title, markup.language, markup.is_article) == ("Der Bote", "de", False)


@pytest.mark.parametrize("markup", ['<meta property="og:type" content="article">', '<body class="post single x">'])
def test_articles_are_told_from_lists(markup: str) -> None:
    assert read_markup(markup, URL).is_article


def test_feeds_in_link_headers() -> None:
    links = (
        FeedLink(rel="alternate", href="https://a.example/f", media_type="application/atom+xml"),
        FeedLink(rel="alternate", href="https://a.example/wp-json/x", media_type="application/json"),
        FeedLink(rel="https://api.w.org/", href="https://a.example/wp-json/"),
        FeedLink(rel="shortlink", href="https://a.example/?p=1"),
    )

    assert header_feeds(links) == (Announced(url="https://a.example/f"),)


@pytest.mark.parametrize(
    ("title", "url", "answer"),
    [
        ("Kommentare zu: Wehr", "https://a.example/wehr/feed/", True),
        ("Commentaires sur : Digue", "https://a.example/d/feed/", True),
        (None, "https://a.example/comments/feed/", True),
        (None, "https://a.example/?feed=comments-rss2", True),
        ("Comentários sobre: Eclusa", "https://a.example/e/feed/", True),
        ("Komentáře k příspěvku: Jez", "https://a.example/j/feed/", True),
        ("Artikkelin Sulku kommentit", "https://a.example/s/feed/", True),
        ("Комментарии: Шлюз", "https://a.example/s/feed/", True),
        ("التعليقات على: السد", "https://a.example/s/feed/", True),
        ("《水闸》的评论", "https://a.example/s/feed/", True),
        ("评论", "https://a.example/opinion/feed/", False),
        ("Commentary", "https://a.example/commentary/feed/", False),
        ("Bote", "https://a.example/feed/", False),
    ],
)
def test_feeds_of_comments(title: str | None, url: str, *, answer: bool) -> None:
    assert is_of_comments(title, url) is answer


def test_what_an_article_announces_below_itself_are_its_comments() -> None:
    """A site of WordPress whose language is not known here: the address tells, and on a list's page it does not."""

    def announced(page: str, feed: str, classes: str) -> int:
        link = f'<link rel="alternate" type="application/rss+xml" title="Sylwadau" href="{feed}">'
        return len(read_markup(f'<html><head>{link}</head><body class="{classes}"></body></html>', page).announced)

    assert announced("https://a.example/llifddor/", "/llifddor/feed/", "single single-post") == 0
    assert announced("https://a.example/?p=15", "/?feed=rss2&amp;p=15", "single single-post") == 0
    assert announced("https://a.example/chwaraeon/", "/chwaraeon/feed/", "archive category") == 1
    assert announced("https://a.example/", "/feed/", "single") == 1


_SCRAPS = st.sampled_from(
    "<link rel=alternate type=application/rss+xml href=;<a href=;<base href=;http://[;//;>;'; ;\0;feed:;<html;"
    "<body class=;<?xml version='1.0'?>;<urlset>;?feed=https://;%2f%2f;</a>;<meta property=og:type content=;feedly.com/https://[;RSS;</;\ud800;#".split(
        ";"
    )
)


@given(st.lists(_SCRAPS | st.text(max_size=5), max_size=20).map("".join))
@settings(deadline=None)
def test_no_markup_is_too_odd(markup: str) -> None:
    found = read_markup(markup, URL)

    assert all(each.url.startswith(("http://", "https://")) for each in (*found.announced, *found.linked))
