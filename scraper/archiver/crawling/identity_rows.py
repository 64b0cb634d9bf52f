"""The entries of a feed under a new policy of identity: their keys made anew, so that none is taken for another."""

from scraper.archiver.articles import urls
from scraper.archiver.crawl_records import GuidPolicy
from scraper.archiver.crawling.identity import Offered, key_of
from scraper.archiver.store.columns import record_from
from scraper.archiver.store.database import Database
from scraper.records import FeedEntry


def rekey(database: Database, feed_id: int, policy: GuidPolicy) -> None:
    """Give every entry of the feed its key under `policy`; two that would have the same keep what they had."""
    rows = database.all("SELECT * FROM entries WHERE feed_id = ?", (feed_id,))
    entries = ((row["id"], record_from(FeedEntry, row)) for row in rows)
    keys = ((key_of(Offered(entry, urls.canonical_or_none(entry.url)), policy), number) for number, entry in entries)
    database.execute_many("UPDATE OR IGNORE entries SET natural_key = ? WHERE id = ?", ((k, n) for k, n in keys if k))
    database.execute("UPDATE feeds SET guid_policy = ? WHERE id = ?", (policy.value, feed_id))
