"""Feeds of every kind to records. What is broken or hostile is in test_broken_feeds.py."""

from datetime import UTC, datetime

import pytest

from scraper.crawler.feeds.parsing import parse_feed
from scraper.errors import PermanentError, Reason
from scraper.records import Enclosure, Feed, FeedEntry, Page, Precision
from tests.crawler.conftest import NOW

URL = "https://a.example/feed/"
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
    'xmlns:georss="http://www.georss.org/georss" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def parse(body: str | bytes, content_type: str = "application/rss+xml", max_entries: int = 100) -> Feed:
    data = body.encode() if isinstance(body, str) else body
    page = Page(url=URL, final_url=URL, body=data, fetched_at=NOW, headers=(("Content-Type", content_type),))
    return parse_feed(page, max_entries=max_entries)


def rss(items: str, head: str = "<title>Der Bote</title><link>https://a.example/</link>") -> Feed:
    return parse(f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel>{head}{items}</channel></rss>')


def item(fields: str) -> FeedEntry:
    (entry,) = rss(f"<item>{fields}</item>").entries
    return entry


def atom(entry: str, attributes: str = "") -> FeedEntry:
    feed = parse(f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES} {attributes}><entry>{entry}</entry></feed>')
    return feed.entries[0]


def test_rss_2_0() -> None:
    feed = rss(
        """<item>
          <title>Wehr &amp; Brücke</title><link>/wehr?a=1&amp;b=2</link>
          <guid isPermaLink="false">tag:17</guid>
          <pubDate>Sat, 28 Feb 2026 09:30:05 +0100</pubDate>
          <dc:creator>Ina Kant</dc:creator><dc:creator>Bo Lar</dc:creator>
          <category>Stadt</category><category domain="x">Wasser</category>
          <description><![CDATA[<p>Das neue <b>Wehr</b>&nbsp;steht.</p>]]></description>
          <content:encoded><![CDATA[<p>Der ganze Text.</p><script>x</script>]]></content:encoded>
          <slash:comments>12</slash:comments>
          <enclosure url="https://cdn.example/a.mp3" type="audio/mpeg" length="1234"/>
        </item>""",
        head="<title>Der Bote</title><link>https://a.example/</link><language>de-DE</language><ttl>30</ttl>",
    )

    assert (feed.format, feed.title, feed.site_url) == ("rss20", "Der Bote", "https://a.example/")
    assert (feed.language, feed.hints.ttl_seconds, feed.problems) == ("de-DE", 1_800, ())
    (entry,) = feed.entries
    assert entry.title == "Wehr & Brücke"
    assert entry.url == "https://a.example/wehr?a=1&b=2"
    assert entry.guid == "tag:17"
    assert entry.published is not None
    assert entry.published.at == datetime(2026, 2, 28, 8, 30, 5, tzinfo=UTC)
    assert (entry.published.offset_minutes, entry.published.precision) == (60, Precision.SECOND)
    assert entry.published.raw == "Sat, 28 Feb 2026 09:30:05 +0100"
    assert entry.authors == ("Ina Kant", "Bo Lar")
    assert entry.categories == ("Stadt", "Wasser")
    assert entry.summary == "Das neue Wehr steht."
    assert entry.content_html == "<p>Der ganze Text.</p><script>x</script>"
    assert entry.comment_count == 12
    assert entry.enclosures == (Enclosure(url="https://cdn.example/a.mp3", media_type="audio/mpeg", length_bytes=1234),)


def test_rss_1_0_means_the_publication_by_its_only_date() -> None:
    feed = parse(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/"><title>Bote</title>'
        '<link>https://a.example/</link></channel><item rdf:about="https://a.example/1"><title>Eins</title>'
        "<link>https://a.example/1</link><dc:date>2026-02-28T09:30:00+01:00</dc:date>"
        "<dc:subject>Stadt</dc:subject><dc:creator>Ina</dc:creator></item></rdf:RDF>"
    )

    assert feed.format == "rss10"
    (entry,) = feed.entries
    assert str(entry.published) == "2026-02-28T09:30:00+01:00"
    assert (entry.updated, entry.guid, entry.url) == (None, "https://a.example/1", "https://a.example/1")
    assert (entry.categories, entry.authors) == (("Stadt",), ("Ina",))


@pytest.mark.parametrize(("version", "name"), [("0.91", "rss091u"), ("0.92", "rss092"), ("0.93", "rss093")])
def test_old_rss(version: str, name: str) -> None:
    feed = parse(f'<rss version="{version}"><channel><item><title>x</title><link>/x</link></item></channel></rss>')

    assert (feed.format, feed.entries[0].url) == (name, "https://a.example/x")


def test_atom() -> None:
    feed = parse(
        f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://b.example/x/" {NAMESPACES}>
        <title type="html">Der &amp;lt;Bote&amp;gt; &lt;b&gt;neu&lt;/b&gt;</title><link href="/"/>
        <entry xml:lang="en"><id>urn:uuid:1</id>
          <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Less &lt; <b>more</b></div></title>
          <link rel="alternate" type="text/html" href="one.html"/><link rel="edit" href="edit"/>
          <link rel="enclosure" href="a.pdf" type="application/pdf"/>
          <link rel="replies" href="one.html#c" thr:count="7"/>
          <published>2026-02-27T23:30:00-05:00</published><updated>2026-02-28T09:30:00Z</updated>
          <author><name>Ina Kant</name><email>i@a.example</email></author><author><name>Bo Lar</name></author>
          <category term="wasser" label="Wasser"/><category term="stadt"/>
          <summary>Short &lt; sweet</summary>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>All <em>of it</em></p></div></content>
        </entry></feed>"""
    )

    assert (feed.format, feed.language, feed.site_url) == ("atom10", "de", "https://b.example/")
    assert feed.title == "Der <Bote> neu"
    (entry,) = feed.entries
    assert (entry.guid, entry.url, entry.title) == ("urn:uuid:1", "https://b.example/x/one.html", "Less < more")
    assert (str(entry.published), str(entry.updated)) == ("2026-02-27T23:30:00-05:00", "2026-02-28T09:30:00+00:00")
    assert (entry.authors, entry.categories) == (("Ina Kant", "Bo Lar"), ("Wasser", "stadt"))
    assert (entry.summary, entry.content_html) == ("Short < sweet", "<p>All <em>of it</em></p>")
    assert (entry.comment_count, entry.language) == (7, "en")
    assert entry.enclosures == (Enclosure(url="https://b.example/x/a.pdf", media_type="application/pdf"),)


@pytest.mark.parametrize(
    ("attributes", "content", "read"),
    [
        ('xml:base="https://b.example/x/"', '<a href="y?a&amp;b">z</a>', '<a href="https://b.example/x/y?a&amp;b">z</a>'),
        ('xml:base="https://b.example/x/"', "<img SRC='/y.jpg'>", "<img SRC='https://b.example/y.jpg'>"),
        ('xml:base="https://b.example/x/"', '<a href="#n">1</a><a href="tel:1">', '<a href="#n">1</a><a href="tel:1">'),
        ("", '<a href="y">z</a>', '<a href="y">z</a>'),
    ],
)  # fmt: skip
def test_links_in_a_content_are_meant_from_its_base(attributes: str, content: str, read: str) -> None:
    escaped = content.replace("&", "&amp;").replace("<", "&lt;")
    entry = atom(f'<id>1</id><content type="html" {attributes}>{escaped}</content>')

    assert entry.content_html == read


def test_an_atom_entry_without_published_has_none() -> None:
    entry = atom("<id>1</id><updated>2026-02-28T09:30:00Z</updated>")

    assert entry.published is None
    assert str(entry.updated) == "2026-02-28T09:30:00+00:00"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Sat, 28 Feb 2026 09:30:00 CEST", "2026-02-28T09:30:00+02:00"),
        ("Sat, 28 Feb 2026 09:30:00 EST", "2026-02-28T09:30:00-05:00"),
        ("28. Februar 2026, 09:30 Uhr", "2026-02-28T09:30"),
        ("2026/2/28 09:30:07", "2026-02-28T09:30:07"),
        ("2026-02-28", "2026-02-28"),
        ("28 Feb 2026", "2026-02-28"),
    ],
)
def test_dates_are_read_from_what_was_written(raw: str, shown: str) -> None:
    """feedparser reads CEST as UTC, German months as nothing and slashes as another day."""
    assert str(item(f"<title>x</title><pubDate>{raw}</pubDate>").published) == shown


@pytest.mark.parametrize(
    "raw", ["Thu, 01 Jan 1970 00:00:00 GMT", "9999-12-31T23:59:59Z", "0001-01-01", "soon", "2026-04-01"]
)
def test_impossible_dates_are_none_and_the_entry_stays(raw: str) -> None:
    entry = item(f"<title>x</title><pubDate>{raw}</pubDate>")

    assert (entry.title, entry.published) == ("x", None)


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("&lt;i&gt;Wehr&lt;/i&gt; heute", "Wehr heute"),
        ("<![CDATA[<b>Wehr</b> &ndash; heute]]>", "Wehr – heute"),
        ("5 &lt; 6", "5 < 6"),
        ("  viel \n\t Luft  ", "viel Luft"),
        ("Ende\xa0\xa0", "Ende"),
        ("", None),
    ],
)
def test_titles_are_text(markup: str, title: str | None) -> None:
    assert item(f"<title>{markup}</title><link>/x</link>").title == title


@pytest.mark.parametrize(
    ("fields", "url", "guid"),
    [
        ("<guid>https://a.example/g</guid>", "https://a.example/g", "https://a.example/g"),
        ('<guid isPermaLink="false">https://a.example/g</guid>', None, "https://a.example/g"),
        ("<link>/x</link><guid>https://a.example/g</guid>", "https://a.example/x", "https://a.example/g"),
        ("<link>/x</link><guid>12345</guid>", "https://a.example/x", "12345"),
        ("<link>/x</link><guid>news-2026 17</guid>", "https://a.example/x", "news-2026 17"),
        (
            "<link>/x</link><guid isPermaLink='TRUE'>HTTPS://A.example/../g#1</guid>",
            "https://a.example/x",
            "HTTPS://A.example/../g#1",
        ),
        ("<guid>12345</guid>", None, "12345"),
        ("<guid>/2026/g</guid>", "https://a.example/2026/g", "/2026/g"),
        ("<guid>/2026/g</guid><link/>", "https://a.example/2026/g", "/2026/g"),
        ("<atom:link xmlns:atom='http://www.w3.org/2005/Atom' href='/y'/><guid>g</guid>", "https://a.example/y", "g"),
        ('<link>//b.example/x</link><guid isPermaLink="false">7</guid>', "https://b.example/x", "7"),
        ("<link>https://a.example/x#top</link>", "https://a.example/x", None),
        (
            "<link>http://feeds.example/~r/1</link><feedburner:origLink>https://a.example/true</feedburner:origLink>",
            "https://a.example/true",
            None,
        ),
        ("<link>https://user:pw@a.example/x</link>", "https://a.example/x", None),
    ],
)
def test_links_and_guids(fields: str, url: str | None, guid: str | None) -> None:
    entry = item(f"<title>x</title>{fields}")

    assert (entry.url, entry.guid) == (url, guid)


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ("<author>ina@a.example (Ina Kant)</author>", ("Ina Kant",)),
        ("<author>Ina Kant</author>", ("Ina Kant",)),
        ("<author>ina@a.example</author>", ()),
        ("<author>i@a.example (Ina Kant)</author><dc:creator>Ina  KANT</dc:creator>", ("Ina Kant",)),
        ("<itunes:author>Ina Kant</itunes:author>", ("Ina Kant",)),
        ("<dc:creator>&lt;b&gt;Ina&lt;/b&gt;</dc:creator>", ("Ina",)),
    ],
)
def test_authors_are_people_not_addresses(fields: str, authors: tuple[str, ...]) -> None:
    assert item(f"<title>x</title>{fields}").authors == authors


def test_a_content_without_a_summary_makes_no_summary() -> None:
    entry = item("<title>x</title><content:encoded>&lt;p&gt;Alles.&lt;/p&gt;</content:encoded>")

    assert (entry.summary, entry.content_html) == (None, "<p>Alles.</p>")


def test_media_and_enclosures_are_listed_once() -> None:
    entry = item(
        '<enclosure url="/a.jpg" type="image/jpeg" length="none"/><media:content url="/a.jpg" type="image/jpeg"/>'
        '<media:group><media:content url="/b.mp4" fileSize="5" type="video/mp4"/></media:group>'
        '<media:content url="javascript:x"/>'
    )

    assert entry.enclosures == (
        Enclosure(url="https://a.example/a.jpg", media_type="image/jpeg"),
        Enclosure(url="https://a.example/b.mp4", media_type="video/mp4", length_bytes=5),
    )


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ("<slash:comments>0</slash:comments>", 0),
        ("<thr:total>5</thr:total>", 5),
        ("<slash:comments>many</slash:comments>", None),
        ("<slash:comments>-1</slash:comments>", None),
        ("<comments>https://a.example/x#comments</comments>", None),
    ],
)
def test_comment_counts(fields: str, count: int | None) -> None:
    assert item(f"<title>x</title>{fields}").comment_count == count


def test_an_entry_s_language_is_its_own_not_the_feed_s() -> None:
    """A German site's feed calls everything German, its English posts too."""
    entries = parse(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-DE"><title>x</title>'
        '<entry><title>a</title></entry><entry xml:lang="en"><title>b</title></entry></feed>'
    ).entries

    assert [entry.language for entry in entries] == [None, "en"]


def test_a_feed_without_entries_is_fine() -> None:
    assert rss("").entries == ()


def test_no_more_entries_than_asked_for() -> None:
    items = "".join(f"<item><title>{number}</title><link>/{number}</link></item>" for number in range(30))
    body = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    feed = parse(body, max_entries=4)

    assert [entry.title for entry in feed.entries] == ["0", "1", "2", "3"]
    assert "30 entries" in feed.problems[0]


def test_no_more_problems_are_told_than_anybody_reads() -> None:
    items = ",".join(['"no object"'] * 30)

    assert len(parse(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}').problems) == 20


def test_a_json_feed_is_told_by_its_text() -> None:
    feed = parse(
        '\ufeff {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/x"}]}', "text/plain"
    )

    assert (feed.format, feed.entries[0].url) == ("json11", "https://a.example/x")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n", Reason.EMPTY),
        ("hello", Reason.NOT_A_FEED),
        ("<!DOCTYPE html><html><head><title>Parked</title></head><body>feed</body></html>", Reason.NOT_A_FEED),
        ("<html><body><pre>&lt;rss&gt;</pre><rss version='2.0'></rss></body></html>", Reason.NOT_A_FEED),
        ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url/></urlset>', Reason.NOT_A_FEED),
        ('<opml version="2.0"><body/></opml>', Reason.NOT_A_FEED),
        ('{"error": "no such feed"}', Reason.NOT_A_FEED),
        ("\x89PNG\r\n\x1a\n\0\0", Reason.NOT_A_FEED),
    ],
)
def test_what_is_no_feed_is_named_so(body: str, reason: Reason) -> None:
    with pytest.raises(PermanentError) as caught:
        parse(body, "text/html")

    assert (caught.value.reason, caught.value.url) == (reason, URL)
