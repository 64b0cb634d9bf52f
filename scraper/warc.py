"""WARC and ARC records: what one says, and records written. The only door to warcio, which is an extra.

Standards: ISO 28500:2017 (WARC/1.1), and the ARC format of the Internet Archive. Takes no file apart: see
`pipeline/imports/records.py` for that.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from scraper.errors import MissingExtraError
from scraper.headers import Headers, first_of

# A body that was decoded before it was stored keeps what its headers said under these names: those of replay tools,
# and those of Common Crawl.
_ORIGINAL = "X-Archive-Orig-"
_ORIGINALS = (_ORIGINAL.lower(), "x-crawl-")
_OF_THE_WIRE = frozenset(("content-encoding", "transfer-encoding", "content-length"))

_TARGET = re.compile(rb"^(WARC-Target-URI:)[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_LINE_ENDS = re.compile(r"[\r\n\x00]+")
_STATUS = re.compile(r"\s*(\d{3})(?:\s|$)")
_PHRASES = {200: "OK", 301: "Moved Permanently", 302: "Found", 303: "See Other", 307: "Temporary Redirect"}


class RecordError(ValueError):
    """Bytes that are no record of WARC or ARC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record. `kind` is its WARC-Type (``response`` for ARC); `url` and `at` what was captured, and when.

    `status` and `headers` are those of the HTTP response, where there is one; `payload` is what follows them, with
    chunks taken off and content codings left on. `truncated` says why it was cut when it was captured.
    """

    kind: str
    url: str | None = None
    at: datetime | None = None
    status: int | None = None
    headers: Headers = ()
    payload: bytes = b""
    content_type: str | None = None
    record_id: str | None = None
    refers_to: str | None = None
    refers_to_url: str | None = None
    payload_digest: str | None = None
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """The first HTTP header of that name, whatever its case."""
        return first_of(self.headers, name)


def require_warcio() -> None:
    """Raise MissingExtraError where warcio is not installed."""
    _warcio("recordloader")


def parse_record(data: bytes) -> Record:
    """The record in `data`, which holds its headers and its block. Raises RecordError where there is none."""
    loader = _warcio("recordloader").ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    # Spaces in the address are mended here, because warcio logs each.
    data = _TARGET.sub(lambda found: found[1] + b" " + found[2].strip().replace(b" ", b"%20"), data, count=1)
    try:
        raw = loader.parse_record_stream(BytesIO(data))
        return _record(raw)
    except Exception as error:  # warcio raises whatever its code meets in broken headers
        raise RecordError(f"{type(error).__name__}: {error}") from error


def _record(raw: Any) -> Record:
    of_record, http = raw.rec_headers.get_header, raw.http_headers
    is_arc = raw.format == "arc"
    headers: Headers = tuple((name, value) for name, value in http.headers) if http else ()
    payload = raw.raw_stream.read() or b""
    coding = http.get_header("Transfer-Encoding") if http else None
    if coding and "chunked" in coding.lower():
        payload = _warcio("bufferedreaders").ChunkedDataReader(BytesIO(payload)).read()
    return Record(
        kind=raw.rec_type or "",
        url=of_record("uri" if is_arc else "WARC-Target-URI"),
        at=_moment(of_record("archive-date" if is_arc else "WARC-Date")),
        status=_status(http.statusline) if http else None,
        headers=headers,
        payload=payload,
        content_type=raw.content_type,
        record_id=of_record("WARC-Record-ID"),
        refers_to=of_record("WARC-Refers-To"),
        refers_to_url=of_record("WARC-Refers-To-Target-URI"),
        payload_digest=of_record("WARC-Payload-Digest"),
        truncated=of_record("WARC-Truncated"),
    )


def _status(line: str) -> int | None:
    found = _STATUS.match(line)
    return int(found[1]) if found else None


def _moment(text: str | None) -> datetime | None:
    """ISO 8601 of any precision (WARC), or fourteen digits (ARC); without a zone it is UTC."""
    text = (text or "").strip()
    try:
        if text.isdigit():
            return datetime.strptime(text[:14].ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def restored_headers(headers: Headers) -> Headers:
    """`headers` as the server sent them, where whoever stored a decoded body kept them under other names."""
    if not any(name.lower().startswith(_ORIGINALS) for name, _ in headers):
        return headers
    kept = ((name, value) for name, value in headers if name.lower() not in _OF_THE_WIRE)
    restored = ((_unprefixed(name), name, value) for name, value in kept)
    return tuple((was, value) for was, name, value in restored if value or was == name)


def _unprefixed(name: str) -> str:
    prefix = next((prefix for prefix in _ORIGINALS if name.lower().startswith(prefix)), "")
    return name[len(prefix) :]


class WarcWriter:
    """Writes records of WARC/1.1, each a gzip member of its own, as replay tools (pywb, wayback) want them.

    The same records give the same bytes: their ids are made of what they hold.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._writer = _warcio("warcwriter").WARCWriter(out, gzip=True, warc_version="1.1")
        self._heads = _warcio("statusandheaders").StatusAndHeaders

    def write_info(self, name: str, fields: Mapping[str, str], at: datetime) -> None:
        """Write what the file is and who wrote it, as its first record."""
        record = self._writer.create_warcinfo_record(name, dict(fields))
        record.rec_headers.replace_header("WARC-Date", _text(at))
        record.rec_headers.replace_header("WARC-Record-ID", _id("warcinfo", name, _text(at)))
        self._writer.write_record(record)

    def write_response(
        self, url: str, at: datetime, status: int, headers: Iterable[tuple[str, str]], body: bytes
    ) -> None:
        """Write one response whose `body` is decoded: headers that speak of it as it was sent get other names."""
        line = f"{status} {_PHRASES.get(status, '')}".strip()
        http = self._heads(line, rewritten_headers(headers, body), protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            _one_line(url),
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": _text(at), "WARC-Record-ID": _id(url, _text(at), str(status))},
        )
        self._writer.write_record(record)


def rewritten_headers(headers: Iterable[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    """`headers` for a decoded body: its own length, and what was said of the encoded one under X-Archive-Orig-.

    An empty X-Archive-Orig-Content-Length says that there was none.
    """
    clean = [(_one_line(name), _one_line(value)) for name, value in headers]
    length = str(len(body))
    kept = [
        (f"{_ORIGINAL}{name}" if name.lower() in _OF_THE_WIRE and value != length else name, value)
        for name, value in clean
    ]
    names = {name.lower() for name, _ in kept}
    if "content-length" not in names:
        kept.append(("Content-Length", length))
        if f"{_ORIGINAL}content-length".lower() not in names:
            kept.append((f"{_ORIGINAL}Content-Length", ""))
    return kept


def _one_line(text: str) -> str:
    return _LINE_ENDS.sub(" ", text).strip()


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _id(*parts: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(parts))}>"


def _warcio(name: str) -> ModuleType:
    """A module of warcio, loaded when it is needed."""
    try:
        import_module("warcio")
    except ImportError as error:
        raise MissingExtraError("WARC files need warcio: pip install 'scraper[warc]'") from error
    return import_module(f"warcio.{name}")
