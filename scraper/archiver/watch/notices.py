"""Alarms from their beginning to their end, and what of them was told: kept, so that each change is told once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from scraper.archiver.store.columns import record_from, to_text
from scraper.archiver.store.database import Database
from scraper.archiver.watch.alarms import Alarm, AlarmKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One alarm that began, and may have ended; `began_told` says whether people were told of its beginning."""

    id: int
    kind: str
    subject: str
    message: str
    began_at: datetime
    ended_at: datetime | None = None
    began_told: bool = False


def update(database: Database, now: datetime, alarms: Collection[Alarm]) -> None:
    """Note which alarms began and which ended, `alarms` being all there are now. Nothing is written where none did."""
    there = {(alarm.kind.value, alarm.subject): alarm for alarm in alarms}
    known = {
        (row["kind"], row["subject"]): row["id"]
        for row in database.all("SELECT id, kind, subject FROM notices WHERE ended_at IS NULL")
    }
    over, begun = known.keys() - there.keys(), there.keys() - known.keys()
    if not over and not begun:
        return
    with database.transaction():
        database.execute_many(
            "UPDATE notices SET ended_at = ? WHERE id = ?", [(to_text(now), known[key]) for key in sorted(over)]
        )
        database.execute_many(
            "INSERT INTO notices (kind, subject, message, began_at) VALUES (?, ?, ?, ?)",
            [(kind, subject, there[kind, subject].message, to_text(now)) for kind, subject in sorted(begun)],
        )


def open_drifts(database: Database) -> tuple[str, ...]:
    """The sites whose alarm has not ended: they are looked at again, whether they brought something or not."""
    rows = database.all("SELECT subject FROM notices WHERE ended_at IS NULL AND kind = ?", (AlarmKind.DRIFT,))
    return tuple(row["subject"] for row in rows)


def untold(database: Database) -> tuple[Notice, ...]:
    """What changed and was not told yet, oldest first."""
    rows = database.all(
        "SELECT * FROM notices WHERE began_told_at IS NULL OR (ended_at IS NOT NULL AND ended_told_at IS NULL)"
        " ORDER BY id"
    )
    return tuple(record_from(Notice, row, began_told=row["began_told_at"] is not None) for row in rows)


def settle(database: Database, notices: Collection[Notice], now: datetime, trouble: str | None) -> None:
    """Note that `notices` were told, or why that failed: then they are told again by the next run."""
    with database.transaction():
        for notice in notices:
            if trouble is not None:
                database.execute("UPDATE notices SET trouble = ? WHERE id = ?", (trouble, notice.id))
                continue
            database.execute(
                "UPDATE notices SET trouble = NULL, began_told_at = ifnull(began_told_at, ?1),"
                " ended_told_at = iif(ended_at IS NULL, NULL, ifnull(ended_told_at, ?1)) WHERE id = ?2",
                (to_text(now), notice.id),
            )
