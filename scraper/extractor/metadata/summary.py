"""What the page says an article is about: the summary it declares, and the subtitle it shows under the title."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

from lxml import etree

from scraper.dates.reading import find_date
from scraper.extractor.metadata import meta
from scraper.extractor.metadata.byline_lines import starts_like_byline
from scraper.extractor.metadata.jsonld import Node, plain_text, text_in
from scraper.extractor.metadata.marks import Marks, Role
from scraper.extractor.metadata.title_claims import key_of
from scraper.extractor.metadata.title_lines import LONG_LINE
from scraper.extractor.metadata.titles import Title
from scraper.extractor.page.document import Document, text_of

_MIN_SUMMARY_LENGTH: Final = 20
_MAX_SUMMARY_LENGTH: Final = 2_000
_MIN_SUBTITLE_LENGTH: Final = 12
_MAX_SUBTITLE_LENGTH: Final = 400
_MAX_MARKS: Final = 6
_MANY: Final = 4
_MIN_WORDS_ABOVE: Final = 4
_MAX_GLUED: Final = 60
_MAX_LINES: Final = 16
_MAX_DESCRIBED: Final = 5
_MAX_BYLINE: Final = 80
_PARAGRAPH: Final = 160
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_HEADERS = frozenset(("header", "hgroup"))
_TAGLINES = frozenset(("h2", "h3", "h4", "p"))
# What no line holds; lists of topics and captions are called "lead" as well.
_NO_LINE: Final = ("ul", "ol", "figure", "figcaption", "nav", "form")

_WHOLE = re.compile(r"[.!?\"”»“」。！？][)\]]?$(?<!\.\.\.)")
_SENTENCE_END = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")

Statement = tuple[str | None, str | None]
"""(text, source); None and None where the page states nothing."""


def read_summary(doc: Document, nodes: Sequence[tuple[str, Node]], title: str | None) -> Statement:
    """The fullest of the descriptions that the page declares for itself, none that only repeats the title."""
    claims = [(source, text_in(node.get("description"))) for source, node in nodes[:2]]
    claims += [(source, plain_text(content)) for source, content in meta.values_of(doc, meta.SUMMARY)]
    own = key_of(title) if title else ""
    best: Statement = (None, None)
    for source, text in claims:
        if not text or not _MIN_SUMMARY_LENGTH <= len(text) <= _MAX_SUMMARY_LENGTH or key_of(text) == own:
            continue
        # The same text is often cut off in one place and whole in another.
        if best[0] is None or (_SENTENCE_END.search(best[0]) and len(text) > len(best[0])):
            best = text, source
    return best


def read_subtitle(
    doc: Document, nodes: Sequence[tuple[str, Node]], marks: Marks, title: Title, authors: Sequence[str] = ()
) -> Statement:
    """The line that a page sets under or over its title.

    Structured data says which, or an element's class, or that it is what the page declares to be its description, or
    that it stands alone with the title in a header. `authors` tell what is a byline.
    """
    own = key_of(title.text) if title.text else ""
    for source, node in nodes[:2]:
        for key in ("alternativeHeadline", "alternateName"):
            text = text_in(node.get(key))
            if text and _is_subtitle(text, own):
                return text, source
    marked = list(islice(marks.of(Role.SUBTITLE), _MAX_MARKS))
    classes = Counter(element.get("class") for element in marked)
    for element in marked:
        text = marks.text(element)
        # What there are many of are the headings of the text's parts.
        is_one = classes[element.get("class")] < _MANY
        is_line = is_one and next(element.iter(*_NO_LINE), None) is None
        if is_line and _is_subtitle(text, own) and _stands_by_title(text, marks, is_heading=element.tag in _HEADINGS):
            return text, "html"
    for found in (_described(doc, nodes, marks, authors), _headed(title.element, authors)):
        if found and _is_subtitle(found, own):
            return found, "html"
    return None, None


def _headed(title: etree._Element | None, authors: Sequence[str]) -> str | None:
    """The line right after the title within a `<header>` or `<hgroup>`, where it is no byline.

    HTML says of these that they hold a heading with its subheading or tagline (4.3.7, 4.3.8).
    """
    following = title.getnext() if title is not None else None
    parent = title.getparent() if title is not None else None
    if following is None or parent is None or parent.tag not in _HEADERS or following.tag not in _TAGLINES:
        return None
    text = text_of(following, _MAX_SUBTITLE_LENGTH + 1)
    is_line = text.count(" ") >= _MIN_WORDS_ABOVE and next(following.iter(*_NO_LINE), None) is None
    return text if is_line and not _is_byline(text[:_MAX_BYLINE], authors) else None


def _stands_by_title(text: str, marks: Marks, *, is_heading: bool) -> bool:
    """Whether `text` stands right over the title, or after it before the text begins.

    One paragraph may stand between, such as a caption; a heading after one is that of a part of the text.
    """
    if not (marks.near or marks.above):
        return True  # nothing shows the title: there is no telling
    # Fewer words over a title are its kicker.
    if text.count(" ") >= _MIN_WORDS_ABOVE and any(map(text.startswith, marks.above)):
        return True
    paragraphs = 0
    for line in marks.near[:_MAX_LINES]:
        is_begun = len(line) >= _MIN_SUBTITLE_LENGTH and text.startswith(line)
        if is_begun or (line.startswith(text[:LONG_LINE]) and len(line) <= len(text) + _MAX_GLUED):
            return True
        paragraphs += len(line) >= _PARAGRAPH
        if paragraphs > (0 if is_heading else 1):
            break
    return False


def _described(doc: Document, nodes: Sequence[tuple[str, Node]], marks: Marks, authors: Sequence[str]) -> str | None:
    """The line after the title that is the declared description, where the byline or the date follows it.

    Without these it may as well be the first paragraph of the text, which many declare to be the description.
    """
    lines = marks.near[: _MAX_DESCRIBED + 3]
    if not lines:
        return None
    declared = [text for _, node in nodes[:2] if (text := text_in(node.get("description")))]
    declared += [text for _, content in meta.values_of(doc, meta.SUMMARY) if (text := plain_text(content))]
    for at, line in enumerate(lines[:_MAX_DESCRIBED]):
        if len(line) >= _MIN_SUMMARY_LENGTH and (text := next((one for one in declared if one.startswith(line)), None)):
            is_whole = text == line or (len(line) >= LONG_LINE and _WHOLE.search(text) is not None)
            return text if is_whole and any(_is_byline(line, authors) for line in lines[at + 1 : at + 4]) else None
    return None


def _is_byline(line: str, authors: Sequence[str]) -> bool:
    if len(line) > _MAX_BYLINE:
        return False
    return starts_like_byline(line) or any(map(line.__contains__, authors)) or find_date(line) is not None


def _is_subtitle(text: str, title_key: str) -> bool:
    if not _MIN_SUBTITLE_LENGTH <= len(text) <= _MAX_SUBTITLE_LENGTH:
        return False
    key = key_of(text)
    return key not in title_key and not (title_key and title_key in key) and not starts_like_byline(text)
