"""Opens an archive file, or refuses it unharmed: another program's, a newer version's, a damaged one, none at all."""

from pathlib import Path

from scraper.archiver.store.database import Database
from scraper.archiver.store.engine import require_sqlite
from scraper.archiver.store.migrations import LATEST, migrate
from scraper.errors import ArchiveError, UsageError

APPLICATION_ID = 0x4E657773
"""`PRAGMA application_id` of an archive: the bytes "News"."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100


def open_archive(path: Path, *, read_only: bool = False, create: bool = True) -> Database:
    """A connection to the archive at `path`, with today's schema; made first where there is none.

    An archive of an older version is copied to ``<name>.v<N>.backup`` and brought up to date (not when `read_only`).
    Raises ArchiveError, with the file as it was.
    """
    require_sqlite()
    header = _header(path)
    if header:
        _check(path, header)
    elif read_only or not create:
        raise ArchiveError(f"{path}: there is no archive here; `scraper crawl` or `scraper fetch --save` makes one")
    elif not path.parent.is_dir():
        raise ArchiveError(f"{path}: there is no folder {path.parent}; make it, or name another file")
    database = Database(path, read_only=read_only)
    try:
        _settle(database, read_only=read_only)
    except BaseException:
        database.close()
        raise
    return database


def inspect(path: Path) -> None:
    """Raise ArchiveError where the file at `path` is not an archive that this program could open, of whatever age.

    Where there is no file at all, that is a UsageError.
    """
    header = _header(path)
    if not header:
        raise UsageError(f"{path}: there is no archive here; name another file")
    _check(path, header)
    with Database(path, read_only=True) as database:
        application_id = database.number("PRAGMA application_id") or 0
        _check_identity(path, application_id, database.number("PRAGMA user_version") or 0, is_empty=False)


def make_current(database: Database) -> None:
    """Give an empty or older database today's schema, and the mark of an archive."""
    migrate(database, APPLICATION_ID)


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER_BYTES)
    except FileNotFoundError:
        return b""
    except IsADirectoryError:
        raise ArchiveError(f"{path}: this is a folder; name a file") from None
    except NotADirectoryError:
        raise ArchiveError(f"{path}: there is no folder {path.parent}; name another file") from None
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def _check(path: Path, header: bytes) -> None:
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        raise ArchiveError(f"{path}: this is not an SQLite database; name another file")
    if not _has_wal(path):
        _check_header(path, header)


def _has_wal(path: Path) -> bool:
    wal = path.with_name(f"{path.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


def _check_header(path: Path, header: bytes) -> None:
    """Judge a file that is at rest by its first bytes (https://sqlite.org/fileformat2.html, 1.3), touching nothing.

    Opening it with SQLite instead could leave files of our own beside another program's database.
    """
    page_bytes = int.from_bytes(header[16:18], "big")
    page_bytes = 65_536 if page_bytes == 1 else page_bytes
    pages_is_valid = header[24:28] == header[92:96]
    if pages_is_valid and path.stat().st_size < page_bytes * int.from_bytes(header[28:32], "big"):
        raise ArchiveError(f"{path}: the file is damaged (its end is missing); restore a backup")
    version, application_id = (int.from_bytes(header[start : start + 4], "big") for start in (60, 68))
    # 0 is an empty database that nobody has claimed, or one of ours whose first transaction never came to be.
    _check_identity(path, application_id, version, is_empty=application_id == 0)


def _check_identity(path: Path, application_id: int, version: int, *, is_empty: bool) -> None:
    if application_id != APPLICATION_ID and not is_empty:
        raise ArchiveError(f"{path}: this database belongs to another program; name another file")
    if application_id == APPLICATION_ID and version > LATEST:
        raise ArchiveError(
            f"{path}: made by a newer version of scraper (schema {version}, this one knows {LATEST}); "
            "upgrade with `pip install --upgrade scraper`"
        )


def _settle(database: Database, *, read_only: bool) -> None:
    path = database.path
    application_id = database.number("PRAGMA application_id") or 0
    version = database.number("PRAGMA user_version") or 0
    is_empty = application_id == 0 and not database.number("SELECT count(*) FROM sqlite_master")
    _check_identity(path, application_id, version, is_empty=is_empty)
    if version == LATEST:
        if not read_only:
            database.use_wal()
        return
    if read_only:
        raise ArchiveError(
            f"{path}: made by an older scraper (schema {version}, this one has {LATEST}); "
            "`scraper crawl`, or any command that writes, brings it up to date"
        )
    if not is_empty:
        database.back_up(path.with_name(f"{path.name}.v{version}.backup"))
    database.use_wal()
    make_current(database)
