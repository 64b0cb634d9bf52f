"""Raw pages as a WARC file: each response with the redirects that led to it, for replay tools and other archives."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from scraper.records import Page
from scraper.version import VERSION
from scraper.warc import WarcWriter

_FORMAT = "WARC File Format 1.1"
_STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def write_warc(pages: Iterable[Page], out: BinaryIO, *, name: str, now: datetime) -> int:
    """Write `pages` as WARC/1.1, gzipped record by record; how many there were.

    Bodies are decoded, as they are stored: headers that speak of how they were sent are kept as X-Archive-Orig-*.
    A redirect is a response of its own without a body. Raises MissingExtraError without warcio.
    """
    writer = WarcWriter(out)
    fields = {"software": f"scraper/{VERSION}", "format": _FORMAT, "conformsTo": _STANDARD}
    writer.write_info(name, fields, now)
    count = 0
    for page in pages:
        for hop in page.redirects:
            writer.write_response(hop.url, page.fetched_at, hop.status, (("Location", hop.location),), b"")
        writer.write_response(page.final_url, page.fetched_at, page.status, page.headers, page.body)
        count += 1
    return count
