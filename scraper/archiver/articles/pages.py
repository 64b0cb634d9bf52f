"""Raw pages: kept whole, each body once, packed against an earlier page of its host."""

import json
from collections import OrderedDict
from hashlib import sha256

from scraper.archiver.articles.packing import DamagedError, Dictionary, pack, unpack
from scraper.archiver.crawling import hosts
from scraper.archiver.store import rows
from scraper.archiver.store.columns import record_from, redirects_column, to_json, to_text
from scraper.archiver.store.database import Database, Row, Value
from scraper.errors import ArchiveError
from scraper.records import Page
from scraper.settings import MOST_BODY_BYTES
from scraper.urls import host_of

_KEPT_DICTIONARIES = 128
# zstd asks for 8 bytes at least; a page below this is a notice that no other page resembles.
LEAST_DICTIONARY_BYTES = 1_024
# A page that the dictionary packs hardly better than the dictionary itself was packed alone shows a new design of
# the site: it becomes the new dictionary.
_WORTHWHILE = 0.9


class PageStore:
    """The pages of one archive. Keeps the dictionaries last used in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # By hash and not by id: after a transaction was rolled back, its ids are given to other bodies.
        self._dictionaries: OrderedDict[str, Dictionary] = OrderedDict()

    def save(self, page: Page) -> int:
        """The id of `page`, stored unless the same bytes came from the same URL before."""
        with self._database.transaction():
            digest = sha256(page.body).hexdigest()
            body_id = self._database.number("SELECT id FROM page_bodies WHERE sha256 = ?", (digest,))
            if body_id is None:
                return self._insert(page, self._save_body(page, digest))
            known = self._database.number("SELECT id FROM pages WHERE url = ? AND body_id = ?", (page.url, body_id))
            return known if known is not None else self._insert(page, body_id)

    def load(self, page_id: int) -> Page:
        """The page as it came. Raises KeyError where there is none, ArchiveError where its bytes were damaged."""
        row = self._database.one("SELECT * FROM pages WHERE id = ?", (page_id,))
        if row is None:
            raise KeyError(page_id)
        headers = tuple((name, value) for name, value in json.loads(row["headers"]))
        return record_from(Page, row, body=self.body(row["body_id"]), headers=headers)

    def _insert(self, page: Page, body_id: int) -> int:
        row: dict[str, Value] = {
            "url": page.url,
            "final_url": page.final_url,
            "status": page.status,
            "headers": to_json(page.headers),
            "redirects": redirects_column(page.redirects),
            "body_id": body_id,
            "wire_bytes": page.wire_bytes,
            "elapsed_seconds": page.elapsed_seconds,
            "fetched_at": to_text(page.fetched_at),
        }
        return rows.add(self._database, "pages", row)

    def _save_body(self, page: Page, digest: str) -> int:
        host_id = hosts.ensure(self._database, host_of(page.final_url))
        dictionary_id, data = self._packed(host_id, page.body)
        body_id = self._database.insert(
            "INSERT INTO page_bodies (sha256, body_bytes, stored_bytes, dictionary_id, data) VALUES (?, ?, ?, ?, ?)",
            (digest, len(page.body), len(data), dictionary_id, data),
        )
        if dictionary_id is None and len(page.body) >= LEAST_DICTIONARY_BYTES:
            self._database.execute("UPDATE hosts SET dictionary_id = ? WHERE id = ?", (body_id, host_id))
        return body_id

    def _packed(self, host_id: int, body: bytes) -> tuple[int | None, bytes]:
        """`body` packed, and the dictionary it was packed with; None where it stands better alone."""
        row = self._database.one(
            "SELECT id, sha256, stored_bytes, body_bytes FROM page_bodies"
            " WHERE id = (SELECT dictionary_id FROM hosts WHERE id = ?)",
            (host_id,),
        )
        if row is None:
            return None, pack(body)
        data = self._dictionary(row["id"], row["sha256"]).pack(body)
        if len(data) * row["body_bytes"] < len(body) * row["stored_bytes"] * _WORTHWHILE:
            return row["id"], data
        return None, pack(body)

    def body(self, body_id: int) -> bytes:
        """The bytes of a body. Raises KeyError where there is none, ArchiveError where they were damaged."""
        row = self._database.one("SELECT * FROM page_bodies WHERE id = ?", (body_id,))
        if row is None:
            raise KeyError(body_id)
        try:
            return self._unpacked(row)
        except DamagedError as error:
            damage = f"the stored page body {body_id} is damaged ({error}); restore a backup"
            raise ArchiveError(f"{self._database.path}: {damage}") from error

    def _unpacked(self, row: Row) -> bytes:
        if not 0 <= row["body_bytes"] <= MOST_BODY_BYTES:
            raise DamagedError(f"a page has at most {MOST_BODY_BYTES:,} bytes, not {row['body_bytes']:,}")
        if row["dictionary_id"] is None:
            body = unpack(row["data"], row["body_bytes"])
        else:
            body = self._packed_with(row["dictionary_id"]).unpack(row["data"], row["body_bytes"])
        if sha256(body).hexdigest() != row["sha256"]:
            raise DamagedError("its bytes have another hash")
        return body

    def _packed_with(self, body_id: int) -> Dictionary:
        # A dictionary is packed alone: in an archive of strangers two bodies could lead to each other for ever.
        known = self._database.one(
            "SELECT id, sha256 FROM page_bodies WHERE id = ? AND dictionary_id IS NULL", (body_id,)
        )
        if known is None:
            raise DamagedError("what it was packed with is not there")
        return self._dictionary(known["id"], known["sha256"])

    def _dictionary(self, body_id: int, digest: str) -> Dictionary:
        dictionary = self._dictionaries.pop(digest, None) or Dictionary(self.body(body_id))
        self._dictionaries[digest] = dictionary
        if len(self._dictionaries) > _KEPT_DICTIONARIES:
            self._dictionaries.popitem(last=False)
        return dictionary
