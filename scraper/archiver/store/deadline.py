"""A time limit for a query of unknown cost. SQLite is asked to look at the clock; nothing else is stopped."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from time import monotonic

_STEPS_BETWEEN_LOOKS = 2_000
"""Steps of SQLite's machine between two looks at the clock: a tenth of a millisecond or less."""


@contextmanager
def no_longer_than(seconds: float | None, connection: sqlite3.Connection) -> Generator[None]:
    """Break off what `connection` does after that time, with a TimeoutError; None sets no limit."""
    if seconds is None:
        yield
        return
    ends = monotonic() + seconds
    connection.set_progress_handler(lambda: monotonic() > ends, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except (sqlite3.OperationalError, ValueError) as error:
        cause = error.__cause__ if isinstance(error, ValueError) else error
        if getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise TimeoutError(f"the query took longer than {seconds:g} seconds") from error
        raise
    finally:
        connection.set_progress_handler(None, _STEPS_BETWEEN_LOOKS)
