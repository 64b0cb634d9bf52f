"""Content codings taken off while the bytes arrive: gzip, deflate, br, zstd, never past a cap. No HTTP here."""

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPT_ENCODING = "gzip, br, zstd, deflate"

MAX_CODINGS = 2
"""More than two layers is no server's habit; each may multiply the size by a thousand."""

_STEP_BYTES = 1 << 16
# RFC 9659: a zstd window over the web is at most 8 MB, and a decoder need not allocate more.
_ZSTD_OPTIONS: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}


class CodingError(ValueError):
    """The body is not what Content-Encoding says, or says what nobody decodes."""


class CutError(CodingError):
    """The compressed stream ends before its own end mark: the body is not whole."""


class TooLargeError(CodingError):
    """More bytes come out than the cap allows."""


class _Decoder(Protocol):
    def decode(self, data: bytes) -> Iterator[bytes]:
        """What `data` brings out, in steps of bounded size."""

    def finish(self) -> None:
        """Raises CutError where the stream has not ended."""


def decode_body(chunks: Iterable[bytes], content_encoding: str | None, *, max_bytes: int) -> Iterator[bytes]:
    """Yield the bytes under the codings that a Content-Encoding header names (RFC 9110 section 8.4).

    At no time is more than one step (64 KiB) held beyond what was asked for. Raises CodingError for an unknown,
    wrong or third coding, CutError for a stream that breaks off, TooLargeError past `max_bytes`.
    """
    stream = iter(chunks)
    for make in reversed(_decoders(content_encoding)):
        stream = _through(make(), stream)
    return _capped(stream, max_bytes)


def _decoders(content_encoding: str | None) -> list[Callable[[], _Decoder]]:
    names = [name.strip().lower() for name in (content_encoding or "").split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > MAX_CODINGS:
        raise CodingError(f"{len(names)} content codings, one on the other")
    unknown = [name for name in names if name not in _DECODERS]
    if unknown:
        raise CodingError(f"an unknown content coding: {unknown[0][:50]!r}")
    return [_DECODERS[name] for name in names]


def _through(decoder: _Decoder, chunks: Iterable[bytes]) -> Iterator[bytes]:
    arrived = False
    for chunk in chunks:
        arrived = arrived or bool(chunk)
        yield from decoder.decode(chunk)
    # An empty body under a coding is what servers send with errors and with HEAD in mind: nothing is missing.
    if arrived:
        decoder.finish()


def _capped(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > max_bytes:
            # What fits is handed out first: robots.txt is read up to its limit and no further.
            yield chunk[: len(chunk) - (total - max_bytes)]
            raise TooLargeError(f"more than {max_bytes:,} bytes after decoding")
        yield chunk


class _Gzip:
    """RFC 1952, with any number of members; what follows the last one is ignored, as browsers do."""

    _MAGIC = b"\x1f\x8b"

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self._held = b""  # the first byte of what may be the next member
        self._over = False

    def decode(self, data: bytes) -> Iterator[bytes]:
        data, self._held = self._held + data, b""
        while data and not self._over:
            if self._member.eof:
                if data == self._MAGIC[:1]:
                    self._held = data
                    return
                if not data.startswith(self._MAGIC):
                    self._over = True
                    return
                self._member = zlib.decompressobj(wbits=31)
            else:
                yield _zlib_step(self._member, data)
                data = self._member.unused_data or self._member.unconsumed_tail

    def finish(self) -> None:
        if not self._member.eof:
            raise CutError("the gzip stream breaks off")


class _Deflate:
    """RFC 1950 as the standard says, or the bare RFC 1951 that some servers send under the same name."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None

    def decode(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None and data:
            # RFC 1950 section 2.2: the first byte of the zlib form names method 8 in its low half.
            self._stream = zlib.decompressobj(wbits=15 if data[0] & 0x0F == 8 else -15)
        while self._stream is not None and not self._stream.eof:
            out = _zlib_step(self._stream, data)
            yield out
            data = self._stream.unconsumed_tail
            # The bare form has no trailer: all input may be taken while output is left inside, after a full step only.
            if not data and len(out) < _STEP_BYTES:
                return

    def finish(self) -> None:
        if self._stream is not None and not self._stream.eof:
            raise CutError("the deflate stream breaks off")


def _zlib_step(stream: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return stream.decompress(data, _STEP_BYTES)
    except zlib.error as error:
        raise CodingError(f"not what Content-Encoding says: {error}") from error


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def decode(self, data: bytes) -> Iterator[bytes]:
        while not self._stream.is_finished():
            try:
                out = self._stream.process(data, output_buffer_limit=_STEP_BYTES)
            except brotli.error as error:
                raise CodingError("not what Content-Encoding says: br") from error
            # Output may be left inside although more input could be taken (seen with brotli 1.2): ask until none comes.
            if not out:
                return
            yield out
            data = b""

    def finish(self) -> None:
        if not self._stream.is_finished():
            raise CutError("the br stream breaks off")


class _Zstd:
    """RFC 8878, with any number of frames."""

    def __init__(self) -> None:
        self._frame = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)

    def decode(self, data: bytes) -> Iterator[bytes]:
        while data or not (self._frame.needs_input or self._frame.eof):
            if self._frame.eof:
                self._frame = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)
            try:
                yield self._frame.decompress(data, _STEP_BYTES)
            except zstd.ZstdError as error:
                raise CodingError(f"not what Content-Encoding says: {error}") from error
            data = self._frame.unused_data if self._frame.eof else b""

    def finish(self) -> None:
        if not self._frame.eof:
            raise CutError("the zstd stream breaks off")


_DECODERS: dict[str, Callable[[], _Decoder]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
