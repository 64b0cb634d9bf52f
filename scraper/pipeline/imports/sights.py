"""Reads pages that were captured or saved: from bytes in a file to an article, or the reason why there is none.

Runs in other processes: takes names of files and places in them, opens no archive, and never raises for what it reads:
only where the file of all captures has gone, which concerns them all.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from scraper.crawler import walls
from scraper.crawler.http.encodings import CodingError, CutError, TooLargeError, decode_body
from scraper.errors import ItemError, Reason, UsageError
from scraper.pipeline.imports.captures import Capture
from scraper.pipeline.imports.records import record_at
from scraper.pipeline.imports.steps import Sight
from scraper.pipeline.pages.extraction import article_of, in_time
from scraper.records import Article, Page
from scraper.rules.site_rules import SiteRule
from scraper.urls import InvalidUrlError, resolve
from scraper.warc import Record, RecordError, parse_record, restored_headers

_LOOKED_AT = 4_096

_STATED_AS_HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)


PageRead = tuple[Page, tuple[Reason, ...]]
"""A page, and what was wrong with it though it could be read."""


class UnreadableError(Exception):
    """An item of which no page can be made; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How pages are read, none longer than so many `seconds`, and which articles are wanted: in this language (BCP 47:
    ``de`` means ``de-CH`` too), published at `since` or later and before `until`. Where a page states no date, the day
    it was seen counts."""

    rules: tuple[SiteRule, ...] = ()
    max_bytes: int = 20_000_000
    seconds: float = 60.0
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def wants(self, article: Article, page: Page) -> bool:
        if self.language and not f"{article.language or ''}-".lower().startswith(f"{self.language.lower()}-"):
            return False
        at = article.published.at if article.published else page.fetched_at
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


def read_captures(captures: Sequence[Capture], reading: Reading) -> list[Sight]:
    """What is in these captures, in their order. Raises UsageError where their file cannot be opened any more."""
    return [read_sight(partial(_captured, capture, reading.max_bytes), reading) for capture in captures]


def lost_item(_: object) -> Sight:
    """What is said of an item that ended the process that read it."""
    return Sight(reason=Reason.KILLED_READER)


def read_sight(read: Callable[[], PageRead], reading: Reading, *, is_html: bool = False) -> Sight:
    """The article on the page that `read` gives, if it is one that is wanted; else why not.

    `is_html` says that somebody knows that it is HTML.
    """
    try:
        page, notes = read()
        if not (is_html or _is_html(page)):
            return Sight(reason=Reason.NOT_HTML)
        article = in_time(reading.seconds, page.url, partial(article_of, page, reading.rules))
    except (UnreadableError, ItemError) as error:
        return Sight(reason=error.reason)
    except InvalidUrlError:
        return Sight(reason=Reason.BAD_URL)
    except UsageError:
        raise
    except Exception as fault:  # noqa: BLE001 - one hostile page must not end the import; it is told with its words
        return Sight(reason=Reason.INTERNAL, message=f"{type(fault).__name__}: {fault}")
    if not reading.wants(article, page):
        return Sight(reason=Reason.FILTERED)
    return Sight(page=page, article=article, notes=notes)


def _is_html(page: Page) -> bool:
    """Whether it says so, or, where its type says little, looks so."""
    return bool(_STATED_AS_HTML.match(page.header("Content-Type") or "")) or walls.is_html(page)


def _captured(capture: Capture, max_bytes: int) -> PageRead:
    record = _record_at(capture.path, capture.offset) if capture.data is None else _parsed(capture.data)
    holder = record if capture.original is None else _record_at(capture.path, capture.original)
    if record.url is None or record.at is None:
        raise UnreadableError(Reason.BAD_RECORD)
    body, notes = _body(holder, max_bytes)
    headers = record.headers if record.header("Content-Type") else holder.headers
    if holder.kind == "resource":
        headers = (("Content-Type", holder.content_type or ""),)
    url = resolve(record.url)
    page = Page(
        url=resolve(capture.redirects[0].url) if capture.redirects else url,
        final_url=url,
        body=body,
        fetched_at=record.at.replace(microsecond=0),
        headers=restored_headers(headers),
        redirects=capture.redirects,
        wire_bytes=len(holder.payload),
    )
    return page, notes


def _record_at(path: str, offset: int) -> Record:
    try:
        with Path(path).open("rb") as file:
            raw = record_at(file, offset)
    except OSError as error:
        raise UsageError(f"{path} cannot be read any more: {error.strerror}.") from error
    if raw is None or raw.data is None:
        raise UnreadableError(Reason.BAD_RECORD)
    return _parsed(raw.data)


def _parsed(data: bytes) -> Record:
    try:
        return parse_record(data)
    except RecordError as error:
        raise UnreadableError(Reason.BAD_RECORD) from error


def _body(record: Record, max_bytes: int) -> tuple[bytes, tuple[Reason, ...]]:
    """The decoded body of a response, as far as it goes.

    Many archives store it decoded and leave the header that says otherwise; so did Common Crawl.
    """
    cut = (Reason.TRUNCATED,) if record.truncated else ()
    pieces: list[bytes] = []
    try:
        for piece in decode_body([record.payload], record.header("Content-Encoding"), max_bytes=max_bytes):
            pieces.append(piece)  # noqa: PERF402 - what came before an error is kept
    except TooLargeError as error:
        raise UnreadableError(Reason.TOO_LARGE) from error
    except CutError:
        cut = (Reason.TRUNCATED,)
    except CodingError as error:
        if pieces or b"<" not in record.payload[:_LOOKED_AT]:
            raise UnreadableError(Reason.BAD_ENCODING) from error
        return record.payload[:max_bytes], cut
    return b"".join(pieces), cut
