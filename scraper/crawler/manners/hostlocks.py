"""Turns of hosts between processes: places in a small file, locked while a host is asked, with when it may be next.

Two runs at once (a crawl and a `fetch` beside it) so keep one pace. The kernel takes a lock back when its holder dies.
Not for what must outlive the file: that is in the archive.
"""

import fcntl
import os
import stat
import struct
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Final

from scraper.errors import LeftAloneError, Reason

_LOOKS_SECONDS: Final = 0.05
_PLACES: Final = 65_536
# The host, the end of its pause, its own wish; times in seconds since 1970, 0: none.
_RECORD: Final = struct.Struct("<Qdd")
_PLACE_BYTES: Final = 32
# Linux's struct flock. Its "open file description" locks belong to whoever opened the file, two in one process apart.
_FLOCK: Final = struct.Struct("hhqqi4x")
_OWN_LOCK: Final = getattr(fcntl, "F_OFD_SETLK", None)


@dataclass(slots=True)
class Slot:
    """What is written of a host: the end of the pause after its last request, and its own wish. None: nothing."""

    next_request_at: datetime | None = None
    not_before: datetime | None = None


class HostLocks:
    """The places in one file, made if need be. Safe for many threads.

    Two hosts in ten thousand share a place: they wait for each other, and one may not see the other's pause.
    """

    def __init__(self, path: Path, *, sleep: Callable[[float], None], max_wait_seconds: float) -> None:
        self._sleep = sleep
        self._max_wait_seconds = max_wait_seconds
        self._threads: dict[int, Lock] = {}
        self._file = _opened(path)
        if self._file is not None:
            weakref.finalize(self, os.close, self._file)

    @contextmanager
    def slot(self, host: str) -> Iterator[Slot]:
        """The host for this process: what others wrote of it, to be changed by us; written when the block is left.

        Raises LeftAloneError where another process keeps it for longer than any request takes.
        """
        if self._file is None:
            yield Slot()
            return
        key = int.from_bytes(blake2b(host.encode(), digest_size=8).digest(), "little")
        place = key % _PLACES
        with self._threads.setdefault(place, Lock()):
            if not self._take(self._file, place, host):
                yield Slot()
                return
            try:
                slot = _read(self._file, place, key)
                try:
                    yield slot
                finally:
                    _write(self._file, place, key, slot)
            finally:
                _set_lock(self._file, place, fcntl.F_UNLCK)

    def _take(self, file: int, place: int, host: str) -> bool:
        """Lock a place; False on a file system that knows no locks."""
        waited = 0.0
        while True:
            try:
                _set_lock(file, place, fcntl.F_WRLCK)
            except (BlockingIOError, PermissionError):
                if waited >= self._max_wait_seconds:
                    message = f"another process keeps {host} busy"
                    raise LeftAloneError(Reason.RATE_LIMITED, message, url=host) from None
                self._sleep(_LOOKS_SECONDS)
                waited += _LOOKS_SECONDS
            except OSError:
                return False
            else:
                return True


def turns_file(archive: Path) -> Path | None:
    """Where the processes that use an archive take turns: beside it, so that a service with a folder of its own for
    temporary files and whoever types a command share them.

    Below the folder for temporary files where there is no archive, or nothing can be written beside it; None where
    that cannot be had for us alone.
    """
    beside = archive.with_name(f"{archive.name}.turns")
    if archive.exists() and os.access(beside if beside.exists() else beside.parent, os.W_OK):
        return beside
    folder = shared_folder()
    return None if folder is None else folder / "turns"


def shared_folder() -> Path | None:
    """The folder for this user's processes, made if need be; None where there can be none that only we may write to.

    Below the folder for temporary files, because cron jobs and services may have no home.
    """
    folder = Path(tempfile.gettempdir(), f"scraper-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022
    return folder if ours else None


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError:
        # Somebody tidied the folder away, or the disk is full: then this process keeps its pace by itself.
        return None


def _set_lock(file: int, place: int, kind: int) -> None:
    if _OWN_LOCK is None:
        how = fcntl.LOCK_UN if kind == fcntl.F_UNLCK else fcntl.LOCK_EX | fcntl.LOCK_NB
        fcntl.lockf(file, how, _PLACE_BYTES, place * _PLACE_BYTES)
    else:
        fcntl.fcntl(file, _OWN_LOCK, _FLOCK.pack(kind, os.SEEK_SET, place * _PLACE_BYTES, _PLACE_BYTES, 0))


def _read(file: int, place: int, key: int) -> Slot:
    found = os.pread(file, _RECORD.size, place * _PLACE_BYTES)
    if len(found) < _RECORD.size:
        return Slot()
    host, *moments = _RECORD.unpack(found)
    return Slot(*map(_moment, moments)) if host == key else Slot()


def _write(file: int, place: int, key: int, slot: Slot) -> None:
    moments = (moment.timestamp() if moment else 0.0 for moment in (slot.next_request_at, slot.not_before))
    with suppress(OSError):  # a full disk: then others do not learn of it, and this process knows by itself
        os.pwrite(file, _RECORD.pack(key, *moments), place * _PLACE_BYTES)


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None
