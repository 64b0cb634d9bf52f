"""The feeds of a real WordPress site, as served, against what its database knows."""

import json
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.crawler.feeds.parsing import parse_feed
from scraper.records import FeedEntry, Page
from scraper.text import one_line

SITE = Path(__file__).resolve().parents[2].parent / "shared" / "sites" / "newsmunch"

pytestmark = pytest.mark.skipif(not SITE.is_dir(), reason="the recorded site is not part of the repository")

POST_FEEDS = ("/feed/", "/category/", "/tag/", "/author/")


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, FeedEntry, dict[str, Any]]]:
    """Every entry of every post feed: the format it came in, the entry, and what is true of its post."""
    truth = json.loads((SITE / "truth.json").read_text(encoding="utf-8"))
    posts = {truth["base"] + post["url"]: post for post in truth["posts"]}
    found = []
    for url, content_type, body in _feeds():
        headers = (("Content-Type", content_type),)
        page = Page(url=url, final_url=url, body=body, fetched_at=datetime(2026, 11, 22, tzinfo=UTC), headers=headers)
        feed = parse_feed(page, max_entries=100)
        assert feed.problems == ()
        if feed.format == "rss092":
            continue  # as WordPress writes it, it has a title, a link and a description only
        found += [(feed.format, entry, posts[entry.url]) for entry in feed.entries if entry.url in posts]
    assert {entry.url for _, entry, _ in found} == posts.keys()
    return found


def _feeds() -> list[tuple[str, str, bytes]]:
    with tarfile.open(SITE / "pages.tar.xz") as archive:
        files = {name.split("/")[-1]: archive.extractfile(name) for name in archive.getnames()}
        manifest = files["manifest.json"]
        assert manifest is not None
        feeds = []
        for row in json.load(manifest):
            path, _, name = row["url_path"], *row["file"].rpartition("/")[1:]
            is_feed = name.endswith((".rss.xml", ".atom.xml", ".rdf.xml")) and row["status"] == 200
            if is_feed and path.startswith(POST_FEEDS) and (member := files.get(name)):
                feeds.append((row["url"], row["headers"]["content-type"], member.read()))
    return feeds


def _moment(entry: FeedEntry) -> datetime | None:
    return entry.published.at if entry.published else None


FIELDS: dict[str, tuple[Callable[[FeedEntry], object], Callable[[dict[str, Any]], object]]] = {
    "title": (lambda entry: entry.title, lambda post: one_line(post["title"])),
    "published": (_moment, lambda post: datetime.fromisoformat(post["published"])),
    "author": (lambda entry: entry.authors, lambda post: (post["author"],)),
    "categories and tags": (
        lambda entry: set(entry.categories),
        lambda post: {*post["categories"], *post["tags"]},
    ),
    "comment count": (lambda entry: entry.comment_count, lambda post: post["comment_count"]),
    "guid": (lambda entry: entry.guid, lambda post: post["guid"]),
}


@pytest.mark.parametrize("field", FIELDS)
def test_every_entry_says_what_the_database_says(
    pairs: list[tuple[str, FeedEntry, dict[str, Any]]], field: str
) -> None:
    stated, true = FIELDS[field]
    # RSS 1.0 has no comment counts, and names entries by their address.
    asked = [pair for pair in pairs if pair[0] != "rss10" or field not in ("comment count", "guid")]

    wrong = [(kind, entry.url, stated(entry), true(post)) for kind, entry, post in asked if stated(entry) != true(post)]

    assert wrong == []
    assert len(asked) > 200


def test_the_hour_is_exact_and_the_offset_is_the_feed_s(pairs: list[tuple[str, FeedEntry, dict[str, Any]]]) -> None:
    """WordPress writes its feeds in UTC whatever the site's time zone is, so the local offset cannot come from them."""
    assert {entry.published.offset_minutes for _, entry, _ in pairs if entry.published} == {0}
