"""A page's bytes as UTF-8, whatever they were: byte order mark, HTTP charset, declaration, evidence. Parses nothing."""

from codecs import utf_8_decode

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from scraper.charsets import charset_of

# Enough for any declaration or detector; the specification asks for the declaration in the first 1,024 bytes.
_HEAD_BYTES = 4096
_SAMPLE_BYTES = 65536
# Below this many bytes outside ASCII a detector guesses at random; windows-1252 is what browsers assume.
_EVIDENCE_BYTES = 40
_ASCII = bytes(range(128))
# Read piece by piece, the text of a page needs no new memory: six tenths of the time of decoding it whole.
_PIECE_BYTES = 8192


def to_utf8(page: bytes | str, content_type: str | None = None) -> bytes:
    """`page` as valid UTF-8. Never raises: what cannot be decoded becomes U+FFFD.

    A byte order mark wins, as in the Encoding Standard. Then bytes that are UTF-8 are UTF-8, whatever they claim:
    text in another charset that happens to be valid UTF-8 does not occur, a wrong claim often does.
    """
    if isinstance(page, str):
        return page.encode("utf-8", "replace")
    by_mark, mark = read_bom(page)
    if by_mark and mark:
        page = page[len(mark) :]
        return page.decode("utf-8", "replace").encode() if by_mark == "utf-8" else _transcode(page, by_mark)
    if _may_be_utf8(page) and _is_utf8(page):
        return page
    return _by_declaration(page, content_type)


def _may_be_utf8(page: bytes) -> bool:
    """ISO-2022 (escapes) and UTF-16 (every other byte NUL) are valid UTF-8 by the letter, so they need another look."""
    head = page[:_HEAD_BYTES]
    return b"\x1b" not in head and head.count(0) * 4 < len(head) + 4


def _is_utf8(page: bytes) -> bool:
    if page.isascii():
        return True
    read, size = 0, len(page)
    try:
        while read < size:
            piece = page[read : read + _PIECE_BYTES]
            read += len(piece) if piece.isascii() else utf_8_decode(piece, "strict", read + _PIECE_BYTES >= size)[1]
    except UnicodeDecodeError:
        return False
    return True


def _by_declaration(page: bytes, content_type: str | None) -> bytes:
    head = page[:_HEAD_BYTES]
    if head.count(0) * 4 >= len(head) + 4:
        return _transcode(page, "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be")
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(head)
    charset = None if declared in (None, "utf-8", "ascii") else charset_of(declared)
    return _transcode(page, charset or ("utf-8" if _mostly_utf8(page) else _detected(page)))


def _mostly_utf8(page: bytes) -> bool:
    """Is it UTF-8 with a few bad bytes (a cut quotation, a pasted footer), not an eight-bit charset throughout?"""
    text = page.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return bad * 5 < beyond_ascii


def _detected(page: bytes) -> str:
    sample = page[:_SAMPLE_BYTES]
    if len(sample) < len(page):  # not within a character: a detector then rules the right charset out
        sample = sample[: sample.rfind(b"<") + 1] or sample
    if len(sample.translate(None, _ASCII)) < _EVIDENCE_BYTES:
        return "windows-1252"
    # One page in a hundred gets here; every process would take a sixth of its start to import this.
    from bs4.dammit import EncodingDetector  # noqa: PLC0415

    guesses = [guess for guess in EncodingDetector(sample).encodings if guess != "ascii"]
    return next((guess for guess in guesses if _is_in(sample, guess)), "windows-1252")


def _is_in(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except (LookupError, ValueError):
        return False
    return True


def _transcode(page: bytes, encoding: str) -> bytes:
    return page.decode(encoding, "replace").encode("utf-8", "replace")
