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

from scraper.extractor.metadata.title_lines import LINE_TAGS, lines_after, lines_before
from scraper.extractor.page.document import Document, text_of

_FAR: Final = 99
_MAX_TEXT_LENGTH: Final = 1_000
_MAX_CLASS_LENGTH: Final = 300
_LONGEST_NOISE: Final = 2


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
    LINK = 1024


# Words of class names ("entry-meta", "articleAuthor") and what they make of an element.
_WORDS: Final[Mapping[Role, str]] = {
    Role.BYLINE: "author authors authorname authored autor autoren autores auteur auteurs byline bylines by writer "
    "writers journalist reporter contributor contributors vcard postedby writtenby verfasser firma signature",
    Role.DATE: "date dates datum fecha datetime time timestamp published publishdate publish pubdate posted postedon "
    "postdate entrydate updated modified created dateline meta metadata info infos details byline datepublished",
    Role.SUBTITLE: "subtitle subhead subheadline subheading standfirst dek deck lead lede intro strapline chapo sapo "
    "vorspann entradilla bajada sommario ingress subtitulo untertitel subline chapeau catenaccio sottotitolo copete "
    "sumario perex manchet undertitel podtytul soustitre",
    Role.CATEGORY: "category categories cat cats rubrik rubrique rubric kicker eyebrow ressort articlesection",
    Role.TAG: "tag tags taglinks keyword keywords topics schlagworte schlagwort etiquetas tagcloud tagged",
    Role.COMMENTS: "comment comments commentcount kommentar kommentare replies",
    Role.VIEWS: "view views hits reads aufrufe visits klicks lecturas pageviews postviews",
    Role.PAYWALL: "paywall piano meteredcontent leaky",
    Role.ASIDE: "sidebar widget widgets newsletter promo carousel slider swiper nav navbar navigation menu megamenu "
    "footer modal popup dropdown cookie ticker advert sponsor sponsored river feed respond related recommend "
    "recommended "
    "recommendations recommendation popular trending teaser teasers latest recent mostread readmore morestories "
    "cookies consent gdpr onetrust cmplz cky borlabs usercentrics didomi iubenda",
    Role.PAIRED: "comment comments side most read more also post card site sub sous author offset",
}
_ROLE_OF: Final[Mapping[str, int]] = {
    word: sum({int(role) for role, others in _WORDS.items() if word in others.split()})
    for words in _WORDS.values()
    for word in words.split()
}
_KNOWN_WORDS = frozenset(_ROLE_OF)
# Pairs of words that only together say that what is inside is no part of the article; PAIRED words begin them.
_ASIDE_PAIRS = frozenset(
    (
        "comment list;comment body;comment content;comment author;comment meta;comments area;comments list;"
        "comments section;side bar;most read;read more;read next;read also;more from;more stories;more news;"
        "more articles;also like;post list;card list;card grid;site header"
    ).split(";")
)
_SUBTITLE_PAIRS = frozenset(("sub title", "sub headline", "sub heading", "sub head", "sous titre"))
# "author-description" tells of somebody; and "offset-by-one" is a column of a grid.
_NO_BYLINE_PAIRS = frozenset(("author description", "author desc", "author job", "author role", "offset by"))
_TAG_PATH = re.compile(r"/(?:tags?|topics?|thema|themen|temas?|keywords?)/\w", re.IGNORECASE)
_HUMPS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")
# As plain numbers: members of an enumeration take three times as long to read.
_ASIDE: Final = int(Role.ASIDE)
_PAIRED: Final = int(Role.PAIRED)
_LINK: Final = int(Role.LINK)
_FACTS: Final = _ASIDE - 1
# The foot of an article says who wrote it and what it is about; the foot of a page does not.
_OWN_FOOT = frozenset(("post", "entry", "article", "asset", "node", "meta"))
_FOOTS = frozenset(("footer", "sidebar"))
# "has-sidebar", "layout-sidebar-left": what holds the article and the sidebar both.
_LAYOUT = frozenset(("with", "has", "no", "without", "layout"))
_TAG_ROLES: Final[Mapping[str, int]] = {
    **dict.fromkeys(("time", "abbr"), int(Role.DATE)),
    "address": int(Role.BYLINE),
    "a": _LINK,
    **dict.fromkeys(
        ("aside", "nav", "footer", "noscript", "template", "dialog", "form", "script", "style"), int(Role.ASIDE)
    ),
}
# All that a page of Blogger shows is a widget, its article too.
_POSTS_OF_BLOGGER: Final = "widget Blog"
# The whole of an article in TYPO3, whatever else its box is called ("teaserTyp3 newsSingle").
_ARTICLE_OF_TYPO3: Final = "news single"
_ARTICLES = frozenset(("article", "main"))
_PART = re.compile("[-_]")
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
        bit = int(role)
        return (element for roles, element in self._elements if roles & bit)

    def text(self, element: etree._Element) -> str:
        """The visible text of one of the elements; of a long one the beginning."""
        text = self._texts.get(element)
        if text is None:
            text = self._texts[element] = text_of(element, _MAX_TEXT_LENGTH)
        return text


def read_marks(doc: Document, title: etree._Element | None) -> Marks:
    """The signs of the article whose title is shown by `title` (None where no heading shows it)."""
    body = doc.by_tag.get("body")
    start = doc.elements.index(body[0]) if body else 0
    if title is None:
        return Marks([(roles, element) for _, roles, element in _signs(doc, start, len(doc.tags), {})])
    at = doc.elements.index(title)
    levels = {ancestor: level for level, ancestor in enumerate(title.iterancestors(), start=1)}
    before, after = _signs(doc, start, at, levels), _signs(doc, at + 1, len(doc.tags), levels)
    # Nearest first; what stands as far after the title as something before it comes first.
    nearest = sorted(after + before[::-1], key=itemgetter(0))
    return Marks([(roles, element) for _, roles, element in nearest], lines_after(doc, at), lines_before(title))


def _signs(
    doc: Document, start: int, stop: int, levels: Mapping[etree._Element, int]
) -> list[tuple[int, int, etree._Element]]:
    """The elements with a role in a stretch of the page, in reading order; nothing of what stands beside the article.

    Each as by how many levels one climbs from the title to what holds both, its roles, and the element. `levels` are
    those that hold the title.
    """
    signs: list[tuple[int, int, etree._Element]] = []
    elements, tags, classes = doc.elements, doc.tags, doc.classes
    distances = dict(levels)
    index = start
    while index < stop:
        name, tag = classes[index], tags[index]
        roles = _roles_of_class(name) if name else 0
        if tag in _TAG_ROLES:
            roles = _with_tag(roles, tag, name)
        index += 1
        if roles and (element := elements[index - 1]) not in levels:
            if roles & _LINK:
                roles |= _roles_of_link(element)
            if roles & _FACTS:
                signs.append((_distance(element, distances), roles, element))
            if roles & _ASIDE and len(element) and tag not in _NEVER_ASIDE:
                index = doc.index_after(index - 1)
    return signs


def _distance(element: etree._Element, known: dict[etree._Element, int]) -> int:
    """How far the nearest element that holds both is; `known` are the distances of elements' contents, and get more."""
    passed: list[etree._Element] = []
    distance = None
    parent = element.getparent()
    while parent is not None and (distance := known.get(parent)) is None:
        passed.append(parent)
        parent = parent.getparent()
    if distance is None:
        distance = _FAR
    for one in passed:
        known[one] = distance
    return distance


def own_lines(root: etree._Element) -> Iterator[str]:
    """The lines of text of a page in reading order, without what stands beside its article."""
    waiting: list[etree._Element | str | None] = [root]
    pieces: list[str] = []
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        if pieces and (one is None or one.tag in LINE_TAGS):
            yield " ".join(pieces)  # elements of their own, often with nothing between: "Date:" and the date
            pieces = []
        if one is not None and (one.tag in _NEVER_ASIDE or not (_roles(one) & _ASIDE or _is_site_header(one))):
            waiting.append(None if one.tag in LINE_TAGS else "")
            for child in one.iterchildren(reversed=True):
                waiting += (child.tail or "", child)
            waiting.append(one.text or "")


def stands_beside(element: etree._Element) -> bool:
    """Whether an element is in what stands beside the article: a sidebar, a list of teasers, a foot of the page."""
    around = (element, *element.iterancestors())
    return any(_roles(one) & _ASIDE for one in around if one.tag not in _NEVER_ASIDE)


def _is_site_header(element: etree._Element) -> bool:
    """Whether it is a `<header>` over the page rather than over an article."""
    return element.tag == "header" and all(ancestor.tag not in _ARTICLES for ancestor in element.iterancestors())


def _roles_of_link(link: etree._Element) -> int:
    """What an `<a>` may be by where it leads and how it is said to be related to the page."""
    roles = 0
    rel, href = link.get("rel"), link.get("href")
    if href and ("/author" in href or "/autor" in href):  # a page of its own says of whom: "/author/erika-muster"
        roles |= Role.BYLINE
    # The pattern alone takes longer than all else that is asked of an element.
    if href and ("/t" in href or "/k" in href or "/T" in href or "/K" in href) and _TAG_PATH.search(href):
        roles |= Role.TAG
    if rel and ("author" in rel or "tag" in rel):
        tokens = rel.lower().split()
        roles |= Role.BYLINE if "author" in tokens else 0
        roles |= Role.CATEGORY if "category" in tokens else Role.TAG if "tag" in tokens else 0
    return roles


def _roles(element: etree._Element) -> int:
    name = element.get("class")
    return _with_tag(_roles_of_class(name) if name else 0, str(element.tag), name)


def _with_tag(roles: int, tag: str, name: str | None) -> int:
    if tag == "footer" and name and not _OWN_FOOT.isdisjoint(_PART.split(name.lower())):
        return roles
    return roles | _TAG_ROLES.get(tag, 0)


@lru_cache(maxsize=16384)
def _roles_of_class(name: str) -> int:
    """The roles that a value of `class` gives: pages of one site share them, those of two hardly any."""
    name = name[:_MAX_CLASS_LENGTH]
    words = name.lower().replace("-", " ").replace("_", " ").split()
    if not name.islower():  # what a build tool makes up ("cByMZz") has humps that are no words
        words += [hump.lower() for hump in _HUMPS.findall(name) if len(hump) > _LONGEST_NOISE]
    if _KNOWN_WORDS.isdisjoint(words):
        return 0
    if name == _POSTS_OF_BLOGGER or _ARTICLE_OF_TYPO3 in " ".join(words):
        return 0
    words = _without_own_foot(words)
    roles = 0
    for word in words:
        roles |= _ROLE_OF.get(word, 0)
    return _with_pairs(roles, words) & ~_PAIRED if roles & _PAIRED else roles


def _with_pairs(roles: int, words: Sequence[str]) -> int:
    """`roles` of single words, and what two of them say together."""
    pairs = frozenset(map(" ".join, pairwise(words)))
    if not _ASIDE_PAIRS.isdisjoint(pairs):
        roles |= _ASIDE
    if not _SUBTITLE_PAIRS.isdisjoint(pairs):
        roles |= Role.SUBTITLE
    return roles if _NO_BYLINE_PAIRS.isdisjoint(pairs) else roles & ~Role.BYLINE


def _without_own_foot(words: list[str]) -> list[str]:
    """The words of a class without what would make the article's own foot or sidebar, or what holds both, an aside."""
    if _FOOTS.isdisjoint(words):
        return words
    if not _OWN_FOOT.isdisjoint(words):
        return [word for word in words if word not in _FOOTS]
    return [word for word in words if word != "sidebar"] if not _LAYOUT.isdisjoint(words) else words
