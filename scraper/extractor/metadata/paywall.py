"""Whether a reader must pay: what structured data and known markup say; None where the page says nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.jsonld import LinkedData, Node
from scraper.extractor.metadata.marks import Marks, Role
from scraper.extractor.page.document import Document

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
    wall = next(marks.of(Role.PAYWALL), None)
    if wall is None:
        return Paywall()
    name = wall.get("class") or wall.get("id") or str(wall.tag)
    return Paywall(paywalled=True, source="html", reason=f"markup: {name[:60]}")


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    text = value.strip().lower().rsplit("/", 1)[-1] if isinstance(value, str) else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text)
