"""What the site calls itself, and how to tell its name at the end of a title. Knows no site by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from scraper.extractor import meta
from scraper.extractor.document import Document
from scraper.extractor.jsonld import LinkedData, text_in
from scraper.text import fold
from scraper.urls import InvalidUrlError, host_of, registrable_domain

_LETTERS = re.compile(r"[^\w]+")
_ORGANISATIONS = ("newsmediaorganization", "organization", "corporation", "website")
_MAX_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNames:
    """`name` is the site's own name for itself with its source; `keys` are all its names, letters and digits only."""

    name: str | None = None
    source: str | None = None
    keys: frozenset[str] = frozenset()

    def covers(self, text: str) -> bool:
        """Whether `text` is no more than the site's name ("BBC News", "bbc.co.uk", "The BBC")."""
        key = squeezed(text)
        if not key:
            return True
        return key in self.keys or any(
            len(name) > 3
            and (
                key in (f"the{name}", f"{name}com", f"{name}news", f"{name}online", f"{name}de") or name == f"the{key}"
            )
            for name in self.keys
        )


def read_site_names(doc: Document, data: LinkedData) -> SiteNames:
    """The names by which this page's site goes: declared ones first, then those its host gives away."""
    declared = [(source, name) for source, name in _declared(doc, data) if len(name) <= _MAX_NAME_LENGTH]
    keys = {squeezed(name) for _, name in declared} | set(_host_keys(doc.url))
    source, name = declared[0] if declared else (None, None)
    return SiteNames(name=name, source=source, keys=frozenset(keys - {""}))


@lru_cache(maxsize=512)
def squeezed(text: str) -> str:
    """Letters and digits of `text`, in lower case: what a name and a host have in common."""
    return _LETTERS.sub("", fold(text)).replace("_", "")


def _declared(doc: Document, data: LinkedData) -> Iterator[tuple[str, str]]:
    yield from ((source, name) for source, name in meta.values_of(doc, meta.SITE_NAME[:1]))
    for node in data.of_type("website"):
        if name := text_in(node.get("name")):
            yield "json-ld", name
    for placed in data.placed:
        for publisher in data.values(placed.node, "publisher"):
            if name := text_in(publisher):
                yield "json-ld", name
    yield from meta.values_of(doc, meta.SITE_NAME[1:])
    for node in data.of_type(*_ORGANISATIONS):
        if name := text_in(node.get("name")):
            yield "json-ld", name


def _host_keys(url: str | None) -> Iterator[str]:
    if not url:
        return
    try:
        host = host_of(url)
    except InvalidUrlError:
        return
    domain = registrable_domain(host)
    for name in (host, host.removeprefix("www."), domain, domain.split(".", 1)[0]):
        yield squeezed(name)
