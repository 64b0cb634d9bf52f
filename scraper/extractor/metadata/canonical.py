"""The one address of a page: what it declares, where that can be true; else where it was found.

A declared address is refused where it is another site's, or a front page or section that the page itself is not
(RFC 6596 asks for an equal or superset of the content; sites declare their front page, or the list above, by mistake).
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
    if _is_front_page(declared):
        return _is_front_page(own)
    return not _is_section_above(declared, own)


def _is_section_above(declared: str, own: str) -> bool:
    """Whether `declared` is a list that `own` stands in: its folder, and only the page's own part names a story.

    What is left away must not be a form of the same story: ``/amp``, ``/print``, ``/2``.
    """
    theirs, ours = urlsplit(declared), urlsplit(own)
    folder = f"{theirs.path.rstrip('/')}/"
    rest = ours.path[len(folder) :].strip("/")
    if theirs.query or not ours.path.startswith(folder) or not rest:
        return False
    return _names_story(rest) and not _names_story(folder)


def _names_story(path: str) -> bool:
    """Whether the last part of a path is a headline: three words or more. Sections have shorter names."""
    return path.strip("/").rsplit("/", 1)[-1].count("-") >= 2


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
