"""JSON-LD as sites really write it: broken JSON mended, graphs flattened, references followed, this page's node chosen.

Knows the shape of the data, not what a title or an author is. Nothing a page holds makes it raise.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from scraper.text import or_none

Node = Mapping[str, object]
"""One JSON object; keys as written."""

_MAX_SCRIPT_LENGTH: Final = 4_000_000
_MAX_NODES: Final = 4_000
_MAX_DIGITS: Final = 18

# White space is looked through from its beginning only: from each of its characters, a script of it would take hours.
_WRAPPING = re.compile(
    r"<!--|-->|(?:(?:/\*?|\*)\s*|(?<!\s)\s*|)<!\[CDATA\[\s*\*?/?|(?:(?://?\*?|\*)\s*|(?<!\s)\s*|)\]\]>\s*\*?/?"
)
_WRAPPING_SIGNS = ("<!", "-->", "]]>")
_LEADING_COMMENT = re.compile(r"^\s*//[^\n{\[]*")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_DOUBLE_COMMA = re.compile(r",\s*(?=,)")
_MISSING_COMMA = re.compile(r'(["}\]])([^\S\n]*\n\s*+")')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])|\\u(?![0-9A-Fa-f]{4})')
_BETWEEN_VALUES = re.compile(r"[\s,;]*")
# The last resort for a script whose quotes are broken: single fields that are whole in themselves.
_FIELD = re.compile(
    r'"(@type|headline|datePublished|dateModified|dateCreated|inLanguage)"'
    r'\s*:\s*"((?:[^"\\\n]|\\.)*)"'
)
_NAMESPACE = re.compile(r"[/#:]")
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]{1,500}>")

# By which property a node hangs on another: these lead away from what the page itself is about.
_AWAY = frozenset(
    (
        "itemlistelement haspart mentions relatedlink related citation review reviews comment suggestedanswer "
        "subjectof workexample isrelatedto isbasedon blogpost blogposts liveblogupdate video image associatedmedia "
        "about"
    ).split()
)
# What can be the page's own article, best first; any other type ending in "article" or "posting" counts as the first.
_RANKS: Mapping[str, int] = {
    "review": 2,
    "report": 3,
    "recipe": 2,
    "howto": 2,
    "creativework": 2,
    "claimreview": 2,
    "podcastepisode": 1,
    "webpage": 1,
    "itempage": 1,
    "videoobject": 1,
    "medicalwebpage": 1,
}


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node, and whether it was reached by a property that leads away from the page's own subject."""

    node: Node
    is_aside: bool
    depth: int


@dataclass(frozen=True, slots=True)
class LinkedData:
    """All nodes of a page in reading order, and those that have an `@id` by it."""

    placed: tuple[PlacedNode, ...] = ()
    by_id: Mapping[str, Node] = field(default_factory=dict)

    def follow(self, value: object) -> object:
        """`value`, or the node it refers to where it is a bare reference (``{"@id": ...}``)."""
        if isinstance(value, Mapping) and len(value) <= 2 and isinstance(key := value.get("@id"), str):
            return self.by_id.get(key, value)
        return value

    def values(self, node: Node, key: str) -> tuple[object, ...]:
        """The values of a property as a flat sequence, references followed."""
        value = node.get(key)
        items = value if isinstance(value, list) else [value]
        return tuple(self.follow(item) for item in items if item is not None)

    def of_type(self, *names: str) -> Iterator[Node]:
        """The nodes of any of these types (lower case), in reading order."""
        return (placed.node for placed in self.placed if not types_of(placed.node).isdisjoint(names))


def read_json_ld(scripts: Iterable[str]) -> LinkedData:
    """Every node of these scripts; what cannot be mended is left out."""
    placed: list[PlacedNode] = []
    for script in scripts:
        for value in _values_of(script[:_MAX_SCRIPT_LENGTH]):
            placed.extend(_flatten(value, _MAX_NODES - len(placed)))
    return LinkedData(tuple(placed), _by_id(placed))


def types_of(node: Node) -> frozenset[str]:
    """The types of a node in lower case, without their vocabulary's address."""
    declared = node.get("@type")
    if isinstance(declared, list):
        return frozenset[str]().union(*(_bare_type(name) for name in declared if isinstance(name, str)))
    return _bare_type(declared) if isinstance(declared, str) else frozenset()


@lru_cache(maxsize=256)
def _bare_type(name: str) -> frozenset[str]:
    return frozenset((_NAMESPACE.split(name)[-1].lower(),))


def rank_of(node: Node) -> int:
    """How likely a node of this type is the article a page is about: 4 an article, 1 a page, 0 neither."""
    return max(map(_rank_of_type, types_of(node)), default=0)


@lru_cache(maxsize=256)
def _rank_of_type(name: str) -> int:
    return 4 if name.endswith(("article", "posting")) else _RANKS.get(name, 0)


def main_nodes(data: LinkedData, *, addresses: frozenset[str], titles: frozenset[str]) -> tuple[Node, ...]:
    """The nodes that describe this very page, the best first.

    `addresses` are the page's own (see :func:`address_key`), `titles` what it calls itself (folded). An article that
    hangs on another node as one of its parts, or names another address, describes another page.
    """
    scored: list[tuple[int, Node]] = []
    for placed in data.placed:
        rank = rank_of(placed.node)
        if not rank:
            continue
        same = _is_this_page(placed.node, addresses)
        titled = _folded(placed.node.get("headline") or placed.node.get("name")) in titles
        if (placed.is_aside or same is False) and not titled and same is not True:
            continue
        scored.append(
            (rank * 4 + 8 * (same is True) + 4 * titled - 6 * placed.is_aside - min(placed.depth, 3), placed.node)
        )
    scored.sort(key=lambda pair: -pair[0])
    return tuple(node for _, node in scored)


def address_key(url: str) -> str:
    """What two spellings of one page's address share: no scheme, ``www.``, query, fragment or final slash."""
    bare = re.sub(r"^[a-z]+:/*(?:www\.|m\.|amp\.)?", "", url.strip().lower())
    return re.split(r"[?#]", bare, maxsplit=1)[0].rstrip("/")


def text_in(value: object) -> str | None:
    """The text of a value: a string, a language-tagged string, the name of a node, the first of a list."""
    if isinstance(value, list):
        return next((text for item in value[:50] if (text := text_in(item))), None)
    if isinstance(value, Mapping):
        return text_in(value.get("@value") or value.get("name"))
    if isinstance(value, str):
        return plain_text(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def texts_in(values: Sequence[object]) -> tuple[str, ...]:
    """The texts of several values, those without any left out."""
    return tuple(text for value in values if (text := text_in(value)))


def plain_text(text: str) -> str | None:
    """`text` as one line, without the entities and tags that leak into JSON; None for nothing."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    return or_none(text)


def _is_this_page(node: Node, addresses: frozenset[str]) -> bool | None:
    """Whether the addresses a node names are this page's; None where it names none that could be compared."""
    named: list[str] = []
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith("http"):
            named.append(address_key(value))
    if not named or not addresses:
        return None
    if any(name in addresses for name in named):
        return True
    return None if any("/" not in name for name in named) else False  # a bare host is the site, said by mistake


def _folded(value: object) -> str:
    text = text_in(value)
    return " ".join(_WORD.findall(text.casefold())) if text else "\0"


def _values_of(script: str) -> list[object]:
    # Looking for the wrapping everywhere took ten times as long as reading the JSON.
    text = _WRAPPING.sub("", script) if any(sign in script for sign in _WRAPPING_SIGNS) else script
    text = _LEADING_COMMENT.sub("", text.rstrip().removesuffix(";")).strip()
    if not text:
        return []
    if '"' not in text and "&quot;" in text:
        text = html.unescape(text)
    for mend in (_as_is, _mended):
        values = _decode_all(mend(text))
        if values is not None:
            return values
    fields = _FIELD.findall(text)
    return [dict(reversed(fields))] if fields else []  # the first of each key wins


def _as_is(text: str) -> str:
    return text


def _mended(text: str) -> str:
    text = _BAD_ESCAPE.sub(r"\\\\", text)
    return _TRAILING_COMMA.sub(r"\1", _DOUBLE_COMMA.sub("", _MISSING_COMMA.sub(r"\1,\2", text)))


def _decode_all(text: str) -> list[object] | None:
    """The JSON values that stand one after another in `text`; None where not even the first is whole."""
    values: list[object] = []
    at = 0
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
        at = _BETWEEN_VALUES.match(text, at).end()  # type: ignore[union-attr]
    return values or None


def _short_int(digits: str) -> int:
    """A number with thousands of digits is an attack on int(), and no count of anything."""
    return int(digits) if len(digits) <= _MAX_DIGITS else 0


# Not strict: raw line breaks inside strings are the commonest fault of all.
_DECODER = json.JSONDecoder(strict=False, parse_int=_short_int)


def _flatten(value: object, limit: int) -> list[PlacedNode]:
    found: list[PlacedNode] = []
    waiting: list[tuple[object, bool, int]] = [(value, False, 0)]
    while waiting and len(found) < limit:
        current, aside, depth = waiting.pop()
        if isinstance(current, list):
            waiting.extend((item, aside, depth) for item in reversed(current[:_MAX_NODES]))
        elif isinstance(current, dict):
            if "@type" in current or len(current) > 2:
                found.append(PlacedNode(current, aside, depth))
            waiting.extend(
                (child, aside or key.lower() in _AWAY, depth + (key != "@graph"))
                for key, child in reversed(current.items())
                if isinstance(child, dict | list)
            )
    return found


def _by_id(placed: Iterable[PlacedNode]) -> dict[str, Node]:
    """Where several nodes have one `@id`, the fullest: the others only refer to it."""
    found: dict[str, Node] = {}
    for one in placed:
        key = one.node.get("@id")
        if isinstance(key, str) and len(one.node) > len(found.get(key, ())):
            found[key] = one.node
    return found
