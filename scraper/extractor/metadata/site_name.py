"""What the site calls itself, and how to tell its name at the end of a title. Knows no site by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.jsonld import LinkedData, text_in
from scraper.extractor.page.document import Document, text_of
from scraper.text import fold
from scraper.urls import InvalidUrlError, host_of, registrable_domain

_LETTERS = re.compile(r"[^\w]+")
_ORGANISATIONS = ("newsmediaorganization", "organization", "corporation", "website")
_MAX_NAME_LENGTH = 80
_MAX_SHORT_NAME = 3
_MAX_LINKS = 200
_ARTICLE = "the"
_ADDED = (
    *("com", "news", "online", "de", "magazin", "magazine", "blog"),
    *("ev", "gmbh", "ag", "inc", "ltd", "llc"),  # "ProNATs e.V."
)
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
        return not key or key in self.keys or any(len(name) > _MAX_SHORT_NAME for name in self.keys & _others(key))

    def is_account(self, name: str) -> bool:
        """Whether `name` is how the paper itself signs in: its name and one word or letter more ("Courier Admin")."""
        first, _, rest = name.partition(" ")
        key = squeezed(first)
        forms = (key, _ARTICLE + key, *(key + added for added in _ADDED))
        return bool(rest) and " " not in rest and not self.keys.isdisjoint(forms)


def read_site_names(doc: Document, data: LinkedData, microdata: LinkedData) -> SiteNames:
    """The names by which this page's site goes: declared ones first, then the one its title and its links both hold.

    Titles are freed of what the host gives away, too; that is no name to show.
    """
    stated = (*_declared(doc, data), *_publishers(microdata, "microdata"))
    declared = [(source, name) for source, name in stated if len(name) <= _MAX_NAME_LENGTH]
    keys = {squeezed(name) for _, name in declared}
    declared += [(source, name) for source, name in _shown(doc, keys) if len(name) <= _MAX_NAME_LENGTH]
    keys.update(squeezed(name) for _, name in declared)
    # The site often declares itself its author; that makes no agency the site, but tells what is no person.
    keys.update(squeezed(name) for node in data.of_type(*_ORGANISATIONS) if (name := text_in(node.get("name"))))
    keys.update(_host_keys(doc.url))
    source, name = declared[0] if declared else (None, None)
    return SiteNames(name=name, source=source, keys=frozenset(keys - {""}))


@lru_cache(maxsize=512)
def _others(key: str) -> frozenset[str]:
    """The names of which `key` is a spelling with or without one of the usual additions."""
    longer = (key.removesuffix(added) for added in _ADDED if key.endswith(added))
    return frozenset((_ARTICLE + key, key.removeprefix(_ARTICLE), *longer))


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
    authors = {text_in(author) for placed in data.placed for author in data.values(placed.node, "author")}
    for node in data.of_type(*_ORGANISATIONS):
        if (name := text_in(node.get("name"))) and name not in authors:
            yield "json-ld", name


def _publishers(data: LinkedData, source: str) -> Iterator[tuple[str, str]]:
    for placed in data.placed:
        for publisher in data.values(placed.node, "publisher"):
            if name := text_in(publisher):
                yield source, name


def _shown(doc: Document, known: frozenset[str] | set[str]) -> Iterator[tuple[str, str]]:
    """The first or last part of the title tag, where the host or a link to the front page says the same.

    None if one of them is `known`.
    """
    parts = [part.strip() for part in _TITLE_PARTS.split(doc.title_tag or "")]
    ends = {key: part for part in (parts[0], parts[-1]) if (key := squeezed(part)) not in _NO_NAMES}
    if len(parts) < 2 or not known.isdisjoint(ends):
        return
    hosts = _host_keys(doc.url)
    for key, part in ends.items():
        if key in hosts:
            yield "html", part
            return
    homes = frozenset(("/", *_front_pages(doc.url)))
    for link in islice(doc.by_tag.get("a", ()), _MAX_LINKS):
        if link.get("href") in homes and (name := ends.get(squeezed(text_of(link)))):
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


def _host_keys(url: str | None) -> frozenset[str]:
    try:
        return _keys_of_host(host_of(url)) if url else frozenset()
    except InvalidUrlError:
        return frozenset()


@lru_cache(maxsize=64)
def _keys_of_host(host: str) -> frozenset[str]:
    domain = registrable_domain(host)
    return frozenset(map(squeezed, (host, host.removeprefix("www."), domain, domain.split(".", 1)[0])))
