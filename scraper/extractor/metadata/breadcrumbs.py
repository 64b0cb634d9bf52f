"""Where in its site a page stands: its breadcrumbs, and links over the title to the folders that its address names.

Says which texts those are. Which of them are names of sections at all is decided where categories are read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from scraper.extractor.metadata.jsonld import LinkedData, Node, text_in
from scraper.extractor.metadata.site_name import FRONT_PAGE
from scraper.extractor.metadata.title_claims import key_of
from scraper.extractor.metadata.titles import Title
from scraper.extractor.page.document import Document, text_of

_MAX_CRUMBS: Final = 12
_MAX_WORDS: Final = 4
_MAX_LEVELS: Final = 4
_MAX_LINKS: Final = 12
_MAX_SHOWN: Final = 6
_CLASS: Final = "readcrumb"
_MAX_LINK_LENGTH: Final = 40
_NOT_BEFORE = frozenset(("script", "style", "noscript", "template", "nav", "header", "footer", "form"))
# What holds everything: a place in these is none.
_NOWHERE = frozenset(
    (
        "nachrichten aktuelles aktuell noticias notícias notizie actualités nieuws nyheter uutiset wiadomości zprávy "
        "hírek știri haberler "
        "новости новини ニュース 新闻 뉴스 أخبار berita magazin magazine blogs resources articles newsroom stories"
    ).split()
)
_WAYS_BACK = frozenset(
    (
        "back all our see view more zurück alle unsere retour tous toutes volver todos todas tutti indietro wróć "
        "назад все"
    ).split()
)
_ALL_OF_IT = frozenset("blog blogs index listing articles posts homepage startseite".split())
_SLUG = re.compile(r"(?:[^\s-]*+-){3}\S+|\S+://\S+")

Claim = tuple[str, list[str]]
"""(source, texts)."""


def crumb_claims(doc: Document, data: Sequence[tuple[str, LinkedData]], title: Title) -> Iterator[Claim]:
    """The narrowest section on the way to this page that structured data lists, and that which links over it name."""
    own = key_of(title.text) if title.text else ""
    for source, linked in data:
        for node in linked.of_type("breadcrumblist"):
            yield source, [name for name in _names(linked, node) if _is_section(name, own)][-1:]
    if title.element is not None and doc.url:
        yield "html", [name for name in _linked_folders(title.element, doc.url) if _is_section(name, own)][-1:]
    yield "html", [name for name in _shown(doc, title.element) if _is_section(name, own)][-1:]


def _shown(doc: Document, title: etree._Element | None) -> Iterator[str]:
    """What links say in the first element before the title that a class calls breadcrumbs and that begins at home."""
    stop = doc.elements.index(title) if title is not None else len(doc.classes)
    for at in [at for at, name in enumerate(doc.classes[:stop]) if name and _CLASS in name]:
        links = list(islice(doc.elements[at].iter("a"), _MAX_SHOWN + 1))
        texts = [text_of(link, _MAX_LINK_LENGTH + 1) for link in links]
        if 1 < len(links) <= _MAX_SHOWN and (key_of(texts[0]) in FRONT_PAGE or _path(links[0].get("href") or "") == ""):
            yield from (text for link, text in zip(links, texts, strict=True) if _leads_to_folder(link))
            return


def _leads_to_folder(link: etree._Element) -> bool:
    """Whether a link leads to a place by name: to no script, no letter to write and no month."""
    path = _path(link.get("href") or "")
    return bool(path) and not path.rpartition("/")[2].isdigit()


def _names(data: LinkedData, node: Node) -> Iterator[str]:
    """The names of the items of a list of breadcrumbs, each of which may hold its name or be a link that does."""
    for item in data.values(node, "itemListElement")[:_MAX_CRUMBS]:
        if isinstance(item, Mapping):
            name = text_in(item.get("name")) or text_in(data.follow(item.get("item")))
            if name:
                yield name


def _is_section(name: str, own: str) -> bool:
    """Whether a crumb is a place to be in, rather than the front page or the page itself with its `own` title."""
    key = key_of(name)
    words = key.split()
    if not words or key in _NOWHERE or key in FRONT_PAGE or len(words) > _MAX_WORDS or _SLUG.fullmatch(name):
        return False
    if words[0] in _WAYS_BACK or words[-1] in _ALL_OF_IT:
        return False
    return not own.startswith(key) or len(key) < len(own) / 2


def _linked_folders(title: etree._Element, url: str) -> Iterator[str]:
    """The texts of the links before the title whose addresses lead to folders that hold the page's own."""
    own = _path(url)
    first = own.lstrip("/").partition("/")[0]
    found: dict[str, str] = {}
    current: etree._Element | None = title
    for _ in range(_MAX_LEVELS):
        if current is None:
            break
        for before in current.itersiblings(preceding=True):
            for link in _links(before):
                address = link.get("href") or ""
                path = _path(address) if first in address or "%" in address else ""
                if path and own.startswith(f"{path}/"):
                    found.setdefault(path, text_of(link, _MAX_LINK_LENGTH + 1))
        current = current.getparent()
    for path in sorted(found, key=len):
        if len(found[path]) <= _MAX_LINK_LENGTH:
            yield found[path]


def _links(element: etree._Element) -> Iterator[etree._Element]:
    return islice(element.iter("a"), _MAX_LINKS) if element.tag not in _NOT_BEFORE else iter(())


def _path(address: str) -> str:
    """The path of an address, without the slash at its end; nothing for what is no address of a page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return unquote(parts.path).rstrip("/") if not parts.query else ""
