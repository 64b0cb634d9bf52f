"""What the site calls itself, and how to tell its name at the end of a title. Knows no site by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from scraper.extractor import meta
from scraper.extractor.document import Document, text_of
from scraper.extractor.jsonld import LinkedData, text_in
from scraper.text import fold
from scraper.urls import InvalidUrlError, host_of, registrable_domain

_LETTERS = re.compile(r"[^\w]+")
_ORGANISATIONS = ("newsmediaorganization", "organization", "corporation", "website")
_MAX_NAME_LENGTH = 80
_MAX_LINKS = 200
_NO_NAMES = frozenset(("", "home", "homepage", "start", "startseite", "index", "news", "blog", "main"))
_TITLE_PARTS = re.compile(r"\s+[|–—\-·•»«/]\s+|:\s+|\s*[|｜_]\s*")


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


def read_site_names(doc: Document, data: LinkedData, microdata: LinkedData) -> SiteNames:
    """The names by which this page's site goes: declared ones first, then the one its title and its links both hold.

    Titles are freed of what the host gives away, too; that is no name to show.
    """
    stated = (*_declared(doc, data), *_publishers(microdata, "microdata"), *_shown(doc))
    declared = [(source, name) for source, name in stated if len(name) <= _MAX_NAME_LENGTH]
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
    yield from _publishers(data, "json-ld")
    yield from meta.values_of(doc, meta.SITE_NAME[1:])
    for node in data.of_type(*_ORGANISATIONS):
        if name := text_in(node.get("name")):
            yield "json-ld", name


def _publishers(data: LinkedData, source: str) -> Iterator[tuple[str, str]]:
    for placed in data.placed:
        for publisher in data.values(placed.node, "publisher"):
            if name := text_in(publisher):
                yield source, name


def _shown(doc: Document) -> Iterator[tuple[str, str]]:
    """The first or last part of the title tag, where a link to the front page says the same."""
    parts = [part.strip() for part in _TITLE_PARTS.split(doc.title_tag or "")]
    if len(parts) < 2:
        return
    ends = {key: part for part in (parts[0], parts[-1]) if (key := squeezed(part)) not in _NO_NAMES}
    homes = ("/", *_front_pages(doc.url))
    for link in islice(doc.root.iter("a"), _MAX_LINKS):
        if (link.get("href") or "").strip() in homes and (name := ends.get(squeezed(text_of(link)))):
            yield "html", name
            return


def _front_pages(url: str | None) -> Iterator[str]:
    try:
        host = host_of(url or "")
    except InvalidUrlError:
        return
    for origin in (f"https://{host}", f"http://{host}", f"//{host}"):
        yield origin
        yield f"{origin}/"


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
