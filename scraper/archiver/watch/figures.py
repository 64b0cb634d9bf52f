"""How the archive and its latest run are doing, in numbers for a monitor. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scraper.archiver.store.columns import moment_or_none
from scraper.archiver.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts by name. `requests` and `failures` are those of one run, by (kind, outcome) and (kind, reason);
    `alarms` are those that have not ended, by kind; `succeeded_at` is when a run last came to its end.
    """

    feeds: Mapping[str, int]
    queue: Mapping[str, int]
    alarms: Mapping[str, int]
    requests: Mapping[tuple[str, str], int]
    failures: Mapping[tuple[str, str], int]
    articles: int
    received_bytes: int
    archive_bytes: int
    succeeded_at: datetime | None


def of_run(database: Database, run_id: int) -> Figures:
    """The figures after that run."""
    requests = database.all(
        "SELECT kind, outcome, count(*) AS n, sum(wire_bytes) AS size FROM fetches WHERE run_id = ?"
        " GROUP BY kind, outcome",
        (run_id,),
    )
    failures = database.all(
        "SELECT kind, reason, count(*) AS n FROM fetches JOIN failures ON failures.fetch_id = fetches.id"
        " WHERE run_id = ? GROUP BY kind, reason",
        (run_id,),
    )
    succeeded = database.one(
        "SELECT finished_at FROM runs WHERE outcome = 'finished' AND command = 'crawl' ORDER BY id DESC LIMIT 1"
    )
    return Figures(
        feeds=_counts(database, "SELECT state AS name, count(*) AS n FROM feed_health GROUP BY state"),
        queue=_counts(database, "SELECT state AS name, count(*) AS n FROM queue GROUP BY state"),
        alarms=_counts(
            database, "SELECT kind AS name, count(*) AS n FROM notices WHERE ended_at IS NULL GROUP BY kind"
        ),
        requests={(row["kind"], row["outcome"]): row["n"] for row in requests},
        failures={(row["kind"], row["reason"]): row["n"] for row in failures},
        articles=database.number("SELECT sum(articles) FROM day_tallies") or 0,
        received_bytes=sum(row["size"] or 0 for row in requests),
        archive_bytes=(database.number("PRAGMA page_count") or 0) * (database.number("PRAGMA page_size") or 0),
        succeeded_at=moment_or_none(succeeded["finished_at"]) if succeeded else None,
    )


def _counts(database: Database, sql: str) -> dict[str, int]:
    return {row["name"]: row["n"] for row in database.all(sql)}
