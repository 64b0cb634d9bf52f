"""Rows become records: each column as the type of the field that has its name."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from scraper.archiver.store.columns import record_from
from scraper.records import Link, LinkKind, Precision, Redirect, Timestamp, Validators

AT = datetime(2026, 2, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    text: str | None
    at: datetime
    until: datetime | None
    word: LinkKind | None
    sure: bool
    known: bool | None
    names: tuple[str, ...]
    times: tuple[datetime, ...]
    hours: frozenset[int]
    counts: Mapping[str, int]
    hops: tuple[Redirect, ...]
    published: Timestamp | None
    validators: Validators | None
    given: tuple[Link, ...] = ()


def _row(**columns: object) -> sqlite3.Row:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    named = ", ".join(f"? AS {name}" for name in columns)
    row: sqlite3.Row = connection.execute(f"SELECT {named}", tuple(columns.values())).fetchone()
    connection.close()
    return row


def test_a_column_becomes_what_the_type_of_its_field_says() -> None:
    link = Link(kind=LinkKind.BODY, url="https://a.example/", position=1)
    row = _row(
        text="Tide",
        at="2026-02-02T09:30:00Z",
        until="2026-02-02T09:30:00Z",
        word="body",
        sure=1,
        known=0,
        names='["Ina Kant"]',
        times='["2026-02-02T09:30:00Z"]',
        hours="[3, 4]",
        counts='{"pages": 2}',
        hops='[{"url": "a", "status": 301, "location": "b"}]',
        published="2026-02-02T09:30:00Z",
        published_precision="minute",
        published_offset_minutes=60,
        published_raw="10:30",
        etag='"1"',
        last_modified=None,
    )
    assert record_from(_Sample, row, given=(link,)) == _Sample(
        text="Tide",
        at=AT,
        until=AT,
        word=LinkKind.BODY,
        sure=True,
        known=False,
        names=("Ina Kant",),
        times=(AT,),
        hours=frozenset((3, 4)),
        counts={"pages": 2},
        hops=(Redirect(url="a", status=301, location="b"),),
        published=Timestamp(at=AT, offset_minutes=60, precision=Precision.MINUTE, raw="10:30"),
        validators=Validators(etag='"1"'),
        given=(link,),
    )


def test_what_is_null_is_unknown_or_empty() -> None:
    names = (*("text", "until", "word", "sure", "known", "names", "times", "hours", "counts", "hops"), "published")
    row = _row(at="2026-02-02T09:30:00Z", **dict.fromkeys((*names, "etag", "last_modified")))
    found = record_from(_Sample, row, given=())
    assert (found.text, found.until, found.word, found.known) == (None, None, None, None)
    assert (found.published, found.validators) == (None, None)
    assert (found.sure, found.names, found.times, found.hours) == (False, (), (), frozenset())
    assert (found.counts, found.hops) == ({}, ())
