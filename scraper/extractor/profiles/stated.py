"""Single fields where a rule or profile says they stand, each read as what it must be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from scraper.dates import parse_timestamp
from scraper.extractor.metadata.figures import number_in
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.matching import MatchedRule
from scraper.extractor.profiles.selectors import elements_of, values
from scraper.records import Timestamp
from scraper.rules import Selector

_Texts = Sequence[str]


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
        for name in fields.keys() - found.keys() - {"body"}:
            value = _read(name, fields[name], doc.root, matched.rule.languages)
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


def _read(name: str, selectors: Sequence[Selector], root: etree._Element, languages: Sequence[str]) -> object:
    """The field's value by the first selector that gives one, None where none does."""
    if name in ("published", "modified"):
        return _first(selectors, root, lambda texts: _timestamp(texts, languages))
    return _first(selectors, root, _READERS.get(name, _single))


def _first(selectors: Sequence[Selector], root: etree._Element, read: Callable[[_Texts], object]) -> object:
    found = (read(list(values(selector, root))) for selector in selectors)
    return next((value for value in found if value is not None), None)


def _single(texts: _Texts) -> str | None:
    return texts[0] if texts else None


def _several(texts: _Texts) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(texts)) or None


def _number(texts: _Texts) -> int | None:
    return next((number for text in texts if (number := number_in(text)) is not None), None)


def _timestamp(texts: _Texts, languages: Sequence[str]) -> Timestamp | None:
    return next((found for text in texts if (found := parse_timestamp(text, languages=languages))), None)


_READERS: Mapping[str, Callable[[_Texts], object]] = {
    "authors": _several,
    "categories": _several,
    "tags": _several,
    "comment_count": _number,
    "view_count": _number,
}
