"""The two ways in which WARC files are packed, unpacked alike: members of gzip, frames of zstd. A door to zstd.

Standards: RFC 1952 (gzip), RFC 8878 (zstd), and IIPC's "Zstandard compression of WARC files": a file may begin with a
frame that holds a dictionary, packed itself or not, for all frames that follow.
"""

import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_DICTIONARY: Final = b"\x5d\x2a\x4d\x18"
_MAX_DICTIONARY_BYTES: Final = 16 << 20
# More than a block of zstd, which comes as a whole.
_FIRST_BLOCK: Final = (128 << 10) + 64


class DamagedMemberError(ValueError):
    """Bytes that cannot be unpacked."""


class Member(Protocol):
    """One member, unpacked piece by piece; `unused_data` is what was read behind its end."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """The next piece. Raises DamagedMemberError."""


@dataclass(frozen=True, slots=True)
class Packing:
    """How a file is packed: how its members begin, so many bytes of which tell what is in one, and what unpacks one."""

    magic: bytes
    looked_at: int
    begin: Callable[[], Member]


def packing_of(file: BinaryIO) -> Packing | None:
    """How a file that can seek is packed; None: not at all."""
    file.seek(0)
    first = file.read(4)
    if first.startswith(_GZIP.magic):
        return _GZIP
    if first not in (_ZSTD, _DICTIONARY):
        return None
    dictionary = _dictionary(file) if first == _DICTIONARY else None
    return Packing(_ZSTD, _FIRST_BLOCK, lambda: _ZstdMember(dictionary))


class _GzipMember:
    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self._kept = b""

    @property
    def eof(self) -> bool:
        return self._member.eof

    @property
    def needs_input(self) -> bool:
        return not self._kept

    @property
    def unused_data(self) -> bytes:
        return self._member.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        try:
            piece = self._member.decompress(self._kept + data, max_length)
        except zlib.error as error:
            raise DamagedMemberError(str(error)) from error
        self._kept = self._member.unconsumed_tail
        return piece


class _ZstdMember:
    def __init__(self, dictionary: zstd.ZstdDict | None) -> None:
        self._member = zstd.ZstdDecompressor(zstd_dict=dictionary)

    @property
    def eof(self) -> bool:
        return self._member.eof

    @property
    def needs_input(self) -> bool:
        return self._member.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._member.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        try:
            return self._member.decompress(data, max_length=max_length)
        except zstd.ZstdError as error:
            raise DamagedMemberError(str(error)) from error


_GZIP: Final = Packing(b"\x1f\x8b\x08", 4_096, _GzipMember)


def _dictionary(file: BinaryIO) -> zstd.ZstdDict | None:
    """What stands in the first frame, whose magic number was read. None where it is broken: then so is all else."""
    size = int.from_bytes(file.read(4), "little")
    data = file.read(min(size, _MAX_DICTIONARY_BYTES))
    try:
        if data.startswith(_ZSTD):
            data = zstd.ZstdDecompressor().decompress(data, max_length=_MAX_DICTIONARY_BYTES)
        dictionary = zstd.ZstdDict(data)
        zstd.ZstdDecompressor(zstd_dict=dictionary)  # only who uses it finds out what is wrong with it
    except (zstd.ZstdError, ValueError):
        return None
    return dictionary
