"""The file under a connection: how it is opened, also where it cannot be written to, and how it is copied."""

import os
import sqlite3
from pathlib import Path

from scraper.whole_files import sync

# A writer has some hundred in turn, for a row is added by its known columns: to make one anew takes as long as a row.
_STATEMENTS = 512


def connect(path: Path, *, read_only: bool, timeout_seconds: float) -> sqlite3.Connection:
    """A bare connection to the file at `path`, to be prepared by :class:`Database`."""
    if not read_only:
        return sqlite3.connect(path, timeout=timeout_seconds, isolation_level=None, cached_statements=_STATEMENTS)
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_frozen(path) else ''}"
    return sqlite3.connect(uri, uri=True, timeout=timeout_seconds, isolation_level=None)


def is_frozen(path: Path) -> bool:
    """Whether the file at `path` is as good as immutable: an archive on a read-only disk.

    In WAL mode even a reader writes (the -shm file), and it must not where it cannot, and no -wal file holds news.
    """
    return not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()


def copy_to(draft: Path, source: sqlite3.Connection) -> None:
    """Copy all of `source` as it stands now to the file at `draft`, and have it on the disk."""
    copy = sqlite3.connect(draft)
    try:
        source.backup(copy)
        # One file, that can be read from where nothing can be written.
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    sync(draft)
