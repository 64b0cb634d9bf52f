"""Feeds that are broken or meant to break us: what can be saved is, nothing is expanded, nothing takes long."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawler.feeds.parsing import parse_feed
from scraper.errors import PermanentError, Reason
from scraper.records import Feed, Page

URL = "https://a.example/feed/"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HEAD = '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>B</title>'
TAIL = "</channel></rss>"
GOOD = "<item><title>good</title><link>/good</link><pubDate>Sat, 28 Feb 2026 09:30:00 +0100</pubDate></item>"


def parse(body: str | bytes, max_entries: int = 2_000) -> Feed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(Page(url=URL, final_url=URL, body=data, fetched_at=NOW), max_entries=max_entries)


@pytest.mark.parametrize(
    "bad",
    [
        "<item><title>a</title><link>/a</link><description>one<br>two<p>three</description></item>",
        "<item><title>a</title><link>/a?x=1&y=2</link><description>&nbsp;&unknown;</description></item>",
        "<item><title>a < b</title><link>/a</link></item>",
        "<item><title>a<title><link>/a</link></item>",
        "<item><title>a</title><link>/a</link>",
        "<item><title>a</title><link>/a</link><x:y>undeclared</x:y></item>",
        '<item><title>a</title><link>/a</link><enclosure url="/a.mp3" length=5 /></item>',
        "<item><title>a</title><link>/a</link><description><![CDATA[never closed</description></item>",
        "<item><title>&#xD800;\x00\x0b</title><link>/a</link></item>",
        "<item></wrong><title>a</title><link>/a</link></item>",
    ],
)
def test_one_broken_entry_spoils_no_other(bad: str) -> None:
    closed = bad if "never closed" not in bad else bad.replace("</description></item>", "]]></description></item>")

    feed = parse(HEAD + GOOD + closed + GOOD.replace("good", "last") + TAIL)

    titles = [entry.title for entry in feed.entries]
    assert titles[0] == "good"
    assert titles[-1] == "last"
    assert str(feed.entries[-1].published) == "2026-02-28T09:30:00+01:00"


def test_markup_that_nobody_escaped_is_kept_as_the_summary_it_is() -> None:
    feed = parse(
        HEAD + "<item><title>a</title><description>one<br>two<p>three</description><link>/a</link></item>" + TAIL
    )

    assert (feed.entries[0].summary, feed.entries[0].url) == ("one two three", "https://a.example/a")
    assert "ill-formed" in feed.problems[0]


@pytest.mark.parametrize("keep", [1.0, 0.9, 0.7, 0.5, 0.35])
def test_a_feed_that_breaks_off_keeps_what_came(keep: float) -> None:
    items = "".join(GOOD.replace("good", f"g{number}") for number in range(20))
    body = (HEAD + items).encode()

    feed = parse(body[: int(len(body) * keep)])

    assert len(feed.entries) >= int(20 * keep) - 2
    assert [entry.title for entry in feed.entries[:3]] == ["g0", "g1", "g2"]


def test_an_atom_feed_that_breaks_off_keeps_what_came() -> None:
    entry = '<entry><title>e</title><link href="/e"/><updated>2026-02-28T09:30:00Z</updated></entry>'
    feed = parse('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>' + entry * 3 + "<entry><title>cut")

    assert [entry.url for entry in feed.entries[:3]] == ["https://a.example/e"] * 3


def test_namespaces_that_nobody_declared_are_known_by_their_prefix() -> None:
    feed = parse(
        '<rss version="2.0"><channel><item><dc:creator>Ina</dc:creator><slash:comments>3</slash:comments>'
        "<content:encoded><![CDATA[<p>Text</p>]]></content:encoded></item></channel></rss>"
    )

    entry = feed.entries[0]
    assert (entry.authors, entry.comment_count, entry.content_html) == (("Ina",), 3, "<p>Text</p>")


def test_links_that_lead_nowhere_are_left_out_and_reported() -> None:
    links = [
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@b.example",
        "file:///etc/passwd",
        "http://",
        "https://a.example/" + "x" * 100_000,
    ]
    items = "".join(f"<item><title>bad</title><link>{link}</link></item>" for link in links)

    feed = parse(HEAD + items + GOOD + TAIL)

    assert [entry.title for entry in feed.entries] == ["good"]
    assert len(feed.problems) == len(links)


def test_a_link_that_cannot_be_read_at_all_counts_as_none() -> None:
    assert parse(f"{HEAD}<item><title>x</title><link>http://[::1</link></item>{TAIL}").entries[0].url is None


ENTITIES = """<?xml version="1.0"?><!DOCTYPE rss [
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY % remote SYSTEM "http://127.0.0.1:1/x.dtd"> %remote;
]><rss version="2.0"><channel><title>&c;</title><item><title>&file; &c;</title><link>/a</link></item></channel></rss>"""


def test_entities_are_neither_expanded_nor_fetched() -> None:
    feed = parse(ENTITIES)

    assert feed.title == "&c;"
    assert feed.entries[0].title == "&file; &c;"


def test_an_xinclude_is_left_alone() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname" parse="text"/>'

    assert parse(f"{HEAD}<item><title>x{include}</title><link>/a</link></item>{TAIL}").entries[0].title == "x"


MANY_ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(50_000))


@pytest.mark.parametrize(
    "item",
    [
        "<item><title>x</title><author>a@" + "a." * 100_000 + "!</author></item>",
        "<item><title>x</title>" + f"<dc:creator>{'a' * 400}</dc:creator>" * 2_000 + "</item>",
        "<item><title>x</title>" + "".join(f"<category>c{n}</category>" for n in range(50_000)) + "</item>",
        "<item><title>x</title><pubDate>" + "Mon, 1 1 " * 100_000 + "</pubDate></item>",
        "<item><title>x</title><enclosure " + MANY_ATTRIBUTES + "/></item>",
        "<item><title>x</title><description><p " + MANY_ATTRIBUTES + "/></description></item>",
        "<item><title>x</title><description>" + "<b>" * 50_000 + "</description></item>",
        "<item><title>x</title><description>" + "&lt;b&gt;x&lt;/b&gt; " * 100_000 + "</description></item>",
        "<item><title>x</title><description>" + "&" * 500_000 + "</description></item>",
        "<item><title>x</title><description>" + "<![CDATA[" * 100_000 + "</description></item>",
        "<item><title>x</title><description>" + "<title>" * 100_000 + "</description></item>",
        "<item><title>x</title>" + "<" * 300_000 + "</item>",
        "<item><title>" + "x " * 500_000 + "</title></item>",
    ],
    ids=[
        "address", "authors", "categories", "date", "attributes", "attributes in text", "depth", "markup", "ampersands",
        "cdata", "titles", "angles", "long title",
    ],
)  # fmt: skip
def test_patterns_that_parsers_are_slow_on_bring_an_entry_all_the_same(item: str) -> None:
    """Each of these took feedparser, lxml or html.parser from seconds to minutes; here the whole file takes seconds."""
    feed = parse(HEAD + item + TAIL)

    assert len(feed.entries) == 1
    assert (feed.entries[0].title or "").startswith("x")


def test_a_hundred_thousand_entries_are_read_as_far_as_allowed() -> None:
    items = "".join(f"<item><title>t{number}</title><link>/{number}</link></item>" for number in range(100_000))

    feed = parse(HEAD + items + TAIL, max_entries=200)

    assert [entry.url for entry in feed.entries] == [f"https://a.example/{number}" for number in range(200)]
    assert "100,000 entries" in feed.problems[0]


def test_millions_of_elements_are_refused_before_a_tree_is_built() -> None:
    with pytest.raises(PermanentError) as caught:
        parse(HEAD + "<item>" + "<a/>" * 600_000 + "</item>" + TAIL)

    assert caught.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("start", ["<rss ", "<!--", "<![CDATA[", "<?xml ", "<!DOCTYPE ", "<item>", " ", "&", "\0"])
def test_endless_repetition_is_no_feed(start: str) -> None:
    with pytest.raises(PermanentError):
        parse(start * 200_000)


PIECES = (
    "<item> </item> <entry> </entry> <title> </title> <link> </link> <![CDATA[ ]]> & &#xD800; < > x é \0 <!-- --> <?x?>"
    " <dc:creator> </dc:creator> <description> </description> <pubDate>2026-02-28 </pubDate> <content:encoded>"
    " </content:encoded> <guid/> <rss> </rss> <channel> </channel> <html> <rss:item> <x:y> </x:y>"
).split(" ")


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_broken_feed_is_read_or_named(middle: str) -> None:
    """Nothing but a Feed or a PermanentError leaves the room, and the entry that was whole is there."""
    assert parse(HEAD + GOOD + middle + TAIL).entries[0].title is not None


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_named(body: bytes) -> None:
    try:
        feed = parse(b"<rss><channel>" + body)
    except PermanentError:
        return
    assert feed.format.startswith("rss")
