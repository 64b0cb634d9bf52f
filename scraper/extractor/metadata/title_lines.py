"""The lines of text around the heading that shows an article's title, in reading order. Decides nothing about them."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from lxml import etree

from scraper.extractor.page.document import text_of
from scraper.text import one_line

_MAX_ELEMENTS: Final = 160
_MAX_LINES_AFTER: Final = 30
_MAX_LEVELS_BEFORE: Final = 4
_MAX_LINES_BEFORE: Final = 8
_LONG_LINE: Final = 260
_MAX_LONG_LINES: Final = 2

_SILENT_TAGS = frozenset(("script", "style", "noscript", "template", "svg", "select", "option"))
_LINE_TAGS = frozenset(
    (
        "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li "
        "main nav ol p pre section table td th tr ul"
    ).split()
)
# Marks the ends of lines in text that is gathered: no character of markup.
_BREAK: Final = "\0"


def lines_after(title: etree._Element) -> list[str]:
    """The lines that follow the title, until the text has begun."""
    lines: list[str] = []
    begun = ""
    current = title
    for _ in range(_MAX_ELEMENTS):
        outside, following = _up_to_next(current)
        inside = _BREAK if following is None else _text_inside(following)
        *whole, begun = f"{begun}{outside}{inside}".split(_BREAK)
        lines += [line for text in whole if text and (line := one_line(text))]
        if following is None or _end_of(lines) is not None:
            break
        current = following
    return [line[:_LONG_LINE] for line in lines[: _end_of(lines)]]


def lines_before(title: etree._Element) -> list[str]:
    """The short texts before the title, within the elements that hold both."""
    lines: list[str] = []
    current: etree._Element | None = title
    for _ in range(_MAX_LEVELS_BEFORE):
        if current is None:
            break
        for sibling in current.itersiblings(preceding=True):
            line = text_of(sibling) if sibling.tag not in _SILENT_TAGS else ""
            if len(line) > _LONG_LINE:
                return lines
            if line:
                lines.append(line)
            if len(lines) >= _MAX_LINES_BEFORE:
                return lines
        current = current.getparent()
    return lines


def _end_of(lines: Sequence[str]) -> int | None:
    """How many of `lines` stand before the text has plainly begun; None where it has not."""
    long_lines = [count for count, line in enumerate(lines, start=1) if len(line) > _LONG_LINE]
    end = min([_MAX_LINES_AFTER, *long_lines[_MAX_LONG_LINES - 1 :]])
    return end if len(lines) >= end else None


def _up_to_next(element: etree._Element) -> tuple[str, etree._Element | None]:
    """The text between `element` and the next one that it does not hold, and that; None at the end of the page."""
    text = element.tail or ""
    current: etree._Element | None = element
    while current is not None and (following := current.getnext()) is None:
        current = current.getparent()
        text += _BREAK if current is None else _BREAK + (current.tail or "")
    return text, following


def _text_inside(element: etree._Element) -> str:
    """The first text in `element`, with a mark where a line ends, as far as :func:`lines_after` can need it."""
    pieces: list[str] = []
    length = long_lines = start = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walk, _MAX_ELEMENTS + 1):
        tag = node.tag
        is_start = event == "start"
        if is_start and tag in _SILENT_TAGS:
            walk.skip_subtree()
            continue
        if tag in _LINE_TAGS:
            # Two of three elements here stand in the text itself: known in time, they need not be walked.
            if length > _LONG_LINE and len(one_line("".join(pieces[start:]))) > _LONG_LINE:
                long_lines += 1
            pieces.append(_BREAK)
            start, length = len(pieces), 0
            if long_lines >= _MAX_LONG_LINES:
                break
        text = node.text if is_start else node.tail
        if text and (is_start or node is not element):
            pieces.append(text)
            length += len(text)
    return "".join(pieces)
