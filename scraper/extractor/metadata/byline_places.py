"""Where on a page bylines stand: lines near the title, and elements that are made for an author.

Finds texts that may name somebody; whom they name, and who of them is believed, is decided elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, zip_longest
from typing import Final

from lxml import etree

from scraper.dates.reading import find_date
from scraper.extractor.metadata.byline_lines import (
    byline_after_date,
    byline_after_mark,
    is_only_by,
    says_author,
    starts_like_byline,
)
from scraper.extractor.metadata.byline_people import MAX_NAME_LENGTH
from scraper.extractor.metadata.date_claims import MODIFIED_WORD
from scraper.extractor.metadata.marks import Marks, Role
from scraper.extractor.metadata.names import is_person
from scraper.text import one_line

MAX_BYLINE_LENGTH: Final = 160
_MAX_MARKED: Final = 16
_MANY: Final = 2
_MAX_LINES_TO_DATE: Final = 12
# Beside a date, words between commas are the article's sections ("Politik, Wirtschaft"), not a name in catalogue order.
_TERMS = re.compile(r"\w+(?:\s*,\s*\w+)+")


class BylinePlaces:
    """The places of one page, each as its text, nearest to the title first."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._marked = _without_lists(list(islice(marks.of(Role.BYLINE), _MAX_MARKED)), marks)

    def bylines(self) -> Iterator[str]:
        """The lines that read like a byline, and what stands in elements made for one."""
        yield from _by_lines(self._marks.near)
        for read in (byline_after_date, byline_after_mark):
            yield from filter(None, (read(line) for line in self._marks.near if len(line) <= MAX_BYLINE_LENGTH))
        for text in self._texts():
            is_byline = len(text) <= MAX_BYLINE_LENGTH and starts_like_byline(text)
            if 2 < len(text) <= MAX_NAME_LENGTH or "; " in text or is_byline:
                yield text

    def lists_with(self, persons: Iterable[str]) -> Iterator[str]:
        """Names on lines one after another near the title, in elements for authors of one kind, as one text.

        None where no line is one of these `persons`.
        """
        near = self._marks.near
        if not any(map(near.__contains__, persons)):
            return
        alike: dict[tuple[str, str | None], list[str]] = {}
        for element in self._marked:
            text = self._marks.text(element)
            if len(text) <= MAX_NAME_LENGTH and is_person(text):
                alike.setdefault(_kind(element), []).append(text)
        for names in alike.values():
            for are_names, lines in groupby(near, key=names.__contains__):
                run = list(lines) if are_names else []
                if len(run) > 1:
                    yield "; ".join(run)

    def beside_date(self) -> Iterator[str]:
        """The short lines before or after the first date near the title, which often are the bare name."""
        near = self._marks.near
        for index, line in enumerate(near[:_MAX_LINES_TO_DATE]):
            if len(line) <= MAX_BYLINE_LENGTH and find_date(line):
                around = near[max(0, index - 2) : index + 2]
                short = (text for text in around if len(text) <= MAX_NAME_LENGTH and not _TERMS.fullmatch(text))
                yield from (text for text in short if says_author(text) and not MODIFIED_WORD.search(text.lower()))
                return

    def labels(self) -> Iterator[str]:
        """What names an author that is no person: lines with a "by", and links said to lead to an author."""
        yield from _by_lines(self._marks.near)
        for element in self._marked:
            text = self._marks.text(element)
            is_link = "author" in (element.get("rel") or "").split() or "/author/" in (element.get("href") or "")
            if is_link or starts_like_byline(text):
                yield text

    def _texts(self) -> Iterator[str]:
        """The texts of elements made for an author; those of one list of authors as one text."""
        for _, siblings in groupby(self._marked, key=lambda element: (element.getparent(), _kind(element))):
            texts = [text for element in siblings if (text := _listed(element, self._marks.text(element)))]
            if len(texts) > 1 and all(is_person(_without_mark(text)) for text in texts):
                yield "; ".join(map(_without_mark, texts))
            else:
                yield from texts


def _without_lists(marked: Sequence[etree._Element], marks: Marks) -> list[etree._Element]:
    """`marked` without those of comments and of other articles: several of a kind that each say something else.

    What a line near the title says too is the article's.
    """
    near = " ".join((*marks.near, *marks.above))
    far: dict[tuple[str, str | None], set[str]] = {}
    for element in marked:
        if (text := marks.text(element)) not in near:
            far.setdefault(_kind(element), set()).add(text)
    lists = {kind for kind, texts in far.items() if len(texts) >= _MANY}
    return [element for element in marked if _kind(element) not in lists or marks.text(element) in near]


def _kind(element: etree._Element) -> tuple[str, str | None]:
    return str(element.tag), element.get("class")


def _by_lines(near: Sequence[str]) -> Iterator[str]:
    for line, following in zip_longest(near, near[1:], fillvalue=""):
        # With a blank after it a word for "by" alone is the beginning of a byline, too: one look instead of two.
        if len(line) <= MAX_BYLINE_LENGTH and starts_like_byline(f"{line} "):
            yield f"{line} {following[:MAX_NAME_LENGTH]}" if is_only_by(line) else line


def _listed(element: etree._Element, text: str) -> str:
    """`text` of an element, with marks between the names where each is an element of its own, all of one kind."""
    if not len(element) or len(text) > MAX_BYLINE_LENGTH:
        return text
    holders = [node for node in element.iter() if node.text and not node.text.isspace()]
    if len(holders) < 2 or len({(node.tag, node.get("class")) for node in holders}) > 1:
        return text
    parts = [one_line(node.text or "") for node in holders]
    return "; ".join(parts) if " ".join(parts) == text and all(map(is_person, parts)) else text


def _without_mark(name: str) -> str:
    """A name without the number of its footnote: "Erika Muster1 ;"."""
    return name.rstrip(" ,;*†0123456789")
