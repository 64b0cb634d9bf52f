"""The visible signs around an article: what by class, position or tag looks like its byline, date, section or counts.

Finds the places; what they say is read elsewhere. Signs that belong to teasers, comments and sidebars are left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Final

from lxml import etree

from scraper.extractor.document import Document, text_of
from scraper.text import one_line

_MAX_ANCESTORS: Final = 40
_FAR: Final = 99
_MAX_NEAR_ELEMENTS: Final = 160
_MAX_NEAR_LINES: Final = 30
_MAX_LEVELS_ABOVE: Final = 4
_MAX_LINES_ABOVE: Final = 8
_MAX_CLASS_LENGTH: Final = 300
_LONG_LINE: Final = 260
_MAX_LONG_LINES: Final = 2

# What a sign can be written in; to walk over these alone is three times as fast as to ask an XPath for attributes.
_TAGS: Final = (
    "a abbr address article aside b big center dd div dl dt em figure font footer h1 h2 h3 h4 h5 h6 header hgroup i "
    "label li main ol p section small span strong table td th time tr ul"
).split()


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
    "footer modal popup dropdown cookie ticker advert sponsor sponsored river feed respond related recommend recommended "
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
_HUMPS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")
_FACTS = Role.ASIDE - 1
_SILENT_TAGS = frozenset(("script", "style", "noscript", "template", "svg", "select", "option"))
_LINE_TAGS = frozenset(
    (
        "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li "
        "main nav ol p pre section table td th tr ul"
    ).split()
)
# "entry-footer", "post-footer", "node__meta": the foot of an article, where many systems put its author, date and tags.
_OWN_FOOT = frozenset(("post", "entry", "article", "node", "meta"))
_ASIDE_TAGS = frozenset(("aside", "nav", "footer", "noscript", "template", "dialog", "form"))


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
    places = _Places(title)
    before: list[tuple[int, int, etree._Element]] = []
    after: list[tuple[int, int, etree._Element]] = []
    found = after if title is None else before
    for element in doc.root.iter(*_TAGS):
        if element is title:
            found = after
            continue
        roles = _roles(element)
        if roles & _FACTS and (distance := places.distance(element)):
            found.append((distance, roles, element))
    nearest = sorted(after + before[::-1], key=itemgetter(0))
    return Marks([(roles, element) for _, roles, element in nearest], list(_near(title)), list(_above(title)))


def _roles(element: etree._Element) -> int:
    name = element.get("class")
    roles = _roles_of(name) if name else 0
    tag = element.tag
    if tag == "a":
        return roles | _roles_of_link(element.get("rel"), element.get("href"))
    return roles | _TAG_ROLES.get(tag, 0)


_TAG_ROLES: Final[Mapping[object, int]] = {"time": Role.DATE, "abbr": Role.DATE, "address": Role.BYLINE}


def _roles_of_link(rel: str | None, href: str | None) -> int:
    roles = 0
    if href and ("/author" in href or "/autor" in href):  # a page of its own says of whom: "/author/erika-muster"
        roles |= Role.BYLINE
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


class _Places:
    """How near the title elements are; remembers what it found out of each element of this page."""

    def __init__(self, title: etree._Element | None) -> None:
        ancestors = title.iterancestors() if title is not None else ()
        self._around = {ancestor: level for level, ancestor in enumerate(ancestors, start=1)}
        self._known: dict[etree._Element, int] = {}

    def distance(self, element: etree._Element) -> int:
        """By how many levels one climbs from the title to what holds `element` too.

        0 for what stands beside the article: in an element, not around the title, that is made for other things;
        and for what is around the title itself.
        """
        if element in self._around:
            return 0
        path: list[etree._Element] = []
        current: etree._Element | None = element
        answer = _FAR
        while current is not None and len(path) < _MAX_ANCESTORS:
            known = self._around.get(current) or self._known.get(current)
            if known is not None:
                answer = known
                break
            path.append(current)
            if _is_aside(current):
                answer = 0
                break
            current = current.getparent()
        for passed in path:
            self._known[passed] = answer
        return answer


def _is_aside(element: etree._Element) -> bool:
    name = element.get("class")
    if element.tag in _ASIDE_TAGS:
        return (
            element.tag != "footer" or name is None or _OWN_FOOT.isdisjoint(name.lower().replace("_", "-").split("-"))
        )
    return name is not None and bool(_roles_of(name) & Role.ASIDE)


def _near(title: etree._Element | None) -> Iterator[str]:
    """The lines that follow the title, until the text has begun."""
    if title is None:
        return
    pieces: list[str] = []
    lines = long_lines = 0
    for part, is_break in _following(title):
        if not is_break:
            pieces.append(part)
            continue
        line = one_line("".join(pieces))
        pieces.clear()
        if line:
            yield line[:_LONG_LINE]
            lines += 1
            long_lines += len(line) > _LONG_LINE
        if lines >= _MAX_NEAR_LINES or long_lines >= _MAX_LONG_LINES:
            return


def _above(title: etree._Element | None) -> Iterator[str]:
    """The short texts before the title, within the elements that hold both."""
    lines = 0
    current = title
    for _ in range(_MAX_LEVELS_ABOVE):
        if current is None:
            return
        for sibling in current.itersiblings(preceding=True):
            line = text_of(sibling) if sibling.tag not in _SILENT_TAGS else ""
            if len(line) > _LONG_LINE:
                return
            if line:
                yield line
                lines += 1
            if lines >= _MAX_LINES_ABOVE:
                return
        current = current.getparent()


def _following(element: etree._Element) -> Iterator[tuple[str, bool]]:
    """The text after `element` in reading order, as (text, False), and the places where a line ends, as ("", True)."""
    count = 0
    current: etree._Element | None = element
    while current is not None:
        yield current.tail or "", False
        following = current.getnext()
        if following is None:
            current = current.getparent()
            yield "", True
            continue
        count += 1
        if count > _MAX_NEAR_ELEMENTS:
            return
        yield from _inside(following)
        current = following


def _inside(element: etree._Element) -> Iterator[tuple[str, bool]]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for count, (event, node) in enumerate(walk):
        if count > _MAX_NEAR_ELEMENTS:
            return
        if node.tag in _LINE_TAGS:
            yield "", True
        if event == "end":
            yield (node.tail or "") if node is not element else "", False
        elif node.tag in _SILENT_TAGS:
            walk.skip_subtree()
        else:
            yield node.text or "", False
