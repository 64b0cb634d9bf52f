"""Captures of pages in a WARC or ARC file: which records are worth reading, and what the page of one was.

Looks at headers only, as it walks through a file; the pages are read by `sights.py`, in other processes. Keeps for a
while what later records refer to: earlier responses (a revisit says "as then"), and redirects (the page they led to
is the next record).
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from scraper.errors import Reason
from scraper.pipeline.imports.records import RawRecord, records_of
from scraper.pipeline.imports.steps import Step
from scraper.records import Redirect
from scraper.urls import InvalidUrlError, host_of, resolve
from scraper.warc import Record, RecordError, parse_record

_REMEMBERED: Final = 100_000
_REDIRECT_AGE: Final = timedelta(minutes=10)
_MOST_HOPS: Final = 10
_QUIET_STEP: Final = 500
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_NOT_MODIFIED: Final = 304
# Of those that are not HTML's own, the content tells.
_PAGE_TYPES: Final = frozenset(("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", ""))
_CAPTURES: Final = frozenset(("response", "resource", "revisit"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Where the capture of a page stands. `data` is the record itself where it cannot be found again at `offset`.

    `original` is where the response stands that a revisit refers to; `redirects` are those that led to the page.
    """

    path: str
    offset: int
    data: bytes | None = None
    original: int | None = None
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which captures are wanted: of these hosts and what is below them (all, where none is named), seen not before
    `since` (a page cannot tell of a day that was still to come)."""

    hosts: tuple[str, ...] = ()
    since: datetime | None = None

    def wants(self, url: str, at: datetime | None) -> bool:
        if self.since is not None and at is not None and at < self.since:
            return False
        host = host_of(url).partition(":")[0]
        return not self.hosts or any(host == name or host.endswith(f".{name}") for name in self.hosts)


def capture_steps(path: Path, wanted: Wanted, *, skip: int = 0) -> Iterator[Step[Capture]]:
    """A step for each capture wanted in the file, and now and then one for what was passed over.

    The first `skip` records were done before: of them only what later ones refer to is taken in.
    """
    walk = _Walk(str(path), wanted)
    counts: Counter[str] = Counter()
    position = quiet = 0
    with path.open("rb") as file:
        offset = 0
        for raw in records_of(file):
            position, offset, quiet = position + 1, raw.offset, quiet + 1
            told: Counter[str] = Counter()
            capture = walk.capture(raw, told)
            if position <= skip:
                continue
            counts += told
            if capture is not None or quiet >= _QUIET_STEP:
                weight = len(capture.data) if capture is not None and capture.data else 0
                yield Step(position=position, offset=offset, counts=dict(counts), item=capture, weight_bytes=weight)
                counts.clear()
                quiet = 0
        yield Step(position=max(position, skip), offset=file.tell(), counts=dict(counts))


class _Walk:
    """One walk through a file."""

    def __init__(self, path: str, wanted: Wanted) -> None:
        self._path = path
        self._wanted = wanted
        self._by_name: OrderedDict[str, int] = OrderedDict()
        self._led_to: OrderedDict[str, tuple[Redirect, datetime | None]] = OrderedDict()

    def capture(self, raw: RawRecord, counts: Counter[str]) -> Capture | None:
        """The capture that a record is, if it is one that is wanted; else what it is instead is counted."""
        if raw.fault is not None:
            counts[raw.fault] += 1
        if raw.data is None:
            return None
        try:
            record = parse_record(raw.data)
        except RecordError:
            counts[Reason.BAD_RECORD] += 1
            return None
        if record.kind not in _CAPTURES:
            return None
        counts["seen"] += 1
        self._remember(record, raw)
        reason = self._unwanted(record)
        if reason is not None:
            counts[reason] += 1
            return None
        return self._made(record, raw, counts)

    def _made(self, record: Record, raw: RawRecord, counts: Counter[str]) -> Capture | None:
        original = None
        if record.kind == "revisit":
            original = self._original(record)
            if original is None:
                counts[Reason.REVISIT_UNRESOLVED] += 1
                return None
        assert record.url is not None, "what is wanted has an address"
        return Capture(
            path=self._path,
            offset=raw.offset,
            data=None if raw.alone else raw.data,
            original=original,
            redirects=self._redirects(record.url, record.at),
        )

    def _unwanted(self, record: Record) -> Reason | None:
        """Why a record is passed over; None where it is not."""
        if record.url is None or record.at is None:
            return Reason.BAD_RECORD
        try:
            if not self._wanted.wants(record.url, record.at):
                return Reason.FILTERED
        except InvalidUrlError:
            return Reason.NOT_WEB
        is_revisit = record.kind == "revisit"
        if record.status not in (None, 200) and not (is_revisit and record.status == _NOT_MODIFIED):
            self._note_redirect(record)
            return Reason.NOT_OK
        if record.kind == "response" and record.status is None:
            return Reason.BAD_RECORD
        return None if is_revisit or _may_be_page(record) else Reason.NOT_HTML

    def _remember(self, record: Record, raw: RawRecord) -> None:
        if record.kind != "response" or not raw.alone or record.status != 200 or not _may_be_page(record):
            return
        for name in (record.record_id, record.payload_digest, record.url):
            if name:
                _put(self._by_name, name, raw.offset)

    def _original(self, record: Record) -> int | None:
        """Where the response stands: the same bytes, or (304) the last of the same address."""
        is_same_place = record.status == _NOT_MODIFIED
        names = (record.refers_to, (record.refers_to_url or record.url) if is_same_place else record.payload_digest)
        return next((self._by_name[name] for name in names if name and name in self._by_name), None)

    def _note_redirect(self, record: Record) -> None:
        location = record.header("Location")
        if record.status not in _REDIRECTS or not location or record.url is None:
            return
        try:
            target = resolve(location, record.url)
        except InvalidUrlError:
            return
        _put(self._led_to, target, (Redirect(url=record.url, status=record.status, location=location), record.at))

    def _redirects(self, url: str, at: datetime | None) -> tuple[Redirect, ...]:
        """The redirects that led to `url` just before, first one first."""
        hops: list[Redirect] = []
        while len(hops) < _MOST_HOPS:
            hop, seen_at = self._led_to.pop(url, (None, None))
            if hop is None or seen_at is None or at is None or abs(at - seen_at) > _REDIRECT_AGE:
                break
            hops.insert(0, hop)
            url = hop.url
        return tuple(hops)


def _put(memory: OrderedDict, key: str, value: object) -> None:  # type: ignore[type-arg]
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > _REMEMBERED:
        memory.popitem(last=False)


def _may_be_page(record: Record) -> bool:
    """Whether the Content-Type leaves hope."""
    stated = record.header("Content-Type") if record.kind == "response" else record.content_type
    media_type = (stated or "").split(";")[0].strip().lower()
    return media_type in _PAGE_TYPES
