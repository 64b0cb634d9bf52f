"""The article's title: every place that states one votes, the site's own name is cut off. Knows no site by name.

A place whose text reduces to another's by cutting a segment ("Title | Site") votes for that one, less surely.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from lxml import etree

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.jsonld import Node
from scraper.extractor.metadata.site_name import SiteNames, squeezed
from scraper.extractor.metadata.title_claims import TitleClaim, declared_titles, key_of, path_of, shown_titles
from scraper.extractor.page.document import Document, text_of

_MAX_LOWER_HEADINGS: Final = 60

_SEPARATOR = re.compile(r"\s+[|\-–—·»«•/~:›‹><⋆★☆♦◆●→]+\s+|\s*[|│ㅣ]\s*|:\s+|\s::\s|\s+[–—]|[–—]\s+")
_PIPE = re.compile(r"\s*[|│ㅣ]\s*")
_STRONG_SEPARATOR = re.compile(r"\s+[|\-–—·»«•~›‹<⋆★☆♦◆●→]+\s+|\s*[|│ㅣ]\s*|\s::?\s")
_SLUG_WORD = re.compile(r"[^\W_]+")

# Most CMSs print one text into headline, og:title and <title>: what repeats another place says little more.
_REPEATED: Final = 0.7
# An address is made from the title that the article was first given; fewer words do not tell one from another.
_SLUG: Final = 3.0
_MIN_SLUG_WORDS: Final = 3
_WITHOUT_SITE: Final = 1.0
_WITHOUT_LABEL: Final = 0.7
_WITHOUT_CLAUSE: Final = 0.3
_LABEL_WORDS: Final = 4
_PREFIX: Final = 0.4
# Where no spaces part words, a section or the site's name follows without any.
_TIGHT_SEPARATOR = re.compile(r"[-–—:：_](?!\s)")
_TIGHT_END = re.compile(r"(?<=\S)[-–—_：]([^\s\-–—_：]{1,24})$")
_TIGHT_SITE = re.compile(r"(?<=\S)(?:[_：]|[-–—](?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]))(\S[^\-–—_：]*)$")
_CJK_SECTION = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af」”’\])][-–—_：][\u30a0-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,5}$"
)
_MIN_TIGHT_HEAD: Final = 6
_MAX_TIGHT_SECTIONS: Final = 3
# Where a word may be parted at the end of a line, and what has no width at all.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LOOSE_END = re.compile(r"\s+[|\-–—·•:]+$")
_MIN_PREFIX_LENGTH: Final = 12
_MIN_HEAD_LENGTH: Final = 15


@dataclass(frozen=True, slots=True)
class Title:
    """The title, where it came from, and the heading that shows it, if one does."""

    text: str | None = None
    source: str | None = None
    element: etree._Element | None = None


def read_title(doc: Document, nodes: Sequence[tuple[str, Node]], site: SiteNames) -> Title:
    """The title with the most weight behind it. `nodes` are (source, node) pairs that describe the page, best first."""
    declared = [claim for claim in declared_titles(doc, nodes) if not site.covers(claim.text)]
    shown = [claim for claim in shown_titles(doc, declared) if not site.covers(claim.text)]
    claims = shown + declared or [*shown_titles(doc, []), *declared_titles(doc, nodes)]
    if not claims:
        return Title()
    sections = frozenset(squeezed(text) for name in meta.SECTION for text in doc.meta.get(name, ())) - {""}
    candidates = list(_candidates(claims, site, _folders(doc.url) | sections))
    best = candidates[0]
    key = key_of(best.text)
    if any(key_of(other.text) != key for other in candidates):
        votes = _votes(claims, site, _slug_words(doc.url))
        best = max(candidates, key=lambda one: votes.get(key_of(one.text), 0.0))
        key = key_of(best.text)
    heading = next((claim for claim in shown if key_of(claim.text) == key), None)
    if heading:
        return Title(best.text, best.source, heading.element)
    similar = _showing(best.text, shown)
    return Title(best.text, best.source, similar if similar is not None else _unmarked(doc, best.text))


def _votes(claims: Sequence[TitleClaim], site: SiteNames, slug: Set[str]) -> dict[str, float]:
    """What speaks for each text: the headings that show it, what is declared, and the words of the address."""
    texts = {claim.text for claim in claims}
    supported = {text: _supported(text, site) for text in texts}
    for longer in texts:
        for text in texts:
            _support_prefix(supported[longer], longer, text)
    shown: dict[str, float] = {}
    declared: dict[str, list[float]] = {}
    for claim in claims:
        for key, share in supported[claim.text].items():
            if claim.element is not None:
                shown[key] = shown.get(key, 0.0) + claim.weight * share
            else:
                declared.setdefault(key, []).append(claim.weight * share)
    votes = dict(shown)
    for key, weights in declared.items():
        strongest = max(weights)
        votes[key] = votes.get(key, 0.0) + strongest + _REPEATED * (sum(weights) - strongest)
    return {key: vote + _SLUG * _likeness(key, slug) for key, vote in votes.items()}


def _support_prefix(supported: dict[str, float], longer: str, text: str) -> None:
    """A text that goes on after the words of another votes for that one, too."""
    key = key_of(text)
    if len(key) >= _MIN_PREFIX_LENGTH and f"{key_of(longer)} ".startswith(f"{key} "):
        is_cut = longer.startswith(text) and _TIGHT_SEPARATOR.match(longer, len(text))
        supported[key] = max(supported.get(key, 0.0), _WITHOUT_LABEL if is_cut else _PREFIX)


def _slug_words(url: str | None) -> frozenset[str]:
    """The words of the part of an address that has most of them; none where they are too few to tell."""
    words = max((_SLUG_WORD.findall(part) for part in unquote(path_of(url)).lower().split("/")), key=len)
    return frozenset(words if len(words) >= _MIN_SLUG_WORDS else ())


def _likeness(key: str, slug: Set[str]) -> float:
    words = set(key.split())
    return 2 * len(words & slug) / (len(words) + len(slug)) if slug and words else 0.0


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


def _folders(url: str | None) -> frozenset[str]:
    return frozenset(map(squeezed, path_of(url).split("/")[:-1])) - {""}


def _candidates(claims: Iterable[TitleClaim], site: SiteNames, folders: Set[str]) -> Iterator[TitleClaim]:
    """What may be chosen: each claim, without the site's name."""
    seen: set[str] = set()
    for claim in claims:
        if claim.text not in seen:
            seen.add(claim.text)
            yield claim._replace(text=without_site(claim.text, site, folders))


def without_site(title: str, site: SiteNames, folders: Set[str] = frozenset()) -> str:
    """`title` without leading or trailing segments that are only the site's name, and without what follows a pipe.

    A pipe is no punctuation of any language: sections, slogans and words for search engines stand behind it. Before the
    site's name often stands the section, which is one of the `folders` of the address (see :func:`squeezed`).
    """
    title = _LOOSE_END.sub("", _INVISIBLE.sub("", title))
    cuts = list(_SEPARATOR.finditer(title))
    is_signed = bool(cuts) and site.covers(title[cuts[-1].end() :])
    names = folders if is_signed and len(cuts) > 1 else frozenset[str]()
    tight = _TIGHT_SITE.search(title)
    if tight and tight.start() >= _MIN_TIGHT_HEAD and site.covers(tight[1]):
        title, is_signed = title[: tight.start()], True
    changed = True
    while changed:
        changed = False
        for cut in reversed(list(_SEPARATOR.finditer(title))):
            head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
            if head and tail and (site.covers(tail) or squeezed(tail) in names):
                title, changed = head, True
                break
            if head and tail and site.covers(head):
                title, changed = tail, True
                break
    if is_signed:
        title = _without_tight_sections(title, folders)
    head = _PIPE.split(title, maxsplit=1)[0]
    return head if len(head) >= _MIN_HEAD_LENGTH else title


def _without_tight_sections(title: str, folders: Set[str]) -> str:
    """`title` without the sections that stand between it and the site's name with no blanks: "水位上涨-国内-新闻"."""
    for _ in range(_MAX_TIGHT_SECTIONS):
        tight = _TIGHT_END.search(title)
        if not tight or not (squeezed(tight[1]) in folders or _CJK_SECTION.search(title)):
            break
        title = title[: tight.start()]
    return title


def _showing(text: str, claims: Iterable[TitleClaim]) -> etree._Element | None:
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
    """The element that shows a title without being an `h1`: a lower heading, or any other."""
    key = key_of(text)
    for heading in doc.headings[:_MAX_LOWER_HEADINGS]:
        if key_of(text_of(heading)) == key:
            return heading
    for element in doc.root.iter("div", "p", "span", "strong", "b", "td", "font", "a"):
        own = element.text
        if own and len(key) <= 2 * len(own) <= 4 * len(key) + 40 and own[:1] not in "\n{" and key_of(own) == key:
            return element
    return None
