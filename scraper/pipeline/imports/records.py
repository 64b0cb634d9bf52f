"""Takes a WARC or ARC file apart into records: any compression, any damage, in bounded memory.

warcio stops at a file that was compressed as a whole, at a wrong length and at a broken member, and reads a line of
any length into memory. Here what stands before and after a fault is read all the same. Knows nothing of what is in a
record beyond its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from scraper.errors import Reason
from scraper.pipeline.imports.parts import Parts, open_parts

MAX_RECORD_BYTES = 32 << 20
"""Most bytes of one record: more than the largest page that is archived. What is larger is a film or a dump."""

_MAX_HEAD = 1 << 20
_WARC = b"WARC/"
_ARC = re.compile(rb"(?:filedesc|https?|dns|ftp|mailto)://?\S* \S+ \d{8,14} [^\n]*\d\s*")
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/[01]\.)")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_ANY_LENGTH = re.compile(rb"^content-length:[^\n]*\n", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """A record as it stands in its file: headers and block. `data` None: there is none to be had.

    `fault` says what is wrong with it; of TRUNCATED and BAD_LENGTH it is there, as far as it goes.

    Where `alone`, :func:`record_at` finds it again at `offset`; else it shares a gzip member with others.
    """

    offset: int
    data: bytes | None
    alone: bool = True
    fault: Reason | None = None


def records_of(file: BinaryIO) -> Iterator[RawRecord]:
    """Every record of a file that can seek, in order. Raises nothing for what is in it."""
    reader = _Reader(open_parts(file, 0, _begins))
    while (record := reader.record()) is not None:
        yield record


def record_at(file: BinaryIO, offset: int) -> RawRecord | None:
    """The record at an offset that :func:`records_of` gave; None where the file has changed."""
    return _Reader(open_parts(file, offset, _begins)).record()


def _begins(data: bytes) -> bool:
    """Whether a record begins here."""
    return data.startswith(_WARC) or _ARC.fullmatch(data[: data.find(b"\n") + 1]) is not None


class _Reader:
    """Records one by one, none of which crosses the end of a part."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._in_part = 0

    def record(self) -> RawRecord | None:
        """The next record; None at the end of the file."""
        while not self._parts.skip_blank():
            if self._parts.is_damaged and not self._in_part:
                self._in_part = 1
                return RawRecord(offset=self._parts.here(), data=None, fault=Reason.DAMAGED)
            if not self._parts.next_part():
                return None
            self._in_part = 0
        self._in_part += 1
        offset, is_first = self._parts.here(), self._in_part == 1
        if not self._is_boundary():
            self._until_boundary(0)
            return RawRecord(offset=offset, data=None, fault=Reason.BAD_RECORD)
        data, fault = self._read()
        alone = not self._parts.is_packed or (is_first and not self._parts.skip_blank())
        if self._parts.is_damaged and not self._parts.buffer:
            data, fault = None, Reason.DAMAGED
        return RawRecord(offset=offset, data=data, alone=alone, fault=fault)

    def _read(self) -> tuple[bytes | None, Reason | None]:
        head = self._head()
        if head is None:
            self._until_boundary(0)
            return None, Reason.BAD_RECORD
        length = _length(head)
        if length is None:
            return _with_length(head, self._until_boundary(MAX_RECORD_BYTES)), Reason.BAD_LENGTH
        if length > MAX_RECORD_BYTES and self._parts.holds(length):
            self._parts.skip(length)
            return None, Reason.TOO_LARGE
        content = self._parts.take(min(length, MAX_RECORD_BYTES))
        if len(content) == length and (not self._parts.skip_blank() or self._is_boundary()):
            return head + content, None
        return self._mended(head, content, length)

    def _mended(self, head: bytes, content: bytes, length: int) -> tuple[bytes | None, Reason | None]:
        """A record whose length is wrong: it ends where the next begins, or with its part."""
        following = _NEXT.search(content)
        if following:
            self._parts.give_back(content[following.end() :])
            return _with_length(head, content[: following.start()]), Reason.BAD_LENGTH
        if len(content) < length:
            if len(content) == MAX_RECORD_BYTES:
                self._until_boundary(0)
                return None, Reason.TOO_LARGE
            return _with_length(head, content), Reason.TRUNCATED
        content += self._until_boundary(MAX_RECORD_BYTES - len(content))
        return _with_length(head, content), Reason.BAD_LENGTH

    def _head(self) -> bytes | None:
        """The headers of the record, with the empty line that ends them; those of ARC are one line."""
        line = self._parts.line()
        if not line.startswith(_WARC):
            return line
        head = bytearray(line)
        while line.strip():
            line = self._parts.line()
            head += line
            if len(head) > _MAX_HEAD or not line.endswith(b"\n"):
                return None
        return bytes(head)

    def _until_boundary(self, most: int) -> bytes:
        """Everything before the next record of this part, of which the first `most` bytes are returned."""
        kept = bytearray()
        while piece := self._parts.line():
            kept += piece[: max(0, most - len(kept))]
            if piece.endswith(b"\n") and self._is_boundary():
                break
        return bytes(kept)

    def _is_boundary(self) -> bool:
        return _begins(self._parts.peek_line())


def _length(head: bytes) -> int | None:
    """The length that the headers state; None where they state none."""
    if head.startswith(_WARC):
        found = _LENGTH.search(head)
        return int(found[1]) if found else None
    last = head.split()[-1]
    return int(last) if last.isdigit() and len(last) < 16 else None


def _with_length(head: bytes, content: bytes) -> bytes:
    """The record with the length that it has."""
    if not head.startswith(_WARC):
        return head.rstrip().rsplit(b" ", 1)[0] + b" %d\n" % len(content) + content
    rest = _ANY_LENGTH.sub(b"", head).rstrip(b"\r\n")
    return rest + b"\r\nContent-Length: %d\r\n\r\n" % len(content) + content
