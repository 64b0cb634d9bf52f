"""Feeds in the shapes that the wild has, well-formed and not, each a file with what must be read of it.

`shapes/expected.json` holds what was read and then looked at; the same files are mutated, and whatever comes of them
is a feed or a PermanentError. feedparser alone is the measure: nothing that it finds may be missing.
"""

import io
import json
import warnings
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.crawler.feeds.parsing import parse_feed
from scraper.errors import PermanentError
from scraper.records import Feed, FeedEntry, Page
from tests.crawler.conftest import NOW

SHAPES = Path(__file__).parent / "shapes"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SHAPES / "expected.json").read_text(encoding="utf-8"))
FILES = sorted(path.relative_to(SHAPES).as_posix() for path in SHAPES.glob("*/*"))
URL = "https://a.example/feed"


def read(body: bytes) -> Feed:
    page = Page(url=URL, final_url=URL, body=body, fetched_at=NOW, headers=(("Content-Type", "application/xml"),))
    return parse_feed(page, max_entries=100)


def shown(entry: FeedEntry) -> dict[str, Any]:
    fields = {
        "title": entry.title,
        "url": entry.url,
        "guid": entry.guid,
        "published": str(entry.published) if entry.published else None,
        "authors": list(entry.authors) or None,
        "comments": entry.comment_count,
        "content": entry.content_html,
        "summary": entry.summary,
    }
    return {name: value for name, value in fields.items() if value is not None}


def test_every_shape_has_its_expectation() -> None:
    assert sorted(EXPECTED) == FILES


@pytest.mark.parametrize("name", FILES)
def test_a_shape_is_read_as_expected(name: str) -> None:
    feed = read((SHAPES / name).read_bytes())

    assert {
        "format": feed.format,
        "title": feed.title,
        "entries": [shown(entry) for entry in feed.entries],
        "mended": bool(feed.problems),
    } == EXPECTED[name]


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("wellformed/")])
def test_nothing_well_formed_is_called_broken(name: str) -> None:
    assert not EXPECTED[name]["mended"]


@pytest.mark.parametrize("name", FILES)
def test_we_find_what_feedparser_alone_finds(name: str) -> None:
    body = (SHAPES / name).read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            alone = feedparser.parse(io.BytesIO(body), response_headers={"content-location": URL})
        except UnicodeEncodeError:  # its parser for ill-formed feeds trips over a reference to a surrogate
            return
    feed = read(body)

    assert len(feed.entries) >= len(alone.entries)
    for ours, theirs in zip(feed.entries, alone.entries, strict=False):
        for name_of_field in ("title", "link", "id", "published"):
            found = theirs.get(name_of_field)
            own = getattr(ours, {"link": "url", "id": "guid"}.get(name_of_field, name_of_field))
            assert own is not None or not found, name_of_field


def outcome(body: bytes) -> None:
    """Reading never fails but with a PermanentError."""
    try:
        feed = read(body)
    except PermanentError:
        return
    assert all(entry.url is None or entry.url.startswith(("http://", "https://")) for entry in feed.entries)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes(body: bytes) -> None:
    outcome(body)


_PIECES = st.sampled_from(
    b"< > & ]]> <![CDATA[ <item> </item> <entry> </channel> <!-- --> \0 <!DOCTYPE &#xD800; \xff\xfe \xe4 <guid> <a: "
    b"xml:base='http://[' xmlns='urn:x' xmlns:a=\"\" { \\ud800 [[[[ null <link/href='//['> <ttl>9e999</ttl> "
    b"<pubDate>99999</pubDate> <l2026:30:00>".split()
)
_BODIES = [(SHAPES / name).read_bytes() for name in FILES]


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A shape with pieces cut out, put in, doubled and moved."""
    body = draw(st.sampled_from(_BODIES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(len(body), start + 80)))
        middle = draw(st.sampled_from([b"", body[start:end] * 2]) | _PIECES | st.binary(max_size=4))
        body = body[:start] + middle + body[end:]
    return body


@given(mutations())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_mutations_of_shapes(body: bytes) -> None:
    outcome(body)
