"""How often the article itself was commented on and viewed, as the page says; never the counts of its teasers."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from scraper.extractor.metadata.date_places import is_of_teaser
from scraper.extractor.metadata.figures import comments_in, number_in, views_in
from scraper.extractor.metadata.jsonld import LinkedData, Node, text_in, types_of
from scraper.extractor.metadata.marks import Marks, Role, stands_beside
from scraper.extractor.page.document import Document

_MAX_MARKS: Final = 12
_MAX_LINE_LENGTH: Final = 100
_SHORT_LINE: Final = 60
_BEGUN_LENGTH: Final = 500
_PARAGRAPH_LENGTH: Final = 250
_BARE_TAGS: Final = ("span", "small", "li")
_BARE_LENGTHS: Final = range(3, 31)
_MAX_BARE_WORDS: Final = 4
_MAX_BARE: Final = 200
_DIGIT = re.compile(r"\d")
_COMMENT_ACTIONS = frozenset(("commentaction", "replyaction", "usercomments"))
_VIEW_ACTIONS = frozenset(("viewaction", "readaction", "watchaction", "userpagevisits", "interactaction"))


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts at the moment the page was made, with the kind of source of each; None where the page does not say."""

    comments: int | None = None
    comments_source: str | None = None
    views: int | None = None
    views_source: str | None = None


def read_counts(doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]], marks: Marks) -> Counts:
    """What structured data, the lines near the title, elements made for it and bare ones ("1 234 vues") say."""
    comments, comments_source = _first(nodes, _declared_comments)
    views, views_source = _first(nodes, _declared_views)
    lines = [line for line in (*_before_text(marks.near), *marks.above) if _may_count(line)]
    if comments is None:
        comments, comments_source = _shown(lines, marks, Role.COMMENTS, read=comments_in)
    if views is None:
        views, views_source = _shown(lines, marks, Role.VIEWS, read=views_in)
    if comments is None or views is None:
        bare = _bare_counts(doc)
        if comments is None:
            comments, comments_source = _only(bare, comments_in)
        if views is None:
            views, views_source = _only(bare, views_in)
    return Counts(comments, comments_source, views, views_source)


_Reader = Callable[[Node, LinkedData], int | None]


def _first(nodes: Sequence[tuple[str, Node, LinkedData]], read: _Reader) -> tuple[int | None, str | None]:
    for source, node, data in nodes:
        value = read(node, data)
        if value is not None:
            return value, source
    return None, None


def _declared_comments(node: Node, data: LinkedData) -> int | None:
    return _count(node.get("commentCount")) if "commentCount" in node else _interactions(node, data, _COMMENT_ACTIONS)


def _declared_views(node: Node, data: LinkedData) -> int | None:
    return _interactions(node, data, _VIEW_ACTIONS)


def _interactions(node: Node, data: LinkedData, actions: frozenset[str]) -> int | None:
    """`interactionStatistic` of schema.org, and its forerunner `interactionCount` ("UserComments:12")."""
    for value in data.values(node, "interactionStatistic"):
        if isinstance(value, Mapping) and actions & _action_types(value):
            return _count(value.get("userInteractionCount"))
    for text in map(text_in, data.values(node, "interactionCount")):
        kind, _, number = (text or "").partition(":")
        if kind.strip().lower() in actions:
            return _count(number)
    return None


def _action_types(counter: Node) -> frozenset[str]:
    kind = counter.get("interactionType")
    if isinstance(kind, Mapping):
        return types_of(kind)
    return types_of({"@type": kind}) if isinstance(kind, str) else frozenset()


def _count(value: object) -> int | None:
    text = text_in(value)
    number = number_in(text) if text else None
    return number if number is not None and not (text or "").strip().startswith("-") else None


def _shown(
    lines: Sequence[str], marks: Marks, role: Role, *, read: Callable[[str], int | None]
) -> tuple[int | None, str | None]:
    for line in lines:
        if (number := read(line)) is not None:
            return number, "html"
    for element in islice(marks.of(role), _MAX_MARKS):
        text = marks.text(element)
        if _may_count(text) and (number := read(text)) is not None:
            return number, "html"
    return None, None


def _bare_counts(doc: Document) -> list[str]:
    """The texts of elements that hold a number and a word or two, and stand with the article."""
    elements = (element for tag in _BARE_TAGS for element in doc.by_tag.get(tag, ()))
    found = ((element, text) for element in elements if (text := element.text) and len(text) in _BARE_LENGTHS)
    counts = (pair for pair in found if _DIGIT.search(pair[1]) and len(pair[1].split()) <= _MAX_BARE_WORDS)
    bare = [(element, text) for element, text in islice(counts, _MAX_BARE) if comments_in(text) or views_in(text)]
    return [text for element, text in bare if not stands_beside(element) and not is_of_teaser(element)]


def _only(texts: Iterable[str], read: Callable[[str], int | None]) -> tuple[int | None, str | None]:
    """The count of the one text that has such; where there are several, they are those of other articles."""
    counts = [count for text in texts if (count := read(text)) is not None]
    return (counts[0], "html") if len(counts) == 1 else (None, None)


def _may_count(line: str) -> bool:
    """A count is a short line with a number in it, or few words that say there are none."""
    return len(line) <= _MAX_LINE_LENGTH and (len(line) <= _SHORT_LINE or _DIGIT.search(line) is not None)


def _before_text(lines: Iterable[str]) -> Iterator[str]:
    """The lines until the text has begun: what follows a short text are teasers, with counts of their own."""
    length = 0
    for line in lines:
        if len(line) > _SHORT_LINE:
            length += len(line)
        if length > _BEGUN_LENGTH or len(line) > _PARAGRAPH_LENGTH:
            return
        yield line
