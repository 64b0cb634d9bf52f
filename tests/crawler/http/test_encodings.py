import gzip
import zlib
from collections.abc import Callable
from functools import partial

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawler.http.encodings import CodingError, CutError, TooLargeError, decode_body, zstd

TEXT = b"Die Stadt Altenfurt baut ein Wehr. " * 3_000


def _bare_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


FORMS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("GZip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", _bare_deflate),
    ("br", brotli.compress),
    ("zstd", zstd.compress),
    ("identity", bytes),
    ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
]


def decoded(data: bytes, coding: str | None, *, step: int = 1_000, max_bytes: int = 1_000_000) -> bytes:
    chunks = (data[at : at + step] for at in range(0, len(data), step))
    return b"".join(decode_body(chunks, coding, max_bytes=max_bytes))


def handed_out(data: bytes, coding: str, *, max_bytes: int) -> list[bytes]:
    """The pieces that come before the error that more than `max_bytes` must bring."""
    pieces: list[bytes] = []
    stream = decode_body([data], coding, max_bytes=max_bytes)

    def collect() -> None:
        for piece in stream:
            pieces.append(piece)  # noqa: PERF402 - list() would lose what came before the error

    with pytest.raises(TooLargeError):
        collect()
    return pieces


@pytest.mark.parametrize(("coding", "compress"), FORMS)
@pytest.mark.parametrize("step", [1, 7, 1_000_000])
def test_what_was_encoded_comes_back(coding: str, compress: Callable[[bytes], bytes], step: int) -> None:
    assert decoded(compress(TEXT), coding, step=step) == TEXT


@pytest.mark.parametrize("compress", [zlib.compress, _bare_deflate])
def test_deflate_of_every_length_about_a_step_comes_back(compress: Callable[[bytes], bytes]) -> None:
    """Output may be left inside when all input is taken."""
    for length in range((1 << 16) - 2, (1 << 16) + 300):
        assert decoded(compress(b"a" * length), "deflate") == b"a" * length


@pytest.mark.parametrize("compress", [gzip.compress, zstd.compress])
def test_several_members_are_one_body(compress: Callable[[bytes], bytes]) -> None:
    coding = "gzip" if compress is gzip.compress else "zstd"

    assert decoded(compress(TEXT) + compress(b"end"), coding, step=1) == TEXT + b"end"


@pytest.mark.parametrize("garbage", [b"\0\0\0", b"\x1f", b"<!-- served in 3 ms -->"])
def test_what_follows_a_gzip_stream_is_ignored(garbage: bytes) -> None:
    assert decoded(gzip.compress(TEXT) + garbage, "gzip", step=1) == TEXT


@pytest.mark.parametrize(("coding", "compress"), [form for form in FORMS if form[0] != "identity"])
def test_a_stream_that_breaks_off_is_noticed(coding: str, compress: Callable[[bytes], bytes]) -> None:
    with pytest.raises(CutError):
        decoded(compress(TEXT)[:-9], coding)


@pytest.mark.parametrize(("coding", "compress"), FORMS)
def test_the_part_within_the_cap_is_handed_out_first(coding: str, compress: Callable[[bytes], bytes]) -> None:
    pieces = handed_out(compress(TEXT), coding, max_bytes=5_000)

    assert b"".join(pieces) == TEXT[:5_000]


@pytest.mark.parametrize(
    ("coding", "compress"),
    [("gzip", gzip.compress), ("br", partial(brotli.compress, quality=4)), ("zstd", zstd.compress)],
    ids=["gzip", "br", "zstd"],
)
def test_a_bomb_is_opened_step_by_step(coding: str, compress: Callable[[bytes], bytes]) -> None:
    """However much a few bytes stand for, no piece is large."""
    bomb = compress(bytes(50_000_000))
    sizes = [len(piece) for piece in handed_out(bomb, coding, max_bytes=3_000_000)]

    assert max(sizes) <= 300_000
    assert sum(sizes) == 3_000_000


@pytest.mark.parametrize("coding", ["compress", "sdch", "zip", "gzip, snappy", "gzip, gzip, gzip"])
def test_unknown_codings_and_many_layers_are_errors(coding: str) -> None:
    with pytest.raises(CodingError):
        decoded(gzip.compress(TEXT), coding)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
def test_plain_text_under_a_coding_is_an_error(coding: str) -> None:
    with pytest.raises(CodingError):
        decoded(b"<html><p>not encoded at all</p></html>", coding)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate", None, "", "identity"])
def test_an_empty_body_is_empty_under_every_coding(coding: str | None) -> None:
    assert decoded(b"", coding) == b""


def test_a_zstd_window_beyond_the_web_s_limit_is_refused() -> None:
    """RFC 9659: 8 MB at most; a frame may ask for gigabytes."""
    stream = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    data = stream.compress(bytes(100)) + stream.flush()

    with pytest.raises(CodingError):
        decoded(data, "zstd")


@given(st.binary(max_size=300), st.sampled_from(["gzip", "br", "zstd", "deflate"]))
def test_noise_is_decoded_or_refused_and_nothing_else(noise: bytes, coding: str) -> None:
    try:
        decoded(noise, coding, step=7)
    except CodingError:
        return
