"""The text of an article that a page carries in its scripts, for the day its markup shows a teaser only.

Frameworks put the data a page is drawn from beside its markup (`__NEXT_DATA__`, Apollo, Fusion, Redux, React Query).
Their formats differ and change; what is stable is that somewhere in it stands the article's markup in one string, or a
list of objects with a paragraph each. That is looked for; no format is known by name.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape, unescape
from itertools import islice

from lxml import etree

# A store is an object that begins a script, or that a script gives to a name or puts into a list.
_STORE = re.compile(r"(?:^|=|\.push\()\s*(?=\{)")
_MOST_STORES = 20
_MOST_NODES = 50_000
_MOST_TITLED = 5
_LONGEST_TITLE = 300
# Less than this is a teaser, a caption or a setting.
_SHORTEST_TEXT = 300
_SHORTEST_PARAGRAPH = 40
_TEXT_KEYS = ("content", "text", "html", "value", "body", "paragraph", "model", "children", "data", "attributes")
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_ESCAPED = re.compile(r"&(?:lt|#\d+|[a-z]+);")
# Data within data, or code: no text.
_DATA = re.compile(r"\s*[\[{]\s*[\"\[{]|\s*(?:function|var|window|https?:)\b")
Node = Mapping[str, object]
_HEADING_TYPES = frozenset(("header", "heading", "headline", "subheading", "crosshead", "h2", "h3", "h4"))
_LIST_TYPES = frozenset(("list", "bulleted-list", "numbered-list", "ul", "ol"))
_LEFT_OUT_TYPES = re.compile(
    r"image|picture|photo|gallery|video|audio|embed|related|link|promo|teaser|newsletter|advert|interstitial|widget|card",
    re.IGNORECASE,
)
_DEEPEST = 6


def embedded_text(scripts: Sequence[etree._Element], opening: str, title: str | None = None) -> str | None:
    """The longest text in the scripts' data that is this page's, as HTML.

    That is one that holds `opening`, the first words of what the page shows; or, where none does because the page shows
    a standfirst only, one that hangs on an object with the page's `title`.
    """
    stores = [
        store
        for script in scripts
        if (text := script.text) and len(text) > _SHORTEST_TEXT and "{" in text
        for store in _stores(text)
    ]
    found = max((_text_in(store, lambda text: _holds(text, opening)) for store in stores), key=len, default="")
    if found or not title:
        return found or None
    wanted = _squeezed(title)
    by_nearness = (
        [part for store in stores for part in _titled(store, holds, wanted)] for holds in (_names, _is_named)
    )
    return next((text for parts in by_nearness if (text := max(map(_any_text, parts), key=len, default=""))), None)


def _stores(script: str) -> Iterator[object]:
    decoder = json.JSONDecoder(strict=False)
    end = 0
    for number, match in enumerate(_STORE.finditer(script)):
        if number == _MOST_STORES:
            return
        if match.end() >= end:
            try:
                store, end = decoder.raw_decode(script, match.end())
            except (ValueError, RecursionError):  # not JSON but code
                continue
            yield store


def _walk(store: object) -> Iterator[object]:
    waiting = [store]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _titled(store: object, holds: Callable[[Node, str], bool], title: str) -> Iterator[object]:
    """The first objects that hold `title`."""
    return islice((value for value in _walk(store) if isinstance(value, dict) and holds(value, title)), _MOST_TITLED)


def _names(node: Node, title: str) -> bool:
    return any(
        isinstance(text, str) and len(text) < _LONGEST_TITLE and _squeezed(text) == title for text in node.values()
    )


def _is_named(node: Node, title: str) -> bool:
    """Does it hold the title one level down (`{"headlines": {"basic": ...}}`)?"""
    return any(isinstance(held, dict) and _names(held, title) for held in node.values())


def _any_text(store: object) -> str:
    return _text_in(store, bool)


def _text_in(store: object, is_wanted: Callable[[str], bool]) -> str:
    """The longest wanted text in `store`: one string, or the paragraphs of one list."""
    best = ""
    least = _SHORTEST_TEXT
    for value in _walk(store):
        if isinstance(value, list):
            text = _of_list(value)
        elif isinstance(value, str) and len(value) > _SHORTEST_TEXT and not _DATA.match(value):
            text = as_markup(value)
        else:  # forty-nine values of fifty
            continue
        if len(text) > least and is_wanted(text):
            best, least = text, len(text)
    return best


def _of_list(items: list[object]) -> str:
    if len(items) < 2 or not any(isinstance(item, dict) for item in items):
        return ""
    return "\n".join(filter(None, map(_paragraph, items)))


def _paragraph(item: object) -> str | None:
    if isinstance(item, str):
        return as_markup(item) if len(item) > _SHORTEST_PARAGRAPH else None
    if not isinstance(item, dict):
        return None
    kind = str(item.get("type") or item.get("__typename") or item.get("_type") or "")
    if _LEFT_OUT_TYPES.search(kind):
        return None
    return _list(item) if kind.lower() in _LIST_TYPES else _typed_text(_string(item, 0), kind)


def _typed_text(text: str, kind: str) -> str | None:
    if kind.lower() in _HEADING_TYPES and text:
        return f"<h2>{text if _TAG.search(text) else escape(text, quote=False)}</h2>"
    return as_markup(text) if len(text) > _SHORTEST_PARAGRAPH or kind else None


def _list(item: Node) -> str | None:
    entries = item.get("items") or item.get("children") or item.get("content")
    texts = [text for entry in entries if (text := _string(entry, 0))] if isinstance(entries, list) else []
    lines = (text if _TAG.search(text) else escape(text, quote=False) for text in texts)
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>" if texts else None


def _string(value: object, depth: int) -> str:
    """What a piece of rich text says: its string, or those of its children put together."""
    if isinstance(value, str):
        return value
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return "".join(_string(item, depth + 1) for item in value)
    if isinstance(value, dict):
        held = filter(None, map(value.get, _TEXT_KEYS))
        return next((text for part in held if (text := _string(part, depth + 1))), "")
    return ""


def _holds(text: str, opening: str) -> bool:
    return not opening or opening in _squeezed(text)


def _squeezed(markup: str) -> str:
    return "".join(_TAG.sub("", markup).split())


def opening_key(text: str) -> str:
    """The first words of a text, in the form in which they are looked for."""
    return _squeezed(text)[:40]


def as_markup(text: str) -> str:
    """A text from data as HTML, whether it is plain, markup, or markup that was escaped once more."""
    if "&" in text:
        text = unescape(text)
        if _ESCAPED.search(text):
            text = unescape(text)
    if _TAG.search(text):
        return text if text.lstrip().startswith("<") else f"<p>{text}</p>"
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())
