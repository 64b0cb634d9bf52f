"""The page as a row of passages: every stretch of text that a reader sees as one piece, in document order, with where
it stands. Judges nothing: what belongs to the article is decided in `body`.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from lxml import etree

if TYPE_CHECKING:
    from scraper.extractor.evidence import Evidence

# A page of nothing but passages: beyond this many the rest is not read. The longest article of 2,184 has 3,300.
MAX_PASSAGES = 20_000

_INLINE, _BLOCK, _SKIP, _BREAK, _LINK = range(1, 6)
_BLOCK_TAGS = (
    "html body p div section article main aside nav header footer h1 h2 h3 h4 h5 h6 hr ul ol li dl dt dd menu "
    "table caption thead tbody tfoot tr td th blockquote pre figure figcaption form fieldset legend details summary "
    "address center hgroup button dialog search picture"
)
_SKIPPED_TAGS = (
    "head script style template svg noscript iframe object embed canvas map select option textarea video audio "
    "datalist progress meter"
)
_INLINE_TAGS = "span b i em strong u s small big font label time cite abbr sub sup code img q mark del ins"
_TREATMENT = {
    **dict.fromkeys(_BLOCK_TAGS.split(), _BLOCK),
    **dict.fromkeys(_SKIPPED_TAGS.split(), _SKIP),
    **dict.fromkeys(_INLINE_TAGS.split(), _INLINE),
    "br": _BREAK,
    "a": _LINK,
}


class Context:
    """A block-level element that passages stand in. `attributes` are its own, as (name, value) pairs.

    `evidence` is left to be filled in by whoever surveys the page.
    """

    __slots__ = ("attributes", "depth", "element", "evidence", "parent", "tag")

    def __init__(self, element: etree._Element, tag: str, parent: "Context | None") -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.attributes = cast("Sequence[tuple[str, str]]", element.items())
        self.evidence: Evidence | None = None

    def chain(self) -> "Iterator[Context]":
        """This element and all it stands in, the nearest first."""
        context: Context | None = self
        while context is not None:
            yield context
            context = context.parent


class Passage:
    """One stretch of text; line breaks part its lines. `link_chars` counts its characters that are links.

    `after` and `until` bound its markup inside the element of `context`: the sibling nodes between them, or from
    the start or to the end of the element where they are None.
    """

    __slots__ = ("after", "context", "link_chars", "text", "until")

    def __init__(self, context: Context, text: str, link_chars: int) -> None:
        self.context = context
        self.text = text
        self.link_chars = link_chars
        self.after: etree._Element | None = None
        self.until: etree._Element | None = None


def linearize(root: etree._Element) -> list[Passage]:
    """The passages of a page in document order, in one walk over it."""
    return _Walk(root).passages


class _Walk:
    """State of the walk: the run of text being gathered, and where it stands."""

    def __init__(self, root: etree._Element) -> None:
        self.passages: list[Passage] = []
        self.context = Context(root, "html", None)
        self.pieces: list[str] = []
        self.lines: list[str] = []
        self.link_chars = 0
        self.link_depth = 0
        self.preformatted = 0
        self.after: etree._Element | None = None
        self._walk(root)

    def _walk(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        treatment_of = _TREATMENT.get
        for event, node in walker:
            treatment = treatment_of(node.tag) or _treatment_of_unknown(node.tag)
            if event == "start":
                if treatment == _SKIP:
                    walker.skip_subtree()
                    continue
                text = node.text if treatment == _INLINE else self.start(node, treatment)
            else:
                text = node.tail if treatment == _INLINE else self.end(node, treatment)
            if text and (self.pieces or not text.isspace()):
                self.add(text)
            if len(self.passages) > MAX_PASSAGES:
                return

    def add(self, text: str) -> None:
        self.pieces.append(text)
        if self.link_depth:
            self.link_chars += len(text.strip())

    def start(self, node: etree._Element, treatment: int) -> str | None:
        """Enter `node`; the text it begins with."""
        if treatment == _BLOCK:
            if self.pieces or self.lines:
                self.flush(node)
            self.context = Context(node, node.tag, self.context)
            self.after = None
            self.preformatted += node.tag == "pre"
        elif treatment == _LINK:
            self.link_depth += 1
        return node.text

    def end(self, node: etree._Element, treatment: int) -> str | None:
        """Leave `node`; the text that follows it."""
        if treatment == _BLOCK:
            if self.pieces or self.lines:
                self.flush(None)
            self.context = self.context.parent or self.context
            self.after = node
            self.preformatted -= node.tag == "pre"
        elif treatment == _LINK:
            self.link_depth -= 1
        elif treatment == _BREAK:
            self.line_break(node)
        return node.tail

    def line_break(self, node: etree._Element) -> None:
        if self.preformatted:
            self.pieces.append("\n")
            return
        line = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        if line:
            self.lines.append(line)
        elif self.lines:  # the second break in a row: a new paragraph
            self.flush(node)
            self.after = node

    def flush(self, until: etree._Element | None) -> None:
        """End the run of text: make it a passage if there is anything in it."""
        if self.pieces:
            text = "".join(self.pieces)
            self.pieces.clear()
            text = text.strip("\n").rstrip() if self.preformatted else " ".join(text.split())
            if self.lines:
                text = "\n".join((*self.lines, text) if text else self.lines)
                self.lines.clear()
        else:
            text = "\n".join(self.lines)
            self.lines.clear()
        if text:
            passage = Passage(self.context, text, min(self.link_chars, len(text)))
            passage.after, passage.until = self.after, until
            self.passages.append(passage)
        self.link_chars = 0


def _treatment_of_unknown(tag: str) -> int:
    """Custom elements are laid out as blocks nearly always, other unknown ones run with the text."""
    return _BLOCK if "-" in tag else _INLINE
