"""Single links that say themselves what they are: "See also: The crane is back", all of it the link."""

import re
from collections.abc import Iterator

from scraper.extractor.links.anchors import Anchor, Anchors
from scraper.extractor.links.headings import kind_of
from scraper.extractor.links.items import Item
from scraper.extractor.links.link_blocks import LinkBlock
from scraper.extractor.links.link_labels import Telling
from scraper.extractor.links.teasers import Teaser
from scraper.records import LinkKind

_INTRODUCED = re.compile(r"\W*([^:|–—»›>]{3,40}?)\s*(?:[:|»›>]|[–—]\s)\s*(\S.+)")
_SHORTEST_TITLE = 12


def find_introduced(telling: Telling, anchors: Anchors) -> Iterator[LinkBlock]:
    """A list of one for each."""
    for link in telling.introducing:
        said = _INTRODUCED.match(anchors.label(link))
        if said is None or len(said[2]) < _SHORTEST_TITLE or kind_of(said[1]) is not LinkKind.RELATED:
            continue
        url = anchors.target(link.get("href"))
        if url is None or url == anchors.page_url or not anchors.may_be_article(Anchor(link, url)):
            continue
        item = Item(url=url, teaser=Teaser(title=said[2]))
        yield LinkBlock(kind=LinkKind.RELATED, heading=said[1], items=(item,))
