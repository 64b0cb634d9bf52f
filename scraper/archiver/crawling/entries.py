"""Feed membership: which entries a feed carried, when first, and which articles they became.

What tells two entries of a feed apart is decided by its policy (see `identity`), which is remembered.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.archiver.articles import counts, urls
from scraper.archiver.care import tombstones
from scraper.archiver.crawl_records import GuidPolicy, PollResult
from scraper.archiver.crawling import queue
from scraper.archiver.crawling.entry_rows import ENTRY_COLUMNS, entry_columns
from scraper.archiver.crawling.identity import FEW, Offered, content_hash, key_of, policy_for, shared_guids
from scraper.archiver.store.columns import record_from, to_json, to_text
from scraper.archiver.store.database import Database, Row
from scraper.records import FeedEntry

# A change in these is reason to look at the page again; summaries and counts change with every visit.
_NEWS = ("title", "published", "updated")
# Under these, an old address with a new mark is an old entry. Under the others, one address may stand for many.
_BY_PLACE = frozenset((GuidPolicy.GUID, GuidPolicy.LINK))
_REMADE = 2
"""So many old entries under new GUIDs in one poll are no accident."""

_CALM = timedelta(hours=1)
"""A page is fetched again for a changed content of its entry no sooner than this after the last time."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What one parse of a feed changed. `fresh` are the entries never seen before."""

    result: PollResult
    fresh: tuple[FeedEntry, ...]
    policy: GuidPolicy


class EntryMerge:
    """Merges one parse of a feed into its entries, inside the caller's transaction.

    `settled` entries come from elsewhere than the feed itself: they say nothing of how its own are told apart.
    """

    def __init__(
        self, database: Database, feed_id: int, at: datetime, *, fetch_pages: bool, settled: bool = False
    ) -> None:
        self._database = database
        self._feed_id = feed_id
        self._at = at
        self._fetch_pages = fetch_pages
        self._settled = settled
        self._policy = GuidPolicy.GUID
        self._guids: frozenset[str] = frozenset()
        self._queued = self._known = self._remade = 0
        self._fresh: list[FeedEntry] = []

    def merge(self, entries: Sequence[FeedEntry]) -> Merged:
        offered = [Offered(entry, urls.canonical_or_none(entry.url)) for entry in entries]
        offered = tombstones.undeleted(self._database, self._feed_id, offered)
        before, configured = self._policies()
        strangers = self._reused_guids(offered)
        self._policy = configured or (before if self._settled else _policy_now(before, offered, strangers))
        if self._policy is not before:
            self._rekey()
        if strangers and not configured and not self._settled:
            self._database.execute("UPDATE feeds SET guids_reliable = 0 WHERE id = ?", (self._feed_id,))
        trusted = self._policy is GuidPolicy.GUID
        self._guids = frozenset(
            one.entry.guid for one in offered if trusted and one.entry.guid not in strangers if one.entry.guid
        )
        keyed = [(self._key(one, strangers), one) for one in offered]
        for key, one in {key: (key, one) for key, one in reversed(keyed) if key}.values():
            self._merge_one(key, one)
        if self._remade >= max(_REMADE, FEW * len(offered)) and not configured and self._policy is GuidPolicy.GUID:
            self._policy = policy_for(offered, GuidPolicy.LINK)
            self._rekey()
        result = PollResult(new_entries=len(self._fresh), queued=self._queued, known=self._known)
        return Merged(result, tuple(self._fresh), self._policy)

    def _policies(self) -> tuple[GuidPolicy, GuidPolicy | None]:
        """The policy in force, and the one that the configuration insists on."""
        row = self._database.one("SELECT guid_policy, guid_policy_configured FROM feeds WHERE id = ?", (self._feed_id,))
        assert row is not None
        configured = row["guid_policy_configured"]
        return GuidPolicy(row["guid_policy"]), GuidPolicy(configured) if configured else None

    def _rekey(self) -> None:
        """Give every entry of the feed its key under the policy; two that would have the same keep what they had."""
        rows = self._database.all("SELECT * FROM entries WHERE feed_id = ?", (self._feed_id,))
        known = ((row["id"], record_from(FeedEntry, row)) for row in rows)
        keyed = ((key_of(Offered(one, urls.canonical_or_none(one.url)), self._policy), number) for number, one in known)
        self._database.execute_many(
            "UPDATE OR IGNORE entries SET natural_key = ? WHERE id = ?", ((key, number) for key, number in keyed if key)
        )
        self._database.execute("UPDATE feeds SET guid_policy = ? WHERE id = ?", (self._policy.value, self._feed_id))

    def _key(self, one: Offered, strangers: frozenset[str]) -> str:
        by_guid = self._policy is GuidPolicy.GUID and one.entry.guid not in strangers
        return key_of(one, GuidPolicy.LINK if self._policy is GuidPolicy.GUID and not by_guid else self._policy)

    def _reused_guids(self, offered: Sequence[Offered]) -> frozenset[str]:
        """The GUIDs that stand for two stories, in this poll or in this and an earlier one."""
        return shared_guids(offered) | {
            one.entry.guid for one in offered if one.entry.guid and self._stands_for_another(one)
        }

    def _stands_for_another(self, one: Offered) -> bool:
        # An edited story keeps at least one of address, headline and date; where all three differ it is another one.
        entry = one.entry
        row = self._database.one(
            "SELECT canonical_url, title, published FROM entries WHERE feed_id = ? AND guid = ?",
            (self._feed_id, entry.guid),
        )
        published = entry.published and to_text(entry.published.at)
        return row is not None and all(
            old is not None and new is not None and old != new
            for old, new in zip(row, (one.canonical, entry.title, published), strict=True)
        )

    def _merge_one(self, key: str, one: Offered) -> None:
        row = self._find(key, one)
        if row is None:
            self._add(key, one)
        elif self._differs(row, one.entry):
            self._change(one, row)

    def _find(self, key: str, one: Offered) -> Row | None:
        row = self._database.one("SELECT * FROM entries WHERE feed_id = ? AND natural_key = ?", (self._feed_id, key))
        if row is None and one.canonical and self._policy in _BY_PLACE:
            # The same address under a new GUID: some feeds make new GUIDs for old entries. Where the old GUID is
            # there too, they are two entries that point to one page.
            same_place = self._database.all(
                "SELECT * FROM entries WHERE canonical_url = ? AND feed_id = ?", (one.canonical, self._feed_id)
            )
            row = next((row for row in same_place if row["guid"] not in self._guids), None)
            # What a sitemap or a list page told of had none to begin with.
            self._remade += row is not None and row["guid"] not in (None, one.entry.guid)
        return row

    def _differs(self, row: Row, entry: FeedEntry) -> bool:
        columns = zip(ENTRY_COLUMNS, entry_columns(entry), strict=True)
        # Where GUIDs are not trusted they are made anew for every visit, and say nothing.
        return any(row[name] != value for name, value in columns if name != "guid" or self._policy is GuidPolicy.GUID)

    def _add(self, key: str, one: Offered) -> None:
        article_id = urls.article_of(self._database, one.canonical) if one.canonical else None
        names = ", ".join(ENTRY_COLUMNS)
        marks = ", ".join("?" * len(ENTRY_COLUMNS))
        entry_id = self._database.insert(
            "INSERT INTO entries (feed_id, natural_key, canonical_url, article_id, first_seen_at, changed_at,"
            f" content_hash, {names}) VALUES (?, ?, ?, ?, ?, ?, ?, {marks})",
            (
                self._feed_id,
                key,
                one.canonical,
                article_id,
                to_text(self._at),
                to_text(self._at),
                content_hash(one.entry),
                *entry_columns(one.entry),
            ),
        )
        self._fresh.append(one.entry)
        if article_id is not None:
            self._known += 1
            _note_feed(self._database, article_id)
            self._sight_count(one.entry, article_id)
        else:
            self._enqueue(one, entry_id)

    def _change(self, one: Offered, row: Row) -> None:
        settings = ", ".join(f"{name} = ?" for name in ENTRY_COLUMNS)
        hashed = content_hash(one.entry)
        self._database.execute(
            f"UPDATE entries SET canonical_url = ?, changed_at = ?, content_hash = ?, {settings} WHERE id = ?",
            (one.canonical, to_text(self._at), hashed, *entry_columns(one.entry), row["id"]),
        )
        if row["article_id"] is not None:
            self._sight_count(one.entry, row["article_id"])
        new = dict(zip(ENTRY_COLUMNS, entry_columns(one.entry), strict=True))
        if one.canonical != row["canonical_url"] or any(row[name] != new[name] for name in _NEWS):
            self._enqueue(one, row["id"])
        elif row["content_hash"] and hashed and row["content_hash"] != hashed and one.canonical and self._fetch_pages:
            # An edit that the feed shows and whose date it did not move.
            queue.look_again(self._database, one.canonical, self._at, calm=_CALM)

    def _sight_count(self, entry: FeedEntry, article_id: int) -> None:
        if entry.comment_count is not None:
            seen = counts.Counts(source="feed", seen_at=self._at, comment_count=entry.comment_count)
            counts.save(self._database, article_id, seen)

    def _enqueue(self, one: Offered, entry_id: int) -> None:
        if not (self._fetch_pages and one.canonical and one.entry.url):
            return
        added = queue.add(self._database, one.entry.url, self._at, feed_id=self._feed_id, entry_id=entry_id)
        self._queued += added or queue.wake(self._database, one.canonical, self._at)


def _policy_now(before: GuidPolicy, offered: Sequence[Offered], strangers: Collection[str]) -> GuidPolicy:
    """The policy from now on: `before`, or one further down where too many entries of this poll do not fit it."""
    reused = sum(one.entry.guid in strangers for one in offered)
    if before is GuidPolicy.GUID and reused > FEW * len(offered):
        return policy_for(offered, GuidPolicy.LINK)
    return policy_for(offered, before)


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
