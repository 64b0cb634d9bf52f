"""The text of an article that a page carries in its scripts, for the day its markup shows a teaser only.

Frameworks put the data a page is drawn from beside its markup (`__NEXT_DATA__`, Apollo, Fusion, Redux stores). Their
formats differ and change; what is stable is that somewhere in it stands the article's markup in one string, or a list
of objects with a paragraph each. That is looked for; no format is known by name.
"""

import json
import re
from collections.abc import Iterator, Sequence
from html import escape

from lxml import etree

# A store is an object that begins a script, or that a script gives to a name.
_STORE = re.compile(r"(?:^|=)\s*(?=\{)")
_MOST_STORES = 20
_MOST_NODES = 50_000
# Less than this is a teaser, a caption or a setting.
_SHORTEST_TEXT = 300
_SHORTEST_PARAGRAPH = 40
_TEXT_KEYS = ("content", "text", "html", "value", "body", "paragraph", "model", "children", "data", "attributes")
_TAG = re.compile(r"<[a-zA-Z/][^>]*>")
_HEADING_TYPES = frozenset(("header", "heading", "headline", "subheading", "crosshead", "h2", "h3", "h4"))
_LEFT_OUT_TYPES = re.compile(
    r"image|picture|photo|gallery|video|audio|embed|related|link|promo|teaser|newsletter|advert|interstitial|widget|card",
    re.IGNORECASE,
)
_DEEPEST = 6


def embedded_text(scripts: Sequence[etree._Element], opening: str) -> str | None:
    """The longest text in the scripts' data that holds `opening`, the first words of what the page shows, as HTML."""
    best = ""
    for script in scripts:
        text = script.text
        if text and len(text) > _SHORTEST_TEXT and "{" in text:
            for store in _stores(text):
                best = max(best, _text_in(store, opening), key=len)
    return best or None


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


def _text_in(store: object, opening: str) -> str:
    """The longest article text in `store`: one string, or the paragraphs of one list."""
    best = ""
    waiting = [store]
    for _ in range(_MOST_NODES):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
            best = max(best, _of_list(value, opening), key=len)
        elif isinstance(value, str) and len(value) > max(_SHORTEST_TEXT, len(best)) and _holds(value, opening):
            best = _as_html(value)
    return best


def _of_list(items: list[object], opening: str) -> str:
    if len(items) < 2 or not any(isinstance(item, dict) for item in items):
        return ""
    text = "\n".join(filter(None, map(_paragraph, items)))
    return text if len(text) > _SHORTEST_TEXT and _holds(text, opening) else ""


def _paragraph(item: object) -> str | None:
    if isinstance(item, str):
        return _as_html(item) if len(item) > _SHORTEST_PARAGRAPH else None
    if not isinstance(item, dict):
        return None
    kind = str(item.get("type") or item.get("__typename") or item.get("_type") or "")
    if _LEFT_OUT_TYPES.search(kind):
        return None
    text = _string(item, 0)
    if not text:
        return None
    if kind.lower() in _HEADING_TYPES:
        return f"<h2>{text if _TAG.search(text) else escape(text, quote=False)}</h2>"
    return _as_html(text) if len(text) > _SHORTEST_PARAGRAPH or kind else None


def _string(value: object, depth: int) -> str:
    """What a piece of rich text says: its string, or those of its children put together."""
    if isinstance(value, str):
        return value
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return "".join(_string(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return next((text for key in _TEXT_KEYS if (text := _string(value.get(key), depth + 1))), "")
    return ""


def _holds(text: str, opening: str) -> bool:
    return not opening or opening in _squeezed(text)


def _squeezed(markup: str) -> str:
    return "".join(_TAG.sub("", markup).split())


def opening_key(text: str) -> str:
    """The first words of a text, in the form in which they are looked for."""
    return _squeezed(text)[:40]


def _as_html(text: str) -> str:
    if _TAG.search(text):
        return text if text.lstrip().startswith("<") else f"<p>{text}</p>"
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())
