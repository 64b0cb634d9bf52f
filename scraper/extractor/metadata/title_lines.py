"""The lines of text around the heading that shows an article's title, in reading order. Decides nothing about them."""

from typing import Final

from lxml import etree

from scraper.extractor.page.document import Document, text_of
from scraper.text import one_line

_MAX_ELEMENTS: Final = 600
_MAX_LINES_AFTER: Final = 30
_MAX_LEVELS_BEFORE: Final = 4
_MAX_LINES_BEFORE: Final = 8
LONG_LINE: Final = 260
"""Characters. What is longer is a paragraph; of a line after the title no more is kept."""
_MAX_LONG_LINES: Final = 2

_SILENT_TAGS = frozenset(("script", "style", "noscript", "template", "svg", "select", "option"))
# What stands over an article is the site's own: its name, its sections, today's date.
_ARTICLES = frozenset(("article", "main"))
_NOT_BEFORE = _SILENT_TAGS | {"header", "nav"}
LINE_TAGS = frozenset(
    (
        "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li "
        "main nav ol p pre section table td th tr ul"
    ).split()
)
"""The elements that begin and end a line."""


def lines_after(doc: Document, at: int) -> list[str]:
    """The lines that follow the title, the page's element of that number, until the text has begun.

    Elements come as they open; one that is followed by what it does not hold has closed, and its tail comes first.
    """
    elements, tags = doc.elements, doc.tags
    title = elements[at]
    lines = _Lines()
    open_elements = [*reversed(list(title.iterancestors())), title]
    index = doc.index_after(at)
    stop = min(len(elements), index + _MAX_ELEMENTS)
    while index < stop and not lines.are_enough:
        element, tag = elements[index], tags[index]
        parent = element.getparent()
        while open_elements and (last := open_elements[-1]) is not parent:
            open_elements.pop()
            lines.add(last.tag in LINE_TAGS, last.tail)
        open_elements.append(element)
        if tag in _SILENT_TAGS or (tag == "footer" and parent is not None and parent.tag == "body"):
            index = doc.index_after(index)
        else:
            lines.add(tag in LINE_TAGS, element.text)
            index += 1
    while open_elements and not lines.are_enough:
        last = open_elements.pop()
        lines.add(last.tag in LINE_TAGS, last.tail)
    return lines.all()


class _Lines:
    """Text that comes piece by piece, made into lines."""

    def __init__(self) -> None:
        self._whole: list[str] = []
        self.are_enough = False
        self._long_lines = 0
        self._pieces: list[str] = []

    def add(self, is_new_line: bool, text: str | None) -> None:
        """`text` goes on the line that has begun, or on a new one."""
        if is_new_line and self._pieces:
            self._end()
        if text:
            self._pieces.append(text)

    def all(self) -> list[str]:
        """The lines, the last of them too."""
        self._end()
        return self._whole

    def _end(self) -> None:
        line = one_line("".join(self._pieces))
        self._pieces = []
        if line and not self.are_enough:
            self._whole.append(line[:LONG_LINE])
            self._long_lines += len(line) > LONG_LINE
            self.are_enough = self._long_lines >= _MAX_LONG_LINES or len(self._whole) >= _MAX_LINES_AFTER


def lines_before(title: etree._Element) -> list[str]:
    """The short texts before the title, within the elements that hold both."""
    lines: list[str] = []
    is_in_article = any(ancestor.tag in _ARTICLES for ancestor in title.iterancestors())
    silent = _SILENT_TAGS if is_in_article else _NOT_BEFORE
    current: etree._Element | None = title
    for _ in range(_MAX_LEVELS_BEFORE):
        if current is None:
            break
        for sibling in current.itersiblings(preceding=True):
            line = text_of(sibling) if sibling.tag not in silent else ""
            if len(line) > LONG_LINE:
                return lines
            if line:
                lines.append(line)
            if len(lines) >= _MAX_LINES_BEFORE:
                return lines
        current = current.getparent()
    return lines
