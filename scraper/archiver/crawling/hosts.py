"""What must outlive a run to treat a host well: its pauses, its own wishes, its robots.txt."""

from collections.abc import Iterable
from datetime import datetime

from scraper.archiver.crawl_records import DomainState, HostState
from scraper.archiver.records import HostRecord
from scraper.archiver.store.columns import record_from, records_from, text_or_none, to_text_rounded_up
from scraper.archiver.store.database import Database


def load(database: Database, now: datetime | None = None) -> dict[str, HostState]:
    """The state of every host ever met, by name; with `now` without the robots.txt that have expired by then."""
    rows = database.each(
        "SELECT host, next_request_at, not_before, time_zone, limited_at, crawl_delay_seconds, body AS robots_body,"
        " status AS robots_status, fetched_at AS robots_fetched_at, expires_at AS robots_expires_at"
        " FROM hosts LEFT JOIN robots ON robots.host_id = hosts.id"
        "  AND (?1 IS NULL OR expires_at IS NULL OR expires_at > ?1)",
        (text_or_none(now),),
    )
    return {row["host"]: record_from(HostState, row) for row in rows}


def record_of(database: Database, host: str) -> HostRecord | None:
    """What a host asked of us, for a person; None: it was never met."""
    row = database.one("SELECT * FROM host_wishes WHERE host = ?", (host,))
    return None if row is None else record_from(HostRecord, row)


def save(database: Database, states: Iterable[HostState]) -> None:
    """Store the states; one that says nothing new costs no write."""
    with database.transaction():
        for state in states:
            host_id = ensure(database, state.host)
            database.execute(
                "UPDATE hosts SET next_request_at = ?1, not_before = ?2, time_zone = coalesce(?4, time_zone),"
                " limited_at = coalesce(?5, limited_at) WHERE id = ?3 AND (next_request_at IS NOT ?1"
                " OR not_before IS NOT ?2 OR time_zone IS NOT coalesce(?4, time_zone)"
                " OR limited_at IS NOT coalesce(?5, limited_at))",
                (
                    _wait(state.next_request_at),
                    _wait(state.not_before),
                    host_id,
                    state.time_zone,
                    text_or_none(state.limited_at),
                ),
            )
            if state.robots_fetched_at is not None:
                _save_robots(database, host_id, state)


def load_domains(database: Database) -> tuple[DomainState, ...]:
    """The domains whose hosts share a turn, or once did."""
    return records_from(DomainState, database.all("SELECT * FROM domains"))


def save_domains(database: Database, states: Iterable[DomainState]) -> None:
    """Keep the domains whose hosts share a turn, and forget the others."""
    rows = [(state.domain, to_text_rounded_up(state.shared_until), _wait(state.not_before)) for state in states]
    if not rows and database.one("SELECT 1 FROM domains") is None:
        return
    with database.transaction():
        database.execute("DELETE FROM domains")
        database.execute_many("INSERT INTO domains (domain, shared_until, not_before) VALUES (?, ?, ?)", rows)


def ensure(database: Database, host: str) -> int:
    """The id of `host`, made where it is new."""
    known = database.number("SELECT id FROM hosts WHERE host = ?", (host,))
    return known if known is not None else database.insert("INSERT INTO hosts (host) VALUES (?)", (host,))


def _wait(until: datetime | None) -> str | None:
    return None if until is None else to_text_rounded_up(until)


def _save_robots(database: Database, host_id: int, state: HostState) -> None:
    database.execute(
        "INSERT INTO robots (host_id, status, body, fetched_at, expires_at, crawl_delay_seconds)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (host_id) DO UPDATE SET status = excluded.status, body = excluded.body,"
        " fetched_at = excluded.fetched_at, expires_at = excluded.expires_at,"
        " crawl_delay_seconds = excluded.crawl_delay_seconds"
        " WHERE fetched_at IS NOT excluded.fetched_at OR crawl_delay_seconds IS NOT excluded.crawl_delay_seconds",
        (
            host_id,
            state.robots_status,
            state.robots_body,
            text_or_none(state.robots_fetched_at),
            text_or_none(state.robots_expires_at),
            state.crawl_delay_seconds,
        ),
    )
