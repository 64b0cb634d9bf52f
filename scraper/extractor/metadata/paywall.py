"""Whether a reader must pay: what structured data and known markup say; None where the page says nothing."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from lxml import etree

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.jsonld import LinkedData, Node
from scraper.extractor.metadata.marks import Marks, Role
from scraper.extractor.page.document import Document, text_of

_FREE = frozenset(("free", "public", "open", "unlocked", "false", "no", "0"))
_LOCKED = frozenset(("locked", "metered", "paid", "premium", "subscription", "subscribers", "plus", "true", "yes", "1"))
# Tiers of content, as Facebook, Apple News and publishers' own tag managers ask for them.
_TIERS = (
    "article:content_tier",
    "og:article:content_tier",
    "content_tier",
    "article:access",
    "paywall",
    "is_paid",
    "premium",
)
# Characters. What says more holds the article: publishers wrap that too, whoever may read it.
_LONGEST_WALL: Final = 1_500
_NO_WALLS: Final = ("script", "style", "template")


class Paywall(NamedTuple):
    """Must a reader pay; where that was read, and in which words it is said."""

    paywalled: bool | None = None
    source: str | None = None
    reason: str | None = None


def read_paywall(doc: Document, nodes: Sequence[tuple[str, Node, LinkedData]], marks: Marks) -> Paywall:
    """What the page states. One that is free today but says "metered" counts as paywalled."""
    for source, node, _ in nodes:
        free = _truth(node.get("isAccessibleForFree"))
        if free is not None:
            return Paywall(paywalled=not free, source=source, reason="isAccessibleForFree")
    for name in _TIERS:
        for source, content in meta.values_of(doc, (name,)):
            if content.lower() in _FREE:
                return Paywall(paywalled=False, source=source, reason=f"{name}={content}")
            if content.lower() in _LOCKED:
                return Paywall(paywalled=True, source=source, reason=f"{name}={content}")
    wall = next(filter(_is_wall, marks.of(Role.PAYWALL)), None)
    if wall is None:
        return Paywall()
    name = wall.get("class") or wall.get("id") or str(wall.tag)
    return Paywall(paywalled=True, source="html", reason=f"markup: {name[:60]}")


def _is_wall(element: etree._Element) -> bool:
    """A wall tells the reader to pay. An empty one is a slot on every page, which a vendor's script fills on some."""
    return element.tag not in _NO_WALLS and 0 < len(text_of(element, _LONGEST_WALL + 1)) <= _LONGEST_WALL


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    text = value.strip().lower().rsplit("/", 1)[-1] if isinstance(value, str) else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text)
