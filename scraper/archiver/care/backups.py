"""Backups: made while a run writes, verified before they count, put back with what they replace kept."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scraper.archiver.care.checking import structure_of
from scraper.archiver.lock import run_lock
from scraper.archiver.store.database import Database
from scraper.archiver.store.opening import inspect
from scraper.errors import ArchiveError, UsageError
from scraper.whole_files import sync

_COUNTED = (
    "article_records",
    "article_texts",
    "article_versions",
    "links",
    "entries",
    "pages",
    "page_bodies",
    "deleted",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made and verified: `rows` are those of each table that was counted on both sides."""

    path: Path
    size_bytes: int
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """An archive put back from `source`. `replaced` is where the one before it lies now; None: there was none."""

    path: Path
    source: Path
    replaced: Path | None
    articles: int


def back_up(path: Path, target: Path | None, now: datetime, *, force: bool = False) -> Backup:
    """Copy the archive at `path` to `target` (a file, a folder, or None for beside it), and verify the copy.

    A run may write meanwhile: the copy is of one moment. Raises ArchiveError, without a trace of the copy, where it
    cannot be made or does not hold what the archive does; UsageError where `target` cannot be meant: it exists (unless
    `force`), is the archive itself, or stands in a folder that is not there.
    """
    target = _target(path, target, now)
    if target.exists() and not force:
        raise UsageError(f"{target}: there is a file already; name another, or say --force to replace it")
    if target.exists() and target.samefile(path):
        raise UsageError(f"{target}: this is the archive itself; name another file")
    if not target.parent.is_dir():
        raise UsageError(f"{target}: there is no folder {target.parent}; make it, or name another file")
    inspect(path)
    with Database(path, read_only=True) as database, database.snapshot():
        rows = _rows(database)
        require_room(target.parent, size_of(database), "for the copy")
        try:
            database.back_up(target, lambda draft: _verify(draft, rows))
        except OSError as error:
            raise ArchiveError(f"{target}: cannot be written ({error.strerror}); check the folder") from error
    return Backup(path=target, size_bytes=target.stat().st_size, rows=rows)


def restore(path: Path, source: Path, now: datetime) -> Restored:
    """Put the backup `source` into the place of the archive at `path`; what was there is kept beside it.

    Raises ArchiveError, with the archive as it was, where `source` is not a whole archive, UsageError where it is not
    there or the archive itself, RunLockedError while a run is at work.
    """
    if path.exists() and source.exists() and source.samefile(path):
        raise UsageError(f"{source}: this is the archive itself; name a backup")
    with run_lock(path):
        inspect(source)
        with Database(source, read_only=True) as backup, backup.snapshot():
            _require_whole(backup)
            rows = _rows(backup)
            require_room(path.parent, size_of(backup), "for the archive")
            draft = path.with_name(f"{path.name}.restored")
            try:
                backup.back_up(draft, lambda copy: _verify(copy, rows))
                replaced = _step_aside(path, now)
                draft.replace(path)
                sync(path.parent)
            except OSError as error:
                raise ArchiveError(f"{path}: cannot be written ({error.strerror}); check the folder") from error
            finally:
                draft.unlink(missing_ok=True)
    return Restored(path=path, source=source, replaced=replaced, articles=rows["article_records"])


def size_of(database: Database) -> int:
    """The bytes that the pages in use take."""
    pages = (database.number("PRAGMA page_count") or 0) - (database.number("PRAGMA freelist_count") or 0)
    return pages * (database.number("PRAGMA page_size") or 0)


def require_room(folder: Path, size_bytes: int, purpose: str) -> None:
    """Raise ArchiveError where the disk of `folder` has less than `size_bytes` free."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise ArchiveError(f"{folder}: cannot be written to ({error.strerror}); name another folder") from error
    if free < size_bytes:
        raise ArchiveError(
            f"{folder}: the disk has {free:,} bytes free, and {size_bytes:,} are needed {purpose}; free some space"
        )


def _target(path: Path, target: Path | None, now: datetime) -> Path:
    name = f"{path.stem}-{now:%Y%m%dT%H%M%SZ}{path.suffix}"
    if target is None:
        return path.with_name(name)
    return target / name if target.is_dir() else target


def _verify(draft: Path, expected: Mapping[str, int]) -> None:
    with Database(draft, read_only=True) as copy:
        _require_whole(copy)
        found = _rows(copy)
    if found != expected:
        raise ArchiveError(f"{draft}: the copy does not hold what was copied; check the disk, and try again")


def _require_whole(database: Database) -> None:
    faults = structure_of(database)
    if faults:
        raise ArchiveError(f"{database.path}: the file is damaged ({faults[0]}); use another backup")


def _rows(database: Database) -> dict[str, int]:
    """How many rows the tables have that an archive is kept for; those that an older schema lacks are left out."""
    there = {row["name"] for row in database.all("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {table: database.number(f"SELECT count(*) FROM {table}") or 0 for table in _COUNTED if table in there}


def _step_aside(path: Path, now: datetime) -> Path | None:
    """Give the archive that is to be replaced another name, with all that it consists of."""
    if not path.exists():
        return None
    # What stands in the -wal file goes into the archive, if it can be; a damaged one keeps its -wal file.
    with suppress(ArchiveError), Database(path, timeout_seconds=1) as database:
        database.all("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = path.with_name(f"{path.name}.replaced-{now:%Y%m%dT%H%M%SZ}")
    # A -wal file beside another database would be taken for its own and spoil it.
    for ending in ("-wal", ""):
        file = path.with_name(path.name + ending)
        if file.exists():
            file.replace(aside.with_name(aside.name + ending))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return aside
