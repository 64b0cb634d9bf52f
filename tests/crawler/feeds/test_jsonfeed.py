import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawler.feeds.jsonfeed import NotAJsonFeedError, parse_json_feed
from scraper.records import Enclosure, Feed
from tests.crawler.conftest import NOW

V1, V11 = "https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"


def parse(data: Any, max_entries: int = 10) -> Feed:
    text = data if isinstance(data, str) else json.dumps(data)
    return parse_json_feed(text, url="https://a.example/feed.json", max_entries=max_entries, not_after=NOW)


def test_a_feed_of_version_1_1_is_read_whole() -> None:
    feed = parse(
        {
            "version": V11,
            "title": "Der Bote",
            "home_page_url": "https://a.example/",
            "language": "de",
            "items": [
                {
                    "id": "17",
                    "url": "/wehr",
                    "title": "Neues Wehr",
                    "content_html": "<p>Text</p>",
                    "summary": "Kurz.",
                    "date_published": "2026-02-28T09:30:00+01:00",
                    "date_modified": "2026-02-28T10:00:00Z",
                    "authors": [{"name": "Ina Kant"}, {"name": "Bo Lar"}],
                    "tags": ["Stadt", "Wasser", "Stadt"],
                    "language": "en",
                    "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 99}],
                }
            ],
        }
    )

    assert (feed.format, feed.title, feed.language) == ("json11", "Der Bote", "de")
    assert feed.site_url == "https://a.example/"
    (entry,) = feed.entries
    assert (entry.guid, entry.url, entry.title) == ("17", "https://a.example/wehr", "Neues Wehr")
    assert str(entry.published) == "2026-02-28T09:30:00+01:00"
    assert str(entry.updated) == "2026-02-28T10:00:00+00:00"
    assert entry.authors == ("Ina Kant", "Bo Lar")
    assert entry.categories == ("Stadt", "Wasser")
    assert (entry.summary, entry.content_html, entry.language) == ("Kurz.", "<p>Text</p>", "en")
    assert entry.enclosures == (Enclosure(url="https://a.example/a.mp3", media_type="audio/mpeg", length_bytes=99),)


def test_version_1_0_has_one_author_and_a_url_for_an_id() -> None:
    feed = parse(
        {"version": V1, "items": [{"id": "https://a.example/1", "author": {"name": "Ina"}, "content_text": "x"}]}
    )

    assert feed.format == "json1"
    assert feed.entries[0].url == "https://a.example/1"
    assert (feed.entries[0].authors, feed.entries[0].summary) == (("Ina",), "x")


def test_unusable_items_are_left_out_and_reported() -> None:
    feed = parse(
        {"version": V11, "items": ["text", None, {"id": "1", "url": "javascript:alert(1)"}, {"id": 2, "url": "/b"}]}
    )

    assert [entry.guid for entry in feed.entries] == ["2"]
    assert len(feed.problems) == 3


def test_only_so_many_entries_are_read() -> None:
    feed = parse({"version": V11, "items": [{"id": str(number)} for number in range(50)]}, max_entries=7)

    assert [entry.guid for entry in feed.entries] == list("0123456")
    assert "50" in feed.problems[0]


def test_a_date_after_tomorrow_is_none() -> None:
    late = (NOW + timedelta(days=400)).isoformat()

    assert parse({"version": V11, "items": [{"id": "1", "date_published": late}]}).entries[0].published is None


def test_lone_surrogates_are_left_out() -> None:
    item = r'{"id": "1\ud800", "title": "a\ud800b", "content_html": "c\udfff", "date_published": "2026-02-28\ud800"}'
    (entry,) = parse(f'{{"version": "{V11}", "items": [{item}]}}').entries

    assert (entry.guid, entry.title, entry.content_html, str(entry.published)) == ("1", "ab", "c", "2026-02-28")
    assert entry.published is not None
    assert entry.published.raw == "2026-02-28"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"version": 3}',
        '{"version": "2"}',
        "[" * 200_000,
        '{"version": ' + "1" * 6_000 + "}",
    ],
    ids=["nothing", "cut", "list", "null", "object", "number", "other", "deep", "huge number"],
)
def test_other_json_is_no_feed(text: str) -> None:
    with pytest.raises(NotAJsonFeedError):
        parse(text)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_KEYS = ["id", "url", "title", "authors", "author", "tags", "attachments", "date_published", "language", "content_html"]


@given(st.dictionaries(st.sampled_from(_KEYS), _JSON))
def test_no_item_breaks_the_feed(item: dict[str, Any]) -> None:
    """Whatever stands in a field, the items beside it are read."""
    feed = parse({"version": V11, "items": [item, {"id": "last", "url": "/x"}]})

    assert feed.entries[-1].guid == "last"
