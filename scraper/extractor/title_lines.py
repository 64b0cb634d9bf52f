"""The lines of text around the heading that shows an article's title, in reading order. Decides nothing about them."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from scraper.extractor.document import text_of
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


def lines_after(title: etree._Element | None) -> Iterator[str]:
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
        if lines >= _MAX_LINES_AFTER or long_lines >= _MAX_LONG_LINES:
            return


def lines_before(title: etree._Element | None) -> Iterator[str]:
    """The short texts before the title, within the elements that hold both."""
    lines = 0
    current = title
    for _ in range(_MAX_LEVELS_BEFORE):
        if current is None:
            return
        for sibling in current.itersiblings(preceding=True):
            line = text_of(sibling) if sibling.tag not in _SILENT_TAGS else ""
            if len(line) > _LONG_LINE:
                return
            if line:
                yield line
                lines += 1
            if lines >= _MAX_LINES_BEFORE:
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
        if count > _MAX_ELEMENTS:
            return
        yield from _inside(following)
        current = following


def _inside(element: etree._Element) -> Iterator[tuple[str, bool]]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for count, (event, node) in enumerate(walk):
        if count > _MAX_ELEMENTS:
            return
        if node.tag in _LINE_TAGS:
            yield "", True
        if event == "end":
            yield (node.tail or "") if node is not element else "", False
        elif node.tag in _SILENT_TAGS:
            walk.skip_subtree()
        else:
            yield node.text or "", False
