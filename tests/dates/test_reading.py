"""Dates as sites, feeds and readers write them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.dates.reading import find_date, find_dates, parse_epoch, parse_timestamp
from scraper.dates.words import month_words
from scraper.records import Precision

MACHINE_MADE = [
    ("2024-10-26T14:05:09+02:00", "2024-10-26T14:05:09+02:00"),
    ("2024-10-26T14:05:09.123Z", "2024-10-26T14:05:09+00:00"),
    ("2024-10-26T14:05:09+0200", "2024-10-26T14:05:09+02:00"),
    ("2024-10-26 14:05:09 +0200", "2024-10-26T14:05:09+02:00"),
    ("2024-10-26T14:05:09 02:00", "2024-10-26T14:05:09+02:00"),  # a plus sign lost in a query string
    ("2024-10-26T14:05:09-07:00[America/Los_Angeles]", "2024-10-26T14:05:09-07:00"),
    ("2024-10-26T14:05", "2024-10-26T14:05"),
    ("2024-10-26 14:05:09", "2024-10-26T14:05:09"),
    ("20241026T140509Z", "2024-10-26T14:05:09+00:00"),
    ("20241026", "2024-10-26"),
    ("2024-10-26", "2024-10-26"),
    ("2016/6/29 15:07:41", "2016-06-29T15:07:41"),
    ("2020-12-05T23:15:0Z", "2020-12-05T23:15:00+00:00"),
    ("Sat, 26 Oct 2024 14:05:09 GMT", "2024-10-26T14:05:09+00:00"),
    ("Sat, 26 Oct 2024 14:05:09 CEST", "2024-10-26T14:05:09+02:00"),
    ("Sat, 26 Oct 2024 14:05:09 MESZ", "2024-10-26T14:05:09+02:00"),
    ("Sat, 26 Oct 2024 14:05:09 MEZ", "2024-10-26T14:05:09+01:00"),
    ("Sat, 26 Oct 2024 14:05:09 EDT", "2024-10-26T14:05:09-04:00"),
    ("Sat, 26 Oct 2024 14:05:09 PST", "2024-10-26T14:05:09-08:00"),
    ("Sat, 26 Oct 2024 14:05:09 BST", "2024-10-26T14:05:09+01:00"),
    ("Sat, 26 Oct 2024 14:05:09 GMT+2", "2024-10-26T14:05:09+02:00"),
    ("Tue, 29 Oct 24 10:00 -0400", "2024-10-29T10:00-04:00"),
    ("Sat, 26 Okt 2024 14:05:09 +0200", "2024-10-26T14:05:09+02:00"),
    ("Sat Oct 26 14:05:09 CEST 2024", "2024-10-26T14:05:09+02:00"),
    ("Sat Oct 26 14:05:09 2024", "2024-10-26T14:05:09"),
    ("Sat Oct 26 2024 14:05:09 GMT+0200 (Central European Summer Time)", "2024-10-26T14:05:09+02:00"),
    ("2024-10-26T25:61", "2024-10-26"),
]

PROSE = [
    ("Published Sat, Oct 26 20244:46 AM EDT", "2024-10-26T04:46-04:00"),
    ("Oktober 26, 2024", "2024-10-26"),
    ("26. Oktober 2024, 14:05 Uhr", "2024-10-26T14:05"),
    ("26.10.24, 14.05 Uhr", "2024-10-26T14:05"),
    ("26.10.2024 um 9 Uhr", "2024-10-26T09:00"),
    ("le 26 février 2024 à 14h30", "2024-02-26T14:30"),
    ("1er août 2024", "2024-08-01"),
    ("26 de octubre de 2024 a las 14:05", "2024-10-26T14:05"),
    ("26 ottobre 2024 alle ore 14.05", "2024-10-26T14:05"),
    ("26 de outubro de 2024 às 14h05", "2024-10-26T14:05"),
    ("26 oktober 2024 om 14:05", "2024-10-26T14:05"),
    ("26 października 2024, godz. 14:05", "2024-10-26T14:05"),
    ("lørdag 26. oktober 2024 kl. 14.05", "2024-10-26T14:05"),
    ("26.10.2024 klo 14.05", "2024-10-26T14:05"),
    ("26. října 2024 14:05", "2024-10-26T14:05"),
    ("26 октября 2024 года, 14:05", "2024-10-26T14:05"),
    ("26 жовтня 2024, 14:05", "2024-10-26T14:05"),
    ("26 Ekim 2024 14:05", "2024-10-26T14:05"),
    ("26 Οκτωβρίου 2024, 2:05 μ.μ.", "2024-10-26T14:05"),
    ("2024. október 26. 14:05", "2024-10-26T14:05"),
    ("26 octombrie 2024", "2024-10-26"),
    ("2024年10月26日 14时05分", "2024-10-26T14:05"),
    ("2024年10月26日", "2024-10-26"),
    ("2024년 10월 26일 오후 2:05", "2024-10-26T14:05"),
    ("٢٦ أكتوبر ٢٠٢٤", "2024-10-26"),
    ("26 ตุลาคม 2567", "2024-10-26"),
    ("Updated 3:15 PM ET, Tue March 3, 2020", "2020-03-03T15:15-05:00"),
    ("July 4, 2020 at 12:01 a.m. ET", "2020-07-04T00:01-04:00"),
    ("12:30 p.m., Oct. 26, 2024", "2024-10-26T12:30"),
    ("October 26th, 2024", "2024-10-26"),
    ("26 Oct '24", "2024-10-26"),
]

NO_DATES = [
    "",
    "3 hours ago",
    "vor 3 Stunden",
    "October 2024",
    "26 October",
    "2024",
    "2024-10",
    "2024-13-26",
    "31 February 2024",
    "0001-01-01T00:00:00",
    "1970-01-01",
    "call 030/12345678",
    "192.168.10.12",
]


@pytest.mark.parametrize(("raw", "expected"), MACHINE_MADE + PROSE)
def test_a_timestamp_is_read_as_exactly_as_it_was_stated(raw: str, expected: str) -> None:
    assert str(parse_timestamp(raw)) == expected


@pytest.mark.parametrize("raw", NO_DATES)
def test_what_states_no_full_day_in_range_is_no_timestamp(raw: str) -> None:
    assert parse_timestamp(raw) is None


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (("en",), "2024-03-04"),
        (("en-US",), "2024-03-04"),
        (("en-GB",), "2024-04-03"),
        (("de",), "2024-04-03"),
        ((), "2024-04-03"),
    ],
)
def test_the_language_decides_between_day_first_and_month_first(languages: tuple[str, ...], expected: str) -> None:
    assert str(parse_timestamp("3/4/2024", languages=languages)) == expected


@pytest.mark.parametrize("raw", ["10/26/2024", "26/10/2024", "26.10.2024"])
def test_an_order_that_only_fits_one_way_needs_no_language(raw: str) -> None:
    assert str(parse_timestamp(raw)) == "2024-10-26"


def test_a_month_name_that_means_two_months_is_read_by_language() -> None:
    assert str(parse_timestamp("1. listopada 2024")) == "2024-11-01"
    assert str(parse_timestamp("1. listopada 2024", languages=("hr",))) == "2024-10-01"


def test_the_raw_string_is_kept() -> None:
    found = parse_timestamp(" Oktober 26, 2024 ")

    assert found is not None
    assert found.raw == "Oktober 26, 2024"
    assert found.precision is Precision.DAY
    assert found.offset_minutes is None


def test_a_moment_after_the_limit_is_none() -> None:
    limit = datetime(2024, 10, 26, 12, tzinfo=UTC)

    assert parse_timestamp("2024-10-26T12:00:01Z", not_after=limit) is None
    assert parse_timestamp("2024-10-26T12:00:00Z", not_after=limit) is not None


def test_a_clock_without_zone_may_be_ahead_of_utc() -> None:
    """In Tokyo it is already tomorrow."""
    limit = datetime(2024, 10, 26, 22, tzinfo=UTC)

    assert parse_timestamp("2024-10-27 07:00:00", not_after=limit) is not None
    assert parse_timestamp("2024-10-28", not_after=limit) is None


def test_text_yields_its_dates_in_reading_order_with_their_times() -> None:
    text = "Von Erika Muster | Veröffentlicht: 26. Oktober 2024, 14:05 Uhr | Aktualisiert am 27.10.2024"

    found = list(find_dates(text))

    assert [str(one.timestamp) for one in found] == ["2024-10-26T14:05", "2024-10-27"]
    assert text[found[0].start : found[0].end] == "26. Oktober 2024, 14:05 Uhr"
    assert find_date(text) == found[0].timestamp


def test_a_number_after_a_date_is_no_time_without_a_word_for_it() -> None:
    assert str(find_date("26 October 2024 14.05 euros")) == "2024-10-26"
    assert str(find_date("26 October 2024 · 5 min read")) == "2024-10-26"


@pytest.mark.parametrize("raw", ["1729944309", "1729944309000", "/Date(1729944309000+0200)/", "1729944309.5"])
def test_a_field_of_epoch_seconds_or_milliseconds(raw: str) -> None:
    assert str(parse_epoch(raw)) == "2024-10-26T12:05:09+00:00"


@pytest.mark.parametrize("raw", ["", "12", "99999999999999999999", "0000000000", "2024-10-26"])
def test_no_epoch(raw: str) -> None:
    assert parse_epoch(raw) is None


moments = st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2099, 12, 30))  # noqa: DTZ001
offsets = st.integers(min_value=-12 * 4, max_value=14 * 4).map(lambda quarters: quarters * 15)
languages = st.sampled_from(sorted(month_words()))


@given(moments, offsets)
def test_iso_round_trip(moment: datetime, offset: int) -> None:
    stamp = parse_timestamp(f"{moment:%Y-%m-%dT%H:%M:%S}{_zone(offset)}")

    assert stamp is not None
    assert stamp.at == moment.replace(microsecond=0, tzinfo=UTC) - timedelta(minutes=offset)
    assert parse_timestamp(str(stamp)) == parse_timestamp(stamp.raw)


@given(moments, languages, st.integers(0, 3))
def test_a_day_written_in_any_language_is_read_back(moment: datetime, language: str, form: int) -> None:
    forms = month_words()[language][moment.month - 1]
    month = forms[form % len(forms)]

    for text in (
        f"{moment.day}. {month} {moment.year}",
        f"{moment.day} {month.upper()} {moment.year}, {moment:%H:%M}",
        f"{month.capitalize()} {moment.day}, {moment.year}",
        f"{moment.year}. {month} {moment.day}.",
    ):
        stamp = parse_timestamp(text, languages=(language,))

        assert stamp is not None, text
        assert stamp.day == moment.date(), text


@given(st.text(max_size=200) | st.text("0123456789./-: OctoberTZapm+年月日", max_size=60))
def test_no_text_raises(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
    stamp = parse_timestamp(text)
    assert stamp is None or stamp.at.tzinfo is UTC


def _zone(offset: int) -> str:
    sign = "-" if offset < 0 else "+"
    return f"{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
