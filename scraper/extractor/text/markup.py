"""The body as HTML that is safe to show: blocks rebuilt, links and emphasis kept, everything else left behind."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

import nh3
from lxml import etree

from scraper.extractor.page.document import raw_text
from scraper.extractor.text.assembly import Part
from scraper.extractor.text.passages import Passage
from scraper.records import BlockKind
from scraper.urls import InvalidUrlError, resolve

_INLINE = frozenset(
    ("a", "em", "strong", "i", "b", "code", "sub", "sup", "q", "mark", "del", "ins", "abbr", "cite", "br")
)
_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "td")
)
_SILENT = frozenset(("script", "style", "template", "svg", "noscript", "iframe", "button"))
# Deeper inline markup than this is written as text: real articles nest four or five levels.
_MAX_DEPTH = 30


_WRAPS = {BlockKind.LIST_ITEM: "ul", BlockKind.QUOTE: "blockquote"}
_TAGS = {BlockKind.LIST_ITEM: "li", BlockKind.PREFORMATTED: "pre"}
_CLEANER = nh3.Cleaner(
    tags=set(_INLINE | _BLOCKS),
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def to_html(parts: Iterable[Part], base_url: str | None) -> str:
    """`parts` as sanitised HTML, links absolute. Sanitised by construction, and by nh3 to be sure."""
    pieces = []
    for kind, group in groupby(parts, key=_kind):
        wrap = _WRAPS.get(kind)
        inner = "".join([_element(part, base_url) for part in group])
        pieces.append(f"<{wrap}>{inner}</{wrap}>" if wrap else inner)
    return _CLEANER.clean("\n".join(pieces))


def sanitised(html: str) -> str:
    """HTML from elsewhere as safe to show as what :func:`to_html` makes, which it leaves as it is."""
    return _CLEANER.clean(html)


def _kind(part: Part) -> BlockKind:
    return part.block.kind


def _element(part: Part, base_url: str | None) -> str:
    block = part.block
    if block.kind is BlockKind.TABLE:
        return f"<table>{''.join(_rows(part))}</table>"
    inner = _inline(part.passages[0], base_url).strip()
    tag = f"h{block.level}" if block.kind is BlockKind.HEADING else _TAGS.get(block.kind, "p")
    return f"<{tag}>{inner}</{tag}>"


def _rows(part: Part) -> Iterator[str]:
    for line in part.block.text.split("\n"):
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line.split(" | ")) + "</tr>"


def _inline(passage: Passage, base_url: str | None) -> str:
    """The markup of one passage: text and inline elements from `after` to `until`."""
    holder, node, until = passage.context.element, passage.after, passage.until
    if (node is not None and node.getparent() is not holder) or (
        until is not None and until.getparent() is not holder
    ):  # inline elements that hold blocks: the run has no one parent
        return "<br>".join(_escaped(line) for line in passage.text.split("\n"))
    pieces = [_escaped(holder.text if node is None else node.tail)]
    node = (holder[0] if len(holder) else None) if node is None else node.getnext()
    while node is not None and node is not until:
        pieces += (_open(node, base_url, 0), _escaped(node.tail))
        node = node.getnext()
    return "".join(pieces)


def _escaped(text: str | None) -> str:
    return escape(text, quote=False) if text else ""


def _open(node: etree._Element, base_url: str | None, depth: int) -> str:
    tag = node.tag
    if tag == "br":
        return "<br>"
    if tag in _SILENT:
        return ""
    if depth > _MAX_DEPTH:
        return _escaped(raw_text(node))
    inner = _escaped(node.text)
    if len(node):
        inner += "".join([_open(child, base_url, depth + 1) + _escaped(child.tail) for child in node])
    if tag not in _INLINE or not inner or inner.isspace():
        return inner
    href = _href(node, base_url) if tag == "a" else None
    return f'<a href="{escape(href)}">{inner}</a>' if href else inner if tag == "a" else f"<{tag}>{inner}</{tag}>"


def _href(node: etree._Element, base_url: str | None) -> str | None:
    href = (node.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    if href.lower().startswith("mailto:"):
        return href
    try:
        return resolve(href, base_url)
    except InvalidUrlError:
        return None
