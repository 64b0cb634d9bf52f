"""What kind of page this is: an article, or one of the things that answer 200 and are none.

Precision first: an article called something else is lost, a list called an article is only a nuisance. So a page that
declares itself an article is one, and everything else needs plain signs.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from scraper.extractor.body import Body
from scraper.extractor.document import Document, text_of
from scraper.extractor.metadata import Metadata
from scraper.records import PageKind

_ARTICLE_TYPE = re.compile(r"article|posting|report$|review$|recipe$|^howto$|episode$")
_LIST_TYPES = frozenset(("collectionpage", "searchresultspage", "profilepage", "itemlist"))
_GALLERY_TYPES = frozenset(("imagegallery", "mediagallery"))
# Classes that WordPress, Drupal and many others give the body of pages that list others.
_LIST_CLASSES = frozenset("home blog archive category tag author search search-results front path-frontpage".split())
_SINGLE_CLASSES = frozenset(("single", "single-post", "postid", "page-node", "article", "page-template"))
_LIST_PATH = re.compile(
    r"^/?$|/(?:tags?|category|categories|rubrik|thema|themen|topics?|authors?|autor|search|suche|archive?s?)(?:/[^/]*)?/?$"
    r"|/page/\d+/?$"
)
_LIST_QUERY = re.compile(r"(?:^|&)(?:s|q|query|search|suche)=")
_ERROR = re.compile(
    r"\b(?:404|410|50[0234])\b|not found|does ?n[o']t exist|no longer (?:available|exists)|nicht gefunden"
    r"|existiert nicht|nicht (?:mehr )?verfügbar|introuvable|n'existe (?:pas|plus)|no encontrada|no existe"
    r"|non trovata|não encontrada|niet gevonden|nie znalezion|nie istnieje|access denied|forbidden"
    r"|service unavailable|hittades inte|ikke funnet",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookie|consent|before you continue|privacy (?:settings|choices)|datenschutz|einwilligung|zustimm|tracking"
    r"|pur-abo|consentement|traceurs|consenso|consentimiento|toestemming|zgod[aęy]",
    re.IGNORECASE,
)
_PICTURES = re.compile(r"galler|slideshow|bilderstrecke|bildergalerie|fotostrecke|diaporama|galer[ií]a", re.IGNORECASE)
_SHORT_CHARS, _FEW_CHARS = 1_500, 400
_FEWEST_TEASERS = 3
_FEWEST_PICTURES = 4
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def page_kind(doc: Document, metadata: Metadata, body: Body) -> PageKind:
    """ARTICLE unless the page says, or plainly shows, that it is something else."""
    if _asks_for_password(doc, body):
        return PageKind.PROTECTED
    if _declares_article(doc, metadata):
        return PageKind.ARTICLE
    chars = len(body.text or "")
    undated = metadata.published is None and chars < _SHORT_CHARS
    signs = (
        (PageKind.ERROR, lambda: undated and _ERROR.search(_headline(doc, metadata))),
        (PageKind.CONSENT, lambda: undated and _asks_for_consent(doc, metadata, body)),
        (PageKind.LISTING, lambda: _is_list(doc, metadata, body)),
        (PageKind.GALLERY, lambda: chars < _FEW_CHARS and _shows_pictures(doc, metadata)),
    )
    otherwise = PageKind.ARTICLE if chars else PageKind.OTHER
    return next((kind for kind, is_plain in signs if is_plain()), otherwise)


def _headline(doc: Document, metadata: Metadata) -> str:
    first = next((text_of(heading) for heading in doc.headings if heading.tag == "h1"), "")
    return f"{metadata.title or ''} {doc.title_tag or ''} {first}"


def _declares_article(doc: Document, metadata: Metadata) -> bool:
    if any(_ARTICLE_TYPE.search(kind) for kind in metadata.types):
        return True
    declared = (doc.meta_first("og:type") or "").lower()
    return declared.endswith("article") and _address(doc)[0] != "/"


def _address(doc: Document) -> tuple[str, str]:
    """The path and the query of the page's own address; a path that says nothing where it has none."""
    try:
        parts = urlsplit(doc.url or "/-")
    except ValueError:
        return "/-", ""
    return parts.path or "/", parts.query


def _asks_for_password(doc: Document, body: Body) -> bool:
    """One field for a password, none for a name, and no text: the text is behind it."""
    if len(body.text or "") >= _FEW_CHARS or not (doc.mentions("password") or doc.mentions("PASSWORD")):
        return False
    for form in doc.root.iter("form"):
        kinds = [(field.get("type") or "text").lower() for field in form.iter("input")]
        if "password" in kinds and not {"text", "email", "tel"} & set(kinds):
            return True
    return False


def _asks_for_consent(doc: Document, metadata: Metadata, body: Body) -> bool:
    """Consent is the talk of the heading, or of every other line, and there is something to press."""
    lines = [_headline(doc, metadata), *(block.text for block in body.blocks)]
    talk = sum(_CONSENT.search(line) is not None for line in lines)
    return 2 * talk > len(lines) and any(True for _ in doc.root.iter("button", "form"))


def _is_list(doc: Document, metadata: Metadata, body: Body) -> bool:
    path, query = _address(doc)
    says_so = (
        bool(_LIST_TYPES.intersection(metadata.types))
        or _has_list_classes(doc.root)
        or bool(_LIST_PATH.search(path))
        or bool(_LIST_QUERY.search(query))
    )
    teasers, teased, free = _teasers(doc, body)
    if teasers < _FEWEST_TEASERS:
        return False
    if metadata.published is not None:  # a date is no proof: lists show those of their items
        return says_so and free < _FEW_CHARS
    return free < _FEW_CHARS or (says_so and free < _SHORT_CHARS + teased)


def _has_list_classes(root: etree._Element) -> bool:
    body = next(root.iter("body"), None)
    classes = set((body.get("class") or "").lower().split()) if body is not None else set()
    return bool(classes & _LIST_CLASSES) and not classes & _SINGLE_CLASSES


def _teasers(doc: Document, body: Body) -> tuple[int, int, int]:
    """How many headings are links, how many characters of the text stand under such, and how many do not."""
    kept = set(body.kept)
    teasers = teased = free = 0
    under_link = False
    for element in _in_order(doc, body):
        if element.tag in _HEADINGS:
            under_link = _is_link(element)
            teasers += under_link
        if element in kept and element.tag not in _HEADINGS:
            chars = len(text_of(element))
            if under_link:
                teased += chars
            else:
                free += chars
    return teasers, teased, free


def _in_order(doc: Document, body: Body) -> Iterator[etree._Element]:
    return doc.root.iter(*_HEADINGS, *{element.tag for element in body.kept})


def _is_link(heading: etree._Element) -> bool:
    """Is all of the heading a link, inside or around it?"""
    if heading.tag == "h1":
        return False
    if any(above.tag == "a" for above in islice(heading.iterancestors(), 2)):
        return True
    link = next(heading.iter("a"), None)
    return link is not None and len(text_of(link)) * 10 >= len(text_of(heading)) * 8


def _shows_pictures(doc: Document, metadata: Metadata) -> bool:
    named = _GALLERY_TYPES.intersection(metadata.types) or any(
        _PICTURES.search(element.get("class") or "") for element in doc.root.iter("body", "div", "ul", "section")
    )
    return bool(named) and sum(1 for _ in doc.root.iter("figure", "img")) >= _FEWEST_PICTURES
