"""What a feed says of itself: when it wants to be asked, and where it links to."""

import json

import pytest

from scraper.crawler.feeds.parsing import parse_feed
from scraper.records import Feed, FeedLink, Page
from tests.crawler.conftest import NOW

URL = "https://a.example/feed/index.xml"


def parse(body: str, *link_headers: str) -> Feed:
    headers = tuple(("Link", value) for value in link_headers)
    return parse_feed(Page(url=URL, final_url=URL, body=body.encode(), fetched_at=NOW, headers=headers), max_entries=10)


def rss(head: str) -> Feed:
    return parse(
        '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
        f'xmlns:atom="http://www.w3.org/2005/Atom"><channel>{head}<item><title>x</title></item></channel></rss>'
    )


@pytest.mark.parametrize(
    ("head", "ttl", "update"),
    [
        ("<ttl>60</ttl>", 3_600, None),
        ("<ttl>often</ttl>", None, None),
        ("<ttl>0</ttl>", None, None),
        ("<ttl>-5</ttl>", None, None),
        ("<sy:updatePeriod>\n hourly </sy:updatePeriod><sy:updateFrequency>\n1 </sy:updateFrequency>", None, 3_600),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", None, 21_600),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", None, 86_400),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", None, 604_800),
        ("<sy:updateFrequency>2</sy:updateFrequency>", None, 43_200),
        ("<sy:updatePeriod>always</sy:updatePeriod>", None, None),
        ("<ttl>15</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 900, 3_600),
        ("", None, None),
    ],
)
def test_how_long_a_feed_asks_to_be_left_alone(head: str, ttl: float | None, update: float | None) -> None:
    feed = rss(head)

    assert (feed.hints.ttl_seconds, feed.hints.update_seconds) == (ttl, update)


def test_the_hours_and_days_without_visits() -> None:
    feed = rss(
        "<skipHours><hour>0</hour><hour> 7 </hour><hour>23</hour><hour>24</hour><hour>25</hour><hour>x</hour>"
        "</skipHours><skipDays><day>Saturday</day><day>sunday </day><day>Someday</day></skipDays>"
    )

    assert (feed.hints.skip_hours, feed.hints.skip_days) == (frozenset({0, 7, 23}), frozenset({5, 6}))


def test_the_links_of_a_feed_in_its_own_and_the_response_s_order() -> None:
    feed = parse(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/"><title>t</title>'
        '<link rel="self" type="application/atom+xml" href="feed.xml"/><link href="/"/>'
        '<link rel="prev-archive" href="2025/12.xml" xml:base="archive/"/>'
        '<link rel="first Last" href="p"/><link rel="edit" href="mailto:x@y"/><link rel="hub"/>'
        '<entry><title>e</title><link rel="next" href="not-of-the-feed"/></entry></feed>',
        '<https://hub.example/>; rel="hub", </feed/?a=1,2>; title="a, b"; rel=self',
    )

    assert feed.links == (
        FeedLink(rel="self", href="https://b.example/x/feed.xml", media_type="application/atom+xml"),
        FeedLink(rel="alternate", href="https://b.example/"),
        FeedLink(rel="prev-archive", href="https://b.example/x/archive/2025/12.xml"),
        FeedLink(rel="first", href="https://b.example/x/p"),
        FeedLink(rel="last", href="https://b.example/x/p"),
        FeedLink(rel="hub", href="https://hub.example/"),
        FeedLink(rel="self", href="https://a.example/feed/?a=1,2"),
    )
    assert feed.links_of("self") == ("https://b.example/x/feed.xml", "https://a.example/feed/?a=1,2")


def test_atom_links_in_rss() -> None:
    feed = rss('<link>https://a.example/</link><atom:link rel="next" href="?paged=2"/>')

    assert feed.site_url == "https://a.example/"
    assert feed.links == (FeedLink(rel="next", href="https://a.example/feed/index.xml?paged=2"),)


def test_the_links_of_a_json_feed() -> None:
    feed = parse(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "feed_url": "/feed.json",
                "next_url": "/feed.json?page=2",
                "hubs": [{"type": "WebSub", "url": "https://hub.example/"}, "odd"],
                "items": [],
            }
        )
    )

    assert feed.links == (
        FeedLink(rel="self", href="https://a.example/feed.json"),
        FeedLink(rel="next", href="https://a.example/feed.json?page=2"),
        FeedLink(rel="hub", href="https://hub.example/"),
    )


@pytest.mark.parametrize("header", ["", "<", "<>", "<x>; rel", "<javascript:x>; rel=self", ";rel=self", "<x" * 9_000])
def test_broken_link_headers_say_nothing(header: str) -> None:
    assert parse("<rss><channel><item><title>x</title></item></channel></rss>", header).links == ()
