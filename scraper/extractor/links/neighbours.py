"""The articles before and after this one, where the page links to them as such."""

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from scraper.extractor.links.anchors import Anchor, Anchors
from scraper.extractor.links.headings import NEIGHBOURS, kind_of, neighbour_of
from scraper.extractor.links.headlines import HEADINGS
from scraper.extractor.links.items import Item
from scraper.extractor.links.link_blocks import LinkBlock
from scraper.extractor.links.link_labels import Telling, leads_elsewhere
from scraper.extractor.links.more_links import leads_on
from scraper.extractor.links.teasers import Teaser
from scraper.extractor.page.document import Document, text_of
from scraper.extractor.paging import page_number
from scraper.records import LinkKind
from scraper.text import one_line

_SHORTEST_TITLE = 8
_SHORTEST_STATED_TITLE = 5
# "nav-previous", "article_prev"; in what else is so called stand lists, steps and slides.
_SIDE = re.compile(
    r"(?:[a-z0-9]+[_-]+)*(prev|next)(?:ious)?(?:[_-]+(?:post|article|entry|story|news|link|page|item|text|title|thumb|main|wrap"
    r"|wrapper|inner|box|block|container|col|content|nav|navigation|button|btn))*"
)
_KINDS = {"prev": LinkKind.PREVIOUS, "next": LinkKind.NEXT}
_ASIDE = re.compile(
    r"(?:^|[\s_-])is-|slide|slick|swiper|carousel|owl|splide|(?:read|up|whats?)-?next|next-?(?:up|step|event)|comment"
)
_MOST_LINKS = 3
_MOST_NAMED = 20
_LONGEST_ENDING = 16
_BACK = re.compile(
    r"(?:zurück z|back to|retour (?:à|au|aux|vers) |volver a|torna a|terug naar|tilbake til|tillbaka till)",
    re.IGNORECASE,
)
_ARROWS = "«»‹›<>←→⟵⟶ \xa0"
# "< Previous The crane", "Next > The crane", "The crane Next →", "前の記事：…": arrows and colons part label and title.
_LABEL_BEFORE = re.compile(r"\s*(?:[<«‹←]\s*(\w+)\s+|([^\W\d][\w ]{0,25}?)\s*[:：>»›→]\s*)(\S.*)")
_LABEL_AFTER = re.compile(r"(.*\S)\s+(\w+)\s*[>»›→]\s*")


def find_neighbours(doc: Document, telling: Telling, anchors: Anchors) -> Iterator[LinkBlock]:
    """At most one block of each kind: by `<a rel=prev>` and `<a rel=next>`, by what links say ("« Previous"), by class.

    A link that says only that has no title.
    """
    found: dict[LinkKind, Item] = {}
    for kind, link in telling.by_rel:
        if kind not in found and (item := _item(link, anchors, is_stated=True)) is not None:
            found[kind] = item
    says_rel = bool(found)
    found |= _only_ones(telling.by_words, found, anchors, is_stated=False)
    # A page that states one of them by its relation would state the other.
    if not says_rel and len(found) < len(NEIGHBOURS):
        urls = {item.url for item in found.values()}
        named = _only_ones(_by_class(doc), found, anchors, is_stated=True)
        # What is called both the previous and the next stands in a box named for both.
        if len({item.url for item in named.values()}) == len(named):
            found |= {kind: item for kind, item in named.items() if item.url not in urls}
    for kind in (LinkKind.PREVIOUS, LinkKind.NEXT):
        if kind in found:
            yield LinkBlock(kind=kind, heading=None, items=(found[kind],))


def _only_ones(
    links: Iterable[tuple[LinkKind, etree._Element]], known: Container[LinkKind], anchors: Anchors, *, is_stated: bool
) -> dict[LinkKind, Item]:
    """What the links of a kind lead to, where that is one article: several lead through pictures, months, recipes."""
    said: dict[LinkKind, dict[str, Item]] = {}
    for kind, link in links:
        if kind not in known and (item := _item(link, anchors, is_stated=is_stated)) is not None:
            items = said.setdefault(kind, {})
            if len(item.teaser.title or "") >= len(items.get(item.url, item).teaser.title or ""):
                items[item.url] = item
    return {kind: next(iter(items.values())) for kind, items in said.items() if len(items) == 1}


def _by_class(doc: Document) -> Iterator[tuple[LinkKind, etree._Element]]:
    """Links that their class, or that of what is around each alone, calls the previous or the next."""
    # "rev" and "ext" are in "prev", "Prev", "next" and "Next", and in one name of thirty.
    names_of_page = [names for names in set(doc.classes) if names and ("rev" in names or "ext" in names)]
    named = {names: kind for names in names_of_page if (kind := _kind_by_class(names)) is not None}
    for element in (element for names in named for element in _elements_of(doc, names)):
        links = [element] if element.tag == "a" else list(islice(element.iter("a"), _MOST_LINKS + 1))
        if len(links) <= _MOST_LINKS:
            kind = named[element.get("class") or ""]
            yield from ((kind, link) for link in links if text_of(link) and not _introduces(link))


def _elements_of(doc: Document, names: str) -> Iterator[etree._Element]:
    """The elements with this class attribute; to find them by position takes a tenth of going through all."""
    place = -1
    for _ in range(min(doc.classes.count(names), _MOST_NAMED)):
        place = doc.classes.index(names, place + 1)
        yield doc.elements[place]


def _introduces(link: etree._Element) -> bool:
    """Does a link begin with words that mean a list of another kind: "See also: The crane…"?"""
    return any((kind := kind_of(str(piece))) is not None and kind not in NEIGHBOURS for piece in link.itertext())


# Pages repeat their class attributes, and sites those of their pages.
@lru_cache(maxsize=8192)
def _kind_by_class(names: str) -> LinkKind | None:
    plain = names.lower()
    if ("prev" not in plain and "next" not in plain) or _ASIDE.search(plain):  # nearly all
        return None
    sides = {side[1] for token in plain.split() if (side := _SIDE.fullmatch(token))}
    if any("prev" in token and "next" in token for token in plain.split()):
        return None
    return _KINDS[sides.pop()] if len(sides) == 1 else None


def _item(link: etree._Element, anchors: Anchors, *, is_stated: bool) -> Item | None:
    """`is_stated` where the markup says what the link is: then a short title, or an arrow alone, will do."""
    url = anchors.target(link.get("href"))
    if url is None or url == anchors.page_url or not anchors.may_be_article(Anchor(link, url)):
        return None
    if anchors.is_view_of_page(url) or (anchors.page_url and _is_page_of(url, anchors.page_url)):
        return None
    title = _title(link, anchors, _SHORTEST_STATED_TITLE if is_stated else _SHORTEST_TITLE)
    if title is not None and _BACK.match(title):
        return None
    if title is None:
        label = anchors.label(link)
        is_arrow = is_stated and label != "" and not label.strip(_ARROWS)
        if not (is_arrow or (kind_of(label) in NEIGHBOURS and not leads_elsewhere(label))):
            return None
        if not anchors.names_an_article(url):
            return None
    return Item(url=url, teaser=Teaser(title=title))


def _is_page_of(url: str, page_url: str) -> bool:
    """Is this a further page of the article, which has its address but for what may end it ("/page/1", ".html")?"""
    said, own = (address.partition("://")[2].removeprefix("www.").partition("?")[0] for address in (url, page_url))
    # Asked first, because the pattern of an article's pages has to be made anew for each article.
    return said.startswith(own[:-_LONGEST_ENDING]) and page_number(url, page_url) is not None


def _title(link: etree._Element, anchors: Anchors, shortest: int) -> str | None:
    """What the link says, without its "Previous article" and arrows."""
    head = next(link.iter(*HEADINGS), link)
    pieces = [one_line(text) for piece in head.itertext() if kind_of(text := str(piece)) is None]
    # "Previous: 2025 in review", and then the title: a label, and what series it is of.
    plain = [piece for piece in pieces if len(without_label(piece)) == len(piece)]
    said = one_line(" ".join(plain if any(len(piece) >= _SHORTEST_TITLE for piece in plain) else pieces))
    title = without_label(said or anchors.label(link)).strip(_ARROWS)
    if len(title) < _SHORTEST_TITLE and (leads_elsewhere(title) or neighbour_of(anchors.label(link)) is not None):
        return None
    if len(title) < shortest or leads_on(title) or kind_of(title) is not None:
        return None
    return title


def without_label(title: str) -> str:
    """A title without the "Previous" or "Next" that stands in one text with it."""
    before = _LABEL_BEFORE.fullmatch(title)
    if before is not None and neighbour_of(before[1] or before[2]) is not None:
        return before[3]
    after = _LABEL_AFTER.fullmatch(title)
    # "The ferry that came back →" ends with a word of its own: labels begin as sentences do.
    if after is not None and not after[2][0].islower() and neighbour_of(after[2]) is not None:
        return after[1]
    return title.strip(_ARROWS) or title
