"""OPML read and written: whatever is in the settings survives the way out and back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import UsageError
from scraper.opml import join_folder, read_opml, split_folder, write_opml
from scraper.settings import FeedSettings
from scraper.text import one_line

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def read(body: str) -> tuple[FeedSettings, ...]:
    return read_opml(f'<opml version="2.0"><head/><body>{body}</body></opml>'.encode(), source="x").feeds


def test_folders_nest() -> None:
    feeds = read(
        """<outline text="News"><outline text="AC/DC \\ friends">
             <outline type="rss" text="A" title="a" xmlUrl=" https://a.example/feed " htmlUrl="https://a.example/"/>
           </outline><outline title="B" xmlUrl="https://b.example/feed"/></outline>
           <outline text="C" type="rss" xmlUrl="https://c.example/feed" category="tag,/Boston/Weather"/>
           <outline text="A note"/>"""
    )

    assert feeds == (
        FeedSettings(
            url="https://a.example/feed",
            name="A",
            folder="News/AC\\/DC \\\\ friends",
            site_url="https://a.example/",
        ),
        FeedSettings(url="https://b.example/feed", name="B", folder="News"),
        FeedSettings(url="https://c.example/feed", name="C", folder="Boston/Weather"),
    )


def test_an_address_that_xml_cannot_hold_is_written_without_what_it_cannot() -> None:
    written = write_opml([FeedSettings(url="https://a.example/\x01feed", name="A")], title="Feeds", created_at=NOW)

    assert read_opml(written, source="x").feeds == (FeedSettings(url="https://a.example/feed", name="A"),)


def test_sources_that_are_no_feeds_stay_what_they_are_and_are_links_to_other_readers() -> None:
    page = FeedSettings(url="https://a.example/news/", name="News", kind="page", links="h2 > a")
    sitemap = FeedSettings(url="https://a.example/news.xml", name="Sitemap", kind="sitemap")

    written = write_opml([page, sitemap], title="Feeds", created_at=NOW)

    assert read_opml(written, source="x").feeds == (page, sitemap)
    assert b'type="rss"' not in written
    assert b"xmlUrl" not in written


def test_commented_outlines_are_disabled_feeds() -> None:
    feeds = read(
        '<outline text="Old" isComment="true"><outline text="A" xmlUrl="https://a.example/"/></outline>'
        '<outline text="B" xmlUrl="https://b.example/" isComment="TRUE"/><outline xmlUrl="https://c.example/"/>'
    )

    assert [(feed.name, feed.enabled) for feed in feeds] == [("A", False), ("B", False), ("", True)]


def test_outlines_that_are_no_feeds_are_named_with_their_line() -> None:
    found = read_opml(
        b'<opml version="1.0"><body>\n<outline type="rss" text="A"/>\n<outline text="B" xmlUrl="mailto:x"/>\n'
        b'<outline text="C" xmlUrl="https://c.example/"/></body></opml>',
        source="x",
    )

    assert [feed.name for feed in found.feeds] == ["C"]
    assert [problem.path for problem in found.problems] == ["line 2", "line 3"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1"),
        (b"<opml>\n<body>\n<outline text='a & b'/></body></opml>", "line 3: not well-formed"),
        (b"<opml><body><outline></body>", "line 1: not well-formed"),
        (b"\n<rss><channel/></rss>", "line 2: not OPML: <rss>"),
        (b"<opml/>", "not OPML"),
        (b"\x89PNG\r\n", "line 1"),
    ],
)
def test_what_is_no_opml_is_refused_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_opml(data, source="feeds.opml")


def test_nothing_is_expanded_or_fetched() -> None:
    bomb = b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://a.example/"/></body></opml>'

    assert len(read_opml(bomb, source="x").feeds) == 1


def test_other_charsets() -> None:
    data = '<?xml version="1.0" encoding="iso-8859-1"?><opml><body><outline text="Bücher" xmlUrl="http://b.example/"/></body></opml>'

    assert read_opml(data.encode("latin-1"), source="x").feeds[0].name == "Bücher"


_names = st.text(min_size=1, max_size=12).map(one_line).filter(bool)
_feeds = st.builds(
    FeedSettings,
    url=st.integers(0, 999).map(lambda number: f"https://a.example/feed?n={number}&x=<>"),
    name=_names,
    enabled=st.booleans(),
    folder=st.lists(_names, max_size=3).map(join_folder),
    site_url=st.none() | st.just("https://a.example/?a=1&b=2"),
    kind=st.sampled_from(["feed", "sitemap", "page"]),
)


@given(st.lists(_feeds, max_size=8))
def test_the_round_trip_is_exact(feeds: list[FeedSettings]) -> None:
    together = sorted(feeds, key=lambda feed: _first_of_folder(feeds, feed))

    back = read_opml(write_opml(feeds, title="Meine", created_at=NOW), source="x")

    assert back.problems == ()
    assert sorted(map(repr, back.feeds)) == sorted(map(repr, together))


def _first_of_folder(feeds: list[FeedSettings], feed: FeedSettings) -> int:
    return next(i for i, each in enumerate(feeds) if each.folder == feed.folder)


def test_feeds_of_one_folder_come_together_in_their_order() -> None:
    feeds = [
        FeedSettings(url=f"https://a.example/{n}", name=str(n), folder=folder)
        for n, folder in enumerate(["A", None, "A", "B/C", "A"])
    ]

    back = read_opml(write_opml(feeds, title="x", created_at=NOW), source="x").feeds

    assert [feed.name for feed in back] == ["0", "2", "4", "1", "3"]
    assert set(back) == set(feeds)


@given(st.lists(_names, max_size=4))
def test_folder_names_may_hold_anything(names: list[str]) -> None:
    assert split_folder(join_folder(names)) == tuple(names)
