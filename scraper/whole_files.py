"""Files that are whole or not there: written beside their place, then put into it in one step. Knows no format."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


@contextmanager
def whole_file(path: Path) -> Generator[Path]:
    """Give the block a path to write to; what it wrote takes the place of `path`, or leaves no trace if it raises.

    A link stays a link, and a file that is replaced hands on its permissions. What is no file (a device, a pipe) cannot
    be replaced and is given as it is. Who needs the content to outlive a power cut calls :func:`sync` in the block.
    Raises OSError.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    target = path.resolve()
    # Two programs that write the same file at once must not write the same draft.
    draft = target.with_name(f"{target.name}.{token_hex(4)}.part")
    replaces = target.exists()
    try:
        if replaces:
            # What only its owner may read is not shown to others meanwhile.
            draft.touch(0o600)
        yield draft
        if replaces:
            shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have what was written to a file, or the names in a folder, on the disk before going on. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
