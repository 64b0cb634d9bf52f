"""The places of a page that state its title, and how far each is believed. Which of them is right is decided elsewhere.

The weights say how often each place was right on the corpus (1,600 pages with a known title).
"""

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.jsonld import Node, plain_text, text_in
from scraper.extractor.page.document import Document, text_of
from scraper.text import fold, undoubled

_MAX_LENGTH: Final = 400
_MAX_HEADINGS: Final = 12
_TITLE_CLASS = re.compile(r"title|headline|heading|titre|titel|titulo|ueberschrift|h1|hed\b", re.IGNORECASE)
_NOT_TITLE_CLASS = re.compile(
    r"site|logo|brand|sub|nav|widget|sidebar|related|section-|comment|modal|popup", re.IGNORECASE
)
# What a line over the title is called, where both stand in one heading.
_KICKER_CLASS = re.compile(
    r"kicker|roofline|overline|topline|eyebrow|dachzeile|oberzeile|spitzmarke|topic|super-?title|pre-?title|overtitle"
    r"|pre-?headline|surtitre|antetitulo|cintillo|occhiello|rubri[ck]|category|\bdate\b",
    re.IGNORECASE,
)
_INLINE: Final = ("span", "div", "small", "p", "em", "strong", "b", "i", "a")
_PARTS = re.compile(r"\s+[|\-–—·•»]\s+")
_MARKS: Final = " :|-–—·•»/"
_MIN_REST: Final = 15
_HOME = re.compile(r"(?:https?:)?(?://[^/]+)?/?(?:index\.\w+)?", re.IGNORECASE)
# "/erika", of which "/erika/2024/harbour" is a post; a folder of several words may be a story in parts.
_BLOG = re.compile(r"(?:(?:https?:)?//[^/]+)?/([^\W_]+(?:[-_.][^\W_]+)?)/?", re.IGNORECASE)
_ORIGIN = re.compile(r"^[a-z]+://[^/]*", re.IGNORECASE)
_MIN_BELOW_BLOG: Final = 3
_WORD = re.compile(r"\w+")
_H1_ALONE: Final = 3.5
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


class TitleClaim(NamedTuple):
    """One place that states a title, and how far it is believed."""

    text: str
    source: str
    weight: float
    element: etree._Element | None = None


@lru_cache(maxsize=512)
def key_of(title: str) -> str:
    """The words of a title: what two spellings of one have in common."""
    return " ".join(_WORD.findall(fold(title)))


def declared_titles(doc: Document, nodes: Sequence[tuple[str, Node]]) -> Iterator[TitleClaim]:
    """What the page says of itself out of sight."""
    for source, node in nodes[:2]:
        for key, weight in (("headline", _HEADLINE), ("name", _NAME)):
            if text := text_in(node.get(key)):
                yield TitleClaim(text[:_MAX_LENGTH], source, weight)
    for name in filter(doc.meta.__contains__, meta.TITLE):
        if text := plain_text(doc.meta[name][0]):
            yield TitleClaim(text[:_MAX_LENGTH], meta.source_of(name), _META.get(name, _OTHER_META))
    if doc.title_tag and (text := plain_text(doc.title_tag)):
        yield TitleClaim(text[:_MAX_LENGTH], "html", _TITLE_TAG)


def shown_titles(doc: Document, declared: Sequence[TitleClaim]) -> Iterator[TitleClaim]:
    """What the page shows: its `h1`; where it has none, lower headings."""
    keys = frozenset(key_of(part) for claim in declared for part in (claim.text, *_PARTS.split(claim.text)))
    shown = _shown(doc, keys, "h1")
    weight = _H1_ALONE
    own = path_of(doc.url)
    names = [heading for heading, _ in shown if _leads_home(heading, own)]
    if len(names) == len(shown):
        lower = _shown(doc, keys, "h2", "h3")
        names += (heading for heading, _ in lower if _leads_home(heading, own))
        shown, weight = [*shown, *lower], _H2_WITHOUT_H1
    believed = [_FOREIGN_HEADING if heading in names else _agreement(text, declared) for heading, text in shown]
    if sum(share > _FOREIGN_HEADING for share in believed) > 1:
        weight = min(weight, _H1_AMONG)
    classes = [heading.get("class") for heading, _ in shown]
    for (heading, text), share in zip(shown, believed, strict=True):
        bonus = _bonus(heading) if share > _FOREIGN_HEADING else 0.0
        if bonus > 0.0 and classes.count(heading.get("class")) > 1:
            bonus = 0.0  # a class that all headings have is how the site sets them
        yield TitleClaim(text, "html", weight * share + bonus, heading)


def _leads_home(heading: etree._Element, own: str) -> bool:
    """Whether a heading is a link to the front page, or to the folder that is a blog's: then it is the site's name.

    `own` is the page's own path.
    """
    link = next(heading.iter("a"), None)
    if link is None and (parent := heading.getparent()) is not None and parent.tag == "a":
        link = parent
    if link is None:
        return False
    address = (link.get("href") or "#").strip()
    folder = _BLOG.fullmatch(address)
    is_above = folder is not None and own.startswith(f"/{folder[1]}/") and own.count("/") >= _MIN_BELOW_BLOG
    return is_above or _HOME.fullmatch(address) is not None


def path_of(url: str | None) -> str:
    """The path of an address, for a page without one nothing."""
    return _ORIGIN.sub("", url or "").partition("?")[0].partition("#")[0]


def _shown(doc: Document, declared: Set[str], *tags: str) -> list[tuple[etree._Element, str]]:
    headings = [heading for heading in doc.headings if heading.tag in tags][:_MAX_HEADINGS]
    return [(heading, text) for heading in headings if 0 < len(text := heading_text(heading, declared)) <= _MAX_LENGTH]


def heading_text(heading: etree._Element, declared: Set[str] = frozenset()) -> str:
    """The text of a heading without the line that is set over the title within it: a topic, a section, a date.

    What is such a line says its class, or that the rest is one of the titles `declared` (see :func:`key_of`).
    """
    whole = undoubled(text_of(heading))
    first = next(heading.iter(*_INLINE), None) if len(heading) else None
    kicker = text_of(first) if first is not None else ""
    if first is None or not kicker or not whole.startswith(kicker):
        return whole
    rest = whole.removeprefix(kicker).lstrip(_MARKS)
    is_title = key_of(rest) in declared if rest else False
    return rest if is_title or (len(rest) >= _MIN_REST and _is_kicker(first)) else whole


def _is_kicker(element: etree._Element) -> bool:
    following = element.getnext()
    is_small = element.tag == "small" and following is not None and following.tag == "br"
    return is_small or _KICKER_CLASS.search(element.get("class") or "") is not None


def _agreement(text: str, declared: Sequence[TitleClaim]) -> float:
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
