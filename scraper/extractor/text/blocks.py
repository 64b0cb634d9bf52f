"""The page as a row of passages: every stretch of text that a reader sees as one piece, in document order, with where
it stands. Judges nothing: what belongs to the article is decided in `body`.
"""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from scraper.extractor.text.evidence import NameWeights, Survey
from scraper.extractor.text.passages import Context, Passage

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
_SILENT = frozenset(_SKIPPED_TAGS.split())
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
# What a region holds that may be text though its names speak against it.
_SIGNS_OF_HOPE = ("p", "h1", "article", "main")
_PROSE = 100
# Regions looked through without result: beyond this many no more are, or pages of nested ones would take for ever.
_MOST_IN_VAIN = 100

# Log odds by names alone below which a region without a paragraph is as good as a menu. Of the articles' characters in
# cross-validation 0.5 in a thousand are lost at -4 (wcxb-dev; hardly any elsewhere), 2 at -3; without a look for long
# texts three pages in 1,112 lose all of theirs, which stands in divisions and line breaks.
_HOPELESS = -4.0
# Log odds by names alone below which a short link is part of a menu, and how long and how much of a link it may be.
_MENU = 0.0
_LONGEST_ITEM = 64
_ALL_LINK = 0.85
_UNWEIGHED = Survey(NameWeights({}))


def linearize(root: etree._Element, *, whole: bool = False, survey: Survey = _UNWEIGHED) -> list[Passage]:
    """The passages of a page in document order, in one walk over it.

    Unless the `whole` page is asked for, menus, search forms and the like are passed over: a fifth of all passages,
    and one in 30,000 of the words that belong to articles (on 1,112 pages). With a `survey` that knows what names
    weigh, two more things are: parts of the page whose names leave no hope of text and that hold no paragraph, and
    bare links in places whose names speak against text (half of all passages, one in a thousand of the words).
    """
    walk = _Walk(root, whole=whole, survey=survey)
    walk.run(root)
    return walk.passages


def linearize_in(root: etree._Element, element: etree._Element) -> list[Passage] | None:
    """Those passages of the whole page that stand in `element`; None where it is none that passages stand in.

    The walk knows what it would have entered before; the text there and behind is left unread.
    """
    walk = _Walk(root, whole=True, survey=_UNWEIGHED)
    for around in reversed([*element.iterancestors()]):
        treatment = _treatment(around.tag)
        if treatment == _SKIP:
            return None
        if treatment != _INLINE:
            walk.enter(around, around.tag, treatment)
    if _treatment(element.tag) < _BLOCK:
        return None
    walk.run(element)
    return walk.passages


class _Walk:
    """State of the walk: the run of text being gathered, and where it stands."""

    def __init__(self, root: etree._Element, *, whole: bool, survey: Survey) -> None:
        self.whole = whole
        self.survey = survey
        self.passages: list[Passage] = []
        # Elements that the walk is in, with their treatment, and the block-level ones among them.
        self.entered: list[tuple[etree._Element, int]] = []
        self.contexts = [Context(root, "html", None, survey)]
        self.pieces: list[str] = []
        self.lines: list[str] = []
        self.link_chars = 0
        # How many links the walk is in, and the piece from which on their characters are not counted yet.
        self.link_depth = 0
        self.link_from = 0
        self.preformatted = 0
        self.in_article = 0
        self.in_vain = 0
        # The run began behind this edge, or else where the block begins.
        self.edge: etree._Element | None = None

    def run(self, root: etree._Element) -> None:
        """Go through all elements in document order, leaving those behind that do not hold the next one."""
        treatment_of = _TREATMENT.get
        enter, read_leaf, close = self.enter, self.read_leaf, self.close
        pieces = self.pieces
        entered = self.entered
        steps = root.iter()
        parent = root.getparent()
        for node in steps:
            while node.getparent() is not parent:
                parent = close()
            tag = node.tag
            treatment = treatment_of(tag) or _treatment_of_unknown(tag)
            if len(node) == 0 and treatment < _REGION:
                read_leaf(node, tag, treatment)
                text = node.tail
            elif treatment == _INLINE or enter(node, tag, treatment):
                entered.append((node, treatment))
                parent = node
                text = node.text
            else:
                _pass_over(node, steps)
                text = node.tail
            if text and (pieces or not text.isspace()):
                pieces.append(text)
        while entered:
            self.close()

    def read_leaf(self, node: etree._Element, tag: str, treatment: int) -> None:
        """Read an element without children, two in five of all."""
        pieces = self.pieces
        text = node.text
        if treatment >= _BLOCK:
            if pieces or self.lines:
                self.flush(self.contexts[-1], node)
            if text and not text.isspace():
                self.read_leaf_block(Context(node, tag, self.contexts[-1], self.survey), text, treatment)
            self.edge = node
        elif treatment == _BREAK:
            self.line_break(node)
        elif text and treatment != _SKIP and (pieces or not text.isspace()):
            pieces.append(text)
            if treatment == _LINK and not self.link_depth:
                self.link_chars += len(text.strip())

    def read_leaf_block(self, context: Context, text: str, treatment: int) -> None:
        if treatment == _BLOCK or not self.is_outside(context, treatment):
            self.edge = None
            self.pieces.append(text)
            self.flush(context, None)

    def enter(self, node: etree._Element, tag: str, treatment: int) -> bool:
        """Begin an element that is more than inline; is it to be gone through?"""
        if treatment < _BLOCK:
            if treatment == _LINK:
                if not self.link_depth:
                    self.link_from = len(self.pieces)
                self.link_depth += 1
            return treatment != _SKIP
        if self.pieces or self.lines:
            self.flush(self.contexts[-1], node)
        context = Context(node, tag, self.contexts[-1], self.survey)
        if treatment == _ARTICLE:
            self.in_article += 1
        elif treatment == _PRE:
            self.preformatted += 1
        elif treatment != _BLOCK and self.is_outside(context, treatment):
            self.edge = node
            return False
        self.edge = None
        self.contexts.append(context)
        return True

    def close(self) -> etree._Element | None:
        """Leave the innermost element and read what follows it; the element around it."""
        node, treatment = self.entered.pop()
        if treatment >= _BLOCK:
            if self.pieces or self.lines:
                self.flush(self.contexts[-1], None)
            self.contexts.pop()
            self.edge = node
            self.in_article -= treatment == _ARTICLE
            self.preformatted -= treatment == _PRE
        elif treatment == _LINK:
            self.count_link()
            self.link_depth -= 1
        text = node.tail
        if text and (self.pieces or not text.isspace()):
            self.pieces.append(text)
        return node.getparent()

    def is_outside(self, context: Context, treatment: int) -> bool:
        """Is it a menu or the like, or does it bear names that leave no hope?"""
        node, evidence = context.element, context.evidence
        # The header of an article may hold its subtitle.
        may_hold_text = self.in_article and context.tag == "header"
        is_menu = evidence.role in _OUTSIDE_ROLES if treatment == _DIVISION else not may_hold_text
        if is_menu and not self.whole and next(node.iter(*_SIGNS_OF_TEXT), None) is None:
            return True
        if evidence.path > _HOPELESS or self.survey is _UNWEIGHED or len(node) < 2 or self.in_vain > _MOST_IN_VAIN:
            return False
        is_hopeless = next(node.iter(*_SIGNS_OF_HOPE), None) is None and not any(map(_holds_prose, node.iter()))
        self.in_vain += not is_hopeless
        return is_hopeless

    def count_link(self) -> None:
        """Add the characters of the link that the walk is in, so far."""
        pieces = self.pieces
        for piece in pieces[self.link_from :]:
            self.link_chars += len(piece.strip())
        self.link_from = len(pieces)

    def line_break(self, node: etree._Element) -> None:
        if self.preformatted:
            self.pieces.append("\n")
            return
        if self.link_depth:
            self.count_link()
        line = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        self.link_from = 0
        if line:
            self.lines.append(line)
        elif self.lines:  # the second break in a row: a new paragraph
            self.flush(self.contexts[-1], node)
            self.edge = node

    def flush(self, context: Context, until: etree._Element | None) -> None:
        """End the run of text: make it a passage of the element of `context` if there is anything in it."""
        pieces = self.pieces
        if self.link_depth:
            self.count_link()
            self.link_from = 0
        text = "".join(pieces)
        pieces.clear()
        text = text.strip("\n").rstrip() if self.preformatted else " ".join(text.split())
        if self.lines:
            text = "\n".join((*self.lines, text) if text else self.lines)
            self.lines.clear()
        links, self.link_chars = self.link_chars, 0
        if not text or len(self.passages) > MAX_PASSAGES:
            return
        if 0 < links < _LONGEST_ITEM and context.evidence.path < _MENU and self.survey is not _UNWEIGHED:
            length = len(text)
            if length < _LONGEST_ITEM and links >= _ALL_LINK * length:
                return
        passage = Passage(context, text, min(links, len(text)))
        passage.after, passage.until = self.edge, until
        self.passages.append(passage)


def _holds_prose(element: etree._Element) -> bool:
    """Does so much text stand in it, or right behind it, that its names may be wrong?"""
    text = element.text
    if text is not None and len(text) > _PROSE and element.tag not in _SILENT and not text.isspace():
        return True
    text = element.tail
    return text is not None and len(text) > _PROSE and not text.isspace()


def _pass_over(node: etree._Element, steps: Iterator[etree._Element]) -> None:
    """Take from `steps` what `node` holds."""
    held = len([*node.iterdescendants()]) if len(node) else 0
    next(islice(steps, held, held), None)


def _treatment(tag: str) -> int:
    return _TREATMENT.get(tag) or _treatment_of_unknown(tag)


def _treatment_of_unknown(tag: str) -> int:
    """Custom elements are laid out as blocks nearly always, other unknown ones run with the text."""
    return _BLOCK if "-" in tag else _INLINE
