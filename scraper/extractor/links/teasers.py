"""One item of a list of articles: its title, day, category, excerpt and counts, from the markup around its links."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple, Protocol, TypeVar

from lxml import etree

from scraper.dates.reading import parse_timestamp
from scraper.extractor.links.anchors import label_of
from scraper.extractor.links.headlines import HEADINGS, headline_in, is_long
from scraper.extractor.links.sponsored import LONGEST_PAID, says_paid
from scraper.extractor.metadata.figures import comments_in, views_in
from scraper.extractor.page.document import text_of
from scraper.records import Timestamp
from scraper.text import one_line

_Value = TypeVar("_Value")


def _class_with(words: str) -> re.Pattern[str]:
    """A pattern for a class attribute that has one of `words` as a part of one of its names."""
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(words.split())})(?:$|[\s_-])", re.IGNORECASE)


_PARTS_BY_CLASS = {
    "titles": _class_with("title titel headline heading titre titulo titolo"),
    "times": _class_with("date time datum day timestamp published posted fecha data"),
    "categories": _class_with(
        "category categories cat kicker section rubrik rubric ressort topic overline eyebrow channel badge"
    ),
    "excerpts": _class_with("excerpt summary teaser-?text description desc standfirst deck dek intro abstract snippet"),
}
_PARTS_BY_TAG = {**dict.fromkeys(HEADINGS, "headings"), "time": "times", "p": "excerpts"}
_CATEGORY_REL = frozenset(("category", "tag"))
_DIGIT = re.compile(r"\d")
_MAX_ELEMENTS = 300
_LONGEST_TITLE = 160
_SHORTEST_HEADLINE = 25
_LONGEST_LABEL = 20
_CUT_OFF = ("…", "...", "…]", "...]")
_LONGEST_SMALL_PRINT = 60
_LONGEST_DATE = 80
_SHORTEST_EXCERPT = 40
_LONGEST_CATEGORY = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """What an item says of the article it leads to."""

    title: str | None = None
    published: Timestamp | None = None
    excerpt: str | None = None
    category: str | None = None
    view_count: int | None = None
    comment_count: int | None = None
    is_paid: bool = False


class LabelOf(Protocol):
    """Says what a link says."""

    def __call__(self, link: etree._Element, /) -> str: ...


def read_teaser(item: Sequence[etree._Element], links: Sequence[etree._Element], label: LabelOf = label_of) -> Teaser:
    """Read the elements of one item; `links` are those that lead to its article."""
    parts = _Parts(item)
    title = _in_full(parts.title(links) or _label_of(links, label), links)
    figures = [_figures(line) for line in parts.small_print]
    return Teaser(
        title=title,
        published=parts.published() or _first(figure.published for figure in figures),
        excerpt=parts.excerpt(title),
        category=parts.category(title),
        view_count=_first(figure.views for figure in figures),
        comment_count=_first(figure.comments for figure in figures),
        is_paid=parts.is_paid,
    )


def merged(teasers: Sequence[Teaser]) -> Teaser:
    """One item shown several times (a carousel's clones): each field from the first that has it."""
    first, *others = teasers
    if not others:
        return first
    missing: dict[str, Any] = {
        field.name: next((value for teaser in others if (value := getattr(teaser, field.name)) is not None), None)
        for field in fields(Teaser)
        if getattr(first, field.name) is None
    }
    return replace(first, **missing)


def _label_of(links: Sequence[etree._Element], label: LabelOf) -> str | None:
    """The first label as long as a headline, for an excerpt may be a link too; else the longest.

    What a picture is said to show counts where no link has words of its own.
    """
    if len(links) == 1:
        return _headline_of(links[0], label) or None
    worded = [link for link in links if text_of(link)]
    labels = [_headline_of(link, label) for link in worded or links]
    return next(filter(is_long, labels), None) or max(labels, key=len, default=None) or None


def _in_full(title: str | None, links: Sequence[etree._Element]) -> str | None:
    """A title that a theme cut off ("… 11 Tipps für …"), as a picture or a tooltip beside it has it."""
    if title is None or not title.endswith(_CUT_OFF):
        return title
    stem = title.rstrip(". …[]")
    pictures = (image.get("alt") for link in links for image in link.iter("img"))
    said = (one_line(text) for text in chain((link.get("title") for link in links), pictures) if text)
    return next((text for text in said if len(stem) < len(text) <= _LONGEST_TITLE and text.startswith(stem)), title)


def _headline_of(link: etree._Element, label: LabelOf) -> str:
    """What a link says; of one that is wrapped around a whole card, the first piece that could be a headline."""
    said = label(link)
    if len(said) <= _LONGEST_TITLE:
        return headline_in(link) or said
    pieces = (text_of(element) for element in islice(link.iter(etree.Element), 1, _MAX_ELEMENTS))
    return next((piece for piece in pieces if _SHORTEST_HEADLINE <= len(piece) <= _LONGEST_TITLE), said)


class _Figures(NamedTuple):
    """What a short text with a digit says."""

    published: Timestamp | None
    views: int | None
    comments: int | None


# The items of a list were published on the same few days, and the lists of a site's pages have the same items.
@lru_cache(maxsize=8192)
def _figures(line: str) -> _Figures:
    return _Figures(_date_in(line), views_in(line), comments_in(line))


@lru_cache(maxsize=8192)
def _date_in(line: str) -> Timestamp | None:
    return parse_timestamp(line)


def _first(values: Iterable[_Value | None]) -> _Value | None:
    return next((value for value in values if value is not None), None)


class _Parts:
    """What an item is made of, sorted in one pass."""

    def __init__(self, item: Sequence[etree._Element]) -> None:
        self.headings: list[etree._Element] = []
        self.titles: list[etree._Element] = []
        self.times: list[etree._Element] = []
        self.categories: list[etree._Element] = []
        self.linked_categories: list[etree._Element] = []
        self.excerpts: list[etree._Element] = []
        self.small_print: list[str] = []
        self.is_paid = False
        for root in item:
            for element in islice(root.iter(etree.Element), _MAX_ELEMENTS):
                tag = element.tag
                part = _PARTS_BY_TAG.get(tag) or self._named(element, tag)
                if part is not None:
                    getattr(self, part).append(element)
                if text := element.text:
                    self._note_figures(text)
                if element is not root and (text := element.tail):
                    self._note_figures(text)

    def title(self, links: Sequence[etree._Element]) -> str | None:
        """The heading that is linked, else the first one, else what a class calls a title: bylines are headings too.

        Of several the first of the highest rank that is more than a word or two: cards put the section, or a kicker,
        into a heading of its own.
        """
        first = None
        for element in chain(sorted(self._linked_headings(links), key=_rank), self.headings, self.titles):
            text = headline_in(element)
            if len(text) > _LONGEST_LABEL or text.count(" ") > 1:
                return text
            first = first or text
        return first or None

    def _linked_headings(self, links: Sequence[etree._Element]) -> list[etree._Element]:
        """Those with one of the links in them, or in one."""
        wanted = set(links)
        return [
            heading
            for heading in self.headings
            if not wanted.isdisjoint(heading.iter("a")) or not wanted.isdisjoint(heading.iterancestors("a"))
        ]

    def published(self) -> Timestamp | None:
        """The first time that an element states."""
        stated = (value for time in self.times if (value := time.get("datetime") or text_of(time)))
        return _first(_date_in(line) if len(line) <= _LONGEST_DATE else parse_timestamp(line) for line in stated)

    def excerpt(self, title: str | None) -> str | None:
        # Where one element holds category, title and excerpt, the excerpt is what follows the title.
        texts = (text_of(element).rpartition(title or "\n")[2].strip() for element in self.excerpts)
        return next((text for text in texts if len(text) >= _SHORTEST_EXCERPT), None)

    def category(self, title: str | None) -> str | None:
        first_links = (next(element.iter("a"), element) for element in chain(self.linked_categories, self.categories))
        texts = (text_of(element).strip(":|•·/ ") for element in first_links)
        return next((text for text in texts if _is_category(text) and text != title), None)

    def _named(self, element: etree._Element, tag: str) -> str | None:
        """Which part an element is by what it says of itself."""
        if tag == "a" and not _CATEGORY_REL.isdisjoint((element.get("rel") or "").lower().split()):
            return "linked_categories"
        names = element.get("class")
        return _part_named(names) if names else None

    def _note_figures(self, text: str) -> None:
        """Short texts with a digit: days and counts stand in no element of their own; and words that say "paid"."""
        if text.isspace():
            return
        if len(text) <= LONGEST_PAID and says_paid(text):
            self.is_paid = True
        if _DIGIT.search(text):
            line = one_line(text)
            if len(line) <= _LONGEST_SMALL_PRINT:
                self.small_print.append(line)


# Pages repeat their class attributes: to look one up takes a fiftieth of the time of matching it again.
@lru_cache(maxsize=8192)
def _part_named(classes: str) -> str | None:
    return next((part for part, pattern in _PARTS_BY_CLASS.items() if pattern.search(classes)), None)


def _rank(heading: etree._Element) -> str:
    return str(heading.tag)


def _is_category(text: str) -> bool:
    return 1 < len(text) <= _LONGEST_CATEGORY and not _DIGIT.search(text)
