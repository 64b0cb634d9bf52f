"""Dates and times as people and machines write them: ISO 8601, RFC 822, JSON-LD, prose in some sixty languages.

Pure, and without a clock: what is relative ("3 hours ago") or has no year is no date here; `not_after` is handed in.
Nothing is invented: a day stays a day, a time without a zone stays without one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from re import Match, Pattern
from typing import NamedTuple

from scraper.dates.calendars import era_year, is_persian, persian_day, persian_month
from scraper.dates.forms import (
    ASCTIME,
    DIGIT,
    EPOCH,
    FOREIGN_DIGIT,
    FORMS,
    FULL_YEAR,
    ISO,
    OFFSET,
    OTHER_CALENDAR,
    OTHER_FORMS,
    PERSIAN_DATE,
    RARE_FORMS,
    SHORT_YEAR_FORMS,
    TIME_AFTER,
    TIME_BEFORE,
    TWO_DIGITS,
    YEAR_LAST,
    YEAR_SIGN,
)
from scraper.dates.words import AFTERNOON, MORNING, NORTH_AMERICAN_ZONES, ZONES, is_month_first, month_number
from scraper.records import Precision, Timestamp

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing on the web was published before; earlier dates are what an article is about, or a default value."""

_LATEST_YEAR = 2100
_MAX_LENGTH = 2_000
_MAX_OFFSET_MINUTES = 14 * 60
_MAX_OFFSET = timedelta(minutes=_MAX_OFFSET_MINUTES)
_ONE_MINUTE = timedelta(minutes=1)
_STANDARD_LENGTH = len("2024-10-26T14:05:00")
# A clock reading without a zone may be that far ahead of UTC and still not be in the future.
_ZONELESS_SLACK = timedelta(hours=14)


class FoundDate(NamedTuple):
    """A date and where it stands in the text it was found in."""

    start: int
    end: int
    timestamp: Timestamp


@dataclass(frozen=True, slots=True)
class _Clock:
    """A reading of a clock; `offset` in minutes east of UTC, None where no zone was named."""

    at: time
    precision: Precision
    zone: str | None


def parse_timestamp(raw: str, *, languages: Sequence[str] = (), not_after: datetime | None = None) -> Timestamp | None:
    """The moment that `raw`, a field made to hold one, states; None where it states none or one out of range.

    Understands ISO 8601 (also basic, and with a blank for the T), RFC 822 and its heirs with zone names, what
    JavaScript, Java and C print, and prose. `languages` (BCP 47, the likeliest first) decide whether 3/4/2024 is in
    March or April. A moment before 1990 or after `not_after` is None: it is a default value or a mistake.
    """
    if (standard := _from_standard(raw)) is not None:
        return standard if _in_range(standard, not_after) else None
    text = _with_ascii_digits(raw[:_MAX_LENGTH])
    if match := ISO.fullmatch(text):
        found = _from_iso(match, raw.strip())
        return found if found and _in_range(found, not_after) else None
    for candidate in find_dates(text, languages=languages, not_after=not_after):
        return Timestamp(
            at=candidate.timestamp.at,
            offset_minutes=candidate.timestamp.offset_minutes,
            precision=candidate.timestamp.precision,
            raw=raw.strip(),
        )
    return None


def parse_epoch(raw: str, *, not_after: datetime | None = None) -> Timestamp | None:
    """The moment in `raw`, a field known to count seconds or milliseconds since 1970 (also ``/Date(...)/``)."""
    match = EPOCH.fullmatch(raw)
    if not match:
        return None
    seconds = int(match["n"]) / (1000 if len(match["n"]) > 10 else 1)
    at = datetime.fromtimestamp(int(seconds), tz=UTC)
    found = Timestamp(at=at, offset_minutes=0, precision=Precision.SECOND, raw=raw.strip())
    return found if _in_range(found, not_after) else None


def find_date(text: str, *, languages: Sequence[str] = (), not_after: datetime | None = None) -> Timestamp | None:
    """The first date in `text`, words shown to a reader, with the time beside it."""
    return next((found.timestamp for found in find_dates(text, languages=languages, not_after=not_after)), None)


def find_dates(text: str, *, languages: Sequence[str] = (), not_after: datetime | None = None) -> Iterator[FoundDate]:
    """Every date in the first 2,000 characters of `text`, in reading order; see :func:`parse_timestamp`."""
    return iter(_dates_in(text[:_MAX_LENGTH], tuple(languages), not_after)) if may_hold_date(text) else iter(())


# A line beside a title is asked for its dates, and by its byline once more.
@lru_cache(maxsize=256)
def _dates_in(text: str, languages: tuple[str, ...], not_after: datetime | None) -> tuple[FoundDate, ...]:
    text = _with_ascii_digits(text)
    forms: tuple[Pattern[str], ...] = OTHER_FORMS if OTHER_CALENDAR.search(text) else ()
    if FULL_YEAR.search(text):
        forms += FORMS + tuple(form for sign, form in RARE_FORMS if sign in text)
    elif YEAR_SIGN.search(text):
        forms += SHORT_YEAR_FORMS
    found: list[FoundDate] = []
    matches = sorted([match for form in forms for match in form.finditer(text)], key=_start)
    end = 0
    for match in matches:
        day = _day_of(match, languages) if match.start() >= end else None
        if day is None:
            continue
        clock, start, end = _clock_near(text, match, end)
        raw = text[start:end].strip()
        stamp = _timestamp(day, clock, raw)
        if stamp and match.re is YEAR_LAST and day.day <= 12 and not _in_range(stamp, not_after):
            stamp = _timestamp(day.replace(month=day.day, day=day.month), clock, raw)  # 3/4 is not yet, 4/3 was
        if stamp and _in_range(stamp, not_after):
            found.append(FoundDate(start, end, stamp))
    return tuple(found)


def may_hold_date(text: str) -> bool:
    """Whether to look for a date in `text`: every year has two digits, and most lines of a page have none."""
    return TWO_DIGITS.search(text) is not None


def _start(match: Match[str]) -> int:
    return match.start()


def _with_ascii_digits(text: str) -> str:
    return text if text.isascii() else FOREIGN_DIGIT.sub(lambda match: str(int(match[0])), text)


def _from_standard(raw: str) -> Timestamp | None:
    """What most fields hold, "2024-10-26T14:05:00+02:00", in a tenth of the time that the pattern takes."""
    if len(raw) < _STANDARD_LENGTH or (raw[4], raw[7], raw[10], raw[13], raw[16]) != ("-", "-", "T", ":", ":"):
        return None
    try:
        moment = datetime.fromisoformat(raw).replace(microsecond=0)
    except ValueError:
        return None
    ahead = moment.utcoffset()
    if ahead is None:
        return Timestamp(at=moment.replace(tzinfo=UTC), offset_minutes=None, precision=Precision.SECOND, raw=raw)
    if abs(ahead) > _MAX_OFFSET or ahead % _ONE_MINUTE or not 1 < moment.year < _LATEST_YEAR:
        return None
    return Timestamp(
        at=moment.astimezone(UTC), offset_minutes=ahead // _ONE_MINUTE, precision=Precision.SECOND, raw=raw
    )


def _from_iso(match: Match[str], raw: str) -> Timestamp | None:
    day = _valid_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return _timestamp(day, _clock(match) if match["time"] else None, raw) if day else None


def _day_of(match: Match[str], languages: Sequence[str]) -> datetime | None:
    parts = match.groupdict()
    if match.re in OTHER_FORMS:
        return _day_of_other_calendar(match, languages)
    year = _full_year(parts.get("y") or parts["yy"] or parts["rfc"])
    if match.re is YEAR_LAST:
        day, month = int(parts["a"]), int(parts["b"])
        if month > 12 or (day <= 12 and "." not in parts["sep"] and is_month_first(languages)):
            day, month = month, day
        return _valid_day(year, month, day)
    month_or_none = month_number(parts["w"], languages) if "w" in parts else int(parts["m"])
    return _valid_day(year, month_or_none, int(parts["d"])) if month_or_none else None


def _day_of_other_calendar(match: Match[str], languages: Sequence[str]) -> datetime | None:
    parts = match.groupdict()
    day = int(parts["d"])
    if "era" in parts:
        return _valid_day(era_year(parts["era"], parts["y"]), int(parts["m"]), day)
    if match.re is PERSIAN_DATE:  # only numbers: 1399/04/12 may be anything elsewhere
        return persian_day(int(parts["y"]), int(parts["m"]), day) if is_persian(languages) else None
    month = persian_month(parts["persian"])
    return persian_day(int(parts["y"]), month, day) if month else None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        return year + (1900 if year >= 90 else 2000)
    return year - 543 if year >= 2500 else year  # the Thai calendar counts from 543 BC


def _valid_day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _clock_near(text: str, match: Match[str], floor: int) -> tuple[_Clock | None, int, int]:
    """The time inside, after or before the date at `match`, and the stretch of text that both take."""
    start, end = match.span()
    if match.re is ASCTIME:
        inner = TIME_AFTER.match(match["time"])
        return (_clock(inner) if inner else None), start, end
    after = TIME_AFTER.match(text, end) if DIGIT.search(text, end) else None
    if after and (clock := _clock(after)):
        return clock, start, end + len(after[0].rstrip())
    floor = max(floor, start - 40)
    before = TIME_BEFORE.search(text, floor, start) if DIGIT.search(text, floor, start) else None
    if before and (clock := _clock(before)):
        return clock, before.start(), end
    return None, start, end


def _clock(match: Match[str]) -> _Clock | None:
    parts = match.groupdict()
    minutes = parts["min"] or parts.get("dotmin")
    if parts.get("dotmin") and not (parts["at"] or parts["dotmark"] or parts["half"] or _is_zone(parts["zone"])):
        return None  # "26.10.2024 14.05" may be a price: a point needs a word that says it is a time
    hour = _hour(int(parts["h"]), _half(parts.get("before"), parts.get("half")))
    seconds = parts["s"]
    try:
        at = time(hour, int(minutes or 0), min(int(seconds or 0), 59))  # 60 is a leap second
    except ValueError:
        return None
    return _Clock(at, Precision.SECOND if seconds else Precision.MINUTE, parts["zone"])


def _half(*marks: str | None) -> str:
    return "".join(char for mark in marks for char in (mark or "").casefold() if char not in ". \xa0")


def _hour(hour: int, half: str) -> int:
    if half in AFTERNOON and hour < 12:
        return hour + 12
    if half in MORNING and hour == 12:
        return 0
    return hour


def _timestamp(day: datetime, clock: _Clock | None, raw: str) -> Timestamp | None:
    if clock is None:
        return Timestamp(at=day, offset_minutes=None, precision=Precision.DAY, raw=raw)
    local = datetime.combine(day.date(), clock.at, tzinfo=UTC)
    offset = _offset_minutes(clock.zone, local)
    try:
        at = local - timedelta(minutes=offset or 0)
    except OverflowError:
        return None
    return Timestamp(at=at, offset_minutes=offset, precision=clock.precision, raw=raw)


def _offset_minutes(zone: str | None, local: datetime) -> int | None:
    """Minutes east of UTC of a zone as written; None for none and for words that are no zone."""
    name = (zone or "").strip(" ()\xa0").casefold()
    if name in ZONES:
        return ZONES[name]
    if name in NORTH_AMERICAN_ZONES:
        return NORTH_AMERICAN_ZONES[name] + (60 if _is_american_summer(local) else 0)
    if not (match := OFFSET.match(name if name[:1] not in "0123456789" else f"+{name}")):
        return None
    sign = 1 if match[1] == "+" else -1
    minutes = sign * (int(match[2]) * 60 + int(match[3] or 0))
    return minutes if abs(minutes) <= _MAX_OFFSET_MINUTES else None


def _is_zone(name: str | None) -> bool:
    return (name or "").strip(" ()\xa0").casefold() in ZONES


def _is_american_summer(local: datetime) -> bool:
    """Energy Policy Act of 2005: from the second Sunday of March to the first of November, since 2007."""
    march, november = datetime(local.year, 3, 14, tzinfo=UTC), datetime(local.year, 11, 7, tzinfo=UTC)
    starts, ends = (day - timedelta(days=(day.weekday() + 1) % 7) for day in (march, november))
    return starts <= local < ends


def _in_range(found: Timestamp, not_after: datetime | None) -> bool:
    if found.at < EARLIEST or found.at.year >= _LATEST_YEAR:
        return False
    if not_after is None:
        return True
    return found.at <= not_after + (_ZONELESS_SLACK if found.offset_minutes is None else timedelta())
