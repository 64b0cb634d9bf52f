"""How a text ends that is not all there: an offer to pay for the rest, a heading of what was left out."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from scraper.extractor.page.document import text_of
from scraper.extractor.text.features import HEADING_TAGS
from scraper.extractor.text.passages import Passage

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
# Each match of the pattern has one of these: to look for them takes a thirtieth of the time of the pattern.
_OFFERED = (
    "to continue",
    "to keep",
    "to read",
    "to unlock",
    "reading",
    "subscribers",
    "members",
    "lesen mit",
    "abonn",
    "weiterzulesen",
    "artikel zu lesen",
    "und weiterlesen",
    "il vous reste",
    "suscr",
    "abbonati",
    "verder te lezen",
    "assin",
    "tylko dla",
    "pozosta",
    "vidare",
    "videre",
    "tilaajille",
    "jatkaaksesi",
    "předplatitele",
    "подписчиков",
    "会員",
    "続きを",
    "登录后",
    "订阅后",
)
_CUT_OFF_CHARS = 400
# A longer passage is text that speaks of subscriptions.
_LONGEST_OFFER = 200
# A longer line with a colon at its end is a sentence.
_LONGEST_LABEL = 100
_MAX_BELOW = 6
_MAX_CLIMB = 4


def without_loose_end(passages: Sequence[Passage]) -> tuple[Sequence[Passage], str | None]:
    """The passages without what follows their last words, and what was said there of a text cut off, if anything.

    A heading with nothing below heads what was left out: of 35 such, 23 are not in the texts of the annotated pages,
    and of the others most are the last of many in a row. So does a line with a colon
    at its end: of 17, 13 are not in them.
    """
    words = None
    end = len(passages)
    while end > 1 and (found := _offer(passages[end - 1])) is not None:
        words = found[0]
        end -= 1
    if end > 1 and _is_label(passages[end - 1]):
        end -= 1
    if end > 1 and _is_heading(passages[end - 1]) and not _is_heading(passages[end - 2]):
        end -= 1
    return passages[:end], words


def _offer(passage: Passage) -> re.Match[str] | None:
    return _offer_in(passage.text) if len(passage.text) <= _LONGEST_OFFER else None


def _offer_in(text: str) -> re.Match[str] | None:
    return _CUT_OFF.search(text) if any(map(text.lower().__contains__, _OFFERED)) else None


def _is_label(passage: Passage) -> bool:
    text = passage.text.rstrip()
    return len(text) <= _LONGEST_LABEL and text.endswith((":", "："))


def _is_heading(passage: Passage) -> bool:
    return passage.context.tag in HEADING_TAGS


def cut_off_below(last: etree._Element) -> str | None:
    """What is said below the last passage of a text that was cut off; None where nothing there says so."""
    for element in _below(last):
        text = text_of(element, _CUT_OFF_CHARS)
        if text and (found := _offer_in(text[:_CUT_OFF_CHARS])) is not None:
            return found[0]
    return None


def _below(element: etree._Element) -> Iterator[etree._Element]:
    node: etree._Element | None = element
    for _ in range(_MAX_CLIMB):
        if node is None or node.tag in {"body", "main"}:
            return
        yield from islice(node.itersiblings(etree.Element), _MAX_BELOW)
        node = node.getparent()
