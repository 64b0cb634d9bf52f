"""What was deleted stays deleted: the addresses and GUIDs that are not to come back by a feed, a link or an import."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from scraper.archiver.articles.urls import canonical_places
from scraper.archiver.crawling.identity import Offered
from scraper.archiver.store.columns import to_json, to_text
from scraper.archiver.store.database import Database
from scraper.urls import CanonicalUrl


def first_of(database: Database, urls: Iterable[str]) -> CanonicalUrl | None:
    """The first of `urls`, in canonical form, that was deleted; None where none was."""
    for place in canonical_places(urls):
        if database.one("SELECT 1 FROM deleted WHERE url = ?", (place,)) is not None:
            return place
    return None


def undeleted(database: Database, feed_id: int, offered: Sequence[Offered]) -> list[Offered]:
    """Those entries of a feed that are not of a deleted article."""
    known = to_json([one.canonical for one in offered]), to_json([one.entry.guid for one in offered]), feed_id
    rows = database.all(
        "SELECT url, NULL AS guid FROM deleted WHERE url IN (SELECT value FROM json_each(?1))"
        " UNION ALL SELECT NULL, guid FROM deleted_guids"
        " WHERE feed_id = ?3 AND guid IN (SELECT value FROM json_each(?2))",
        known,
    )
    urls, guids = {row["url"] for row in rows} - {None}, {row["guid"] for row in rows} - {None}
    return [one for one in offered if one.canonical not in urls and one.entry.guid not in guids]


def put(database: Database, places: Sequence[str], article_url: str, at: datetime, reason: str | None) -> int:
    """Note that everything at `places` was deleted, and the GUIDs of the entries that point there; how many places."""
    database.execute_many(
        "INSERT INTO deleted (url, article_url, deleted_at, reason) VALUES (?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
        " article_url = excluded.article_url, deleted_at = excluded.deleted_at, reason = excluded.reason",
        [(place, article_url, to_text(at), reason) for place in places],
    )
    # A GUID that stood for two stories once would keep out the wrong one.
    database.execute(
        "INSERT INTO deleted_guids (feed_id, guid, url) SELECT feed_id, guid, ?2 FROM entries"
        " JOIN feeds ON feeds.id = entries.feed_id AND feeds.guids_reliable = 1"
        " WHERE guid IS NOT NULL AND canonical_url IN (SELECT value FROM json_each(?1)) ON CONFLICT DO NOTHING",
        (to_json(list(places)), article_url),
    )
    return len(places)


def remove(database: Database, url: CanonicalUrl) -> int:
    """Let what was deleted at `url` come back, at all its addresses; how many there were."""
    return database.execute(
        "DELETE FROM deleted WHERE url = ?1 OR article_url = (SELECT article_url FROM deleted WHERE url = ?1)", (url,)
    )
