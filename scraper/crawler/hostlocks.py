"""Turns of hosts between processes: a small file for each host, locked while it is asked, with when it may be next.

Two runs at once (a crawl and a `fetch` beside it, whatever archives they write to) so keep one pace. The kernel takes a
lock back when its holder dies. Not for what must outlive a reboot: that is in the archive.
"""

import fcntl
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from scraper.errors import Reason, TransientError

_LOOKS_SECONDS: Final = 0.05
_SIZE: Final = 64


@dataclass(slots=True)
class Slot:
    """What is written of a host: the end of the pause after its last request, and its own wish. None: nothing."""

    next_request_at: datetime | None = None
    not_before: datetime | None = None


class HostLocks:
    """The files in one folder. Safe for many threads, of which only one at a time may ask for a host."""

    def __init__(self, folder: Path, *, sleep: Callable[[float], None], max_wait_seconds: float) -> None:
        self._folder = folder
        self._sleep = sleep
        self._max_wait_seconds = max_wait_seconds

    @contextmanager
    def slot(self, host: str) -> Iterator[Slot]:
        """The host for this process: what others wrote of it, to be changed by us; written when the block is left.

        Raises TransientError (RATE_LIMITED) where another process keeps it for longer than any request takes.
        """
        path = self._folder / sha256(host.encode()).hexdigest()[:24]
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError:
            # Somebody tidied the folder away, or the disk is full: then this process keeps its pace by itself.
            yield Slot()
            return
        try:
            self._take(descriptor, host)
            slot = _read(descriptor)
            try:
                yield slot
            finally:
                _write(descriptor, slot)
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int, host: str) -> None:
        waited = 0.0
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if waited >= self._max_wait_seconds:
                    message = f"another process keeps {host} busy"
                    raise TransientError(Reason.RATE_LIMITED, message, url=host) from None
                self._sleep(_LOOKS_SECONDS)
                waited += _LOOKS_SECONDS
            else:
                return


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


def _read(descriptor: int) -> Slot:
    parts = os.pread(descriptor, _SIZE, 0).decode("ascii", "replace").split()
    moments = [_moment(part) for part in parts[:2]]
    return Slot(*moments)


def _write(descriptor: int, slot: Slot) -> None:
    text = " ".join(
        "-" if moment is None else f"{moment.timestamp():.3f}" for moment in (slot.next_request_at, slot.not_before)
    )
    os.pwrite(descriptor, text.ljust(_SIZE).encode("ascii"), 0)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError):
        return None
