"""Single links that say themselves what they are: "See also: The crane is back", all of it the link."""

import re
from collections.abc import Iterator

from scraper.extractor.links.anchors import Anchor, Anchors, label_of
from scraper.extractor.links.headings import MAX_HEADING, kind_of, may_begin
from scraper.extractor.links.items import Item
from scraper.extractor.links.linkblocks import LinkBlock
from scraper.extractor.links.teasers import Teaser
from scraper.extractor.page.document import Document
from scraper.records import LinkKind

_INTRODUCED = re.compile(r"\W*([^:|–—»›>]{3,40}?)\s*(?:[:|»›>]|[–—]\s)\s*(\S.+)")
_SHORTEST_TITLE = 12


def find_introduced(doc: Document, anchors: Anchors) -> Iterator[LinkBlock]:
    """A list of one for each."""
    for link in doc.by_tag.get("a", ()):
        beginning = link.text
        if not beginning or beginning.isspace():
            beginning = link[0].text if len(link) else None
        if not beginning or not may_begin(beginning[:MAX_HEADING]):
            continue
        said = _INTRODUCED.match(label_of(link))
        if said is None or len(said[2]) < _SHORTEST_TITLE or kind_of(said[1]) is not LinkKind.RELATED:
            continue
        url = anchors.target(link.get("href"))
        if url is None or url == anchors.page_url or not anchors.may_be_article(Anchor(link, url)):
            continue
        item = Item(url=url, teaser=Teaser(title=said[2]))
        yield LinkBlock(kind=LinkKind.RELATED, heading=said[1], items=(item,))
