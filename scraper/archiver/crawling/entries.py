"""Feed membership: which entries a feed carried, when first, and which articles they became.

What tells two entries of a feed apart is the GUID; where it is missing, or one GUID stands for two stories, the URL.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scraper.archiver.articles import counts, urls
from scraper.archiver.crawl_records import PollResult
from scraper.archiver.crawling import queue
from scraper.archiver.crawling.entry_rows import ENTRY_COLUMNS, entry_columns
from scraper.archiver.store.columns import to_json, to_text
from scraper.archiver.store.database import Database, Row
from scraper.records import FeedEntry
from scraper.urls import CanonicalUrl

# A change in these is reason to look at the page again; summaries and counts change with every visit.
_NEWS = ("title", "published", "updated")
_ADDRESS_LENGTH = 200


@dataclass(frozen=True, slots=True)
class _Offered:
    """An entry with its identity."""

    entry: FeedEntry
    canonical: CanonicalUrl | None
    key: str


class EntryMerge:
    """Merges one parse of a feed into its entries, inside the caller's transaction."""

    def __init__(self, database: Database, feed_id: int, at: datetime, *, fetch_pages: bool) -> None:
        self._database = database
        self._feed_id = feed_id
        self._at = at
        self._fetch_pages = fetch_pages
        self._guids: frozenset[str] = frozenset()
        self._new = self._queued = self._known = 0

    def merge(self, entries: Sequence[FeedEntry]) -> PollResult:
        reliable = self._guids_are_reliable(entries)
        self._guids = frozenset(entry.guid for entry in entries if entry.guid and reliable)
        offered = [_offered(entry, reliable=reliable) for entry in entries]
        for one in {one.key: one for one in reversed(offered) if one.key}.values():
            self._merge_one(one)
        return PollResult(new_entries=self._new, queued=self._queued, known=self._known)

    def _guids_are_reliable(self, entries: Sequence[FeedEntry]) -> bool:
        """Whether a GUID of this feed has only ever stood for one story; a feed that failed once is remembered."""
        if not self._database.number("SELECT guids_reliable FROM feeds WHERE id = ?", (self._feed_id,)):
            return False
        places = {(entry.guid, urls.canonical_or_none(entry.url)) for entry in entries if entry.guid}
        repeated = any(count > 1 for count in Counter(guid for guid, _ in places).values())
        if repeated or any(self._stands_for_another(entry) for entry in entries if entry.guid):
            self._database.execute("UPDATE feeds SET guids_reliable = 0 WHERE id = ?", (self._feed_id,))
            return False
        return True

    def _stands_for_another(self, entry: FeedEntry) -> bool:
        # An edited story keeps at least one of address, headline and date; where all three differ it is another one.
        row = self._database.one(
            "SELECT canonical_url, title, published FROM entries WHERE feed_id = ? AND guid = ?",
            (self._feed_id, entry.guid),
        )
        published = entry.published and to_text(entry.published.at)
        return row is not None and all(
            old is not None and new is not None and old != new
            for old, new in zip(row, (urls.canonical_or_none(entry.url), entry.title, published), strict=True)
        )

    def _merge_one(self, one: _Offered) -> None:
        row = self._find(one)
        if row is None:
            self._add(one)
        elif tuple(row[name] for name in ENTRY_COLUMNS) != entry_columns(one.entry):
            self._change(one, row)

    def _find(self, one: _Offered) -> Row | None:
        row = self._database.one(
            "SELECT * FROM entries WHERE feed_id = ? AND natural_key = ?", (self._feed_id, one.key)
        )
        if row is None and one.canonical:
            # The same address under a new GUID: some feeds make new GUIDs for old entries. Where the old GUID is
            # there too, they are two entries that point to one page.
            same_place = self._database.all(
                "SELECT * FROM entries WHERE canonical_url = ? AND feed_id = ?", (one.canonical, self._feed_id)
            )
            row = next((row for row in same_place if row["guid"] not in self._guids), None)
        return row

    def _add(self, one: _Offered) -> None:
        article_id = urls.article_of(self._database, one.canonical) if one.canonical else None
        names = ", ".join(ENTRY_COLUMNS)
        marks = ", ".join("?" * len(ENTRY_COLUMNS))
        entry_id = self._database.insert(
            "INSERT INTO entries (feed_id, natural_key, canonical_url, article_id, first_seen_at, changed_at,"
            f" {names}) VALUES (?, ?, ?, ?, ?, ?, {marks})",
            (
                self._feed_id,
                one.key,
                one.canonical,
                article_id,
                to_text(self._at),
                to_text(self._at),
                *entry_columns(one.entry),
            ),
        )
        self._new += 1
        if article_id is not None:
            self._known += 1
            _note_feed(self._database, article_id)
            self._sight_count(one.entry, article_id)
        else:
            self._enqueue(one, entry_id)

    def _change(self, one: _Offered, row: Row) -> None:
        settings = ", ".join(f"{name} = ?" for name in ENTRY_COLUMNS)
        self._database.execute(
            f"UPDATE entries SET canonical_url = ?, changed_at = ?, {settings} WHERE id = ?",
            (one.canonical, to_text(self._at), *entry_columns(one.entry), row["id"]),
        )
        if row["article_id"] is not None:
            self._sight_count(one.entry, row["article_id"])
        new = dict(zip(ENTRY_COLUMNS, entry_columns(one.entry), strict=True))
        if one.canonical != row["canonical_url"] or any(row[name] != new[name] for name in _NEWS):
            self._enqueue(one, row["id"])

    def _sight_count(self, entry: FeedEntry, article_id: int) -> None:
        if entry.comment_count is not None:
            seen = counts.Counts(source="feed", seen_at=self._at, comment_count=entry.comment_count)
            counts.save(self._database, article_id, seen)

    def _enqueue(self, one: _Offered, entry_id: int) -> None:
        if not (self._fetch_pages and one.canonical and one.entry.url):
            return
        added = queue.add(self._database, one.entry.url, self._at, feed_id=self._feed_id, entry_id=entry_id)
        self._queued += added or queue.wake(self._database, one.canonical, self._at)


def adopt(database: Database, article_id: int, places: Sequence[str], entry_id: int | None) -> None:
    """Make the entries that point to one of `places`, and the one given, members of the article.

    The first feed that carried an article is noted with it.
    """
    database.execute(
        "UPDATE entries SET article_id = ?1 WHERE article_id IS NOT ?1 AND (id = ?3 OR canonical_url IN"
        " (SELECT value FROM json_each(?2)))",
        (article_id, to_json(list(places)), entry_id),
    )
    _note_feed(database, article_id)


def _note_feed(database: Database, article_id: int) -> None:
    database.execute(
        "UPDATE article_records SET feed_id ="
        " (SELECT feed_id FROM entries WHERE article_id = ?1 ORDER BY first_seen_at, id LIMIT 1)"
        " WHERE id = ?1 AND feed_id IS NULL AND EXISTS (SELECT 1 FROM entries WHERE article_id = ?1)",
        (article_id,),
    )


def _offered(entry: FeedEntry, *, reliable: bool) -> _Offered:
    canonical = urls.canonical_or_none(entry.url)
    key = (entry.guid if reliable else None) or canonical or entry.guid or (entry.title or "")[:_ADDRESS_LENGTH]
    return _Offered(entry, canonical, key)
