"""When the article was published and last changed: every place that states a day votes, the fullest of the winners stands.

Structured data, meta tags, what is shown near the title, the address, and the page's scripts, weighed by how often each
was right on the corpus. The two dates are told apart by property names and by the words shown beside them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from lxml import etree

from scraper.dates import find_dates, parse_epoch, parse_timestamp
from scraper.extractor import meta
from scraper.extractor.document import Document, text_of
from scraper.extractor.jsonld import LinkedData, Node, text_in
from scraper.extractor.marks import Marks, Role
from scraper.records import Precision, Timestamp

_MAX_MARKS: Final = 30
_MAX_LINE_LENGTH: Final = 160
_MAX_PLAIN_LENGTH: Final = 70
_DATELINE_LENGTH: Final = 60
_MINUTE: Final = timedelta(minutes=1)
_QUARTER: Final = timedelta(minutes=15)
_MAX_OFFSET: Final = timedelta(hours=14)
_MAX_SCRIPT_LENGTH: Final = 2_000_000
_MAX_SCATTERED: Final = 60

_MODIFIED_WORD = re.compile(
    r"updated?|modified|revised|edited|last|changed|aktualisier\w*|geändert|änderung|stand|zuletzt|überarbeitet|mis à jour|"
    r"mise à jour|modifié|actualizad[oa]|actualización|aggiornat[oa]|aggiornamento|modificat[oa]|bijgewerkt|gewijzigd|atualizad[oa]|"
    r"zaktualizowano|aktualizacja|aktualizováno|uppdaterad|opdateret|oppdatert|päivitetty|обновлено|оновлено|güncelle\w*|"
    r"frissítve|actualizat|ενημέρωση|更新|修正|수정|업데이트|تحديث",
    re.IGNORECASE,
)
_PUBLISHED_WORD = re.compile(
    r"publish\w*|posted|first|created|written|\bdated?\b|\bdatum\b|\bfecha\b|\bdata\b|veröffentlicht\w*|erstellt|erschienen|publié\w*|publicad[oa]|pubblicat[oa]|gepubliceerd|"
    r"geplaatst|opublikowan\w*|publikacja|publicerad|publiceret|publisert|julkaistu|опубликован\w*|опубліковано|yayın\w*|"
    r"megjelent|publikováno|δημοσίευση|公開|発表|入力|등록|발행|작성|نشر",
    re.IGNORECASE,
)
# "Deadline: 1 May 2024", "valid since 1 May 2024": a date that is said to be that of something else.
_OTHER_LABEL = re.compile(
    r"\w:\s*$|\b(?:since|until|till|by|from|between|born|seit|bis|ab|vom|depuis|desde|hasta)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER_DATELINE = re.compile(r"\s*[|–—)]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?![\d])")
_SCRIPT_FIELD = re.compile(
    r"\\?[\"'](datePublished|published(?:At|Date|On|_at|_date)?|publish(?:Date|_date|edTime)|publicationDate|publication_date|"
    r"first(?:PublishedAt|_published_at|Published)|pub_?[dD]ate|datePosted|dateModified|updatedAt|updated_at|modifiedDate|modified_date|"
    r"lastModified(?:Date)?|dateUpdated)\\?[\"']\s*:\s*\\?[\"']([^\"'\\]{8,40})"
)
_IS_MODIFIED_KEY = re.compile(r"modif|updat", re.IGNORECASE)
_SCATTERED = etree.XPath("//text()[contains(., '20') or contains(., '199')]")
_SILENT_TAGS = frozenset(("script", "style", "noscript", "template", "title", "option", "textarea"))

# How far each place is believed; places that name the same day add up.
_JSON_LD: Final = 3.5
_META: Final = 3.0
_META_LOOSE: Final = 1.0
_MICRODATA: Final = 2.5
_NEAR: Final = 2.2
_NEAR_SAID: Final = 3.0
_ABOVE: Final = 1.2
_MARKED: Final = 1.2
_REPUBLISHED: Final = 8.0
_URL: Final = 2.0
_SCRIPT: Final = 1.0
_SCATTERED_WEIGHT: Final = 0.5
_LATER_SHARE: Final = 0.3
# From here on, the names of meta tags say "date" without saying of what.
_LOOSE_META = frozenset(("date", "dc.date", "datecreated", "article:created", "created", "doc_date", "timestamp"))


@dataclass(frozen=True, slots=True)
class Dates:
    """The two dates, each with the kind of source that stated it."""

    published: Timestamp | None = None
    published_source: str | None = None
    modified: Timestamp | None = None
    modified_source: str | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    stamp: Timestamp
    source: str
    weight: float
    is_modified: bool = False
    is_said: bool = False


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads dates the way this page writes them."""

    languages: tuple[str, ...]
    not_after: datetime | None

    def field(self, raw: str) -> Timestamp | None:
        return parse_timestamp(raw, languages=self.languages, not_after=self.not_after) or parse_epoch(
            raw, not_after=self.not_after
        )

    def line(self, text: str, source: str, weight: float, said: float) -> Iterator[_Claim]:
        """The dates of one line, each as what the words before it say; `said` is the weight where they say it."""
        start = 0
        for found in find_dates(text, languages=self.languages, not_after=self.not_after):
            words = text[start : found.start]
            start = found.end
            is_modified = _last(_MODIFIED_WORD, words) > _last(_PUBLISHED_WORD, words)
            is_said = is_modified or _last(_PUBLISHED_WORD, words) >= 0
            if not is_said and _OTHER_LABEL.search(words):
                continue
            yield _Claim(found.timestamp, source, said if is_said else weight, is_modified, is_said)


def read_dates(
    doc: Document,
    nodes: Sequence[tuple[str, Node, LinkedData]],
    marks: Marks,
    *,
    languages: Sequence[str] = (),
    not_after: datetime | None = None,
) -> Dates:
    """The dates of this article. `languages` (BCP 47) decide how 3/4/2024 is read; nothing after `not_after` counts."""
    reader = _Reader(tuple(languages), not_after)
    declared = [*_structured(nodes, reader), *_tags(doc, reader)]
    shown = _reconsidered(list(_shown(marks, reader)), declared)
    claims = [*_in_local_time(declared, shown), *shown, *_address(doc, reader)]
    if not claims:
        claims = list(_scripts(doc, reader)) or list(_scattered(doc, reader))
    published = [claim for claim in claims if not claim.is_modified]
    modified = [claim for claim in claims if claim.is_modified]
    first, last = _winner(published), _winner(modified)
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


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _winner(claims: Sequence[_Claim]) -> _Claim | None:
    """The fullest statement of the day with the most weight; of equal ones the first."""
    if not claims:
        return None
    weight: dict[object, float] = {}
    for claim in claims:
        weight[claim.stamp.day] = weight.get(claim.stamp.day, 0.0) + claim.weight
    best = max(claims, key=lambda claim: weight[claim.stamp.day])
    same = [claim for claim in claims if claim.stamp.day == best.stamp.day]
    return max(same, key=_fullness)


def _fullness(claim: _Claim) -> tuple[bool, bool, bool]:
    stamp = claim.stamp
    is_midnight = stamp.local.hour == stamp.local.minute == stamp.local.second == 0
    return (
        stamp.precision is not Precision.DAY and not is_midnight,
        stamp.offset_minutes is not None,
        stamp.precision is Precision.SECOND,
    )


def _structured(nodes: Sequence[tuple[str, Node, LinkedData]], reader: _Reader) -> Iterator[_Claim]:
    """Each property counts once, by the first node that has it."""
    seen: set[tuple[str, str]] = set()
    for source, node, _ in nodes:
        base = _JSON_LD if source == "json-ld" else _MICRODATA
        for key, share, is_modified in (
            ("datePublished", 1.0, False),
            ("dateCreated", 0.4, False),
            ("uploadDate", 0.1, False),
            ("dateModified", 1.0, True),
        ):
            raw = text_in(node.get(key))
            stamp = reader.field(raw) if raw else None
            if stamp:
                later = 1.0 if (source, key) not in seen else _LATER_SHARE
                seen.add((source, key))
                yield _Claim(stamp, source, base * share * later, is_modified)


def _tags(doc: Document, reader: _Reader) -> Iterator[_Claim]:
    for names, is_modified in ((meta.PUBLISHED, False), (meta.MODIFIED, True)):
        first = True
        for name in names:
            for content in doc.meta.get(name, ())[:1]:
                stamp = reader.field(content)
                if stamp:
                    weight = _META_LOOSE if name in _LOOSE_META else _META
                    yield _Claim(stamp, meta.source_of(name), weight * (1.0 if first else _LATER_SHARE), is_modified)
                    first = False


def _shown(marks: Marks, reader: _Reader) -> Iterator[_Claim]:
    yield from _fading(_lines(marks.near, _NEAR, reader))
    yield from _fading(_lines(marks.above, _ABOVE, reader))
    yield from _fading(_marked(marks, reader))


def _lines(lines: Sequence[str], weight: float, reader: _Reader) -> Iterator[_Claim]:
    for line in lines:
        if len(line) <= _MAX_LINE_LENGTH:
            claims = list(reader.line(line, "html", weight, _NEAR_SAID))
            # In a sentence a date is what the sentence is about.
            limit = _MAX_PLAIN_LENGTH // 2 if _CJK.search(line) else _MAX_PLAIN_LENGTH
            if claims and (len(line) <= limit + 20 * len(claims) or any(claim.is_said for claim in claims)):
                yield from claims
        elif found := next(
            find_dates(line[:_DATELINE_LENGTH], languages=reader.languages, not_after=reader.not_after), None
        ):
            if found.start <= 2 or _AFTER_DATELINE.match(line, found.end):
                yield _Claim(found.timestamp, "html", weight)


def _reconsidered(shown: list[_Claim], declared: Sequence[_Claim]) -> list[_Claim]:
    """What is shown, read in the light of what is declared.

    3/4/2024 is the day that is declared, where one of its two readings is. And a bare date by the title that the page
    declares to be that of its last change is the one under which the site publishes the article (again): in the corpus
    26 of 33 annotators took it so.
    """
    published = {claim.stamp.day for claim in declared if not claim.is_modified}
    modified = {claim.stamp.day for claim in declared if claim.is_modified}
    result: list[_Claim] = []
    for claim in shown:
        stamp = _swapped_to(claim.stamp, published | modified)
        weight = claim.weight
        if not claim.is_modified and claim.weight >= _NEAR and stamp.day in modified - published:
            weight = _REPUBLISHED
        result.append(replace(claim, stamp=stamp, weight=weight))
    return result


def _swapped_to(stamp: Timestamp, days: Set[date]) -> Timestamp:
    day = stamp.day
    if day in days or day.day > 12 or any(map(str.isalpha, stamp.raw)):
        return stamp
    other = date(day.year, day.day, day.month)
    return replace(stamp, at=stamp.at + (other - day)) if other in days else stamp


def _in_local_time(declared: Sequence[_Claim], shown: Sequence[_Claim]) -> Iterator[_Claim]:
    """What is declared in UTC, in the zone in which the page states or shows the same moment elsewhere."""
    readings = [claim.stamp.at for claim in shown if claim.stamp.offset_minutes is None and _has_hour(claim.stamp)]
    zones = {claim.stamp.at: claim.stamp.offset_minutes for claim in (*declared, *shown) if claim.stamp.offset_minutes}
    for claim in declared:
        stamp = claim.stamp
        if stamp.offset_minutes == 0 and _has_hour(stamp):
            offset = zones.get(stamp.at) or next(_offsets(stamp.at, readings), 0)
            stamp = replace(stamp, offset_minutes=offset)
        yield replace(claim, stamp=stamp)


def _offsets(at: datetime, readings: Iterable[datetime]) -> Iterator[int]:
    """The zones, in minutes, in which a clock showed one of these readings at that moment."""
    for reading in readings:
        ahead = reading - at.replace(second=reading.second, microsecond=0)
        if abs(ahead) <= _MAX_OFFSET and not ahead % _QUARTER:
            yield ahead // _MINUTE


def _has_hour(stamp: Timestamp) -> bool:
    return stamp.precision is not Precision.DAY


def _fading(claims: Iterable[_Claim]) -> Iterator[_Claim]:
    """The first of each kind counts in full, each further one less: they stand further from the title."""
    share = {True: 1.0, False: 1.0}
    for claim in claims:
        yield replace(claim, weight=claim.weight * share[claim.is_modified])
        share[claim.is_modified] *= _LATER_SHARE


def _marked(marks: Marks, reader: _Reader) -> Iterator[_Claim]:
    for element in islice(marks.of(Role.DATE), _MAX_MARKS):
        name = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        raw = element.get("datetime") or element.get("title") if element.tag in ("time", "abbr") else None
        text = marks.text(element) if raw is None else ""
        if raw and (stamp := reader.field(raw)):
            yield _Claim(stamp, "html", _MARKED, _IS_MODIFIED_KEY.search(name) is not None)
        elif len(text) <= _MAX_LINE_LENGTH:
            for claim in reader.line(text, "html", _MARKED, _MARKED * 1.5):
                yield replace(claim, is_modified=claim.is_modified or _IS_MODIFIED_KEY.search(name) is not None)


def _address(doc: Document, reader: _Reader) -> Iterator[_Claim]:
    match = _URL_DAY.search(doc.url or "")
    stamp = reader.field("-".join(match.groups())) if match else None
    if stamp:
        yield _Claim(stamp, "url", _URL)


def _scripts(doc: Document, reader: _Reader) -> Iterator[_Claim]:
    """Embedded state of pages that a script draws: the first of each kind."""
    seen: set[bool] = set()
    for script in doc.scripts:
        for key, raw in _SCRIPT_FIELD.findall((script.text or "")[:_MAX_SCRIPT_LENGTH]):
            is_modified = _IS_MODIFIED_KEY.search(key) is not None
            stamp = reader.field(raw) if is_modified not in seen else None
            if stamp:
                seen.add(is_modified)
                yield _Claim(stamp, "html", _SCRIPT, is_modified)


def _scattered(doc: Document, reader: _Reader) -> Iterator[_Claim]:
    """The first date in any short line of the page."""
    for text in islice(_SCATTERED(doc.root), _MAX_SCATTERED):
        parent = text.getparent()
        if len(text) > _MAX_LINE_LENGTH or parent is None or parent.tag in _SILENT_TAGS:
            continue
        claims = list(reader.line(text, "html", _SCATTERED_WEIGHT, _SCATTERED_WEIGHT))
        if claims:
            yield from claims
            return
