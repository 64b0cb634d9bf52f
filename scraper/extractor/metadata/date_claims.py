"""Lines and fields that state a date: which day they state, and whether that of publication or of the last change."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from scraper.dates.reading import FoundDate, find_dates, may_hold_date, parse_epoch, parse_timestamp
from scraper.records import Timestamp

_MAX_LINE_LENGTH: Final = 160
_MAX_PLAIN_LENGTH: Final = 70
_DATE_LENGTH: Final = 20
_DATELINE_LENGTH: Final = 60
FIRST: Final = 4.5
"""The weight of what is said to be the first of several dates: more than all else that is shown, not than fields."""


# For text in lower case: to ignore case takes five times as long.
def _any_of(phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(line.strip().strip("|") for line in phrases.strip().splitlines()))


MODIFIED_WORD: Final = _any_of(r"""
    updated?|modified|revised|\bedited|\blast|\bchanged|aktualisier\w*|geändert|änderung|\bstand\b|zuletzt
    überarbeitet|mis à jour|mise à jour|modifié|actualizad[oa]|actualización|aggiornat[oa]|aggiornamento|modificat[oa]
    bijgewerkt|gewijzigd|atualizad[oa]|zaktualizowano|aktualizacja|aktualizováno|uppdaterad|opdateret|oppdatert
    päivitetty|обновлено|оновлено|güncelle\w*|frissítve|actualizat|ενημέρωση|更新|修正|수정|업데이트|تحديث|diperbarui
    diperbaharui|ažurirano|posodobljeno|aktualizovan\w*|aktualizirano|актуализиран\w*|ажурирано|uuendatud|atnaujinta
    atjaunots|uppfærð\w*|cập nhật|עודכן|به ?روزرسانی|अपडेट|আপডেট|อัปเดต
    revision as of|version vom|version du|revisión del|versione delle|versie van|wersja z|versão das|версия от
""")
PUBLISHED_WORD: Final = _any_of(r"""
    publish\w*|posted|first|created|written|\bdated?\b|\bdatum\b|\bfecha\b|\bdata\b|veröffentlich[tu]\w*|erstellt|erschienen
    publié\w*|publicad[oa]|pubblicat[oa]|gepubliceerd|geplaatst|opublikowan\w*|publikacja|publicerad|publiceret|publisert
    julkaistu|опубликован\w*|опубліковано|yayın\w*|megjelent|publikován\w*|publikacji|δημοσίευση|δημοσιεύ\w+|publicat\w*
    objavljen\w*|zverejnen\w*|публикуван\w*|објављено|avaldatud|paskelbta|publicēts|birt\b|diterbitkan|dipublikasikan
    tayang|đăng lúc|פורסם|انتشار|प्रकाशित|প্রকাশ\w*|เผยแพร่|公開|公开|発表|发布|發布|掲載|配信|入力|입력|등록|발행|작성|نُ?شر
""")
FIRST_WORD: Final = _any_of(r"""
    originally|first published|first appeared|ursprünglich|erstmals|zuerst|erstveröffentlich\w*|initialement|à l'origine
    originalmente|por primera vez|originariamente|inizialmente|oorspronkelijk|eerst gepubliceerd|pierwotnie
    pela primeira vez
""")
MODIFIED_KEY: Final = re.compile(r"modif|updat", re.IGNORECASE)
"""Names of fields and classes that say of a date that it is that of the last change."""
# "Deadline: 1 May 2024", "valid since 1 May 2024": a date that is said to be that of something else.
_OTHER_LABEL = re.compile(
    r"[\w.]:\s*$|\b(?:since|until|till|from|between|born|seit|bis|ab|depuis|desde|hasta)\s+(?:the\s+)?$", re.IGNORECASE
)
# "From the issue of 26 October 2024": when it was printed, mostly a day after it was published.
_ISSUE_LABEL = re.compile(
    r"\b(?:ausgabe|heft|issue|print(?:ed)?|numéro|édition|edición|impresa|edizione|editie|krant|numer|wydani[ea])"
    r"(?:\s+\w{1,4}){0,2}[\s:]*$",
    re.IGNORECASE,
)
_ISSUE_SHARE: Final = 0.3
_AFTER_DATELINE = re.compile(r"\s*[|–—)]")
# "20 October - 26 October 2024", "14. - 20. Oktober 2024", "9:30-12:00": the days and hours of an event.
_TO = re.compile(r"\s?[-–—－~～]\s?")
_FROM_DAY = re.compile(r"(?<![\d.,:/-])\d{1,2}\.?\s?[-–—]\s?$")
_FROM_LENGTH: Final = 6
_TO_HOUR = re.compile(r"\s?[-–—－~～]\s?\d{1,2}[:：]\d\d")
# Read as a clock with its zone.
_HOURS = re.compile(r"(?<![\d:])(\d{1,2}):\d\d\s?-\s?(\d{1,2}):\d\d$")


class DateClaim(NamedTuple):
    """One place that states a date, and how far it is believed; `is_said` where words beside it say of what."""

    stamp: Timestamp
    source: str
    weight: float
    is_modified: bool = False
    is_said: bool = False


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads dates the way one page writes them: in these languages, none after that moment."""

    languages: tuple[str, ...] = ()
    not_after: datetime | None = None

    def field(self, raw: str) -> Timestamp | None:
        """The date in a field made for one; seconds since 1970 too."""
        return _field(raw, self.languages, self.not_after)

    def text(self, text: str, weight: float, said_weight: float) -> Iterator[DateClaim]:
        """The dates in `text`, each as what the words before it say, with `said_weight` where they say it."""
        dates = tuple(find_dates(text, languages=self.languages, not_after=self.not_after))
        for at, found in enumerate(dates):
            words = text[dates[at - 1].end if at else 0 : found.start]
            said = says_modified(words)
            if said is None and (_OTHER_LABEL.search(words) or _is_of_event(text, dates, at)):
                continue
            believed = weight if said is None else said_weight
            if said is False and FIRST_WORD.search(words.lower()):
                believed = FIRST
            elif _ISSUE_LABEL.search(words):
                believed *= _ISSUE_SHARE
            yield DateClaim(found.timestamp, "html", believed, bool(said), said is not None)

    def line(self, line: str, weight: float, said_weight: float) -> Iterator[DateClaim]:
        """The dates of a whole line near a title; none of a sentence, which is about its date."""
        if not may_hold_date(line):
            return
        if len(line) > _MAX_LINE_LENGTH:
            stamp = self._dateline(line)
            if stamp:
                yield DateClaim(stamp, "html", weight)
            return
        claims = list(self.text(line, weight, said_weight))
        if len(line) <= _MAX_PLAIN_LENGTH + _DATE_LENGTH * len(claims) or any(claim.is_said for claim in claims):
            yield from claims

    def _dateline(self, paragraph: str) -> Timestamp | None:
        """The date that opens a paragraph: "26.10.2024 – Text", "Pressemitteilung vom 26. Oktober 2024 | Berlin –"."""
        head = paragraph[:_DATELINE_LENGTH]
        found = next(find_dates(head, languages=self.languages, not_after=self.not_after), None)
        if found and (found.start <= 2 or _AFTER_DATELINE.match(paragraph, found.end)):
            return found.timestamp
        return None


def _is_of_event(text: str, dates: Sequence[FoundDate], at: int) -> bool:
    """Whether a date is one end of a time: of several days or, on one, of several hours."""
    found = dates[at]
    hours = _HOURS.search(found.timestamp.raw)
    return (
        (hours is not None and int(hours[1]) < int(hours[2]))
        or (at > 0 and _TO.fullmatch(text, dates[at - 1].end, found.start) is not None)
        or (at + 1 < len(dates) and _TO.fullmatch(text, found.end, dates[at + 1].start) is not None)
        or _FROM_DAY.search(text, max(0, found.start - _FROM_LENGTH), found.start) is not None
        or _TO_HOUR.match(text, found.end) is not None
    )


# A page states one moment in four places, letter by letter the same.
@lru_cache(maxsize=64)
def _field(raw: str, languages: tuple[str, ...], not_after: datetime | None) -> Timestamp | None:
    stamp = parse_timestamp(raw, languages=languages, not_after=not_after)
    return stamp or parse_epoch(raw, not_after=not_after)


def says_modified(words: str) -> bool | None:
    """Whether words say of the date after them that it is that of the last change; None where they say nothing."""
    lower = words.lower()
    published, modified = _last(PUBLISHED_WORD, lower), _last(MODIFIED_WORD, lower)
    return None if published == modified else modified > published


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)
