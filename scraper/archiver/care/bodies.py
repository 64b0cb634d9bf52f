"""Drops the bodies of pages that no page has any more, without taking from others the dictionary they need."""

from collections.abc import Iterable
from dataclasses import dataclass

from scraper.archiver.articles.packing import Dictionary, pack
from scraper.archiver.articles.pages import LEAST_DICTIONARY_BYTES, PageStore
from scraper.archiver.store.database import Database

_UNUSED = "NOT EXISTS (SELECT 1 FROM pages WHERE pages.body_id = page_bodies.id)"
# A dictionary of a host with thousands of pages: so many of them are packed anew in one transaction.
_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """How many bodies went, how many bytes they took, and how many others were packed anew for it.

    `needed` are the ids of those that no page has any more and that others still need as their dictionary.
    """

    bodies: int = 0
    stored_bytes: int = 0
    repacked: int = 0
    needed: tuple[int, ...] = ()

    def __add__(self, other: "Dropped") -> "Dropped":
        return Dropped(
            bodies=self.bodies + other.bodies,
            stored_bytes=self.stored_bytes + other.stored_bytes,
            repacked=self.repacked + other.repacked,
            needed=self.needed + other.needed,
        )


def drop_free(database: Database, body_ids: list[int]) -> Dropped:
    """Drop those of `body_ids` that neither a page nor another body needs: cheap, whatever the archive's size."""
    dropped = Dropped()
    for body_id in body_ids:
        row = database.one(
            "SELECT stored_bytes,"
            " EXISTS (SELECT 1 FROM page_bodies AS others WHERE others.dictionary_id = page_bodies.id)"
            " OR EXISTS (SELECT 1 FROM hosts WHERE hosts.dictionary_id = page_bodies.id) AS is_needed"
            f" FROM page_bodies WHERE id = ? AND {_UNUSED}",
            (body_id,),
        )
        if row is not None and row["is_needed"]:
            dropped += Dropped(needed=(body_id,))
        elif row is not None:
            database.execute("DELETE FROM page_bodies WHERE id = ?", (body_id,))
            dropped += Dropped(bodies=1, stored_bytes=row["stored_bytes"])
    return dropped


def unused(database: Database) -> list[int]:
    """Every body without a page."""
    return [row["id"] for row in database.all(f"SELECT id FROM page_bodies WHERE {_UNUSED}")]


def drop_unused(database: Database, pages: PageStore, body_ids: Iterable[int]) -> Dropped:
    """Drop bodies without a page. Those packed with one as their dictionary are packed anew first, in portions."""
    dropped = Dropped()
    for body_id in body_ids:
        repacked = _free_of(database, pages, body_id)
        with database.transaction():
            dropped += drop_free(database, [body_id]) + Dropped(repacked=repacked)
    return dropped


def _free_of(database: Database, pages: PageStore, old_id: int) -> int:
    """Pack anew what is packed with `old_id`; how many. Whatever stops this, every body can be read meanwhile."""
    with database.transaction():
        new_id = _successor(database, pages, old_id)
        database.execute("UPDATE hosts SET dictionary_id = ? WHERE dictionary_id = ?", (new_id, old_id))
        dictionary = None if new_id is None else Dictionary(pages.body(new_id))
    repacked = 0 if new_id is None else 1
    while rows := database.all("SELECT id FROM page_bodies WHERE dictionary_id = ? LIMIT ?", (old_id, _BATCH)):
        with database.transaction():
            for row in rows:
                body = pages.body(row["id"])
                _store(database, row["id"], dictionary.pack(body) if dictionary else pack(body), new_id)
        repacked += len(rows)
    return repacked


def _successor(database: Database, pages: PageStore, old_id: int) -> int | None:
    """The newest of the bodies packed with `old_id`, packed alone from now on, so that it can take its place."""
    chosen = database.number(
        "SELECT max(id) FROM page_bodies WHERE dictionary_id = ? AND body_bytes >= ?", (old_id, LEAST_DICTIONARY_BYTES)
    )
    if chosen is not None:
        _store(database, chosen, pack(pages.body(chosen)), None)
    return chosen


def _store(database: Database, body_id: int, data: bytes, dictionary_id: int | None) -> None:
    database.execute(
        "UPDATE page_bodies SET data = ?, stored_bytes = ?, dictionary_id = ? WHERE id = ?",
        (data, len(data), dictionary_id, body_id),
    )
