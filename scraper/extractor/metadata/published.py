"""When the article was published and last changed: every place that states a day votes, the fullest winner stands.

Puts what the places of a page state together; where those are and how far each is believed is not known here. The two
dates are told apart by property names and by the words shown beside them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from scraper.extractor.metadata.date_claims import DateClaim, DateReader
from scraper.extractor.metadata.date_places import (
    NEAR,
    in_address,
    in_meta_tags,
    in_structured_data,
    last_changed,
    shown_dates,
)
from scraper.extractor.metadata.date_resorts import last_resorts
from scraper.extractor.metadata.jsonld import LinkedData, Node
from scraper.extractor.metadata.marks import Marks
from scraper.extractor.page.document import Document
from scraper.records import Precision, Timestamp
from scraper.text import one_line

_MOST_AHEAD: Final = timedelta(hours=14)
_MOST_BEHIND: Final = timedelta(hours=11)
_MINUTE: Final = timedelta(minutes=1)
_QUARTER: Final = timedelta(minutes=15)

_REPUBLISHED: Final = 8.0
_STRUCTURED = frozenset(("json-ld", "microdata"))
_DECLARED = frozenset(("meta", "opengraph", "script"))

_MONTHS: Final = 12
_ISO_DAY: Final = 10
_ISO = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-2])")
_IN_NUMBERS = re.compile(r"(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d\d){1,2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Dates:
    """The two dates, each with the kind of source that stated it."""

    published: Timestamp | None = None
    published_source: str | None = None
    modified: Timestamp | None = None
    modified_source: str | None = None


def read_dates(
    doc: Document,
    nodes: Sequence[tuple[str, Node, LinkedData]],
    marks: Marks,
    *,
    languages: Sequence[str] = (),
    not_after: datetime | None = None,
) -> Dates:
    """The dates of this article. `languages` (BCP 47) decide how 3/4/2024 is read; nothing after `not_after` counts."""
    reader = DateReader(tuple(languages), not_after)
    declared = [*in_structured_data(nodes, reader), *in_meta_tags(doc, reader), *last_changed(doc, reader)]
    address = list(in_address(doc, reader))
    titles = [one_line(title) for title in (doc.title_tag, *doc.meta.get("og:title", ())) if title]
    shown = list(shown_dates(marks, reader, titles))
    shown = _reconsidered(shown, declared, address, machine=_machine_days(doc, shown))
    declared = _in_local_time(declared, shown)
    claims = [*declared, *_at_moments(shown, [*declared, *address]), *address]
    if not claims:
        claims = next(filter(None, map(list, last_resorts(doc, reader))), [])
    first = _winner([claim for claim in claims if not claim.is_modified])
    last = _winner([claim for claim in claims if claim.is_modified])
    first = first or _only_date(claims)
    if first and last and last.stamp.at < first.stamp.at - timedelta(days=1):
        last = None  # changed before it was published: the date of something else
    return Dates(
        published=first.stamp if first else None,
        published_source=first.source if first else None,
        modified=last.stamp if last else None,
        modified_source=last.source if last else None,
    )


def _only_date(claims: Sequence[DateClaim]) -> DateClaim | None:
    """When a page that only says when it was last changed was published: it was there by then.

    Systems that declare in the head when a page was last changed, but not when it was published, do so where it never
    was as an article: of 22 such pages of the corpus the date was right on one, and wrong or in no truth on the others.
    """
    if any(claim.source in _DECLARED for claim in claims):
        claims = [claim for claim in claims if claim.source in _STRUCTURED]
    return _winner(claims)


def _winner(claims: Sequence[DateClaim]) -> DateClaim | None:
    """The fullest statement of the day with the most weight; of equal ones the first."""
    weight: dict[date, float] = {}
    days = [claim.stamp.day for claim in claims]
    for claim, day in zip(claims, days, strict=True):
        weight[day] = weight.get(day, 0.0) + claim.weight
    if not weight:
        return None
    best = max(weight, key=lambda day: weight[day])
    claims = [claim for claim, day in zip(claims, days, strict=True) if day == best]
    fullest = max(claims, key=_fullness)
    return _in_its_zone(fullest, claims)


def _in_its_zone(claim: DateClaim, claims: Sequence[DateClaim]) -> DateClaim:
    """`claim`, or the one that states the same clock with another zone: templates call the local clock UTC."""
    if claim.stamp.offset_minutes != 0 or not _has_hour(claim.stamp):
        return claim
    reading = _clock_of(claim)
    return next((one for one in claims if one.stamp.offset_minutes and _clock_of(one) == reading), claim)


def _clock_of(claim: DateClaim) -> datetime:
    return claim.stamp.local.replace(tzinfo=None)


def _fullness(claim: DateClaim) -> tuple[bool, bool, bool]:
    stamp = claim.stamp
    return (
        _has_clock(stamp),
        stamp.offset_minutes is not None,
        stamp.precision is Precision.SECOND,
    )


def _has_clock(stamp: Timestamp) -> bool:
    """Whether it states a time of day: midnight sharp is how templates print a day that they hold as a moment."""
    local = stamp.local
    return _has_hour(stamp) and not local.hour == local.minute == local.second == 0


def _has_hour(stamp: Timestamp) -> bool:
    return stamp.precision is not Precision.DAY


def _reconsidered(
    shown: Sequence[DateClaim],
    declared: Sequence[DateClaim],
    address: Sequence[DateClaim],
    *,
    machine: Set[date] = frozenset(),
) -> list[DateClaim]:
    """What is shown, read in the light of what is declared.

    3/4/2024 is the day that is declared, in the address or stated to machines somewhere on the page (`machine`), where
    one of its two readings is. And a bare date by the
    title that the page declares to be that of its last change is the one under which the site publishes the article
    again: in the corpus 26 of 33 annotators took it so.
    """
    if not shown:
        return []
    published = {claim.stamp.day for claim in declared if not claim.is_modified}
    modified = {claim.stamp.day for claim in declared if claim.is_modified}
    spelled = {claim.stamp.day for claim in shown if any(map(str.isalpha, claim.stamp.raw))}
    days = {claim.stamp.day for claim in address} | published | modified | spelled | machine
    marked_modified = {claim.stamp.day for claim in shown if claim.is_modified and not claim.is_said} & modified
    result: list[DateClaim] = []
    for claim in shown:
        stamp = _swapped_to(claim.stamp, days)
        if published and not claim.is_said and stamp.day in marked_modified - published:
            result.append(claim._replace(stamp=stamp, is_modified=True))
            continue
        if claim.is_said and not claim.is_modified and len(published) > 1 and stamp.day not in published:
            result.append(claim._replace(stamp=stamp, weight=_REPUBLISHED))  # what is declared cannot all be true
            continue
        is_plain = not claim.is_modified and claim.weight >= NEAR
        if is_plain and (_is_republished(stamp, published, modified) or _is_first(claim, published, modified)):
            result.append(claim._replace(stamp=stamp, weight=_REPUBLISHED))
        else:
            result.append(claim if stamp is claim.stamp else claim._replace(stamp=stamp))
    return result


def _machine_days(doc: Document, shown: Iterable[DateClaim]) -> frozenset[date]:
    """The days that any `<time>` of the page states in ISO 8601, where a date is shown that has two readings."""
    if not any(claim.stamp.day.day <= _MONTHS and _IN_NUMBERS.search(claim.stamp.raw) for claim in shown):
        return frozenset()
    raws = {(time.get("datetime") or "")[:_ISO_DAY] for time in doc.times}
    return frozenset(date.fromisoformat(raw) for raw in raws if _ISO.fullmatch(raw))


def _is_republished(stamp: Timestamp, published: Set[date], modified: Set[date]) -> bool:
    return stamp.day in modified and bool(published - {stamp.day})


def _is_first(claim: DateClaim, published: Set[date], modified: Set[date]) -> bool:
    """Whether a date in words is older than the one day that is declared as that of publication and of change both.

    So do systems that declare when they last made the page: all of 5 annotators took what is shown. A day's difference
    is one of zones.
    """
    if claim.is_said or len(published) != 1 or published != modified or not any(map(str.isalpha, claim.stamp.raw)):
        return False
    return claim.stamp.day < min(published) - timedelta(days=1)


def _swapped_to(stamp: Timestamp, days: Set[date]) -> Timestamp:
    day = stamp.day
    if day in days or day.day > 12 or not _IN_NUMBERS.search(stamp.raw):
        return stamp
    other = date(day.year, day.day, day.month)
    return replace(stamp, at=stamp.at + (other - day)) if other in days else stamp


def _in_local_time(declared: Sequence[DateClaim], shown: Sequence[DateClaim]) -> list[DateClaim]:
    """What is declared in UTC, in the zone in which the page states or shows the same moment elsewhere."""
    if all(claim.stamp.offset_minutes != 0 for claim in declared):
        return list(declared)
    readings = [claim.stamp.at for claim in shown if claim.stamp.offset_minutes is None and _has_hour(claim.stamp)]
    stated = [claim.stamp for claim in (*declared, *shown) if claim.stamp.offset_minutes]
    zones = {_minute(stamp.at): stamp.offset_minutes for stamp in stated if _has_hour(stamp)}
    return [_in_zone(claim, zones, readings) for claim in declared]


def _in_zone(claim: DateClaim, zones: Mapping[datetime, int | None], readings: Sequence[datetime]) -> DateClaim:
    stamp = claim.stamp
    if stamp.offset_minutes != 0 or not _has_hour(stamp):
        return claim
    at = _minute(stamp.at)
    return claim._replace(stamp=replace(stamp, offset_minutes=zones.get(at) or _offset(at, readings)))


def _at_moments(shown: Iterable[DateClaim], declared: Sequence[DateClaim]) -> Iterator[DateClaim]:
    """What is shown, a bare day as the moment that is declared in UTC where that was this day in some zone."""
    moments = [one.stamp for one in declared if one.stamp.offset_minutes == 0 and _has_clock(one.stamp)]
    days = {one.stamp.day for one in declared}
    for claim in shown:
        stamp = claim.stamp
        if stamp.precision is Precision.DAY and stamp.day not in days:
            moment = next((one for one in moments if _was_day(one.at, stamp.at)), None)
            yield claim if moment is None else claim._replace(stamp=moment)
        else:
            yield claim


def _was_day(at: datetime, day: datetime) -> bool:
    """Whether that moment was on that day (its midnight, as if in UTC) somewhere on land."""
    return day - _MOST_AHEAD <= at < day + timedelta(days=1) + _MOST_BEHIND


def _minute(at: datetime) -> datetime:
    return at.replace(second=0)


def _offset(at: datetime, readings: Sequence[datetime]) -> int:
    """The zone, in minutes, in which a clock showed one of these readings at that moment; UTC where none fits.

    Half a day behind there is no land: a clock that shows it says twelve hours where it means twenty-four.
    """
    ahead = [_minute(reading) - at for reading in readings]
    offsets = [one // _MINUTE for one in ahead if -_MOST_BEHIND <= one <= _MOST_AHEAD and not one % _QUARTER]
    return 0 if 0 in offsets else next(iter(offsets), 0)
