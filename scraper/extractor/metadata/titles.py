"""The article's title: every place that states one votes, the site's own name is cut off. Knows no site by name.

The weights say how often each place was right on the corpus (1,500 pages with a known title); a place whose text
reduces to another's by cutting a segment ("Title | Site") votes for that one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.jsonld import Node, plain_text, text_in
from scraper.extractor.metadata.site_name import SiteNames
from scraper.extractor.page.document import Document, text_of
from scraper.text import fold

_MAX_LENGTH: Final = 400
_MAX_HEADINGS: Final = 12

_SEPARATOR = re.compile(r"\s+[|\-–—·»«•/~:›>]+\s+|\s*[|│ㅣ]\s*|:\s+|\s::\s|\s+[–—]|[–—]\s+")
_PIPE = re.compile(r"\s*[|│ㅣ]\s*")
_STRONG_SEPARATOR = re.compile(r"\s+[|\-–—·»«•~›]+\s+|\s*[|│ㅣ]\s*|\s::?\s")
_TITLE_CLASS = re.compile(r"title|headline|heading|titre|titel|titulo|ueberschrift|h1|hed\b", re.IGNORECASE)
_NOT_TITLE_CLASS = re.compile(
    r"site|logo|brand|sub|nav|widget|sidebar|related|section-|comment|modal|popup", re.IGNORECASE
)
_HOME = re.compile(r"(?:https?:)?(?://[^/]+)?/?(?:index\.\w+)?", re.IGNORECASE)
_WORD = re.compile(r"\w+")

_H1_ALONE: Final = 4.0
_H1_AMONG: Final = 2.4
_H2_WITHOUT_H1: Final = 1.2
_TITLE_CLASS_BONUS: Final = 2.0
_HEADLINE: Final = 2.8
_NAME: Final = 1.2
_TITLE_TAG: Final = 2.0
_META: Final = {
    "og:title": 1.9,
    "twitter:title": 0.6,
    "parsely-title": 2.5,
    "sailthru.title": 2.5,
    "cxenseparse:title": 2.0,
}
_OTHER_META: Final = 1.0
_FOREIGN_HEADING: Final = 0.1
_LABELLED_HEADING: Final = 0.5
_WITHOUT_SITE: Final = 1.0
_WITHOUT_LABEL: Final = 0.7
_WITHOUT_CLAUSE: Final = 0.3
_LABEL_WORDS: Final = 4
_PREFIX: Final = 0.4
# Where no spaces part words, a section or the site's name follows without any.
_TIGHT_SEPARATOR = re.compile(r"[-–—:：_](?!\s)")
_MIN_PREFIX_LENGTH: Final = 12
_MIN_HEAD_LENGTH: Final = 15


@dataclass(frozen=True, slots=True)
class Title:
    """The title, where it came from, and the heading that shows it, if one does."""

    text: str | None = None
    source: str | None = None
    element: etree._Element | None = None


class _Claim(NamedTuple):
    """One place that states a title, and how far it is believed."""

    text: str
    source: str
    weight: float
    element: etree._Element | None = None


def read_title(doc: Document, nodes: Sequence[tuple[str, Node]], site: SiteNames) -> Title:
    """The title with the most weight behind it. `nodes` are (source, node) pairs that describe the page, best first."""
    declared = [claim for claim in _declared(doc, nodes) if not site.covers(claim.text)]
    shown = [claim for claim in _headings(doc, declared) if not site.covers(claim.text)]
    claims = shown + declared or [*_headings(doc, []), *_declared(doc, nodes)]
    if not claims:
        return Title()
    votes = _votes(claims, site)
    best = max(_candidates(claims, site), key=lambda one: votes.get(key_of(one.text), 0.0))
    key = key_of(best.text)
    heading = next((claim for claim in shown if key_of(claim.text) == key), None)
    if heading:
        return Title(best.text, best.source, heading.element)
    similar = _showing(best.text, shown)
    return Title(best.text, best.source, similar if similar is not None else _unmarked(doc, best.text))


def _votes(claims: Sequence[_Claim], site: SiteNames) -> dict[str, float]:
    weights: dict[str, float] = {}
    for claim in claims:
        weights[claim.text] = weights.get(claim.text, 0.0) + claim.weight
    votes: dict[str, float] = {}
    keys = {key_of(text): text for text in weights}
    for text, weight in weights.items():
        supported = _supported(text, site)
        own = f"{key_of(text)} "
        for key, shorter in keys.items():
            if len(key) >= _MIN_PREFIX_LENGTH and own.startswith(f"{key} "):
                is_cut = text.startswith(shorter) and _TIGHT_SEPARATOR.match(text, len(shorter))
                supported[key] = max(supported.get(key, 0.0), _WITHOUT_LABEL if is_cut else _PREFIX)
        for key, share in supported.items():
            votes[key] = votes.get(key, 0.0) + weight * share
    return votes


@lru_cache(maxsize=512)
def key_of(title: str) -> str:
    """The words of a title: what two spellings of one have in common."""
    return " ".join(_WORD.findall(fold(title)))


def _declared(doc: Document, nodes: Sequence[tuple[str, Node]]) -> Iterator[_Claim]:
    """What the page says of itself out of sight."""
    for source, node in nodes[:2]:
        for key, weight in (("headline", _HEADLINE), ("name", _NAME)):
            if text := text_in(node.get(key)):
                yield _Claim(text[:_MAX_LENGTH], source, weight)
    for name in filter(doc.meta.__contains__, meta.TITLE):
        if text := plain_text(doc.meta[name][0]):
            yield _Claim(text[:_MAX_LENGTH], meta.source_of(name), _META.get(name, _OTHER_META))
    if doc.title_tag and (text := plain_text(doc.title_tag)):
        yield _Claim(text[:_MAX_LENGTH], "html", _TITLE_TAG)


def _headings(doc: Document, declared: Sequence[_Claim]) -> Iterator[_Claim]:
    """What the page shows: its `h1`; where it has none, lower headings."""
    shown = _shown(doc, "h1")
    weight = _H1_ALONE
    if not shown:
        shown, weight = _shown(doc, "h2", "h3"), _H2_WITHOUT_H1
    believed = [_FOREIGN_HEADING if _leads_home(heading) else _agreement(text, declared) for heading, text in shown]
    if sum(share > _FOREIGN_HEADING for share in believed) > 1:
        weight = min(weight, _H1_AMONG)
    for (heading, text), share in zip(shown, believed, strict=True):
        yield _Claim(text, "html", weight * share + _bonus(heading) * (share > _FOREIGN_HEADING), heading)


def _leads_home(heading: etree._Element) -> bool:
    """Whether a heading is a link to the front page: then it is the site's name."""
    link = next(heading.iter("a"), None)
    if link is None and (parent := heading.getparent()) is not None and parent.tag == "a":
        link = parent
    return link is not None and _HOME.fullmatch((link.get("href") or "#").strip()) is not None


def _shown(doc: Document, *tags: str) -> list[tuple[etree._Element, str]]:
    headings = [heading for heading in doc.headings if heading.tag in tags][:_MAX_HEADINGS]
    return [(heading, text) for heading in headings if 0 < len(text := text_of(heading)) <= _MAX_LENGTH]


def _agreement(text: str, declared: Sequence[_Claim]) -> float:
    """How far a heading can be the title that the page declares: one that shares no word with it hardly is.

    One that says the same with a few words before or after has a label or a date glued to it.
    """
    key = key_of(text)
    words = set(key.split())
    others = {key_of(claim.text) for claim in declared}
    known = {word for other in others for word in other.split()}
    if known and len(words & known) < 0.15 * len(words) and not any(key in other for other in others):
        return _FOREIGN_HEADING  # where no spaces part words, a title with its site's name is one word
    for other in others:
        extra = len(key.split()) - len(other.split())
        if 0 < extra <= 3 < len(other.split()) and other in key:
            return _LABELLED_HEADING
    return 1.0


def _bonus(heading: etree._Element) -> float:
    name = f"{heading.get('class') or ''} {heading.get('id') or ''} {heading.get('itemprop') or ''}"
    if _NOT_TITLE_CLASS.search(name):
        return -_TITLE_CLASS_BONUS
    return _TITLE_CLASS_BONUS if _TITLE_CLASS.search(name) else 0.0


def _supported(text: str, site: SiteNames) -> dict[str, float]:
    """What a text votes for: itself, and less so every run of segments at its start or end."""
    supported: dict[str, float] = {}
    for cut in _SEPARATOR.finditer(text):
        head, tail = text[: cut.start()], text[cut.end() :]
        for part, rest in ((head, tail), (tail, head)):
            key = key_of(part)
            is_piped = part is head and _PIPE.fullmatch(cut[0])
            share = _WITHOUT_SITE if is_piped else _share(cut[0], rest, site)
            supported[key] = max(supported.get(key, 0.0), share)
    supported[key_of(text)] = 1.0
    return supported


def _share(separator: str, dropped: str, site: SiteNames) -> float:
    """How sure it is that what stands beyond a separator is no part of the title."""
    if site.covers(dropped):
        return _WITHOUT_SITE
    if not _STRONG_SEPARATOR.fullmatch(separator):
        return _WITHOUT_CLAUSE
    return _WITHOUT_LABEL if len(dropped.split()) <= _LABEL_WORDS else _WITHOUT_CLAUSE


def _candidates(claims: Iterable[_Claim], site: SiteNames) -> Iterator[_Claim]:
    """What may be chosen: each claim, without the site's name."""
    seen: set[str] = set()
    for claim in claims:
        if claim.text not in seen:
            seen.add(claim.text)
            yield claim._replace(text=without_site(claim.text, site))


def without_site(title: str, site: SiteNames) -> str:
    """`title` without leading or trailing segments that are only the site's name, and without what follows a pipe.

    A pipe is no punctuation of any language: sections, slogans and words for search engines stand behind it.
    """
    changed = True
    while changed:
        changed = False
        for cut in reversed(list(_SEPARATOR.finditer(title))):
            head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
            if head and tail and site.covers(tail):
                title, changed = head, True
                break
            if head and tail and site.covers(head):
                title, changed = tail, True
                break
    head = _PIPE.split(title, maxsplit=1)[0]
    return head if len(head) >= _MIN_HEAD_LENGTH else title


def _showing(text: str, claims: Iterable[_Claim]) -> etree._Element | None:
    """The heading that shows a title in other words: the one that shares most words with it."""
    words = set(key_of(text).split())
    best, most = None, 0.3
    for claim in claims:
        if claim.element is None:
            continue
        own = set(key_of(claim.text).split())
        share = len(words & own) / max(1, len(words | own))
        if share > most:
            best, most = claim.element, share
    return best


def _unmarked(doc: Document, text: str) -> etree._Element | None:
    """The element that shows a title without being a heading."""
    key = key_of(text)
    for element in doc.root.iter("div", "p", "span", "strong", "b", "td", "font", "a"):
        own = element.text
        if own and len(key) <= 2 * len(own) <= 4 * len(key) + 40 and own[:1] not in "\n{" and key_of(own) == key:
            return element
    return None
