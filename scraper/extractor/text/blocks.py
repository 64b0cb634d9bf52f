"""The page as a row of passages: every stretch of text that a reader sees as one piece, in document order, with where
it stands. Judges nothing: what belongs to the article is decided in `body`.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from lxml import etree

from scraper.extractor.text.evidence import Evidence, NameWeights, Survey

# A page of nothing but passages: beyond this many the rest is not read. The longest article of 2,184 has 3,300.
MAX_PASSAGES = 20_000

_INLINE, _LINK, _BREAK, _SKIP, _BLOCK, _DIVISION, _REGION, _ARTICLE, _PRE = range(1, 10)
_BLOCK_TAGS = (
    "html body p h1 h2 h3 h4 h5 h6 hr li dl dt dd menu table caption thead tbody tfoot tr td th blockquote "
    "figure figcaption fieldset legend details summary address center hgroup button search picture"
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
    **dict.fromkeys(("div", "section", "ul", "ol", "aside", "footer"), _DIVISION),
    **dict.fromkeys(("nav", "header", "form", "dialog"), _REGION),
    **dict.fromkeys(("article", "main"), _ARTICLE),
    "pre": _PRE,
    "br": _BREAK,
    "a": _LINK,
}
_OUTSIDE_ROLES = frozenset(("navigation", "menu", "menubar", "search", "dialog", "alertdialog"))
# What a region holds that is more than a menu, or was never closed and holds the rest of the page. Without the lower
# headings among them segment F1 of the trafilatura set falls from .933 to .930.
_SIGNS_OF_TEXT = ("p", "h1", "h2", "h3", "h4", "h5", "article", "main")


# Log odds by names alone below which a region is as good as a menu: at -5 segment F1 of the trafilatura set falls by
# .006, because what is left of a page is no longer what the tables were trained on; at -7.5 by .001.
_HOPELESS = -7.5
_UNWEIGHED = Survey(NameWeights({}))


class Context:
    """A block-level element that passages stand in; `evidence` is what its names and place say."""

    __slots__ = ("depth", "element", "evidence", "parent", "tag")

    def __init__(self, element: etree._Element, tag: str, parent: "Context | None", survey: Survey) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.evidence: Evidence = survey.of(element, tag, None if parent is None else parent.evidence)

    @property
    def attributes(self) -> Sequence[tuple[str, str]]:
        """Its own, as (name, value) pairs."""
        return cast("Sequence[tuple[str, str]]", self.element.items())

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

    @property
    def place(self) -> tuple[etree._Element, etree._Element | None]:
        """Where it begins: walks that pass over different parts of a page find the same passages at the same places."""
        return self.context.element, self.after


def linearize(root: etree._Element, *, whole: bool = False, survey: Survey = _UNWEIGHED) -> list[Passage]:
    """The passages of a page in document order, in one walk over it.

    Unless the `whole` page is asked for, menus, search forms and the like are passed over: a fifth of all passages,
    and one in 30,000 of the words that belong to articles (on 1,112 pages). With a `survey` that
    knows what names weigh, parts of the page whose names leave no hope of text, and that hold no paragraph or heading,
    are passed over, too.
    """
    return _Walk(root, whole=whole, survey=survey).passages


class _Walk:
    """State of the walk: the run of text being gathered, and where it stands.

    Where that is, is worked out only when a run becomes a passage: half of all elements hold none.
    """

    def __init__(self, root: etree._Element, *, whole: bool, survey: Survey) -> None:
        self.whole = whole
        self.survey = survey
        self.passages: list[Passage] = []
        self.contexts: dict[etree._Element | None, Context] = {None: Context(root, "html", None, survey)}
        self.pieces: list[str] = []
        self.lines: list[str] = []
        self.link_chars = 0
        self.link_depth = 0
        self.preformatted = 0
        self.in_article = 0
        # The run began at this edge of a block: where it starts, or where it ended.
        self.edge = root
        self.is_behind = False
        self._walk(root)

    def _walk(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        treatment_of = _TREATMENT.get
        pieces, lines = self.pieces, self.lines
        for event, node in walker:
            tag = node.tag
            treatment = treatment_of(tag) or _treatment_of_unknown(tag)
            starts = event == "start"
            if treatment >= _BLOCK:
                if pieces or lines:
                    self.flush(node if starts else None)
                self.edge, self.is_behind = node, not starts
                is_special = treatment > _BLOCK and (starts or treatment > _REGION)
                if is_special and self.pass_block(node, treatment, starts=starts):
                    walker.skip_subtree()
                    continue
            elif treatment > _INLINE and self.pass_inline(node, treatment, starts=starts):
                walker.skip_subtree()
                continue
            text = node.text if starts else node.tail
            if text and (pieces or not text.isspace()):
                pieces.append(text)
                if self.link_depth:
                    self.link_chars += len(text.strip())

    def pass_inline(self, node: etree._Element, treatment: int, *, starts: bool) -> bool:
        """Enter or leave an element that no passage begins or ends at; is it to be passed over?"""
        if treatment == _LINK:
            self.link_depth += 1 if starts else -1
        elif treatment == _SKIP:
            return starts
        elif not starts:
            self.line_break(node)
        return False

    def pass_block(self, node: etree._Element, treatment: int, *, starts: bool) -> bool:
        """Enter a block that may be passed over (is it to be?), or enter or leave one that tells of what is in it."""
        if treatment == _ARTICLE:
            self.in_article += 1 if starts else -1
        elif treatment == _PRE:
            self.preformatted += 1 if starts else -1
        elif starts:
            # The header of an article may hold its subtitle.
            may_hold_text = self.in_article and node.tag == "header"
            is_menu = node.get("role") in _OUTSIDE_ROLES if treatment == _DIVISION else not may_hold_text
            if is_menu and not self.whole and next(node.iter(*_SIGNS_OF_TEXT), None) is None:
                return True
            return self.survey is not _UNWEIGHED and len(node) > 1 and self.is_hopeless(node)
        return False

    def is_hopeless(self, node: etree._Element) -> bool:
        hopeless = self.context_of(node).evidence.path <= _HOPELESS
        return hopeless and next(node.iter(*_SIGNS_OF_TEXT), None) is None

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
            self.edge, self.is_behind = node, True

    def flush(self, until: etree._Element | None) -> None:
        """End the run of text: make it a passage if there is anything in it."""
        text = "".join(self.pieces)
        self.pieces.clear()
        text = text.strip("\n").rstrip() if self.preformatted else " ".join(text.split())
        if self.lines:
            text = "\n".join((*self.lines, text) if text else self.lines)
            self.lines.clear()
        if text and len(self.passages) <= MAX_PASSAGES:
            context = self.context_of(self.edge.getparent() if self.is_behind else self.edge)
            passage = Passage(context, text, min(self.link_chars, len(text)))
            passage.after, passage.until = self.edge if self.is_behind else None, until
            self.passages.append(passage)
        self.link_chars = 0

    def context_of(self, element: etree._Element | None) -> Context:
        """The nearest block-level element from `element` upwards."""
        contexts = self.contexts
        context = contexts.get(element)
        unknown: list[etree._Element] = []
        while context is None and element is not None:
            unknown.append(element)
            element = element.getparent()
            context = contexts.get(element)
        context = context or contexts[None]
        for below in reversed(unknown):
            tag = below.tag
            if (_TREATMENT.get(tag) or _treatment_of_unknown(tag)) >= _BLOCK:
                context = Context(below, tag, context, self.survey)
            contexts[below] = context
        return context


def _treatment_of_unknown(tag: str) -> int:
    """Custom elements are laid out as blocks nearly always, other unknown ones run with the text."""
    return _BLOCK if "-" in tag else _INLINE
