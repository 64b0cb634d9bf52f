"""When the article was published and last changed: every place that states a day votes, the fullest winner stands.

Structured data, meta tags, what is shown near the title, the address, and the page's scripts, weighed by how often each
was right on the corpus. The two dates are told apart by property names and by the words shown beside them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from scraper.dates.reading import may_hold_date
from scraper.dates.words import month_number
from scraper.extractor.metadata import meta
from scraper.extractor.metadata.date_claims import MODIFIED_KEY, DateClaim, DateReader, says_published
from scraper.extractor.metadata.date_resorts import last_resorts
from scraper.extractor.metadata.jsonld import LinkedData, Node, text_in
from scraper.extractor.metadata.marks import Marks, Role
from scraper.extractor.page.document import Document
from scraper.records import Precision, Timestamp

_MAX_MARKS: Final = 30
_MAX_MARK_LENGTH: Final = 160
_MAX_LABEL: Final = 24
_MAX_LABELLED: Final = 60
_MAX_OFFSET: Final = timedelta(hours=14)
_MINUTE: Final = timedelta(minutes=1)
_QUARTER: Final = timedelta(minutes=15)

# How far each place is believed; places that name the same day add up.
_JSON_LD: Final = 3.5
_MICRODATA: Final = 2.5
_META: Final = 3.0
_META_LOOSE: Final = 1.0
_NEAR: Final = 2.6
_SAID: Final = 3.0
_ABOVE: Final = 1.2
_MARKED: Final = 1.2
_MARKED_SAID: Final = 1.8
_REPUBLISHED: Final = 8.0
_URL: Final = 3.2
_LATER_SHARE: Final = 0.3
_PROPERTIES: Final = (
    ("datePublished", 1.0, False),
    ("dateCreated", 0.4, False),
    ("uploadDate", 0.1, False),
    ("dateModified", 1.0, True),
)
# Names of meta tags that say "date" without saying of what.
_LOOSE_META = frozenset(("date", "dc.date", "datecreated", "article:created", "created", "doc_date", "timestamp"))

_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)(?:[/_-]?(0[1-9]|1[0-2])[/_-]?|/([a-z]{3,9})/)(0[1-9]|[12]\d|3[01]|[1-9](?=[/?#]|$))(?!\d)",
    re.IGNORECASE,
)


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
    declared = [*_structured(nodes, reader), *_tags(doc, reader)]
    address = list(_address(doc, reader))
    shown = _reconsidered(list(_shown(marks, reader)), declared, address)
    claims = [*_in_local_time(declared, shown), *shown, *address]
    if not claims:
        claims = next(filter(None, map(list, last_resorts(doc, reader))), [])
    first = _winner([claim for claim in claims if not claim.is_modified])
    last = _winner([claim for claim in claims if claim.is_modified])
    if first is None and last is not None:
        first, last = last, None  # a page that states one date only, whatever it calls it
    if first and last and last.stamp.at < first.stamp.at - timedelta(days=1):
        last = None  # changed before it was published: the date of something else
    return Dates(
        published=first.stamp if first else None,
        published_source=first.source if first else None,
        modified=last.stamp if last else None,
        modified_source=last.source if last else None,
    )


def _winner(claims: Sequence[DateClaim]) -> DateClaim | None:
    """The fullest statement of the day with the most weight; of equal ones the first."""
    weight: dict[date, float] = {}
    for claim in claims:
        weight[claim.stamp.day] = weight.get(claim.stamp.day, 0.0) + claim.weight
    if not weight:
        return None
    day = max(weight, key=lambda day: weight[day])
    return max((claim for claim in claims if claim.stamp.day == day), key=_fullness)


def _fullness(claim: DateClaim) -> tuple[bool, bool, bool]:
    stamp = claim.stamp
    is_midnight = stamp.local.hour == stamp.local.minute == stamp.local.second == 0
    return (
        _has_hour(stamp) and not is_midnight,
        stamp.offset_minutes is not None,
        stamp.precision is Precision.SECOND,
    )


def _has_hour(stamp: Timestamp) -> bool:
    return stamp.precision is not Precision.DAY


def _structured(nodes: Sequence[tuple[str, Node, LinkedData]], reader: DateReader) -> Iterator[DateClaim]:
    """Each property counts in full by the first node that has it, by each further one less."""
    share_of: dict[tuple[str, str], float] = {}
    for source, node, _ in nodes:
        base = _JSON_LD if source == "json-ld" else _MICRODATA
        for key, share, is_modified in _PROPERTIES:
            raw = text_in(node.get(key))
            stamp = reader.field(raw) if raw else None
            if stamp:
                later = share_of.get((source, key), 1.0)
                share_of[source, key] = later * _LATER_SHARE
                yield DateClaim(stamp, source, base * share * later, is_modified)


def _tags(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    for names, is_modified in ((meta.PUBLISHED, False), (meta.MODIFIED, True)):
        share = 1.0
        for name in filter(doc.meta.__contains__, names):
            stamp = reader.field(doc.meta[name][0])
            if stamp:
                weight = _META_LOOSE if name in _LOOSE_META else _META
                yield DateClaim(stamp, meta.source_of(name), weight * share, is_modified)
                share = _LATER_SHARE


def _shown(marks: Marks, reader: DateReader) -> Iterator[DateClaim]:
    for lines, weight in ((_labelled(marks.near), _NEAR), (marks.above, _ABOVE)):
        yield from _fading(claim for line in lines for claim in reader.line(line, weight, _SAID))
    yield from _fading(_marked(marks, reader))


def _labelled(lines: Iterable[str]) -> Iterator[str]:
    """Lines with a date behind what the line before says of it: "Published" often stands on one of its own."""
    label = ""
    for line in lines:
        if may_hold_date(line):
            yield f"{label} {line}" if label and len(line) <= _MAX_LABELLED else line
            label = ""
        else:
            is_label = len(line) <= _MAX_LABEL and says_published(line)
            label = line if is_label else ""


def _fading(claims: Iterable[DateClaim]) -> Iterator[DateClaim]:
    """The first of each kind counts in full, each further one less: they stand further from the title."""
    share = {True: 1.0, False: 1.0}
    for claim in claims:
        yield claim._replace(weight=claim.weight * share[claim.is_modified])
        share[claim.is_modified] *= _LATER_SHARE


def _marked(marks: Marks, reader: DateReader) -> Iterator[DateClaim]:
    for element in islice(marks.of(Role.DATE), _MAX_MARKS):
        name = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        is_modified = MODIFIED_KEY.search(name) is not None
        raw = element.get("datetime") or element.get("title") if element.tag in ("time", "abbr") else None
        stamp = reader.field(raw) if raw else None
        if stamp:
            yield DateClaim(stamp, "html", _MARKED, is_modified)
        elif not raw and len(text := marks.text(element)) <= _MAX_MARK_LENGTH:
            for claim in reader.text(text, _MARKED, _MARKED_SAID):
                yield claim._replace(is_modified=True) if is_modified else claim


def _address(doc: Document, reader: DateReader) -> Iterator[DateClaim]:
    match = _URL_DAY.search(doc.url or "")
    month = (int(match[2]) if match[2] else month_number(match[3], ("en",))) if match else None
    stamp = reader.field(f"{match[1]}-{month:02}-{match[4]:>02}") if match and month else None
    if stamp:
        yield DateClaim(stamp, "url", _URL)


def _reconsidered(
    shown: Sequence[DateClaim], declared: Sequence[DateClaim], address: Sequence[DateClaim]
) -> list[DateClaim]:
    """What is shown, read in the light of what is declared.

    3/4/2024 is the day that is declared or in the address, where one of its two readings is. And a bare date by the
    title that the page declares to be that of its last change is the one under which the site publishes the article
    again: in the corpus 26 of 33 annotators took it so.
    """
    published = {claim.stamp.day for claim in declared if not claim.is_modified}
    modified = {claim.stamp.day for claim in declared if claim.is_modified}
    days = {claim.stamp.day for claim in address} | published | modified
    result: list[DateClaim] = []
    for claim in shown:
        stamp = _swapped_to(claim.stamp, days)
        is_again = not claim.is_modified and claim.weight >= _NEAR and stamp.day in modified - published
        weight = _REPUBLISHED if is_again else claim.weight
        is_same = stamp is claim.stamp and not is_again
        result.append(claim if is_same else claim._replace(stamp=stamp, weight=weight))
    return result


def _swapped_to(stamp: Timestamp, days: Set[date]) -> Timestamp:
    day = stamp.day
    if day in days or day.day > 12 or any(map(str.isalpha, stamp.raw)):
        return stamp
    other = date(day.year, day.day, day.month)
    return replace(stamp, at=stamp.at + (other - day)) if other in days else stamp


def _in_local_time(declared: Sequence[DateClaim], shown: Sequence[DateClaim]) -> Iterator[DateClaim]:
    """What is declared in UTC, in the zone in which the page states or shows the same moment elsewhere."""
    readings = [claim.stamp.at for claim in shown if claim.stamp.offset_minutes is None and _has_hour(claim.stamp)]
    zones = {claim.stamp.at: claim.stamp.offset_minutes for claim in (*declared, *shown) if claim.stamp.offset_minutes}
    for claim in declared:
        stamp = claim.stamp
        if stamp.offset_minutes == 0 and _has_hour(stamp):
            stamp = replace(stamp, offset_minutes=zones.get(stamp.at) or next(_offsets(stamp.at, readings), 0))
        yield claim if stamp is claim.stamp else claim._replace(stamp=stamp)


def _offsets(at: datetime, readings: Iterable[datetime]) -> Iterator[int]:
    """The zones, in minutes, in which a clock showed one of these readings at that moment."""
    for reading in readings:
        ahead = reading - at.replace(second=reading.second, microsecond=0)
        if abs(ahead) <= _MAX_OFFSET and not ahead % _QUARTER:
            yield ahead // _MINUTE
