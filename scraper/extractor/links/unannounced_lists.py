"""Lists of other articles that nothing known announces: several headlines side by side, each with a link of its own.

Looks where the headings and names that mean something have found nothing. What the lines of a menu, a cloud of tags or
a footer have in common, short labels and addresses of sections, keeps them out; so does where they stand.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

from scraper.extractor.links.anchors import Anchor, Anchors
from scraper.extractor.links.headings import kind_by_words, lists_other_things
from scraper.extractor.links.headlines import HEADINGS, UNSPACED
from scraper.extractor.links.items import heads_card
from scraper.extractor.links.list_headings import heading_in
from scraper.extractor.links.list_markers import Sign
from scraper.extractor.links.list_regions import Fence, ancestors_of, names_menu
from scraper.extractor.links.more_links import leads_on
from scraper.extractor.page.document import Document, raw_text
from scraper.records import LinkKind
from scraper.urls import CanonicalUrl

_FEWEST = 3
# A longer list is a directory or a calendar.
_MOST = 40
# What a page may cost: on the annotated pages the most candidates are 214.
_FEWEST_IN_BARE_LIST = 5
_TIME = re.compile(r"[012]?\d[:.h]\d\d(?: ?(?:uhr|h))?", re.IGNORECASE)
_CLOCK = re.compile(r"\d[:.hH]\d\d")
_MAX_ANCHORS = 1_500
_MAX_CANDIDATES = 400
_MAX_CLIMB = 12
_MAX_HEADING_CLIMB = 4
_MAX_PRECEDING = 6
_HEADLINE_WORDS = 4
_SHORTEST_UNSPACED = 10
_NOT_HERE = frozenset(("nav", "header", "footer", "form", "table"))
_OF_ITEMS = frozenset(("header", "footer"))
# Parts of a page that are no list of articles, by the names that sites give them.
_OTHER_NAME = re.compile(
    r"[\s_-](?:ads?|adv|toc|tags?|tag-?cloud|categories|breadcrumbs?|share|sharing|social|author|byline|cookie|newsletter"
    r"|ads?-?(?:area|slot|box|unit|container|wrapper|banner|block)\w*|footer|(?<!entry-)(?<!post-)(?<!card-)(?<!item-)header|references|shop|products?|cart|login|mobile-menu|off-?canvas)[\s_-]"
)
_OTHER_WORD = re.compile("comment|disqus|dsq|sponsor|partner|advert|promo|affiliate|taboola|outbrain")
_NUMBER_OR_ENDING = re.compile(r"\d{3}|\.\w*html?|%|[?&](?:id|p|a|art|aid|story)=|[-_].*[-_]")
# What each match of it has, but for one: a quarter of the time.
_MAY_BE_NUMBER = re.compile(r"[\d.%?&]|-.*_|_.*-")
_COMMENT = re.compile(r"#(?:comment|disqus|respond|li-comment)", re.IGNORECASE)


def find_clusters(doc: Document, anchors: Anchors, fence: Fence, taken: Set[etree._Element]) -> Iterator[Sign]:
    """The elements that hold at least three headlines and no more than a list does, in document order.

    `text` of a sign is what stands over the list, None where nothing does; `taken` are the links that are known.
    """
    candidates = list(islice(_candidates(doc, anchors, fence, taken), _MAX_CANDIDATES))
    if len({anchor.url for anchor in candidates}) < _FEWEST:
        return
    ways = [list(_path(anchor.element, fence)) for anchor in candidates]
    owned: dict[etree._Element, set[str]] = {}
    for anchor, way in zip(candidates, ways, strict=True):
        for element in way:
            owned.setdefault(element, set()).add(anchor.url)
    headings: dict[etree._Element, str | None] = {}
    for element, path in _holders(ways, owned).items():
        whole, heading = _with_heading(element, path, _Known(owned, headings), fence)
        headings[element] = headings[whole] = heading
        if heading is not None and lists_other_things(heading):
            continue
        if heading is not None or _are_cards(element) or _is_long_list(element, owned):
            yield Sign(whole, _kind(element, heading), heading)


def _holders(
    ways: Iterable[Sequence[etree._Element]], owned: Mapping[etree._Element, Set[str]]
) -> dict[etree._Element, Sequence[etree._Element]]:
    """The nearest element around each candidate that holds enough of them, and the way there from the first item on."""
    found: dict[etree._Element, Sequence[etree._Element]] = {}
    for way in ways:
        holder = next((index for index, element in enumerate(way) if len(owned[element]) >= _FEWEST), None)
        if holder is not None:
            found.setdefault(way[holder], way[max(holder - 1, 0) :])
    # A column with a list in it is not itself one.
    around = ancestors_of(found)
    return {element: way for element, way in found.items() if element not in around and len(owned[element]) <= _MOST}


def _kind(element: etree._Element, heading: str | None) -> LinkKind:
    said = kind_by_words(heading) if heading else None
    if said is not None:
        return said
    return LinkKind.RECENT if _is_timed(element) else LinkKind.RELATED


class _Known(NamedTuple):
    """Whose links stand below an element, and what stands over the lists found so far."""

    urls: Mapping[etree._Element, Set[str]]
    headings: Mapping[etree._Element, str | None]


def _candidates(doc: Document, anchors: Anchors, fence: Fence, taken: Set[etree._Element]) -> Iterator[Anchor]:
    """Links that may be an article's by address and by label."""
    places: dict[etree._Element | None, bool] = {None: True}
    passed_over = _links_elsewhere(doc, fence)
    for link in islice(doc.by_tag.get("a", ()), _MAX_ANCHORS):
        # In the order of what the questions cost: most links of a page are those of menus.
        if link in passed_over or link in taken:
            continue
        href = link.get("href")
        if not href or not (_may_name_article(href) or _heads_card(link)):
            continue
        parent = link.getparent()
        if not (places[parent] if parent in places else _is_place(parent, places, fence)):
            continue
        if _COMMENT.search(href) or not _is_headline(link, anchors):
            continue
        url = anchors.target(href)
        if (
            url is not None
            and _may_be_named(url, anchors, link)
            and anchors.may_be_article(anchor := Anchor(link, url))
        ):
            yield anchor


def _heads_card(link: etree._Element) -> bool:
    """Asked of a link in a heading: few are, and to look for headings in all others costs more than it finds."""
    parent = link.getparent()
    return parent is not None and parent.tag in HEADINGS and heads_card(link)


def _may_be_named(url: CanonicalUrl, anchors: Anchors, link: etree._Element) -> bool:
    return not anchors.is_view_of_page(url) and (anchors.names_an_article(url) or _heads_card(link))


def _links_elsewhere(doc: Document, fence: Fence) -> set[etree._Element]:
    """The links in menus and the like, which are half of all: found by their names, they are asked nothing else."""
    links: set[etree._Element] = set()
    for tag in _NOT_HERE:
        for element in doc.by_tag.get(tag, ()):
            if element not in fence.around_kept and not (tag in _OF_ITEMS and _is_in_item(element)):
                links.update(element.iter("a"))
    return links


def _may_name_article(href: str) -> bool:
    """A cheap question before the address is worked out: a slug has two hyphens, and numbers are numbers."""
    name = href.rstrip("/").rpartition("/")[2]
    if name.isalpha():  # "sport": three links in ten
        return False
    if name.count("-") > 1 or name.count("_") > 1:
        return True
    return _MAY_BE_NUMBER.search(name) is not None and _NUMBER_OR_ENDING.search(name) is not None


def _is_place(element: etree._Element | None, places: dict[etree._Element | None, bool], fence: Fence) -> bool:
    """Can a list stand here? The answers are kept: links of a page share what is around them."""
    path = []
    node = element
    while node is not None and node not in places:
        path.append(node)
        if node in fence.kept:
            places[node] = False
        elif node in fence.around_kept:
            places[node] = True
        elif _is_elsewhere(node):
            places[node] = False
        else:
            node = node.getparent()
    answer = places[node]
    places.update(dict.fromkeys(path, answer))
    return answer


def _is_elsewhere(element: etree._Element) -> bool:
    """Is this, by its name, a part of the page where no list of articles stands?"""
    if element.tag in _NOT_HERE and not (element.tag in _OF_ITEMS and _is_in_item(element)):
        return True
    names, name = element.get("class"), element.get("id")
    return (names is not None or name is not None) and _names_other(f"{names or ''} {name or ''}")


def _is_in_item(element: etree._Element) -> bool:
    """Is this `<header>` or `<footer>` a part of one article's card rather than of the page?"""
    return any(ancestor.tag in {"article", "li"} for ancestor in islice(element.iterancestors(), 3))


def _is_headline(link: etree._Element, anchors: Anchors) -> bool:
    label = anchors.label(link)
    if not label.isascii() and UNSPACED.search(label):
        return len(label) >= _SHORTEST_UNSPACED
    if label.count(" ") + 1 >= _HEADLINE_WORDS:
        return True
    parent = link.getparent()
    return len(label) > _SHORTEST_UNSPACED and parent is not None and parent.tag in HEADINGS


def _path(element: etree._Element, fence: Fence) -> Iterator[etree._Element]:
    """What is around a link, the nearest first, as far as a list of its like may reach."""
    for ancestor in islice(element.iterancestors(), _MAX_CLIMB):
        if ancestor.tag in {"body", "html", "main"} or ancestor in fence.around_kept:
            return
        yield ancestor


def _with_heading(
    holder: etree._Element, path: Sequence[etree._Element], known: _Known, fence: Fence
) -> tuple[etree._Element, str | None]:
    """The element to read and what stands over it: in it before the first item, or before what is wrapped around it.

    `path` begins with the first item, then come `holder` and what is around it.
    """
    for level, element in enumerate(path[: _MAX_HEADING_CLIMB + 1]):
        texts: list[str] = []
        for sibling in islice(element.itersiblings(etree.Element, preceding=True), _MAX_PRECEDING):
            if sibling in fence.kept or sibling in fence.around_kept:
                return holder, next(iter(texts), None)
            if known.urls.get(sibling):
                # The row above may be a part of the same list.
                return holder, next(iter(texts), known.headings.get(sibling))
            if texts and next(islice(sibling.iter("a"), _FEWEST - 1, None), None) is not None:
                break  # another list, with a heading of its own
            if (text := heading_in(sibling)) is not None:
                texts.append(text)
        if texts:
            # What stands nearest may be a remark ("standard", "24 hours"); what says its meaning is the heading.
            heading = next((text for text in texts if kind_by_words(text) is not None), None)
            heading = heading or next((text for text in texts if not leads_on(text)), texts[0])
            return (element if level > 1 else holder), heading
    return holder, None


def _are_cards(element: etree._Element) -> bool:
    """Without a heading a list is one where its items have headlines or pictures of their own."""
    heads = sum(1 for _ in element.iter("h2", "h3", "h4", "h5"))
    return heads >= _FEWEST or sum(1 for _ in element.iter("img")) >= _FEWEST


def _is_long_list(element: etree._Element, owned: Mapping[etree._Element, Set[str]]) -> bool:
    """Are there enough lines of one kind, each about one article: those of a list, or parts with the same class?"""
    if len(owned[element]) < _FEWEST_IN_BARE_LIST:
        return False
    if element.tag in {"ul", "ol"}:
        return True
    lines = Counter(child.get("class") for child in element if len(owned.get(child, ())) == 1)
    lines.pop(None, None)
    return 4 * max(lines.values(), default=0) >= 3 * len(owned[element])


def _is_timed(element: etree._Element) -> bool:
    """Do items begin with a time of day? So do tickers, newest first."""
    if _CLOCK.search(raw_text(element)) is None:  # so it is with nearly all; piece by piece takes twice as long
        return False
    return sum(_TIME.fullmatch(str(text).strip()) is not None for text in element.itertext()) >= _FEWEST


# Links of one page share what is around them.
@lru_cache(maxsize=4096)
def _names_other(names: str) -> bool:
    # Lower case and a space at both ends let the patterns begin with what is rare: a quarter of the time.
    plain = f" {names.lower()} "
    return _OTHER_NAME.search(plain) is not None or _OTHER_WORD.search(plain) is not None or names_menu(names)
