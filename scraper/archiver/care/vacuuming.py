"""Makes an archive as small as it can be: old raw pages go, then orphans, and the file gives back what is free."""

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scraper.archiver import tallies
from scraper.archiver.articles.pages import PageStore
from scraper.archiver.care import orphans
from scraper.archiver.care.backups import require_room, size_of
from scraper.archiver.care.bodies import drop_unused, unused
from scraper.archiver.care.checking import search_is_in_step
from scraper.archiver.care.retention import PageRetention, drop_pages
from scraper.archiver.lock import run_lock
from scraper.archiver.store.database import Database
from scraper.archiver.store.opening import open_archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacuumed:
    """What was done: raw `pages` and `bodies` dropped, bodies packed anew because their dictionary went, other orphans.

    Sizes are those of the file with its -wal file.
    """

    before_bytes: int
    after_bytes: int
    pages: int
    bodies: int
    repacked: int
    orphans: int
    search_was_rebuilt: bool


def vacuum(path: Path, retention: PageRetention, now: datetime) -> Vacuumed:
    """Apply `retention`, drop what nothing refers to, optimise the search index, count sums anew, give back free space.

    Raises RunLockedError while a run is at work, ArchiveError where the disk has too little room for it.
    """
    with run_lock(path), open_archive(path, create=False) as database:
        before = _size(path)
        _require_room(database)
        pages = drop_pages(database, retention, now)
        bodies = pages.bodies + drop_unused(database, PageStore(database), unused(database))
        removed = orphans.remove(database)
        rebuilt = _settle_search(database)
        with database.transaction():
            tallies.count_anew(database)
        database.execute("VACUUM")
        database.all("PRAGMA optimize")
        # Where somebody reads, the -wal file stays until he is done.
        database.all("PRAGMA wal_checkpoint(TRUNCATE)")
        return Vacuumed(
            before_bytes=before,
            after_bytes=_size(path),
            pages=pages.pages,
            bodies=bodies.bodies,
            repacked=bodies.repacked,
            orphans=removed,
            search_was_rebuilt=rebuilt,
        )


def _settle_search(database: Database) -> bool:
    """Merge the search index into one piece, which forgets deleted words too; made anew where it had lost step."""
    in_step = search_is_in_step(database)
    with database.transaction():
        if not in_step:
            database.execute("DELETE FROM search_backlog")
        word = "optimize" if in_step else "rebuild"
        database.execute("INSERT INTO article_search (article_search) VALUES (?)", (word,))
    return not in_step


def _require_room(database: Database) -> None:
    """VACUUM writes a whole copy among the temporary files, and that again into the -wal file beside the archive."""
    size = size_of(database)
    # https://sqlite.org/tempfiles.html, 5: the first of these that can be written to.
    temporary = Path(os.environ.get("SQLITE_TMPDIR") or os.environ.get("TMPDIR") or tempfile.gettempdir())
    folder = database.path.absolute().parent
    if temporary.exists() and temporary.stat().st_dev != folder.stat().st_dev:
        require_room(temporary, size, "for temporary files (another folder: SQLITE_TMPDIR)")
        require_room(folder, size, "beside the archive")
    else:
        require_room(folder, 2 * size, "beside the archive")


def _size(path: Path) -> int:
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
