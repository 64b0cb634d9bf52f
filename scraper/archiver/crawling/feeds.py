"""Feeds: what is subscribed to, what is due, and how it is doing."""

from collections.abc import Sequence
from datetime import datetime

from scraper.archiver.crawl_records import DueFeed, GuidPolicy
from scraper.archiver.crawling import backfills
from scraper.archiver.records import FeedHealth
from scraper.archiver.store.columns import record_from, records_from, to_json, to_text
from scraper.archiver.store.database import Database, Value
from scraper.records import FeedHints
from scraper.settings import FeedSettings

_CONFIGURED = (
    *("name", "enabled", "fetch_pages", "interval_seconds", "follow_moves", "guid_policy_configured"),
    *("kind", "links", "subscribed"),
)


def _configured(feed: FeedSettings) -> tuple[Value, ...]:
    return (
        feed.name,
        int(feed.enabled),
        int(feed.fetch_pages),
        feed.interval_seconds,
        int(feed.follow_moves),
        feed.guid_policy or (None if feed.kind == "feed" else GuidPolicy.LINK.value),
        feed.kind,
        feed.links,
    )


def sync(database: Database, settings: Sequence[FeedSettings], now: datetime) -> None:
    """Make `feeds` say what the configuration says: new ones come, changed ones change, missing ones are kept."""
    rows = [(feed.url, *_configured(feed), 1, to_text(now)) for feed in settings]
    names = ", ".join(_CONFIGURED)
    new = ", ".join(f"excluded.{name}" for name in _CONFIGURED)
    marks = ", ".join(f"?{number}" for number in range(1, len(_CONFIGURED) + 2))
    with database.transaction():
        database.execute_many(
            f"INSERT INTO feeds (url, {names}, added_at, next_check_at) VALUES ({marks}, ?11, ?11)"
            f" ON CONFLICT (url) DO UPDATE SET ({names}) = ({new}),"
            # A new interval counts from now on, not only after what the old one had decided. An address that is not
            # to be followed is given back, and GUIDs that are to be trusted are.
            " next_check_at ="
            " iif(interval_seconds IS excluded.interval_seconds, next_check_at, excluded.next_check_at),"
            " current_url = iif(excluded.follow_moves, current_url, NULL),"
            " guids_reliable = iif(excluded.guid_policy_configured IS NULL, guids_reliable,"
            " excluded.guid_policy_configured = 'guid')"
            f" WHERE ({names}) IS NOT ({new})",
            rows,
        )
        database.execute(
            "UPDATE feeds SET subscribed = 0 WHERE subscribed = 1 AND url NOT IN (SELECT value FROM json_each(?))",
            (to_json([feed.url for feed in settings]),),
        )


def due(database: Database, now: datetime, *, everyone: bool = False) -> tuple[DueFeed, ...]:
    """The subscribed feeds whose time has come, longest due first; with `everyone` the others too, after them."""
    return tuple(
        record_from(
            DueFeed,
            row,
            url=row["current_url"] or row["url"],
            hints=record_from(FeedHints, row),
            sitemaps=backfills.sitemaps(database, row["id"]) if row["kind"] == "sitemap" else (),
        )
        for row in database.all(
            "SELECT * FROM feeds WHERE subscribed = 1 AND enabled = 1"
            " AND (next_check_at IS NULL OR next_check_at <= ? OR ?) ORDER BY next_check_at, id",
            (to_text(now), everyone),
        )
    )


def health(database: Database) -> tuple[FeedHealth, ...]:
    """How every feed is doing, those in trouble first."""
    rows = database.all("SELECT * FROM feed_health ORDER BY failures_in_a_row DESC, name")
    return records_from(FeedHealth, rows)


def health_of(database: Database, url: str) -> FeedHealth | None:
    """How the feed is doing that is configured as `url`, or was found to have moved there; None: it is no feed's."""
    row = database.one(
        "SELECT * FROM feed_health WHERE id = (SELECT id FROM feeds WHERE url = ?1 UNION ALL"
        " SELECT feed_id FROM feed_moves WHERE to_url = ?1 LIMIT 1)",
        (url,),
    )
    return None if row is None else record_from(FeedHealth, row)
