"""One parsed page, shared by everything that reads it: the tree, and an index made in one pass over it.

Decides nothing about the page's meaning. Opens nothing, keeps nothing between pages.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple, cast

from lxml import etree

from scraper.extractor.page.decoding import to_utf8
from scraper.extractor.page.tree import bounded, tree_of
from scraper.text import one_line
from scraper.urls import InvalidUrlError, resolve

# Measured: 10 MB of dense markup (640,000 elements) parse in half a second and hold 300 MB.
MAX_BYTES = 16 * 1024 * 1024
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# What lxml can look for by name.
_NAME = re.compile(r"[\w-]+")
_META_KEYS = ("name", "property", "itemprop", "http-equiv")
_SILENT = frozenset(("script", "style", "noscript", "template", "svg"))
# Elements that part words: "one<br>two" is two words, "<b>W</b>ord" is one.
_PARTING = frozenset(
    (
        "br p div li ul ol dl dt dd td th tr caption table section article header footer aside main nav figure "
        "figcaption h1 h2 h3 h4 h5 h6 hr blockquote pre address option"
    ).split()
)
_PARTING_OR_SILENT = _PARTING | _SILENT


class HeadLink(NamedTuple):
    """One `<link>`: `rel` holds its tokens in lower case, `href` is as written."""

    rel: frozenset[str]
    href: str
    hreflang: str | None
    media_type: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A parsed page. The tree must not be changed: everything that reads the page shares it.

    `url` is the page's own address as it was fetched, `base_url` what relative addresses are resolved against.
    `elements` are all elements in document order, `tags` and `classes` their names and class attributes, one for each;
    `by_tag` has the elements of one name. To hold them keeps lxml from making each of them anew for every reader.
    `meta` has the contents of `<meta>` by lower-case name, property, itemprop or http-equiv, in document order.
    `json_ld` are the raw texts of those scripts; `scripts` are the other script elements that have text of their own.
    """

    root: etree._Element
    markup: bytes
    url: str | None
    base_url: str | None
    meta: Mapping[str, Sequence[str]]
    links: tuple[HeadLink, ...]
    elements: Sequence[etree._Element]
    tags: Sequence[str]
    classes: Sequence[str | None]
    by_tag: Mapping[str, Sequence[etree._Element]]
    json_ld: tuple[str, ...]
    scripts: tuple[etree._Element, ...]
    times: tuple[etree._Element, ...]
    headings: tuple[etree._Element, ...]
    title_tag: str | None
    html_lang: str | None

    def mentions(self, text: str) -> bool:
        """Does the markup hold `text`, byte for byte? A cheap test before a costly pass."""
        return text.encode() in self.markup

    def index_after(self, index: int) -> int:
        """Where in `elements` stands the first one after that of number `index` which it does not hold."""
        element: etree._Element | None = self.elements[index]
        while element is not None and element is not self.root:
            following = element.getnext()
            if following is not None:
                return self.elements.index(following, index)
            element = element.getparent()
        return len(self.elements)

    def meta_first(self, *names: str) -> str | None:
        """The first content that is not blank, names in order of preference."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)


def parse(page: bytes | str, url: str | None = None, content_type: str | None = None) -> Document:
    """Parse `page`, however broken, and index it. Never raises: an empty page gives an empty document."""
    markup = bounded(to_utf8(page[:MAX_BYTES], content_type))
    if _is_plain_text(markup, content_type):
        markup = _paragraphs(markup)
    return _index(tree_of(markup), markup, url)


def text_of(element: etree._Element, most: int | None = None) -> str:
    """The visible text of `element` as one line; words that elements part stay apart.

    Whoever has no use for more than `most` characters says so, and is spared most of what a large element holds.
    """
    if len(element) == 0:
        return one_line(element.text or "")
    # Links hold inline elements only, as a rule: their text needs no walk.
    for node in element.iter():
        if node.tag in _PARTING_OR_SILENT and node is not element:
            return one_line("".join(_pieces(element, most)))
    return one_line("" if element.tag in _SILENT else raw_text(element))


def elements_in(region: etree._Element, names: Collection[str]) -> Iterator[etree._Element]:
    """`region` and what it holds of any of these `names`, which a broken page may have made of any characters."""
    if all(map(_NAME.fullmatch, names)):
        return region.iter(*names)
    return (element for element in region.iter() if element.tag in names)


def raw_text(element: etree._Element) -> str:
    """All text in `element` as it stands in the tree, that of scripts too."""
    # A fifth of the time of joining `itertext`.
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def attributes_of(element: etree._Element) -> dict[str, str]:
    """All attributes in one call: half the time of asking for five of them."""
    return dict(cast("list[tuple[str, str]]", element.items()))


def _pieces(element: etree._Element, most: int | None) -> list[str]:
    pieces: list[str] = []
    length = 0
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        if event == "start":
            if node.tag in _SILENT:
                walker.skip_subtree()
                continue
            text = node.text
        elif node is element:
            break
        else:
            text = node.tail
        if node.tag in _PARTING:
            pieces.append(" ")
        if text:
            pieces.append(text)
            length += 0 if text.isspace() else len(text)
            if most is not None and length > 2 * most:
                break
    return pieces


def _is_plain_text(markup: bytes, content_type: str | None) -> bool:
    declared = (content_type or "").split(";", 1)[0].strip().lower()
    return declared == "text/plain" or b"<" not in markup


def _paragraphs(text: bytes) -> bytes:
    """Plain text as markup: blank lines part paragraphs."""
    parts = re.split(r"\n\s*\n", text.decode("utf-8", "replace"))
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part.strip()).encode()


def _index(root: etree._Element, markup: bytes, url: str | None) -> Document:
    # The parser leaves comments and processing instructions out: these are all elements.
    elements = list(root.iter())
    tags = [element.tag for element in elements]
    by_tag: dict[str, list[etree._Element]] = defaultdict(list)
    for tag, element in zip(tags, elements, strict=True):
        by_tag[tag].append(element)
    json_ld, scripts = _scripts(by_tag.get("script", ()))
    return Document(
        root=root,
        markup=markup,
        url=url,
        base_url=_base_url(by_tag.get("base", ()), url),
        meta=_meta(by_tag.get("meta", ())),
        links=tuple(_links(by_tag.get("link", ()))),
        elements=elements,
        tags=tags,
        classes=[element.get("class") for element in elements],
        by_tag=dict(by_tag),
        json_ld=json_ld,
        scripts=scripts,
        times=tuple(by_tag.get("time", ())),
        headings=tuple(root.iter(*_HEADINGS)),
        title_tag=_title(by_tag.get("title", ())),
        html_lang=_language(root),
    )


def _meta(elements: Iterable[etree._Element]) -> Mapping[str, Sequence[str]]:
    contents: dict[str, list[str]] = defaultdict(list)
    for element in elements:
        content = element.get("content", element.get("value"))  # the attribute of <param>, by mistake
        if content is None:
            continue
        line = one_line(content)
        for key, name in cast("list[tuple[str, str]]", element.items()):
            if name and key in _META_KEYS:
                for term in _terms(name.lower(), key):
                    contents[term].append(line)
    return dict(contents)


def _terms(name: str, key: str) -> Iterable[str]:
    """`property` is a list of terms (RDFa 1.1, section 5); names are used with blanks in them."""
    return name.split() if key == "property" else filter(None, (name.strip(),))


def _links(elements: Iterable[etree._Element]) -> Iterator[HeadLink]:
    for element in elements:
        attributes = attributes_of(element)
        rel, href = attributes.get("rel"), attributes.get("href")
        if rel and href:
            yield HeadLink(
                frozenset(rel.lower().split()),
                href.strip(),
                attributes.get("hreflang"),
                attributes.get("type"),
                attributes.get("title"),
            )


def _scripts(elements: Iterable[etree._Element]) -> tuple[tuple[str, ...], tuple[etree._Element, ...]]:
    json_ld: list[str] = []
    others: list[etree._Element] = []
    for element in elements:
        kind = element.get("type")
        if kind is not None and "ld+json" in kind.lower():
            json_ld.append(element.text or "")
        elif element.get("src") is None:
            others.append(element)
    return tuple(json_ld), tuple(others)


def _base_url(elements: Iterable[etree._Element], url: str | None) -> str | None:
    href = next((href for element in elements if (href := element.get("href"))), None)
    if href is None:
        return url
    try:
        return resolve(href, url)
    except InvalidUrlError:
        return url


def _title(elements: Iterable[etree._Element]) -> str | None:
    """The document's own title: the first that is not a drawing's (`<svg><title>`)."""
    for element in elements:
        parent = element.getparent()
        if (parent is None or parent.tag not in {"svg", "g", "symbol", "path"}) and (title := text_of(element)):
            return title
    return None


def _language(root: etree._Element) -> str | None:
    for name in ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang"):
        if value := (root.get(name) or "").strip():
            return value
    return None
