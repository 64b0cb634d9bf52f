"""The visible signs around an article: what by class, position or tag looks like its byline, date, section or counts.

Finds the places; what they say is read elsewhere. Signs that belong to teasers, comments and sidebars are left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from lxml import etree

from scraper.extractor.document import Document, text_of
from scraper.extractor.title_lines import lines_after, lines_before

_FAR: Final = 99
_MAX_CLASS_LENGTH: Final = 300


class Role(IntEnum):
    """What an element may be, by its class and tag: one bit each."""

    BYLINE = 1
    DATE = 2
    SUBTITLE = 4
    CATEGORY = 8
    TAG = 16
    COMMENTS = 32
    VIEWS = 64
    PAYWALL = 128
    ASIDE = 256
    PAIRED = 512


# Words of class names ("entry-meta", "articleAuthor") and what they make of an element.
_WORDS: Final[Mapping[Role, str]] = {
    Role.BYLINE: "author authors authorname authored autor autoren autores auteur auteurs byline bylines by writer "
    "writers journalist reporter contributor contributors vcard postedby writtenby verfasser firma signature",
    Role.DATE: "date dates datum fecha datetime time timestamp published publishdate publish pubdate posted postedon "
    "postdate entrydate updated modified created dateline meta metadata info infos details byline datepublished",
    Role.SUBTITLE: "subtitle subhead subheadline subheading standfirst dek deck lead lede intro strapline chapo sapo "
    "vorspann entradilla bajada sommario ingress subtitulo untertitel",
    Role.CATEGORY: "category categories cat cats rubrik rubrique rubric kicker eyebrow ressort articlesection",
    Role.TAG: "tag tags taglinks keyword keywords topics schlagworte schlagwort etiquetas tagcloud tagged",
    Role.COMMENTS: "comment comments commentcount kommentar kommentare replies",
    Role.VIEWS: "view views hits reads aufrufe visits klicks lecturas pageviews postviews",
    Role.PAYWALL: "paywall piano meteredcontent leaky",
    Role.ASIDE: "sidebar widget widgets newsletter promo carousel slider swiper nav navbar navigation menu megamenu "
    "footer modal popup dropdown cookie ticker advert sponsor sponsored river feed respond related recommend "
    "recommended "
    "recommendations recommendation popular trending teaser teasers latest recent mostread readmore morestories",
    Role.PAIRED: "comment comments side most read more also post card site",
}
# Pairs of words that only together say that what is inside is no part of the article; PAIRED words begin them.
_ASIDE_PAIRS = frozenset(
    (
        "comment list;comment body;comment content;comment author;comment meta;comments area;comments list;"
        "comments section;side bar;most read;read more;read next;read also;more from;more stories;more news;"
        "more articles;also like;post list;card list;card grid;site header"
    ).split(";")
)
_TAG_PATH = re.compile(r"/(?:tags?|topics?|thema|themen|temas?|keywords?)/\w", re.IGNORECASE)
_HUMPS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")
_FACTS = Role.ASIDE - 1
# The foot of an article says who wrote it and what it is about; the foot of a page does not.
_OWN_FOOT = frozenset(("post", "entry", "article", "node", "meta"))
_TAG_ROLES: Final[Mapping[object, int]] = {
    **dict.fromkeys(("time", "abbr"), Role.DATE),
    "address": Role.BYLINE,
    **dict.fromkeys(
        ("aside", "nav", "footer", "noscript", "template", "dialog", "form", "script", "style"), Role.ASIDE
    ),
}
# Templates say in the class of these how they lay out the page ("with-sidebar").
_NEVER_ASIDE = frozenset(("html", "body", "main"))


class Marks:
    """The elements that may hold a fact about the article, nearest to its title first, and the lines around the title.

    `near` are the lines after the title, `above` those before it; both begin beside it. Texts are read once.
    """

    def __init__(
        self, elements: Sequence[tuple[int, etree._Element]], near: Sequence[str] = (), above: Sequence[str] = ()
    ) -> None:
        self.near = tuple(near)
        self.above = tuple(above)
        self._elements = tuple(elements)
        self._texts: dict[etree._Element, str] = {}

    def of(self, role: Role) -> Iterator[etree._Element]:
        """The elements that may have this role."""
        return (element for roles, element in self._elements if roles & role)

    def text(self, element: etree._Element) -> str:
        """The visible text of one of the elements."""
        text = self._texts.get(element)
        if text is None:
            text = self._texts[element] = text_of(element)
        return text


def read_marks(doc: Document, title: etree._Element | None) -> Marks:
    """The signs of the article whose title is shown by `title` (None where no heading shows it)."""
    before: list[_Sign] = []
    after: list[_Sign] = []
    found = after if title is None else before
    for sign in _signs(doc.root, title):
        if sign.element is title:
            found = after
        else:
            found.append(sign)
    nearest = sorted(after + before[::-1], key=attrgetter("distance"))
    above, near = ((), ()) if title is None else (lines_before(title), lines_after(title))
    return Marks([(sign.roles, sign.element) for sign in nearest], tuple(near), tuple(above))


class _Sign(NamedTuple):
    """An element with its roles; `distance` is by how many levels one climbs from the title to what holds both."""

    distance: int
    roles: int
    element: etree._Element


def _signs(root: etree._Element, title: etree._Element | None) -> Iterator[_Sign]:
    """The title itself and every element with a role, in reading order; nothing of what stands beside the article."""
    ancestors = title.iterancestors() if title is not None else ()
    around = {ancestor: level for level, ancestor in enumerate(ancestors, start=1)}
    waiting = [(root, _FAR)]
    while waiting:
        element, distance = waiting.pop()
        level = around.get(element)
        if level is not None or element is root:
            distance = level or _FAR
        else:
            roles = _roles(element)
            if element is title or roles & _FACTS:
                yield _Sign(distance, roles, element)
            if roles & Role.ASIDE and element.tag not in _NEVER_ASIDE:
                continue
        waiting.extend([(child, distance) for child in element.iterchildren(reversed=True)])


def own_texts(root: etree._Element) -> Iterator[str]:
    """The pieces of text of a page in reading order, without what stands beside its article."""
    waiting: list[etree._Element | str] = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            yield element
        elif not _roles(element) & Role.ASIDE or element.tag in _NEVER_ASIDE:
            if element.text:
                yield element.text
            for child in element.iterchildren(reversed=True):
                if child.tail:
                    waiting.append(child.tail)
                waiting.append(child)


def _roles(element: etree._Element) -> int:
    name = element.get("class")
    roles = _roles_of(name) if name else 0
    tag = element.tag
    if tag == "a":
        return roles | _roles_of_link(element.get("rel"), element.get("href"))
    if tag in _TAG_ROLES:
        roles |= _TAG_ROLES[tag]
        if tag == "footer" and name and not _OWN_FOOT.isdisjoint(name.lower().replace("_", "-").split("-")):
            roles &= ~Role.ASIDE
    return roles


def _roles_of_link(rel: str | None, href: str | None) -> int:
    roles = 0
    if href and ("/author" in href or "/autor" in href):  # a page of its own says of whom: "/author/erika-muster"
        roles |= Role.BYLINE
    if href and _TAG_PATH.search(href):
        roles |= Role.TAG
    if rel and ("author" in rel or "tag" in rel):
        tokens = rel.lower().split()
        roles |= Role.BYLINE if "author" in tokens else 0
        roles |= Role.CATEGORY if "category" in tokens else Role.TAG if "tag" in tokens else 0
    return roles


@lru_cache(maxsize=8192)
def _roles_of(name: str) -> int:
    name = name[:_MAX_CLASS_LENGTH]
    lower = name.lower()
    words = lower.replace("-", " ").replace("_", " ").split()
    if lower != name:
        words += [word.lower() for word in _HUMPS.findall(name)]
    if "footer" in words and not _OWN_FOOT.isdisjoint(words):
        words = [word for word in words if word != "footer"]
    role_of = _role_of()
    roles = 0
    for word in words:
        if word in role_of:
            roles |= role_of[word]
    if roles & Role.PAIRED and any(f"{first} {second}" in _ASIDE_PAIRS for first, second in pairwise(words)):
        roles |= Role.ASIDE
    return roles


@lru_cache(maxsize=1)
def _role_of() -> Mapping[str, int]:
    roles: dict[str, int] = {}
    for role, words in _WORDS.items():
        for word in words.split():
            roles[word] = roles.get(word, 0) | role
    return roles
