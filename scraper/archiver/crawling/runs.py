"""Runs: when the program worked on this archive, and what came of it."""

from collections.abc import Mapping
from datetime import datetime

from scraper.archiver.crawling import clock
from scraper.archiver.records import RunSummary
from scraper.archiver.store.columns import records_from, to_json, to_text
from scraper.archiver.store.database import Database


def start(database: Database, started_at: datetime, scraper_version: str, command: str) -> int:
    with database.transaction():
        clock.heed(database, started_at)
        return database.insert(
            "INSERT INTO runs (started_at, scraper_version, command) VALUES (?, ?, ?)",
            (to_text(started_at), scraper_version, command),
        )


def finish(database: Database, run_id: int, finished_at: datetime, outcome: str, counts: Mapping[str, int]) -> None:
    with database.transaction():
        database.execute(
            "UPDATE runs SET finished_at = ?, outcome = ?, counts = ? WHERE id = ?",
            (to_text(finished_at), outcome, to_json(dict(counts)), run_id),
        )


def latest(database: Database, limit: int) -> tuple[RunSummary, ...]:
    """The last `limit` runs, newest first."""
    return records_from(RunSummary, database.all("SELECT * FROM runs ORDER BY id DESC LIMIT ?", (limit,)))
