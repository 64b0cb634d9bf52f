"""The one address of a page: what it declares, where that can be true; else where it was found.

A declared address is refused where it is another host's, or a front page that the page itself is not (RFC 6596 asks for
an equal or superset of the content; sites declare their front page by mistake).
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from scraper.extractor.page.document import Document
from scraper.urls import CanonicalUrl, InvalidUrlError, canonicalize, host_of, registrable_domain

UNKNOWN = CanonicalUrl("about:blank")
"""The address of a page that came without one and declares none (RFC 6694)."""


def read_canonical(doc: Document) -> tuple[CanonicalUrl, str]:
    """(address, source); the source is "url" where it is the page's own."""
    own = _canonical(doc.url, None)
    for source, address in _declared(doc):
        declared = _canonical(address, doc.base_url)
        if declared and _can_be(declared, own):
            return declared, source
    return own or UNKNOWN, "url"


def _declared(doc: Document) -> Iterator[tuple[str, str]]:
    for link in doc.links:
        if "canonical" in link.rel:
            yield "html", link.href
    for address in doc.meta.get("og:url", ()):
        yield "opengraph", address


def _canonical(address: str | None, base: str | None) -> CanonicalUrl | None:
    if not address:
        return None
    try:
        return canonicalize(address, base)
    except InvalidUrlError:
        return None


def _can_be(declared: CanonicalUrl, own: CanonicalUrl | None) -> bool:
    if own is None:
        return True
    theirs, ours = host_of(declared), host_of(own)
    if theirs != ours and registrable_domain(theirs) != registrable_domain(ours):
        return False
    return not _is_front_page(declared) or _is_front_page(own)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
