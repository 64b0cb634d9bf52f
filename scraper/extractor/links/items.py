"""The items of a list of articles: which links belong together, what each item says. Where a list is, is not asked."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile

from lxml import etree

from scraper.dates.reading import parse_timestamp
from scraper.extractor.links.anchors import Anchor, Anchors
from scraper.extractor.links.card_companions import without_companions
from scraper.extractor.links.headlines import HEADINGS, UNSPACED
from scraper.extractor.links.more_links import leads_on
from scraper.extractor.links.teasers import Teaser, merged, read_teaser
from scraper.extractor.page.document import text_of
from scraper.urls import CanonicalUrl


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article in a list: where it is, and what the list says of it."""

    url: CanonicalUrl
    teaser: Teaser
    is_card: bool = False
    """Is the title short, as that of a recipe or an album, and does it head an `<article>` of its own?"""


_FLAT = HEADINGS | {"a", "dt", "strong", "b"}
_MAX_ITEMS = 40
# Lines of a list that are no articles' may outnumber those that are two to one.
_MANY = 12
_FEWEST_OF_LINES = 3
_MAX_DEPTH_OF_LINE = 3
_MAX_DEPTH_OF_CARD = 5
_MOST_LINKS_OF_CARD = 6
_MAX_FOLLOWERS = 3
_NEIGHBOUR_REL = frozenset(("prev", "previous", "next"))
# Four words make a headline ("Sport" and "About the paper" are none), and eight characters where nothing parts words.
_HEADLINE_WORDS = 4
_SHORTEST_TITLE = 8
_SHORTEST_PICTURED = 3
_FEWEST_PICTURED = 2
_TAG_WORDS = 2
# "March 5, 2026", "5. März 2026, 14:05 Uhr": a date that links to the article is not its title.
_LONGEST_DATE = 30
# "Unternehmen & Märkte" are two.
_WORD = re.compile(r"[^\W_]\S*")


def read_items(
    found: Iterable[Anchor], region: Sequence[etree._Element], anchors: Anchors, heading: str | None
) -> tuple[Item, ...]:
    """One item for each article that the links in `region` lead to; none where most of them lead elsewhere.

    Under a heading, articles of other sites are items too: publishers of several papers list them together.
    """
    found = list(found)
    links = [
        anchor
        for anchor in found
        if (_may_be_item(anchor, anchors) and not anchors.is_view_of_page(anchor.url))
        or (heading and _may_be_item_abroad(anchor, anchors))
    ]
    if len({anchor.url for anchor in links}) >= 2 * _MAX_ITEMS:
        return ()
    shown = _items(links, region, anchors)
    pictured = {anchor.url for anchor in links if next(anchor.element.iter("img"), None) is not None}
    if len(shown) < _FEWEST_PICTURED or not pictured.issuperset(item.url for item in shown):
        pictured = set()
    items = tuple(item for item in shown if item.teaser.title != heading and _is_article(item, anchors, pictured))
    if not len(shown) < 2 * len(items) <= 2 * _MAX_ITEMS or [item.url for item in items] == [anchors.page_url]:
        return ()
    if len(found) >= max(_MANY, _FEWEST_OF_LINES * len(items)) and _are_few_of_lines(items, found):
        return ()
    titles = [item.teaser.title or "" for item in items]
    are_articles = any(map(_is_phrase, titles)) or any(item.is_card for item in items) or pictured
    return items if are_articles and not 2 * sum(map(_is_tag, titles)) >= len(titles) else ()


def _are_few_of_lines(items: Iterable[Item], found: Iterable[Anchor]) -> bool:
    """Do they stand here and there in long lists of something else: what a portal offers, what is asked for today?"""
    urls = {item.url for item in items}
    lines = list(dict.fromkeys(anchor.url for anchor in found if _is_line(anchor.element)))
    if not urls.issubset(lines):
        return False
    until = max(map(lines.index, urls), default=0) + 1  # what comes after the last may be another list
    return until >= _MANY and _FEWEST_OF_LINES * len(urls) < until


def _is_line(link: etree._Element) -> bool:
    """Is the link all that its `<li>` links to?"""
    line = next((above for above in islice(link.iterancestors(), _MAX_DEPTH_OF_LINE) if above.tag == "li"), None)
    return line is not None and next(islice(line.iter("a"), 1, None), None) is None


def every_item(found: Iterable[Anchor], region: Sequence[etree._Element], anchors: Anchors) -> tuple[Item, ...]:
    """One item for each article that the links lead to, however many there are and whatever else stands among them."""
    links = [anchor for anchor in found if _may_be_item(anchor, anchors)]
    return tuple(item for item in _items(links, region, anchors) if _is_article(item, anchors))


def _items(found: Sequence[Anchor], region: Sequence[etree._Element], anchors: Anchors) -> list[Item]:
    """One item for each article linked to, read from the largest element that links to no other.

    What is paid for is none, nor what leads to the rest of the list.
    """
    if not found:
        return []
    owners = _owners(found, set(region))
    main = without_companions(found, owners, anchors)
    if len(main) < len(found):
        owners = _owners(main, set(region))
    parts: dict[CanonicalUrl, dict[etree._Element, list[etree._Element]]] = {}
    for anchor in main:
        element = _item_element(anchor, owners)
        parts.setdefault(anchor.url, {}).setdefault(element, []).append(anchor.element)
    items = (_item(url, elements, owners, anchors) for url, elements in parts.items())
    return [item for item in items if item.teaser.title and not item.teaser.is_paid and not leads_on(item.teaser.title)]


def _item(
    url: CanonicalUrl,
    elements: Mapping[etree._Element, list[etree._Element]],
    owners: Mapping[etree._Element, CanonicalUrl | None],
    anchors: Anchors,
) -> Item:
    teaser = _teaser(elements, owners, anchors)
    is_short = not is_headline(teaser.title or "")
    return Item(
        url=url,
        teaser=teaser,
        is_card=is_short and any(heads_card(link) for links in elements.values() for link in links),
    )


def _owners(found: Sequence[Anchor], ceiling: Set[etree._Element]) -> dict[etree._Element, CanonicalUrl | None]:
    """For each element in the region with a link in it: the one article it leads to, None where there are several."""
    owners: dict[etree._Element, CanonicalUrl | None] = {}
    for anchor in found:
        element: etree._Element | None = anchor.element
        while element is not None:
            owners[element] = anchor.url if owners.get(element, anchor.url) == anchor.url else None
            if element in ceiling:
                break
            element = element.getparent()
    return owners


def _item_element(anchor: Anchor, owners: Mapping[etree._Element, CanonicalUrl | None]) -> etree._Element:
    element = anchor.element
    parent = element.getparent()
    while parent is not None and owners.get(parent) is not None:
        element, parent = parent, parent.getparent()
    return element


def _teaser(
    elements: Mapping[etree._Element, list[etree._Element]],
    owners: Mapping[etree._Element, CanonicalUrl | None],
    anchors: Anchors,
) -> Teaser:
    """Elements side by side are parts of one showing of the item; elsewhere it is shown again."""
    showings: dict[etree._Element | None, list[etree._Element]] = {}
    for element in elements:
        showings.setdefault(element.getparent(), []).append(element)
    teasers = []
    for parts in showings.values():
        links = tuple(link for part in parts for link in elements[part])
        item = (*parts, *_followers(parts[-1], owners))
        teasers.append(anchors.once((item, links), partial(read_teaser, item, links, anchors.label)))
    return merged(teasers)


def _followers(element: etree._Element, owners: Mapping[etree._Element, CanonicalUrl | None]) -> list[etree._Element]:
    """What belongs to an item in a flat list: `<h3><a>title</a></h3><p>excerpt</p><h3>...`."""
    if element.tag not in _FLAT:
        return []
    siblings = takewhile(lambda sibling: sibling not in owners and sibling.tag not in HEADINGS, element.itersiblings())
    return list(islice(siblings, _MAX_FOLLOWERS))


def _may_be_item(anchor: Anchor, anchors: Anchors) -> bool:
    """Not so the links to authors and sections that stand in items: neither address nor text is an article's."""
    if not anchors.may_be_article(anchor):
        return False
    rel = anchor.element.get("rel")
    if rel and rel.lower() in _NEIGHBOUR_REL:
        return False
    if anchors.names_an_article(anchor.url):
        return True
    return is_headline(anchors.label(anchor.element)) or heads_card(anchor.element)


def _may_be_item_abroad(anchor: Anchor, anchors: Anchors) -> bool:
    return anchors.may_be_article_abroad(anchor) and is_headline(anchors.label(anchor.element))


def _is_tag(title: str) -> bool:
    """A word or two in lower case, as headlines are in no language with capitals."""
    return title[:1].islower() and len(title.split()) <= _TAG_WORDS


def _is_article(item: Item, anchors: Anchors, pictured: Set[CanonicalUrl] = frozenset()) -> bool:
    """Does it read like a headline, or lead where one would? The names of sections, tags and services do not.

    Where all are `pictured` they may be short: there are lists of albums and films.
    """
    title = item.teaser.title or ""
    if len(title) < (_SHORTEST_PICTURED if item.url in pictured else _SHORTEST_TITLE):
        return False
    if len(title) <= _LONGEST_DATE and parse_timestamp(title) is not None:
        return False
    return item.is_card or is_headline(title) or anchors.names_an_article(item.url)


def heads_card(link: etree._Element) -> bool:
    """Is a link the heading of a small `<article>`, as HTML has it for what could stand by itself?"""
    parent = link.getparent()
    if parent is None or (parent.tag not in HEADINGS and next(link.iter(*HEADINGS), None) is None):
        return False
    card = next((above for above in islice(link.iterancestors(), _MAX_DEPTH_OF_CARD) if above.tag == "article"), None)
    links = list(islice(card.iter("a"), _MOST_LINKS_OF_CARD)) if card is not None else []
    if not 0 < len(links) < _MOST_LINKS_OF_CARD:
        return False
    label = text_of(link)
    if " " not in label and UNSPACED.search(label) is None:  # sections and services have one word
        return False
    return all(len(text_of(other)) <= len(label) for other in links)  # a kicker may be a heading too


def _is_phrase(text: str) -> bool:
    """More than a word or two, as no list of services ("Datenschutz", "Leichte Sprache") has even once."""
    return len(_WORD.findall(text)) >= _HEADLINE_WORDS - 1 or UNSPACED.search(text) is not None


def is_headline(text: str) -> bool:
    """Is it as long as a headline: four words, or as much where nothing parts words?"""
    words = text.split()
    if len(words) >= _HEADLINE_WORDS and len(words) - words.count("&") >= _HEADLINE_WORDS:
        return True
    return len(text) >= _SHORTEST_TITLE and UNSPACED.search(text) is not None
