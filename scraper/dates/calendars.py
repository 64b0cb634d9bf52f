"""Days counted otherwise than by the Gregorian calendar: the Persian one, and years of Japanese and Taiwanese eras.

Turns them into Gregorian days. How they are written in running text is a pattern of `forms`.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from scraper.dates.words import fold_word

PERSIAN_MONTHS: Final = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
_ERA_BEGINS: Final = {"令和": 2019, "平成": 1989, "昭和": 1926, "民國": 1912, "民国": 1912}
_FIRST_YEAR: Final = "元"
_PERSIAN_LANGUAGES = frozenset(("fa", "ps", "prs"))
# The cycle of 33 years with eight leap years holds from 1343 to 1502 (1964 to 2123), which is all that news needs.
_CYCLE_BEGINS: Final = 1342
_DAYS_OF_CYCLE: Final = 33 * 365 + 8
_BEGIN_OF_CYCLE: Final = datetime(1963, 3, 21, tzinfo=UTC).toordinal()
_LEAP_YEARS = frozenset((0, 4, 8, 12, 16, 20, 24, 28))
_FIRST_HALF: Final = 6
_ARABIC_LETTERS = str.maketrans("يىك", "ییک")


def is_persian(languages: Iterable[str]) -> bool:
    """Whether a page in these languages may count days by the Persian calendar."""
    return any(language.lower().partition("-")[0] in _PERSIAN_LANGUAGES for language in languages)


def persian_month(word: str) -> int | None:
    """1 to 12 where `word` names a month of the Persian calendar, in Persian or Arabic letters."""
    return _MONTH_NUMBERS.get(_key(word))


def persian_day(year: int, month: int, day: int) -> datetime | None:
    """The Gregorian day; None where the Persian calendar has none such."""
    cycles, place = divmod(year - _CYCLE_BEGINS, 33)
    is_leap = place in _LEAP_YEARS
    length = 31 if month <= _FIRST_HALF else 30 if month < 12 or is_leap else 29
    if not (1 <= month <= 12 and 1 <= day <= length):
        return None
    leap_days = sum(one < place for one in _LEAP_YEARS)
    days = (month - 1) * 30 + min(month - 1, _FIRST_HALF) + day - 1
    ordinal = _BEGIN_OF_CYCLE + cycles * _DAYS_OF_CYCLE + place * 365 + leap_days + days
    return datetime.fromordinal(ordinal).replace(tzinfo=UTC)


def era_year(era: str, year: str) -> int:
    """The Gregorian year that is this one of the era; its first may be written as 元."""
    return _ERA_BEGINS[era] + (1 if year == _FIRST_YEAR else int(year)) - 1


def _key(word: str) -> str:
    return fold_word(word.translate(_ARABIC_LETTERS))


_MONTH_NUMBERS = {_key(word): number for number, word in enumerate(PERSIAN_MONTHS, 1)}
