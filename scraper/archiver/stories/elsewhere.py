"""What another archive holds beside its stories: entries that became none, and what was deleted there."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from scraper.archiver.articles.urls import article_of, canonical_or_none
from scraper.archiver.care import tombstones
from scraper.archiver.crawling.identity import Offered
from scraper.archiver.store.columns import record_from, to_text
from scraper.archiver.store.database import Database
from scraper.archiver.store.migrations import LATEST
from scraper.archiver.store.opening import inspect, make_current
from scraper.archiver.stories.membership import save_entries, save_feed
from scraper.archiver.stories.story import StoryEntry, StoryFeed
from scraper.records import FeedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntries:
    """A feed, and those of its entries that became no article and wait no longer to be fetched."""

    feed: StoryFeed
    entries: tuple[StoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """An address that was deleted on purpose, the article it led to, and the GUIDs of that as (feed, GUID)."""

    url: str
    article_url: str | None
    deleted_at: datetime
    reason: str | None
    guids: tuple[tuple[str, str], ...] = ()


@contextmanager
def made_current(path: Path) -> Generator[Path]:
    """The archive at `path`, or a copy of it with today's schema, which is gone after the block; itself unchanged.

    Raises ArchiveError where it is no archive, or one that a newer program made.
    """
    inspect(path)
    with TemporaryDirectory(prefix="scraper-") as folder:
        with Database(path, read_only=True) as database:
            if database.number("PRAGMA user_version") == LATEST:
                copy = path
            else:
                copy = Path(folder) / path.name
                database.back_up(copy)
        if copy is not path:
            with Database(copy) as database:
                make_current(database)
        yield copy


def leftovers(database: Database) -> Iterator[FeedEntries]:
    """Every feed with those of its entries that became no article.

    What waits in the queue is left out: where the feed is asked, it comes again, and is fetched then.
    """
    for row in database.all("SELECT id, url, name, title, site_url, format, language FROM feeds ORDER BY id"):
        feed = dict(row)
        rows = database.all(
            "SELECT * FROM entries WHERE feed_id = ? AND article_id IS NULL AND NOT EXISTS ("
            "  SELECT 1 FROM queue WHERE queue.url = entries.canonical_url AND state = 'waiting') ORDER BY id",
            (feed.pop("id"),),
        )
        entries = (
            record_from(StoryEntry, entry, feed_url=row["url"], entry=record_from(FeedEntry, entry)) for entry in rows
        )
        yield FeedEntries(feed=StoryFeed(**feed), entries=tuple(entries))


def save_leftovers(database: Database, found: FeedEntries, now: datetime) -> int:
    """Store a feed and its entries; how many of these were news.

    Those of a feed that is subscribed to here are left out: an entry that is known already is never fetched.
    """
    row = database.one("SELECT subscribed FROM feeds WHERE url = ?", (found.feed.url,))
    feed_ids = {found.feed.url: save_feed(database, found.feed, to_text(now))}
    if row is not None and row["subscribed"]:
        return 0
    offered = [Offered(entry.entry, canonical_or_none(entry.entry.url)) for entry in found.entries]
    kept = {id(one.entry) for one in tombstones.undeleted(database, feed_ids[found.feed.url], offered)}
    news = 0
    for entry, one in zip(found.entries, offered, strict=True):
        if id(entry.entry) in kept:
            article_id = None if one.canonical is None else article_of(database, one.canonical)
            news += save_entries(database, article_id, (entry,), feed_ids)
    return news


def deleted(database: Database) -> Iterator[Tombstone]:
    """All that was deleted on purpose."""
    for row in database.each("SELECT url, article_url, deleted_at, reason FROM deleted ORDER BY url"):
        guids = database.all(
            "SELECT feeds.url, guid FROM deleted_guids JOIN feeds ON feeds.id = feed_id WHERE deleted_guids.url = ?",
            (row["url"],),
        )
        yield record_from(Tombstone, row, guids=tuple((guid[0], guid[1]) for guid in guids))


def keep_out(database: Database, stones: Sequence[Tombstone]) -> None:
    """Note what is not to come, as another archive has it; nothing is deleted by that."""
    for stone in stones:
        database.execute(
            "INSERT INTO deleted (url, article_url, deleted_at, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (stone.url, stone.article_url, to_text(stone.deleted_at), stone.reason),
        )
        for feed_url, guid in stone.guids:
            database.execute(
                "INSERT INTO deleted_guids (feed_id, guid, url) SELECT id, ?, ? FROM feeds WHERE url = ?"
                " ON CONFLICT DO NOTHING",
                (guid, stone.url, feed_url),
            )
