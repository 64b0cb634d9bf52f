"""WARC files for tests, written with warcio itself: pages of a small newspaper, and whatever else a crawler writes."""

import gzip
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.pipeline.imports.members import zstd
from tests.archiver.builders import NOW


def page_of(number: int, *, more: str = "", lang: str = "en", published: str | None = None) -> bytes:
    """An article that is like no other: its words are made of its number."""
    words = " ".join(f"word{number}x{i}" for i in range(40))
    if lang.startswith("de"):
        more += "<p>Niemand konnte sagen, woher sie gekommen waren, und am Abend sind alle wieder gefahren.</p>" * 3
    stamp = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f'<!doctype html><html lang="{lang}"><head><title>Story number {number}</title>{stamp}'
        '<meta property="og:type" content="article"></head><body><article>'
        f"<h1>Story number {number}</h1><p>The harbour master counted {number} boats on Tuesday, and then: {words}.</p>"
        f"<p>Nobody could say where they had come from, and by the evening all {number} had sailed again.</p>{more}"
        "</article></body></html>"
    ).encode()


def as_zstd(file: "WarcFile", dictionary: bytes = b"") -> bytes:
    """A file that is not packed as IIPC says: a frame for each record, before them perhaps one with a dictionary."""
    ends = [*file.offsets, len(file.data)]
    records = [file.data[start:end] for start, end in zip([0, *file.offsets], ends, strict=True)]
    if not dictionary:
        return b"".join(zstd.compress(record) for record in records)
    packed = zstd.compress(dictionary)
    head = b"\x5d\x2a\x4d\x18" + len(packed).to_bytes(4, "little") + packed
    known = zstd.ZstdDict(dictionary)
    return head + b"".join(zstd.compress(record, zstd_dict=known) for record in records)


def url_of(number: int, host: str = "news.example") -> str:
    return f"https://{host}/story-{number}"


class WarcFile:
    """A WARC file under construction; `gzipped` record by record unless said otherwise."""

    def __init__(self, *, gzipped: bool = True) -> None:
        self.out = BytesIO()
        self.writer = WARCWriter(self.out, gzip=gzipped, warc_version="1.0")
        self.offsets: list[int] = []
        self.writer.write_record(self.writer.create_warcinfo_record("test.warc.gz", {"software": "tests"}))

    def add(
        self,
        url: str,
        body: bytes = b"",
        *,
        at: datetime = NOW,
        status: str = "200 OK",
        headers: Iterable[tuple[str, str]] = (("Content-Type", "text/html; charset=utf-8"),),
        kind: str = "response",
        **of_record: str,
    ) -> "WarcFile":
        self.offsets.append(self.out.tell())
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind != "resource" else None
        extra: dict[str, Any] = {"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
        extra |= {name.replace("_", "-"): value for name, value in of_record.items()}
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_content_type="text/html" if kind == "resource" else "",
            warc_headers_dict=extra,
        )
        self.writer.write_record(record)
        return self

    def add_stories(self, *numbers: int, **fields: Any) -> "WarcFile":
        for number in numbers:
            self.add(url_of(number), page_of(number), **fields)
        return self

    @property
    def data(self) -> bytes:
        return self.out.getvalue()

    def save(self, path: Path) -> Path:
        path.write_bytes(self.data)
        return path


def as_one_member(data: bytes) -> bytes:
    """The records of a plain WARC compressed as a whole, as `gzip file.warc` does."""
    return gzip.compress(data)


def arc_of(url: str, body: bytes) -> bytes:
    """An ARC file of one page, as the Internet Archive wrote them until 2008."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    version = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n\n"
    head = b"filedesc://a.arc 0.0.0.0 20050101000000 text/plain %d\n%s\n" % (len(version), version)
    return head + b"%s 1.2.3.4 20050102030405 text/html %d\n%s\n" % (url.encode(), len(http), http)
