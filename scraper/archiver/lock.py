"""One run at a time: a lock that the kernel takes back when its holder dies, however it dies."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import ArchiveError, RunLockedError


@contextmanager
def run_lock(archive: Path) -> Generator[None]:
    """Hold the only run on `archive`: flock(2) on ``<archive>.lock``, which holds the process number of the holder.

    The file stays when the lock is gone: to remove it would let two processes lock two files of one name.
    Raises RunLockedError at once where another process holds it.
    """
    path = archive.with_name(f"{archive.name}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except FileNotFoundError:
        raise ArchiveError(f"{archive}: there is no folder {archive.parent}; make it, or name another file") from None
    except OSError as error:
        raise ArchiveError(
            f"{path}: cannot be made ({error.strerror}); check the folder and its permissions"
        ) from error
    try:
        _take(descriptor, archive)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, archive: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
        who = f" (process {holder})" if holder.isdigit() else ""
        raise RunLockedError(f"{archive}: another run{who} is at work on this archive") from None
