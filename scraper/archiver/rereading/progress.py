"""How far a reading again of stored pages came: kept in the same transactions as what it wrote."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scraper.archiver.store.columns import to_json, to_text
from scraper.archiver.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """What is to be read again and by whom: `reading` is a hash of the extractor and all rules."""

    reading: str
    extractor: str
    options: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far it came: all articles up to `last_id` are done, and `report` says what became of them."""

    id: int
    last_id: int = 0
    report: Mapping[str, object] = field(default_factory=dict)


def begin(database: Database, undertaking: Undertaking, run_id: int, now: datetime) -> Reached:
    """Take up the same undertaking where it was left, or begin it."""
    options = to_json(dict(sorted(undertaking.options.items())))
    with database.transaction():
        row = database.one(
            "SELECT id, last_id, report FROM reextractions"
            " WHERE reading = ? AND options = ? AND finished_at IS NULL ORDER BY id DESC LIMIT 1",
            (undertaking.reading, options),
        )
        if row is not None:
            database.execute("UPDATE reextractions SET run_id = ? WHERE id = ?", (run_id, row["id"]))
            return Reached(id=row["id"], last_id=row["last_id"], report=json.loads(row["report"]))
        reached_id = database.insert(
            "INSERT INTO reextractions (reading, options, extractor, run_id, started_at, updated_at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
            (undertaking.reading, options, undertaking.extractor, run_id, to_text(now)),
        )
    return Reached(id=reached_id)


def advance(database: Database, reached: Reached, now: datetime, *, finished: bool = False) -> None:
    """Note how far it has come: inside the transaction that stores what that brought."""
    at = to_text(now)
    with database.transaction():
        database.execute(
            "UPDATE reextractions SET last_id = ?, report = ?, updated_at = ?, finished_at = ? WHERE id = ?",
            (reached.last_id, to_json(dict(reached.report)), at, at if finished else None, reached.id),
        )
