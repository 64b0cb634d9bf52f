"""How far each import came: kept beside what it brought, in the same transactions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scraper.archiver.store.columns import to_json, to_text
from scraper.archiver.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """A file to be imported. `identity` tells its content from that of others; `options` are the filters it is read
    with: with others it is another import."""

    kind: str
    name: str
    identity: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """How far an import came: `position` records from the beginning, and what became of them."""

    id: int
    position: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    finished: bool = False


def begin(database: Database, source: ImportSource, run_id: int | None, now: datetime) -> ImportProgress:
    """Take up the import of `source` where it was left, or begin it."""
    key = (source.kind, source.identity, to_json(dict(sorted(source.options.items()))))
    with database.transaction():
        database.execute(
            "INSERT INTO imports (kind, identity, options, source, run_id, started_at, updated_at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT (kind, identity, options) DO UPDATE"
            " SET source = excluded.source, run_id = excluded.run_id WHERE finished_at IS NULL",
            (*key, source.name, run_id, to_text(now)),
        )
        row = database.one("SELECT * FROM imports WHERE kind = ? AND identity = ? AND options = ?", key)
    assert row is not None, "it was just written"
    return ImportProgress(
        id=row["id"],
        position=row["position"],
        counts=json.loads(row["counts"]),
        finished=row["finished_at"] is not None,
    )


def advance(database: Database, progress: ImportProgress, now: datetime) -> None:
    """Note how far it has come, together with what that brought: inside the transaction that stores it."""
    at = to_text(now)
    with database.transaction():
        database.execute(
            "UPDATE imports SET position = ?, counts = ?, updated_at = ?, finished_at = ? WHERE id = ?",
            (progress.position, to_json(dict(progress.counts)), at, at if progress.finished else None, progress.id),
        )
