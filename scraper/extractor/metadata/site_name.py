"""What the site calls itself, and how to tell its name at the end of a title. Knows no site by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from scraper.extractor.metadata import meta
from scraper.extractor.metadata.jsonld import LinkedData, text_in
from scraper.extractor.page.document import Document, text_of
from scraper.text import fold, one_line
from scraper.urls import host_or_none, registrable_domain

_LETTERS = re.compile(r"[^\w]+")
_ORGANISATIONS = ("newsmediaorganization", "organization", "corporation", "website")
_MAX_NAME_LENGTH = 80
_MAX_TITLE_OF_FRONT_PAGE = 30
_MAX_SHORT_NAME = 3
_MAX_LINKS = 200
_MIN_LABEL = 8
_MAX_NAME_WORDS = 5
_ARTICLE = "the"
_PUBLISHER = "article:publisher"
_ADDRESS = re.compile(r"[/@]|^\W*\d+\W*$")
_ADDED = (
    *("com", "news", "online", "de", "magazin", "magazine", "blog"),
    *("ev", "gmbh", "ag", "inc", "ltd", "llc"),  # "ProNATs e.V."
)
_NO_NAMES = frozenset(("", "home", "homepage", "start", "startseite", "index", "news", "blog", "main"))
FRONT_PAGE = frozenset(
    (
        "home homepage start startseite accueil inicio início hjem hem etusivu úvod főoldal acasă anasayfa главная "
        "головна αρχική トップ トップページ ホーム 首页 首頁 홈 الرئيسية beranda"
    ).split()
)
"""What sites call their front page; breadcrumbs begin with it, and some say that it is the site's name."""
_TITLE_PARTS = re.compile(r"\s+[|–—\-·•»«/~]\s+|:\s+|\s*[|｜_]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNames:
    """`name` is the site's own name for itself with its source; `keys` are all its names, letters and digits only.

    `labels` are those of `keys` that are only what the host gives away: on stuttgart.de a word as good as any.
    """

    name: str | None = None
    source: str | None = None
    keys: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()

    def covers(self, text: str) -> bool:
        """Whether `text` is no more than the site's name ("BBC News", "bbc.co.uk", "The BBC")."""
        key = squeezed(text)
        return not key or key in self.keys or any(len(name) > _MAX_SHORT_NAME for name in self.keys & _others(key))

    def is_called(self, text: str) -> bool:
        """Whether the site calls itself `text`; one word that only its host has may be what it writes about."""
        is_word = " " not in text and squeezed(text) in self.labels
        return not is_word and self.covers(text)

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
    declared = [(source, name) for source, name in stated if _may_be_name(name, doc)]
    keys = {squeezed(name) for _, name in declared}
    declared += [(source, name) for source, name in _shown(doc, keys) if len(name) <= _MAX_NAME_LENGTH]
    keys.update(squeezed(name) for _, name in declared)
    # The site often declares itself its author; that makes no agency the site, but tells what is no person.
    keys.update(squeezed(name) for node in data.of_type(*_ORGANISATIONS) if (name := text_in(node.get("name"))))
    labels = frozenset({_label_of(doc.url)}) - keys - {""}
    keys.update(_host_keys(doc.url))
    source, name = declared[0] if declared else (None, None)
    return SiteNames(name=name, source=source, keys=frozenset(keys - {""}), labels=labels)


def _may_be_name(name: str, doc: Document) -> bool:
    """Whether what is declared as the site's name can be one: no address, no front page, no title of an article."""
    if len(name) > _MAX_NAME_LENGTH or "://" in name or name.casefold() in FRONT_PAGE:
        return False
    return len(name) <= _MAX_TITLE_OF_FRONT_PAGE or name not in doc.meta.get("og:title", ())


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
    # Made for the address of a page of Facebook; some write the name there.
    yield from ((source, name) for source, name in meta.values_of(doc, (_PUBLISHER,)) if not _ADDRESS.search(name))
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
    """The part of the title tag, or the link to the front page, that says the same as the other or as the host.

    None if a part of the title is `known`, and no link alone if anything is.
    """
    parts = {squeezed(part): part.strip() for part in _TITLE_PARTS.split(doc.title_tag or "")}
    keys = list(parts)
    ends = {key: parts[key] for key in (keys[0], keys[-1]) if key not in _NO_NAMES} if len(keys) > 1 else {}
    if not known.isdisjoint(ends):
        return
    hosts, label = _host_keys(doc.url), _label_of(doc.url)
    longest = max(keys, key=len)
    for key, part in [*ends.items(), *parts.items()] if ends else ():
        is_longer = key != longest and _begins_with(key, label) and len(part.split()) <= _MAX_NAME_WORDS
        if (key in ends and key in hosts) or is_longer:
            yield "html", part
            return
    for name in _home_links(doc):
        key = squeezed(name)
        if key in ends or (not known and key in hosts and key not in _NO_NAMES):
            yield "html", ends.get(key, name)
            return


def _begins_with(key: str, label: str) -> bool:
    """Whether a name is the host's own word and more: "Rhine Valley Courier" on rhinevalley.example."""
    return len(label) >= _MIN_LABEL and key.startswith(label) and not any(map(str.isdigit, key))


def _home_links(doc: Document) -> Iterator[str]:
    """What the links to the front page say, in words or by what a reader is told in place of a picture."""
    homes = frozenset(("/", *_front_pages(doc.url)))
    for link in islice(doc.by_tag.get("a", ()), _MAX_LINKS):
        if link.get("href") in homes:
            yield text_of(link)
            if (logo := next(link.iter("img"), None)) is not None and (alt := logo.get("alt")):
                yield one_line(alt)


def _front_pages(url: str | None) -> Iterator[str]:
    host = host_or_none(url)
    if host is None:
        return
    for origin in (f"https://{host}", f"http://{host}", f"//{host}"):
        yield origin
        yield f"{origin}/"


def _host_keys(url: str | None) -> frozenset[str]:
    host = host_or_none(url)
    return _keys_of_host(host) if host else frozenset()


@lru_cache(maxsize=64)
def _keys_of_host(host: str) -> frozenset[str]:
    domain = registrable_domain(host)
    return frozenset(map(squeezed, (host, host.removeprefix("www."), domain, domain.split(".", 1)[0])))


def _label_of(url: str | None) -> str:
    """What stands in a host before the part that others have too: "stuttgart" of www.stuttgart.de."""
    host = host_or_none(url)
    return squeezed(registrable_domain(host).split(".", 1)[0]) if host else ""
