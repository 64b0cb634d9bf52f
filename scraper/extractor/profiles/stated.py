"""Single fields where a rule or profile says they stand, each read as what it must be."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from scraper.dates.reading import parse_timestamp
from scraper.extractor.metadata.figures import number_in
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.matching import MatchedRule
from scraper.extractor.profiles.selectors import elements_of, occurring, places_of, values
from scraper.records import Precision, Timestamp
from scraper.rules.selectors import Selector
from scraper.rules.site_rules import SiteRule

_Texts = Sequence[str]
_HAS_SECONDS = re.compile("%[STcX]")
_HAS_CLOCK = re.compile("%[HIcXT]")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFields:
    """What rules found: `values` by the field's name in :class:`scraper.records.Article`, `sources` likewise."""

    values: Mapping[str, Any]
    sources: Mapping[str, str]
    body: tuple[etree._Element, ...]
    drop: tuple[etree._Element, ...]
    is_protected: bool


def read_fields(doc: Document, rules: Sequence[MatchedRule]) -> StatedFields:
    """Ask the rules in order of precedence; a field that the first does not find is asked of the next."""
    found: dict[str, object] = {}
    sources: dict[str, str] = {}
    body: list[etree._Element] = []
    for matched in rules:
        fields = matched.rule.fields
        wanted = [name for name in fields if name not in found and name != "body"]
        for name in wanted:
            value = _read(name, doc, occurring(doc, fields[name]), matched.rule)
            if value is not None:
                found[name], sources[name] = value, matched.source
        if not body and "body" in fields:
            body = elements_of(doc, fields["body"])
            if body:
                sources["body"] = matched.source
    return StatedFields(
        values=found,
        sources=sources,
        body=tuple(body),
        drop=tuple(elements_of(doc, [selector for matched in rules for selector in matched.rule.drop])),
        is_protected=any(elements_of(doc, matched.rule.protected) for matched in rules),
    )


def _read(name: str, doc: Document, selectors: Sequence[Selector], rule: SiteRule) -> object:
    """The field's value by the first selector that gives one, None where none does."""
    if name in ("published", "modified"):
        return _first(doc, selectors, lambda texts: _timestamp(texts, rule))
    return _first(doc, selectors, _READERS.get(name, _single))


def _first(doc: Document, selectors: Sequence[Selector], read: Callable[[_Texts], object]) -> object:
    found = (
        read([text for place in places_of(doc, selector) for text in values(selector, place)]) for selector in selectors
    )
    return next((value for value in found if value is not None), None)


def _single(texts: _Texts) -> str | None:
    return texts[0] if texts else None


def _several(texts: _Texts) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(texts)) or None


def _number(texts: _Texts) -> int | None:
    return next((number for text in texts if (number := number_in(text)) is not None), None)


def _timestamp(texts: _Texts, rule: SiteRule) -> Timestamp | None:
    """The first text that is a date: by a format of the rule, else as dates are read everywhere."""
    for text in texts:
        found = next((stamp for form in rule.date_formats if (stamp := _by_format(text, form))), None)
        found = found or parse_timestamp(text, languages=rule.languages)
        if found:
            return found
    return None


def _by_format(text: str, form: str) -> Timestamp | None:
    """`text` as a moment where it is written in this format of :meth:`datetime.strptime`, no more exact than that."""
    try:
        read = datetime.strptime(text, form)  # noqa: DTZ007 - where the format has a zone, it comes out aware
    except ValueError:
        return None
    offset = read.utcoffset()
    precision = Precision.SECOND if _HAS_SECONDS.search(form) else Precision.MINUTE
    return Timestamp(
        at=read.astimezone(UTC) if offset is not None else read.replace(tzinfo=UTC),
        offset_minutes=None if offset is None else round(offset.total_seconds() / 60),
        precision=precision if _HAS_CLOCK.search(form) else Precision.DAY,
        raw=text,
    )


_READERS: Mapping[str, Callable[[_Texts], object]] = {
    "authors": _several,
    "categories": _several,
    "tags": _several,
    "comment_count": _number,
    "view_count": _number,
}
