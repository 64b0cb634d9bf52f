"""The page as a row of passages: every stretch of text that a reader sees as one piece, in document order, with where
it stands. Judges nothing: what belongs to the article is decided in `body`.
"""

from lxml import etree

# A page of nothing but passages: beyond this many the rest is not read. The longest article of 2,184 has 3,300.
MAX_PASSAGES = 20_000


_INLINE, _BLOCK, _SKIP, _BREAK, _LINK = range(1, 6)
_TREATMENT = dict.fromkeys(
    (
        "html body p div section article main aside nav header footer h1 h2 h3 h4 h5 h6 ul ol li dl dt dd menu table caption "
        "thead tbody tfoot tr td th blockquote pre figure figcaption form fieldset legend details summary address center "
        "hgroup button dialog search picture video audio noscript".split()
    ),
    _BLOCK,
)
_TREATMENT.update(
    dict.fromkeys(
        (
            "head script style template svg noscript iframe object embed canvas map select option textarea video audio math-x "
            "datalist progress meter amp-ad"
        ).split(),
        _SKIP,
    )
)
_TREATMENT.update(
    dict.fromkeys("span b i em strong u s small big font label time cite abbr sub sup code img".split(), _INLINE)
)
_TREATMENT.update({"br": _BREAK, "hr": _BLOCK, "a": _LINK})


class Context:
    """A block-level element that passages stand in. `attributes` are its own, as (name, value) pairs."""

    __slots__ = ("attributes", "depth", "element", "parent", "tag")

    def __init__(self, element: etree._Element, tag: str, parent: "Context | None") -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.depth = 0 if parent is None else parent.depth + 1
        self.attributes = element.items()


class Passage:
    """One stretch of text; line breaks part its lines. `link_chars` counts its characters that are links.

    `after` and `until` bound its markup inside the element of `context`: the sibling nodes between them, or from
    the start or to the end of the element where they are None.
    """

    __slots__ = ("after", "context", "link_chars", "links", "text", "until")

    def __init__(self, context: Context, text: str, link_chars: int, links: int) -> None:
        self.context = context
        self.text = text
        self.link_chars = link_chars
        self.links = links
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
        self.links = 0
        self.link_depth = 0
        self.preformatted = 0
        self.after: etree._Element | None = None
        self._walk(root)

    def _walk(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        treatment_of = _TREATMENT.get
        for event, node in walker:
            treatment = treatment_of(node.tag, 0) or self.learn(node.tag)
            if event == "start":
                if treatment == _SKIP:
                    walker.skip_subtree()
                    continue
                if treatment != _INLINE:
                    self.start(node, treatment)
                text = node.text
            else:
                if treatment != _INLINE:
                    self.end(node, treatment)
                text = node.tail
            if text and (self.pieces or not text.isspace()):
                self.pieces.append(text)
                if self.link_depth:
                    self.link_chars += len(text.strip())
            if len(self.passages) > MAX_PASSAGES:
                return

    def learn(self, tag: str) -> int:
        """Custom elements are laid out as blocks nearly always, other unknown ones run with the text."""
        return _BLOCK if "-" in tag else _INLINE

    def start(self, node: etree._Element, treatment: int) -> None:
        if treatment == _BLOCK:
            if self.pieces or self.lines or self.links:
                self.flush(node)
            self.context = Context(node, node.tag, self.context)
            self.after = None
            self.preformatted += node.tag == "pre"
        elif treatment == _LINK:
            self.link_depth += 1
            self.links += 1

    def end(self, node: etree._Element, treatment: int) -> None:
        if treatment == _BLOCK:
            if self.pieces or self.lines or self.links:
                self.flush(None)
            self.context = self.context.parent or self.context
            self.after = node
            self.preformatted -= node.tag == "pre"
        elif treatment == _LINK:
            self.link_depth -= 1
        elif treatment == _BREAK:
            self.line_break(node)

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
            passage = Passage(self.context, text, self.link_chars, self.links)
            passage.after, passage.until = self.after, until
            self.passages.append(passage)
        self.link_chars = 0
        self.links = 1 if self.link_depth else 0
