"""Writes which feeds carried a story, and as which of their entries. Inside the caller's transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple

from scraper.archiver.articles.urls import canonical_or_none
from scraper.archiver.crawling.entry_rows import ENTRY_COLUMNS, entry_columns
from scraper.archiver.crawling.identity import content_hash
from scraper.archiver.store import rows
from scraper.archiver.store.database import Database
from scraper.archiver.stories.story import Story, StoryEntry, StoryFeed

_ABOUT = ("title", "site_url", "format", "language")


def save_feeds(database: Database, story: Story) -> dict[str, int]:
    """The ids of all feeds that a story names, by their addresses; those not known here come as unsubscribed."""
    named = {feed.url: feed for feed in story.feeds}
    urls = dict.fromkeys(entry.feed_url for entry in story.entries) | ({story.feed_url: None} if story.feed_url else {})
    return {url: save_feed(database, named.get(url, StoryFeed(url=url, name=url)), story.first_seen_at) for url in urls}


def save_feed(database: Database, feed: StoryFeed, at: str) -> int:
    """The id of a feed, which is told what it did not know of itself; a new one is unsubscribed, and was added `at`."""
    row = database.one("SELECT * FROM feeds WHERE url = ?", (feed.url,))
    if row is None:
        return database.insert(
            f"INSERT INTO feeds (url, name, {', '.join(_ABOUT)}, subscribed, added_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
            (*astuple(feed), at),
        )
    new = {name: getattr(feed, name) for name in _ABOUT if row[name] is None and getattr(feed, name) is not None}
    if new:
        rows.change(database, "feeds", new, where={"id": row["id"]})
    feed_id: int = row["id"]
    return feed_id


def save_entries(
    database: Database, article_id: int | None, entries: Iterable[StoryEntry], feed_ids: Mapping[str, int]
) -> int:
    """Store the entries of a story, or (None) of none; how many were new or came to say something else.

    One that is another article's here stays that.
    """
    return sum(_save_entry(database, article_id, entry, feed_ids[entry.feed_url]) for entry in entries)


_COLUMNS = (*ENTRY_COLUMNS, "canonical_url", "content_hash", "first_seen_at", "changed_at")
_ALL = ("feed_id", "natural_key", "article_id", *_COLUMNS)
_SAVE = (
    f"INSERT INTO entries ({', '.join(_ALL)}) VALUES ({', '.join('?' * len(_ALL))})"
    " ON CONFLICT (feed_id, natural_key) DO UPDATE SET (article_id, "
    + ", ".join(_COLUMNS)
    + ") = (ifnull(article_id, excluded.article_id), "
    + ", ".join(f"excluded.{name}" for name in _COLUMNS)
    + ") WHERE (article_id IS NULL OR article_id IS excluded.article_id) AND changed_at <= excluded.changed_at AND ("
    + ", ".join(("article_id", *_COLUMNS))
    + ") IS NOT (ifnull(article_id, excluded.article_id), "
    + ", ".join(f"excluded.{name}" for name in _COLUMNS)
    + ")"
)


def _save_entry(database: Database, article_id: int | None, entry: StoryEntry, feed_id: int) -> int:
    columns = (
        *entry_columns(entry.entry),
        canonical_or_none(entry.entry.url),
        content_hash(entry.entry),
        entry.first_seen_at,
        entry.changed_at,
    )
    return database.execute(_SAVE, (feed_id, entry.natural_key, article_id, *columns))
