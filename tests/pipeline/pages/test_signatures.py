"""What a body is by its first bytes."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.pipeline.pages.signatures import type_by_signature


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (gzip.compress(b"<p>A page, packed twice.", mtime=0), "application/gzip"),
        (b"PK\x03\x04\x14\x00", "application/zip"),
    ],
)
def test_files_are_known(body: bytes, media_type: str) -> None:
    assert type_by_signature(body) == media_type


@pytest.mark.parametrize(
    "body",
    [b"<!doctype html>", b"", b"PK", b"%PDF", b"RIFF was here", "\ufeffGIF89".encode(), b"x = ftyp", b"BMW recalls"],
)
def test_pages_are_none(body: bytes) -> None:
    assert type_by_signature(body) is None


@given(st.text())
def test_no_text_in_utf_16_or_utf_8_with_its_mark_is_a_file(text: str) -> None:
    assert type_by_signature(text.encode("utf-16", "surrogatepass")) is None
    assert type_by_signature(text.encode("utf-8-sig", "surrogatepass")) is None
