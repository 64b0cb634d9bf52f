"""Bytes of a file that may be compressed, in parts: the members of a file of gzip or zstd, or all of a plain one.

Nothing is read across the end of a part, a part may be found broken, and then the next sound one is looked for. Holds
some 64 KiB more than it was asked for, however large a member is. Knows nothing of records.
"""

import re
from collections.abc import Callable
from os import SEEK_END
from typing import BinaryIO

from scraper.pipeline.imports.members import DamagedMemberError, Packing, packing_of

STEP = 1 << 16
"""Most bytes of a line that are handed out at once, and read or unpacked at once."""

_LOOKED_AT = 4_096


class Parts:
    """A plain file: one part. `begins` says whether bytes are those of a part worth going on with."""

    is_packed = False

    def __init__(self, file: BinaryIO, offset: int, begins: Callable[[bytes], bool]) -> None:
        self._file = file
        self._begins = begins
        self.buffer = bytearray()
        self.is_damaged = False
        """Whether this part cannot be unpacked to its end. One that ends too early is not damaged but cut."""
        file.seek(offset)

    def fill(self) -> bool:
        """Read more of this part into the buffer; False at its end."""
        piece = self._file.read(STEP)
        self.buffer += piece
        return bool(piece)

    def next_part(self) -> bool:
        """Go on to the next part; False where there is none."""
        return False

    def here(self) -> int:
        """Where this part, or this place in a plain file, is found again."""
        return self._file.tell() - len(self.buffer)

    def holds(self, length: int) -> bool:
        """Whether so many bytes may be left in this part."""
        here = self._file.tell()
        end = self._file.seek(0, SEEK_END)
        self._file.seek(here)
        return length <= end - here + len(self.buffer)

    def take(self, count: int) -> bytes:
        """The next bytes: fewer only where the part ends."""
        while len(self.buffer) < count and self.fill():
            pass
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def give_back(self, data: bytes) -> None:
        """Have these bytes read again."""
        self.buffer[:0] = data

    def skip(self, count: int) -> None:
        while count > 0 and (self.buffer or self.fill()):
            gone = min(count, len(self.buffer))
            del self.buffer[:gone]
            count -= gone

    def skip_blank(self) -> bool:
        """Skip line ends and zeros; False where nothing else is left in this part."""
        while True:
            stripped = self.buffer.lstrip(b"\r\n\x00")
            del self.buffer[: len(self.buffer) - len(stripped)]
            if self.buffer:
                return True
            if not self.fill():
                return False

    def line(self) -> bytes:
        """The next line, or the next 64 KiB of one that is longer; empty at the end of the part."""
        searched = 0
        while True:
            end = self.buffer.find(b"\n", searched) + 1
            if end or len(self.buffer) >= STEP:
                return self.take(end or STEP)
            searched = len(self.buffer)
            if not self.fill():
                return self.take(len(self.buffer))

    def peek_line(self) -> bytes:
        """The next line, as far as 64 KiB, left where it is."""
        while len(self.buffer) < STEP and b"\n" not in self.buffer and self.fill():
            pass
        end = self.buffer.find(b"\n") + 1
        return bytes(self.buffer[: end or STEP])


class PackedParts(Parts):
    """A file of members that are packed one by one."""

    is_packed = True

    def __init__(self, file: BinaryIO, offset: int, begins: Callable[[bytes], bool], packing: Packing) -> None:
        super().__init__(file, offset, begins)
        self._packing = packing
        self._begin(offset)

    def _begin(self, offset: int) -> None:
        self._file.seek(offset)
        self._offset, self.is_damaged = offset, False
        self._member = self._packing.begin()
        self.buffer.clear()

    def fill(self) -> bool:
        # In steps of bounded size: a member may unpack to a thousand times its size.
        while not (self._member.eof or self.is_damaged):
            packed = self._file.read(STEP) if self._member.needs_input else b""
            if not packed and self._member.needs_input:
                return False
            try:
                piece = self._member.decompress(packed, STEP)
            except DamagedMemberError:
                self.is_damaged = True
                return False
            if piece:
                self.buffer += piece
                return True
        return False

    def next_part(self) -> bool:
        offset = self._after() if self._member.eof else None
        if self.is_damaged:
            offset = self._next_member(self._offset + 1)
        if offset is None:
            return False
        self._begin(offset)
        return True

    def _after(self) -> int | None:
        """Where the member after this one begins."""
        end = self._file.tell() - len(self._member.unused_data)
        self._file.seek(end)
        # What stands where a member is to stand is begun, sound or not: what is lost with it is told.
        return end if self._file.read(len(self._packing.magic)) == self._packing.magic else self._next_member(end)

    def here(self) -> int:
        return self._offset

    def holds(self, length: int) -> bool:
        return True

    def _next_member(self, offset: int) -> int | None:
        """Where the next member that holds what is looked for begins, at `offset` or later."""
        tail = b""
        magic = self._packing.magic
        self._file.seek(offset)
        while piece := self._file.read(STEP):
            window, start = tail + piece, offset - len(tail)
            for found in re.finditer(re.escape(magic), window):
                if self._begins_well(start + found.start()):
                    return start + found.start()
            offset += len(piece)
            tail = window[1 - len(magic) :]
            self._file.seek(offset)
        return None

    def _begins_well(self, offset: int) -> bool:
        self._file.seek(offset)
        try:
            first = self._packing.begin().decompress(self._file.read(self._packing.looked_at), _LOOKED_AT)
        except DamagedMemberError:
            return False
        return self._begins(first.lstrip(b"\r\n"))


def open_parts(file: BinaryIO, offset: int, begins: Callable[[bytes], bool]) -> Parts:
    """The bytes of a file that can seek, from `offset` on, which is its beginning or a place that `here` gave."""
    packing = packing_of(file)
    return Parts(file, offset, begins) if packing is None else PackedParts(file, offset, begins, packing)
