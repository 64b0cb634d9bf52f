"""A clock that was set back: what was put off under the old time is not waited for through the difference."""

from datetime import datetime, timedelta

from scraper.archiver.store.columns import to_moment, to_text
from scraper.archiver.store.database import Database

_STEP = timedelta(minutes=5)
"""Clocks are kept right by steps of seconds; those do no harm."""


def heed(database: Database, now: datetime) -> None:
    """Where the latest run began in the future, make due what it put off: it is asked once too often, not for years
    too rarely. What hosts asked for themselves is kept, up to its cap, by who paces them.
    """
    latest = database.one("SELECT started_at FROM runs ORDER BY id DESC LIMIT 1")
    if latest is None or to_moment(latest["started_at"]) - now < _STEP:
        return
    database.execute("UPDATE feeds SET next_check_at = ?1 WHERE next_check_at > ?1", (to_text(now),))
    database.execute("UPDATE queue SET next_try_at = ?1 WHERE state = 'waiting' AND next_try_at > ?1", (to_text(now),))
    database.execute(
        "UPDATE queue SET revisit_at = ?1 WHERE revisit_at > ?1 AND fetched_at > ?1 AND state = 'done'", (to_text(now),)
    )
    database.execute(
        "UPDATE feeds SET distrusted_until = NULL WHERE distrusted_until > ?", (to_text(now + timedelta(days=31)),)
    )
