"""What a body is by its first bytes, where a file is sent or named as a web page. Knows no HTML, and looks no further.

The patterns are those of the MIME Sniffing Standard (https://mimesniff.spec.whatwg.org, section 6) and of archives and
documents that stand on the web, as far as no text can begin with them.
"""

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"%!PS-Adobe-", "application/postscript"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"PK\x03\x04", "application/zip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"OggS\x00", "application/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
)


def type_by_signature(body: bytes) -> str | None:
    """The media type that the first bytes stand for; None for what may be a page."""
    for start, media_type in _SIGNATURES:
        if body.startswith(start):
            return media_type
    if body.startswith(b"RIFF") and body[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wave", b"AVI ": "video/avi"}[body[8:12]]
    # ISO/IEC 14496-12, 4.3: the length of the first box, then its name; also of AVIF and HEIC pictures.
    return "video/mp4" if body[4:8] == b"ftyp" and body[:2] == b"\x00\x00" else None


def why_no_page(content: bytes) -> str | None:
    """What a file is instead of a saved page, in words that follow its name; None where it may be one."""
    if not content.strip():
        return "is empty"
    media_type = type_by_signature(content)
    return media_type and f"is no web page but {media_type}"
