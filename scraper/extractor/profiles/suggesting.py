"""Selectors proposed for a page: what finds a field's value again, by names that a site keeps. Pure.

A proposal is sound where it finds the value here and, on other pages of the site, one value each. It knows no site.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from scraper.dates.reading import parse_timestamp
from scraper.extractor.extract import extract
from scraper.extractor.page.document import Document, text_of
from scraper.extractor.profiles.selectors import elements, values
from scraper.records import Article, Timestamp
from scraper.rules.selectors import Selector, parse_selector
from scraper.text import fold, one_line

_MOST_CHARACTERS = 400
_PROPOSALS = 3
_LONGEST_COUNT = 40
_MOST_OF_IT = 0.9
# Class names made by a build (`css-1x2y3z`, `Title_root__aB3xZ`, `sc-bdVaJa`) change with the next one, numbered ones
# (`tag-link-47`, `cat-item-4`) with the page.
_MADE = re.compile(
    r"(?:^|[-_])(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{5,}$|__[A-Za-z0-9]{5,}$|^(?:css|sc|jsx|svelte|emotion)-"
    r"|\d{3,}|-\d+$|^[a-z]{1,2}\d|[A-Z]{2,}[a-z]+[A-Z]|^_"
)
_NAME = re.compile(r"[A-Za-z][\w-]{1,60}")
# What a page says of one visit or one story, not of its design.
_STATES = re.compile(
    r"^(?:active|current|is-|has-|js-|no-|post-\d|hentry$|wow$|lazy|fade|open$|clearfix$|col-|row$|mt-|mb-|p-\d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A selector for a field: what it gives on this page, and on how many of the other pages it gives something."""

    field: str
    selector: Selector
    gives: str
    elsewhere: int = 0


def suggest(doc: Document, others: Sequence[Document] = ()) -> dict[str, tuple[Proposal, ...]]:
    """Proposals for every field that this page shows, the best first; `others` are pages of the same site."""
    article = extract(etree.tostring(doc.root, method="html", encoding="unicode"), doc.url)
    found = {}
    for name, is_value in _tests(article).items():
        candidates = _elements_with(doc, is_value)
        found[name] = _ranked(name, doc, others, _selectors(doc, candidates, several=name in _SEVERAL))
    found["body"] = _ranked("body", doc, others, _selectors(doc, _text_elements(doc, article), several=False))
    return {name: proposals for name, proposals in found.items() if proposals}


_SEVERAL = frozenset(("authors", "categories", "tags"))
_SHARED = frozenset(("authors", "categories"))
_WORDS = {
    "title": ("title", "headline", "h1"),
    "subtitle": ("subtitle", "subhead", "dek", "standfirst", "lead", "intro"),
    "published": ("publish", "date", "time", "created"),
    "modified": ("modif", "update", "changed"),
    "authors": ("author", "byline", "writer", "uid"),
    "categories": ("categor", "section", "rubri", "kicker"),
    "tags": ("tag", "topic", "keyword"),
    "comment_count": ("comment",),
    "view_count": ("view", "read", "hit"),
    "body": ("body", "content", "text", "article", "story"),
}


def _tests(article: Article) -> dict[str, Callable[[str], bool]]:
    """For each field that the page gave, what a text must be to be its value."""
    found: dict[str, Callable[[str], bool] | None] = {
        "title": _is_one_of((article.title,) if article.title else ()),
        "subtitle": _is_one_of((article.subtitle,) if article.subtitle else ()),
        "published": _is_day_of(article.published),
        "modified": _is_day_of(article.modified),
        "authors": _is_one_of(article.authors),
        "categories": _is_one_of(article.categories),
        "tags": _is_one_of(article.tags),
        "comment_count": _is_number(article.comment_count),
        "view_count": _is_number(article.view_count),
    }
    return {name: test for name, test in found.items() if test is not None}


def _is_day_of(stamp: Timestamp | None) -> Callable[[str], bool] | None:
    if stamp is None:
        return None
    day = stamp.day
    return lambda text: (read := parse_timestamp(text)) is not None and read.day == day


def _is_one_of(wanted: Iterable[str]) -> Callable[[str], bool] | None:
    folded = frozenset(map(fold, wanted))
    return (lambda text: fold(text) in folded) if folded else None


def _is_number(number: int | None) -> Callable[[str], bool] | None:
    if number is None:
        return None
    return lambda text: re.sub(r"\D", "", text) == str(number) and len(text) < _LONGEST_COUNT


def _elements_with(doc: Document, is_value: Callable[[str], bool]) -> list[tuple[etree._Element, str | None]]:
    """Innermost elements of the body whose text is the value, or `<time>` and itemprop elements that state it."""
    found: list[tuple[etree._Element, str | None]] = []
    for element in doc.elements:
        if element.tag in ("script", "style", "head", "title", "option"):
            continue
        attribute = next((name for name in ("datetime", "content") if element.get(name)), None)
        if attribute and element.tag in ("time", "meta") and is_value(element.get(attribute) or ""):
            found.append((element, attribute))
        elif element.tag != "meta" and (text := _short_text(element)) and is_value(text):
            found.append((element, None))
    outer = {id(parent) for element, attribute in found if attribute is None for parent in element.iterancestors()}
    return [(element, attribute) for element, attribute in found if id(element) not in outer]


def _short_text(element: etree._Element) -> str | None:
    """The text of an element that may hold a field: one with much markup inside is the page, not a field."""
    if len(element) > 8:
        return None
    text = one_line(text_of(element))
    return text if 0 < len(text) <= _MOST_CHARACTERS else None


def _text_elements(doc: Document, article: Article) -> list[tuple[etree._Element, str | None]]:
    """The innermost element that holds nearly all of the text, and the two around it."""
    paragraphs = sorted((fold(block.text) for block in article.blocks), key=len)
    if not paragraphs:
        return []
    start = next((one for one in reversed(doc.elements) if paragraphs[-1] in fold(text_of(one))), None)
    if start is None:
        return []
    wanted = Counter(fold(article.body or "").split())
    chain = [one for one in (start, *start.iterancestors()) if one.tag not in ("body", "html", "p")]
    for number, element in enumerate(chain):
        if (wanted & Counter(fold(text_of(element)).split())).total() >= _MOST_OF_IT * wanted.total():
            return [(one, None) for one in chain[number : number + 3]]
    return []


def _selectors(
    doc: Document, candidates: Iterable[tuple[etree._Element, str | None]], *, several: bool
) -> list[Selector]:
    """Selectors for the candidates that find nothing else on the page (with `several`, only candidates)."""
    wanted = list(candidates)
    all_found = {id(element) for element, _ in wanted}
    proposed: dict[str, Selector] = {}
    for element, attribute in wanted:
        for css in _css(element):
            text = f"{css}@{attribute}" if attribute else css
            if text in proposed:
                continue
            selector = parse_selector(text)
            found = elements([selector], doc.root)
            exact = len(found) == 1 or (several and all(id(one) in all_found for one in found))
            if exact and found:
                proposed[text] = selector
    return list(proposed.values())


def _css(element: etree._Element) -> Iterator[str]:
    """Ways to name an element, the most telling first: by itself, then below a parent with a name."""
    own = list(_names(element))
    yield from own
    steps = (*own[:2], str(element.tag))
    for parent in list(element.iterancestors())[:4]:
        for name in list(_names(parent))[:2]:
            yield from (f"{name} {step}" for step in steps)


def _names(element: etree._Element) -> Iterator[str]:
    tag = str(element.tag)
    for attribute in ("itemprop", "rel", "property"):
        value = element.get(attribute)
        if value and _NAME.fullmatch(value.replace(":", "")):
            yield f'{tag}[{attribute}="{value}"]'
    identity = element.get("id")
    if identity and is_lasting(identity):
        yield f"#{identity}"
    for name in (element.get("class") or "").split():
        if is_lasting(name):
            yield f"{tag}.{name}"
    if tag in ("h1", "article", "main"):
        yield tag


def is_lasting(name: str) -> bool:
    """Whether a class or id looks as if a person named it, and for the design rather than for one story."""
    return bool(_NAME.fullmatch(name)) and not _MADE.search(name) and not _STATES.search(name)


def _ranked(
    name: str, doc: Document, others: Sequence[Document], selectors: Iterable[Selector]
) -> tuple[Proposal, ...]:
    """The best few: those that give something on most other pages, shorter ones first."""
    proposals = []
    for selector in selectors:
        gives = "; ".join(values(selector, doc.root))
        given = [list(values(selector, other.root)) for other in others]
        if _is_of_the_site(name, gives, given):
            continue
        elsewhere = sum(bool(found) if name in _SEVERAL else len(found) == 1 for found in given)
        proposals.append(Proposal(field=name, selector=selector, gives=gives, elsewhere=elsewhere))
    proposals.sort(key=_merit)
    return tuple(proposals[:_PROPOSALS])


def _is_of_the_site(name: str, gives: str, given: Sequence[Sequence[str]]) -> bool:
    """Does it say the same on every page: a menu, a cloud of tags? Authors and sections of a small site may."""
    return name not in _SHARED and len(given) > 1 and all("; ".join(found) == gives for found in given)


def _merit(proposal: Proposal) -> tuple[int, bool, int]:
    """What finds something on more pages, is named after its field, and needs fewer steps, goes first."""
    css = proposal.selector.css
    says_so = any(word in css.lower() for word in _WORDS[proposal.field])
    return -proposal.elsewhere, not says_so, len(css.split())
