"""Where feeds stand by the custom of hosts and systems, from addresses as people copy them."""

import pytest

from scraper.crawler.discovery import places
from scraper.records import Page
from tests.crawler.conftest import NOW

CHANNEL = "UC" + "a1_-" * 5 + "bc"


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        (
            f"https://www.youtube.com/channel/{CHANNEL}",
            f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}",
        ),
        (
            f"https://m.youtube.com/channel/{CHANNEL}/videos?x=1",
            f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}",
        ),
        ("https://youtube.com/playlist?list=PL12_-", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12_-"),
        ("https://www.youtube.com/watch?v=x&list=PL1&t=3", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
        ("https://www.youtube.com/user/abc", "https://www.youtube.com/feeds/videos.xml?user=abc"),
        ("https://github.com/a/b", "https://github.com/a/b/releases.atom"),
        ("https://github.com/a/b.git", "https://github.com/a/b/releases.atom"),
        ("https://github.com/a/b/releases", "https://github.com/a/b/releases.atom"),
        ("https://github.com/a/b/commits/main/", "https://github.com/a/b/commits/main.atom"),
        ("https://github.com/a/b/commits", "https://github.com/a/b/commits.atom"),
        ("https://github.com/a", "https://github.com/a.atom"),
        ("https://gitlab.com/g/s/p", "https://gitlab.com/g/s/p/-/releases.atom"),
        ("https://gitlab.com/g/p/-/issues", "https://gitlab.com/g/p/-/releases.atom"),
        ("https://codeberg.org/a/b/issues", "https://codeberg.org/a/b/releases.rss"),
        ("https://pypi.org/project/lxml/", "https://pypi.org/rss/project/lxml/releases.xml"),
        ("https://old.reddit.com/r/python/top", "https://www.reddit.com/r/python/.rss"),
        ("https://medium.com/@a.b", "https://medium.com/feed/@a.b"),
        ("https://medium.com/pub-name/story-123", "https://medium.com/feed/pub-name"),
        ("https://someone.medium.com/story", "https://someone.medium.com/feed"),
        ("https://letters.substack.com/p/one", "https://letters.substack.com/feed"),
        ("https://b.blogspot.com/2020/01/x.html", "https://b.blogspot.com/feeds/posts/default"),
        ("https://b.blogspot.co.uk/search/label/Cats", "https://b.blogspot.co.uk/feeds/posts/default/-/Cats"),
        ("https://b.wordpress.com/category/cats/page/2/", "https://b.wordpress.com/category/cats/feed/"),
        ("https://b.wordpress.com/", "https://b.wordpress.com/feed/"),
        ("https://b.tumblr.com/tagged/cats", "https://b.tumblr.com/tagged/cats/rss"),
        ("https://bsky.app/profile/a.example", "https://bsky.app/profile/a.example/rss"),
        ("https://stackoverflow.com/questions/tagged/lxml", "https://stackoverflow.com/feeds/tag/lxml"),
        ("https://news.google.com/topics/ABC?hl=de", "https://news.google.com/rss/topics/ABC?hl=de"),
        ("https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"),
        ("https://news.ycombinator.com/", "https://news.ycombinator.com/rss"),
        ("https://lobste.rs/t/python", "https://lobste.rs/t/python.rss"),
        ("https://vimeo.com/somebody", "https://vimeo.com/somebody/videos/rss"),
    ],
)
def test_the_customs_of_hosts(url: str, feed: str) -> None:
    assert next(iter(places.of_host(url))).url == feed


@pytest.mark.parametrize(
    "url", ["https://a.example/", "https://www.youtube.com/", "https://notgithub.com/a/b", "https://medium.com/"]
)
def test_hosts_without_known_customs(url: str) -> None:
    assert places.of_host(url) == ()


def test_a_channel_s_number_stands_in_its_page_only() -> None:
    url = "https://www.youtube.com/@somebody"

    assert places.of_host(url) == ()
    (place,) = places.of_host(url, f'<script>{{"externalId": "{CHANNEL}"}}</script>')
    assert place.url == f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"
    assert places.of_host(url, "<p>nothing</p>") == ()


def page(url: str, *headers: tuple[str, str]) -> Page:
    return Page(url=url, final_url=url, body=b"", fetched_at=NOW, headers=headers)


@pytest.mark.parametrize(
    ("url", "sign", "feeds"),
    [
        (
            "https://a.example/category/cats/",
            '<meta name="generator" content="WordPress 6.8">',
            ["/category/cats/feed/", "/feed/", "/?feed=rss2"],
        ),
        (
            "https://a.example/blog/cats",
            '<script src="https://a.example/blog/wp-includes/x.js">',
            ["/blog/cats/feed/", "/blog/feed/", "/blog/?feed=rss2"],
        ),
        ("https://a.example/tag/cats/", '<meta name="generator" content="Ghost 5.9">', ["/tag/cats/rss/", "/rss/"]),
        ("https://a.example/cats", '<html data-drupal-x="1">', ["/cats/feed", "/rss.xml"]),
        (
            "https://a.example/x/y.html",
            '<meta content="TYPO3 CMS">',
            ["/?type=9818", "/feed.xml", "/rss.xml", "/?type=100"],
        ),
        (
            "https://a.example/cats",
            '<meta name="generator" content="Joomla! - x">',
            ["/cats?format=feed&type=rss", "/?format=feed&type=rss"],
        ),
        ("https://a.example/2020/x.html", "<meta content='blogger'>", ["/feeds/posts/default"]),
        ("https://a.example/p/x", "https://substackcdn.com/x.js", ["/feed"]),
        ("https://a.example/@ina", '<div class="app-holder" id="mastodon">', ["/@ina.rss"]),
        (
            "https://a.example/c/cats/5",
            '<meta name="generator" content="Discourse 3">',
            ["/c/cats/5.rss", "/latest.rss"],
        ),
        (
            "https://a.example/posts/x/",
            '<meta name="generator" content="Hugo 0.1">',
            ["/posts/x/index.xml", "/index.xml"],
        ),
        ("https://a.example/", "<p>WordPress is nice</p>", []),
    ],
)
def test_the_customs_of_systems(url: str, sign: str, feeds: list[str]) -> None:
    found = places.of_system(page(url), f"<html><head>{sign}</head>")

    assert [place.url for place in found] == [f"https://a.example{feed}" for feed in feeds]


def test_a_system_is_told_by_its_link_header_too() -> None:
    found = places.of_system(
        page("https://a.example/", ("Link", '<https://a.example/wp-json/>; rel="https://api.w.org/"')), ""
    )

    assert found[0].url == "https://a.example/feed/"


def test_well_known_paths_of_the_section_come_first() -> None:
    urls = [place.url for place in places.well_known("https://a.example/news/story.html")]

    assert urls[:4] == [f"https://a.example/{path}" for path in ("news/feed", "news/rss", "news/rss.xml", "feed")]
    assert len(places.well_known("https://a.example/")) <= 8
