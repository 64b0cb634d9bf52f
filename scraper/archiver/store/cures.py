"""What a user can do about an error of SQLite: the errors that have a cure become ArchiveError, all others are bugs."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from scraper.errors import ArchiveError

_CURES = {
    sqlite3.SQLITE_BUSY: "another program is writing to it; try again when that is done",
    sqlite3.SQLITE_LOCKED: "another program is writing to it; try again when that is done",
    sqlite3.SQLITE_READONLY: "it cannot be written to; check the permissions of the file and its folder",
    sqlite3.SQLITE_PERM: "access is refused; check the permissions of the file and its folder",
    sqlite3.SQLITE_IOERR: "the disk reports an error; check the disk, its quota and its free space",
    sqlite3.SQLITE_FULL: "the disk is full; free some space and run again, nothing that was stored is lost",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check that its folder exists and may be written to",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore a backup, or read what is left with `.recover` of sqlite3",
    sqlite3.SQLITE_NOTADB: "this is not an SQLite database; name another file",
}


@contextmanager
def translated(path: Path) -> Generator[None]:
    """Turn errors of SQLite that a user can cure into ArchiveError with the cure; let bugs fly on."""
    try:
        yield
    except sqlite3.Error as error:
        explain(path, error)


def explain(path: Path, error: sqlite3.Error) -> NoReturn:
    """Raise `error` as ArchiveError with its cure, or as it is where it has none.

    For what is done forty times an article: entering and leaving :func:`translated` costs two microseconds.
    """
    cure = cure_of(error)
    if cure is None:
        raise error
    raise ArchiveError(f"{path}: {cure} ({error})") from error


def cure_of(error: sqlite3.Error | sqlite3.Warning) -> str | None:
    """What the user can do, in a few words; None where nothing."""
    # The low byte is the kind of error, the rest its detail (https://sqlite.org/rescode.html).
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _CURES.get(code & 0xFF)
