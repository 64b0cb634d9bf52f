"""One page in, one Article out: what every part of the extractor read, put together field by field.

A rule of the user wins over a shipped profile, a profile over what is read without knowing the site; `sources` says
which it was. Pure: opens nothing, keeps nothing. Never raises, whatever the bytes.
"""

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from scraper.extractor.anchors import Anchors
from scraper.extractor.body import NO_BODY, Body, read_body
from scraper.extractor.document import Document, parse
from scraper.extractor.fields import StatedFields, read_fields
from scraper.extractor.images import Media, read_media, with_lead
from scraper.extractor.kinds import page_kind
from scraper.extractor.links import read_links
from scraper.extractor.metadata import Metadata, read_metadata
from scraper.extractor.profiles import matching_rules
from scraper.extractor.reconcile import with_entry
from scraper.records import Article, FeedEntry, LinkKind, PageKind
from scraper.rules import SiteRule

EXTRACTOR = "scraper@1"


def extract(
    html: bytes | str,
    url: str | None = None,
    *,
    content_type: str | None = None,
    rules: Sequence[SiteRule] = (),
    entry: FeedEntry | None = None,
) -> Article:
    """The article on a page, with everything the page says of it.

    `url` is the page's address: links are resolved against it. `content_type` is the HTTP header, for its charset.
    `rules` are the user's; `entry` is the feed entry that led here, which fills what the page lacks.
    """
    doc = parse(html, url, content_type)
    matched = matching_rules(doc, rules)
    stated = read_fields(doc, matched)
    metadata = read_metadata(doc)
    body = NO_BODY if stated.is_protected else read_body(doc, metadata=metadata, ...)
