"""Whether a reader must pay: what structured data and known markup say; None where the page says nothing."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

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


# What stands below a text that was cut off; "Subscribe now" alone stands below whole texts, too.
_CUT_OFF = re.compile(
    r"(?:subscribe|sign up|register|log ?in|sign in)(?: now| today)? to (?:continue|keep|read|unlock)"
    r"|to (?:continue|keep) reading|(?:continue|keep) reading (?:with|by|this article)"
    r"|this (?:article|story|content|post) is (?:only )?(?:for|reserved for|available to|exclusive to) [\w ]{0,20}"
    r"(?:subscribers|members)|(?:weiterlesen|lesen) mit [\w+ -]{0,25}(?:abo|plus|\+)|nur für abonnent|um weiterzulesen"
    r"|um (?:diesen|den ganzen|den vollständigen) artikel (?:zu lesen|weiterzulesen)|jetzt (?:abonnieren|testen) und "
    r"weiterlesen|il vous reste [\d.,]+ ?%|réservée?s? (?:à nos|aux) abonnés|abonnez-vous pour (?:lire|continuer)"
    r"|suscr[íi]bete para (?:seguir|continuar|leer)|(?:exclusivo para|solo para) suscriptores"
    r"|riservat[oa] agli abbonati|abbonati per (?:continuare|leggere)|alleen voor abonnees|om verder te lezen"
    r"|assine para (?:continuar|ler)|exclusivo para assinantes|(?:dostępny )?tylko dla (?:subskrybentów|prenumeratorów)"
    r"|pozostało [\d.,]+ ?% (?:tekstu|artykułu)|för att läsa vidare|for å lese videre|for at læse videre"
    r"|(?:kun|bare) for abonnenter|vain tilaajille|jatkaaksesi lukemista|jen pro předplatitele|только для подписчиков"
    r"|会員限定|続きを読むには|有料会員|登录后阅读全文|订阅后",
    re.IGNORECASE,
)
_CUT_OFF_CHARS = 400
_MAX_BELOW = 6
_MAX_CLIMB = 4


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


def cut_off_below(last: etree._Element) -> str | None:
    """What is said below the last passage of a text that was cut off; None where nothing there says so."""
    for element in _below(last):
        text = text_of(element, _CUT_OFF_CHARS)
        if text and (found := _CUT_OFF.search(text[:_CUT_OFF_CHARS])) is not None:
            return found[0]
    return None


def _below(element: etree._Element) -> Iterator[etree._Element]:
    node: etree._Element | None = element
    for _ in range(_MAX_CLIMB):
        if node is None or node.tag in {"body", "main"}:
            return
        yield from islice(node.itersiblings(etree.Element), _MAX_BELOW)
        node = node.getparent()


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    text = value.strip().lower().rsplit("/", 1)[-1] if isinstance(value, str) else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text)
