"""The past of feeds and sites: how far it was brought, what of a list nobody knew yet, which sitemaps were read."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from scraper.archiver.articles import urls
from scraper.archiver.care import tombstones
from scraper.archiver.crawl_records import BackfillState, PastPortion, PollResult, SitemapState
from scraper.archiver.crawling.entries import EntryMerge
from scraper.archiver.crawling.identity import Offered
from scraper.archiver.store.columns import record_from, records_from, to_json, to_text
from scraper.archiver.store.database import Database
from scraper.records import FeedEntry, Validators


def source(database: Database, url: str, name: str, now: datetime) -> int:
    """The id of the feed configured as `url`; for a site that is none, one that is not subscribed to."""
    with database.transaction():
        found = database.number("SELECT id FROM feeds WHERE url = ?", (url,))
        if found is not None:
            return found
        return database.insert(
            "INSERT INTO feeds (url, name, subscribed, added_at, kind) VALUES (?, ?, 0, ?, 'page')",
            (url, name, to_text(now)),
        )


def latest(database: Database, feed_id: int, scope: str, method: str | None) -> BackfillState | None:
    """The backfill of this scope that was last at work, by `method` where one is named; None: there was none."""
    row = database.one(
        "SELECT * FROM backfills WHERE feed_id = ?1 AND scope = ?2 AND (?3 IS NULL OR method = ?3)"
        " ORDER BY changed_at DESC, id DESC LIMIT 1",
        (feed_id, scope, method),
    )
    return None if row is None else record_from(BackfillState, row, was_done=row["finished_at"] is not None)


def unknown(database: Database, feed_id: int, entries: Sequence[FeedEntry]) -> tuple[FeedEntry, ...]:
    """Those of `entries` that lead to what is neither archived, nor waiting or done with, nor deleted; each once."""
    offered = [Offered(entry, urls.canonical_or_none(entry.url)) for entry in entries]
    offered = tombstones.undeleted(database, feed_id, offered)
    places = to_json([one.canonical for one in offered if one.canonical])
    rows = database.all(
        "SELECT url FROM urls WHERE url IN (SELECT value FROM json_each(?1)) AND article_id IS NOT NULL"
        " UNION ALL SELECT url FROM queue WHERE url IN (SELECT value FROM json_each(?1))"
        " UNION ALL SELECT canonical_url FROM entries WHERE feed_id = ?2"
        " AND canonical_url IN (SELECT value FROM json_each(?1))",
        (places, feed_id),
    )
    taken = {row["url"] for row in rows}
    fresh: list[FeedEntry] = []
    for one in offered:
        if one.canonical and one.canonical not in taken:
            taken.add(one.canonical)
            fresh.append(one.entry)
    return tuple(fresh)


def save_portion(
    database: Database, feed_id: int, entries: Sequence[FeedEntry], portion: PastPortion, *, fetch_pages: bool
) -> PollResult:
    """Take up entries that nobody knew, and note together with that how far the backfill has come."""
    with database.transaction():
        merge = EntryMerge(database, feed_id, portion.at, fetch_pages=fetch_pages, settled=True)
        result = merge.merge(entries).result
        save_sitemaps(database, feed_id, portion.sitemaps)
        database.execute(
            "INSERT INTO backfills (feed_id, method, scope, state, position, requests, listed, found, started_at,"
            " changed_at, finished_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, iif(?4 = 'done', ?9, NULL))"
            " ON CONFLICT (feed_id, method, scope) DO UPDATE SET state = excluded.state, position = excluded.position,"
            " requests = requests + excluded.requests, listed = listed + excluded.listed,"
            " found = found + excluded.found, changed_at = excluded.changed_at,"
            " finished_at = ifnull(finished_at, excluded.finished_at)",
            (
                feed_id,
                portion.method,
                portion.scope,
                "done" if portion.is_last else "running",
                portion.position,
                portion.requests,
                portion.listed,
                len(entries),
                to_text(portion.at),
            ),
        )
    return result


def sitemaps(database: Database, feed_id: int) -> tuple[SitemapState, ...]:
    """The sitemaps of an index that were read."""
    rows = database.all("SELECT * FROM sitemaps WHERE feed_id = ? ORDER BY url", (feed_id,))
    return records_from(SitemapState, rows)


def save_sitemaps(database: Database, feed_id: int, states: Iterable[SitemapState]) -> None:
    """Note which sitemaps of an index were read, and in which state."""
    rows = [(feed_id, state.url, state.lastmod, *_tags(state.validators)) for state in states]
    database.execute_many(
        "INSERT INTO sitemaps (feed_id, url, lastmod, etag, last_modified) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (feed_id, url) DO UPDATE SET lastmod = excluded.lastmod, etag = excluded.etag,"
        " last_modified = excluded.last_modified",
        rows,
    )


def _tags(validators: Validators | None) -> tuple[str | None, str | None]:
    return (validators.etag, validators.last_modified) if validators else (None, None)
