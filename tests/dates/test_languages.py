"""Dates in the words, digits and calendars of many languages, each as the press of that language prints it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.dates.calendars import persian_day
from scraper.dates.reading import find_date, parse_timestamp

PRINTED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("24 نيسان / أبريل 2020 09:22 مساءً", "2020-04-24T21:22", ()),
    ("الجمعة 24 نيسان 2020", "2020-04-24", ()),
    ("12 تشرين الأول 2023", "2023-10-12", ()),
    ("3 تشرين الثاني 2023", "2023-11-03", ()),
    ("5 كانون الأول 2022", "2022-12-05", ()),
    ("7 كانون الثاني 2022", "2022-01-07", ()),
    ("15 شباط 2021", "2021-02-15", ()),
    ("1 آذار 2021", "2021-03-01", ()),
    ("9 حزيران 2021 - 14:30", "2021-06-09T14:30", ()),
    ("١٥ يوليو ٢٠٢١", "2021-07-15", ()),
    ("2 تير 1399 - 12:09:08 ب.ظ", "2020-06-22T12:09:08", ()),
    ("۱۲ تیر ۱۳۹۹", "2020-07-02", ()),
    ("۱۳۹۹/۰۴/۱۲ - ۱۰:۳۰", "2020-07-02T10:30", ("fa",)),
    ("شنبه ۲۵ آذر ۱۴۰۲ ساعت ۱۴:۰۵", "2023-12-16T14:05", ()),
    ("۲۵ دسامبر ۲۰۲۳", "2023-12-25", ("fa",)),
    ("১৬ ফেব্রুয়ারি ২০২০", "2020-02-16", ()),
    ("১৬:২০, ১৬ ফেব্রুয়ারি ২০২০", "2020-02-16T16:20", ()),
    ("২৬ অক্টোবর ২০২৪, ১০:৩০", "2024-10-26T10:30", ()),
    ("26 tháng 10, 2024", "2024-10-26", ()),
    ("Ngày 26 tháng 10 năm 2024", "2024-10-26", ()),
    ("Thứ bảy, 26/10/2024, 14:05 (GMT+7)", "2024-10-26T14:05+07:00", ("vi",)),
    ("令和6年10月26日", "2024-10-26", ()),
    ("平成31年4月26日", "2019-04-26", ()),
    ("令和元年5月1日", "2019-05-01", ()),
    ("民國113年10月26日", "2024-10-26", ()),
    ("中華民國113年10月26日", "2024-10-26", ()),
    ("2024년 10월 26일 오후 2시 5분", "2024-10-26T14:05", ()),
    ("2024-10-26 14:05:33 (KST)", "2024-10-26T14:05:33+09:00", ()),
    ("২০২৪-১০-২৬", "2024-10-26", ()),
    ("26 अक्टूबर 2024, 02:05 PM IST", "2024-10-26T14:05+05:30", ()),
    ("२६ ऑक्टोबर २०२४", "2024-10-26", ("mr",)),
    ("26 ઑક્ટોબર 2024", "2024-10-26", ()),
    ("26 ਅਕਤੂਬਰ 2024", "2024-10-26", ()),
    ("26 அக்டோபர் 2024", "2024-10-26", ()),
    ("26 అక్టోబర్ 2024", "2024-10-26", ()),
    ("26 ಅಕ್ಟೋಬರ್ 2024", "2024-10-26", ()),
    ("26 ഒക്ടോബർ 2024", "2024-10-26", ()),
    ("26 اکتوبر 2024", "2024-10-26", ()),
    ("26 oktobri 2024", "2024-10-26", ()),
    ("26 oktyabr 2024", "2024-10-26", ()),
    ("26 қазан 2024", "2024-10-26", ()),
    ("26 кастрычніка 2024", "2024-10-26", ()),
    ("26 октомври 2024", "2024-10-26", ()),
    ("26 հոկտեմբերի 2024", "2024-10-26", ()),
    ("26 ოქტომბერი, 2024", "2024-10-26", ()),
    ("26 tetor 2024", "2024-10-26", ()),
    ("26 de outubro de 2024 às 14h05", "2024-10-26T14:05", ()),
    ("26/10/2024 14h05", "2024-10-26T14:05", ("pt",)),
    ("26 d’octubre de 2024", "2024-10-26", ()),
    ("26 de outubro de 2024", "2024-10-26", ("gl",)),
    ("2024ko urriaren 26a", "2024-10-26", ()),
    ("26 Oktoba 2024", "2024-10-26", ()),
    ("26 Oktober 2024, 14:05 WIB", "2024-10-26T14:05+07:00", ()),
    ("26 Okt 2024", "2024-10-26", ()),
    ("26 Ogos 2024", "2024-08-26", ()),
    ("Oct. 26, 2024 at 2:05 p.m. EDT", "2024-10-26T14:05-04:00", ()),
    ("Saturday 26 October 2024 14.05 BST", "2024-10-26T14:05+01:00", ()),
    ("Published 14:05 BST, 26 October 2024", "2024-10-26T14:05+01:00", ()),
    ("Publié le 26 octobre 2024 à 14h05", "2024-10-26T14:05", ()),
    ("26 oct. 2024 - 14:05 CEST", "2024-10-26T14:05+02:00", ()),
    ("Stand: 26.10.2024, 14:05 Uhr", "2024-10-26T14:05", ()),
    ("Sa, 26.10.24, 14.05 Uhr", "2024-10-26T14:05", ()),
    ("26. Okt. 2024 | 14:05 Uhr", "2024-10-26T14:05", ()),
    ("26 ottobre 2024 alle 14:05", "2024-10-26T14:05", ()),
    ("26 OTT 2024", "2024-10-26", ()),
    ("26 octubre, 2024", "2024-10-26", ()),
    ("sábado, 26 de octubre del 2024", "2024-10-26", ()),
    ("26 października 2024, 14:05", "2024-10-26T14:05", ()),
    ("26-10-2024 14:05", "2024-10-26T14:05", ("nl",)),
    ("za 26 okt 2024 om 14:05", "2024-10-26T14:05", ()),
    ("26.10.2024 klo 14.05", "2024-10-26T14:05", ()),
    ("26. lokakuuta 2024 klo 14.05", "2024-10-26T14:05", ()),
    ("2024. október 26. 14:05", "2024-10-26T14:05", ()),
    ("2024. 10. 26. 14:05", "2024-10-26T14:05", ()),
    ("26 Ekim 2024 Cumartesi 14:05", "2024-10-26T14:05", ()),
    ("26.10.2024 14:05 Güncelleme", "2024-10-26T14:05", ()),
    ("26 Οκτωβρίου 2024, 14:05", "2024-10-26T14:05", ()),
    ("26 октября 2024, 14:05", "2024-10-26T14:05", ()),
    ("26 октября 2024 года в 14:05", "2024-10-26T14:05", ()),
    ("14:05, 26 октября 2024", "2024-10-26T14:05", ()),
    ("26 жовтня 2024 р. 14:05", "2024-10-26T14:05", ()),
    ("26 באוקטובר 2024, 14:05", "2024-10-26T14:05", ()),
    ("26 ตุลาคม 2567 เวลา 14:05 น.", "2024-10-26T14:05", ()),
    ("26 ต.ค. 2567", "2024-10-26", ()),
    ("2024年10月26日 14時05分", "2024-10-26T14:05", ()),
    ("2024年10月26日 下午2:05", "2024-10-26T14:05", ()),
    ("2024/10/26 14:05", "2024-10-26T14:05", ()),
    ("10/26/24", "2024-10-26", ("en-US",)),
    ("26/10/24", "2024-10-26", ("en-GB",)),
    ("October 26th, 2024", "2024-10-26", ()),
    ("the 26th of October, 2024", "2024-10-26", ()),
    ("26 Oct '24", "2024-10-26", ()),
    ("2024, October 26", "2024-10-26", ()),
    ("26 Oct 2024 | 02:05 PM", "2024-10-26T14:05", ()),
    ("Sat Oct 26 2024 14:05:00 GMT+0200 (CEST)", "2024-10-26T14:05:00+02:00", ()),
)

NO_DATES = (
    "3 hours ago",
    "26 October",
    "October 2024",
    "1399/04/12",  # numbers alone are Persian on a Persian page only
    "1450-1500",
    "1403 تیراندازی 12",
    "令和X年1月1日",
    "30 Esfand 1402",
)


@pytest.mark.parametrize(("text", "expected", "languages"), PRINTED)
def test_a_date_is_read_as_it_is_printed(text: str, expected: str, languages: tuple[str, ...]) -> None:
    assert str(find_date(text, languages=languages)) == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_day_stays_none(text: str) -> None:
    assert find_date(text) is None


def test_a_zone_in_brackets_is_believed_with_its_offset() -> None:
    assert str(find_date("26/10/2024 14:05 (GMT+7)", languages=("vi",))) == "2024-10-26T14:05+07:00"
    assert str(find_date("26 October 2024 14:05 (BST)")) == "2024-10-26T14:05+01:00"
    assert str(find_date("26 October 2024 14:05 (updated)")) == "2024-10-26T14:05"


def test_a_clock_with_a_point_needs_a_zone_or_a_word() -> None:
    assert str(find_date("Sat 26 Oct 2024 14.05 BST")) == "2024-10-26T14:05+01:00"
    assert str(find_date("Sat 26 Oct 2024 14.05 EUR")) == "2024-10-26"


def test_of_two_readings_the_one_that_is_not_yet_is_none() -> None:
    not_after = datetime(2024, 10, 26, tzinfo=UTC)

    assert str(find_date("04/12/2024", languages=("de",), not_after=not_after)) == "2024-04-12"
    assert str(find_date("12/04/2024", languages=("en-US",), not_after=not_after)) == "2024-04-12"
    assert find_date("12/11/2024", not_after=not_after) is None


@given(st.integers(1370, 1450), st.integers(1, 365))
def test_days_of_the_persian_calendar_follow_one_another(year: int, place: int) -> None:
    first = persian_day(year, 1, 1)
    assert first is not None
    assert (first.month, first.day) in ((3, 20), (3, 21))
    month, day = (place - 1) // 31 + 1, (place - 1) % 31 + 1
    if place > 186:
        month, day = (place - 187) // 30 + 7, (place - 187) % 30 + 1

    assert persian_day(year, month, day) == first + timedelta(days=place - 1)


def test_a_field_may_hold_a_persian_day() -> None:
    stamp = parse_timestamp("۱۴۰۲/۰۹/۲۵ ۱۴:۰۵", languages=("fa-IR",))

    assert str(stamp) == "2023-12-16T14:05"
    assert stamp is not None
    assert stamp.raw == "۱۴۰۲/۰۹/۲۵ ۱۴:۰۵"
