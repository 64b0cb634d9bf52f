"""The links of a page that mean something: lists of other articles, the neighbours in time, and links in the text."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml import etree

from scraper.extractor.links.anchors import Anchors
from scraper.extractor.links.link_blocks import LinkBlock, Ruled, find_link_blocks
from scraper.extractor.links.link_labels import telling_links
from scraper.extractor.links.neighbours import find_neighbours, without_label
from scraper.extractor.links.see_also import find_introduced
from scraper.extractor.page.document import Document
from scraper.extractor.profiles.matching import MatchedRule
from scraper.extractor.profiles.rulelinks import read_block
from scraper.extractor.profiles.selectors import elements_of
from scraper.records import Link, LinkKind

# On 350 pages of the corpus the most is 176; a page with thousands is a directory or an attack.
_MAX_BODY_LINKS = 2_000


def read_links(
    doc: Document, anchors: Anchors, kept: Sequence[etree._Element], rules: Sequence[MatchedRule] = ()
) -> tuple[Link, ...]:
    """Everything the page links to on purpose, block by block; `kept` are the elements of the article's text.

    Blocks that a rule knows are read as it says; the generic reading adds what no rule has found.
    """
    telling = telling_links(doc)
    by_rule = dict(_blocks_by_rule(doc, rules, anchors))
    known = list(by_rule.values())
    known += _not_known(find_neighbours(doc, telling, anchors), known)
    ruled = Ruled(set(by_rule), {block.heading for block in known})
    known += _not_known(find_link_blocks(doc, anchors, kept, telling=telling, ruled=ruled), known)
    known += _not_in(known, find_introduced(telling, anchors))
    return (*(link for block in known for link in _links(block)), *_body_links(kept, anchors))


def _not_in(known: Sequence[LinkBlock], introduced: Iterable[LinkBlock]) -> list[LinkBlock]:
    """Single links to what no list has yet."""
    urls = {item.url for block in known for item in block.items}
    return [block for block in introduced if not urls.intersection(item.url for item in block.items)]


def _blocks_by_rule(
    doc: Document, rules: Iterable[MatchedRule], anchors: Anchors
) -> Iterator[tuple[etree._Element, LinkBlock]]:
    """Each with the element that the rule found it in."""
    taken: set[etree._Element] = set()
    for matched in rules:
        for block_rule in matched.rule.link_blocks:
            for container in elements_of(doc, [block_rule.container]):
                if container in taken:
                    continue
                block = read_block(block_rule, container, anchors)
                if block is not None:
                    taken.add(container)
                    yield container, block


def _not_known(found: Iterable[LinkBlock], known: Sequence[LinkBlock]) -> list[LinkBlock]:
    """Blocks other than those known already: what a rule or a `rel` says is not read a second time in another way."""
    taken = {(block.heading, item.url) for block in known for item in block.items}
    by_kind = {(block.kind, item.url) for block in known for item in block.items}
    neighbours = {block.kind for block in known} & {LinkKind.PREVIOUS, LinkKind.NEXT}
    return [
        block
        for block in found
        if block.kind not in neighbours
        and not any((block.heading, item.url) in taken for item in block.items)
        and not 2 * sum((block.kind, item.url) in by_kind for item in block.items) > len(block.items)
    ]


def _body_links(kept: Sequence[etree._Element], anchors: Anchors) -> Iterator[Link]:
    """The links in the text, each address and title once."""
    found = {
        (anchor.url, anchors.label(anchor.element) or None): None
        for anchor in islice(anchors.below(kept), _MAX_BODY_LINKS)
        if anchor.url != anchors.page_url
    }
    for position, (url, title) in enumerate(found, start=1):
        yield Link(kind=LinkKind.BODY, url=url, position=position, title=title)


def _links(block: LinkBlock) -> Iterator[Link]:
    for position, item in enumerate(block.items, start=1):
        teaser = item.teaser
        title = teaser.title
        if title is not None and block.kind in {LinkKind.PREVIOUS, LinkKind.NEXT}:
            title = without_label(title)
        yield Link(
            kind=block.kind,
            url=item.url,
            position=position,
            heading=block.heading,
            title=title,
            published=teaser.published,
            excerpt=teaser.excerpt,
            category=teaser.category,
            view_count=teaser.view_count,
            comment_count=teaser.comment_count,
        )
