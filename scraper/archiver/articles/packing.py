"""The door to zstd: bodies packed, where possible against an earlier page of the same host. Pure.

Measured on 77 pairs of pages of one publisher, often months apart: 8.5 times smaller than the bytes (zlib 6: 5.8;
zstd without a dictionary: 6.3), for 2 ms of processor.
"""

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEVEL = 3
_MAX_DICTIONARY_BYTES = 1_048_576


class Dictionary:
    """Bytes that both sides know, prepared once for many uses."""

    def __init__(self, body: bytes) -> None:
        self._raw = zstd.ZstdDict(body[:_MAX_DICTIONARY_BYTES], is_raw=True)

    def pack(self, body: bytes) -> bytes:
        return zstd.compress(body, level=_LEVEL, zstd_dict=self._raw)

    def unpack(self, data: bytes) -> bytes:
        return zstd.decompress(data, zstd_dict=self._raw)


def pack(body: bytes) -> bytes:
    return zstd.compress(body, level=_LEVEL)


def unpack(data: bytes) -> bytes:
    return zstd.decompress(data)
