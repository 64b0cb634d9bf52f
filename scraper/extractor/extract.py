"""One page in, one Article out: what every part of the extractor read, put together field by field.

A rule of the user wins over a shipped profile, a profile over what is read without knowing the site; `sources` says
which it was. Pure: opens nothing, keeps nothing. Never raises, whatever the bytes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scraper.extractor.images.captions import caption_elements
from scraper.extractor.images.reading import Media, read_media, with_lead
from scraper.extractor.links.anchors import Anchors
from scraper.extractor.links.reading import read_links
from scraper.extractor.metadata.language import language_of
from scraper.extractor.metadata.reading import Metadata, read_metadata
from scraper.extractor.page.document import Document, parse
from scraper.extractor.profiles.matching import matching_rules
from scraper.extractor.profiles.post_pictures import post_pictures
from scraper.extractor.profiles.posts import with_post
from scraper.extractor.profiles.replacing import replaced
from scraper.extractor.profiles.stated import StatedFields, read_fields
from scraper.extractor.reconcile import with_entry
from scraper.extractor.text.body import Body, Hints, read_body
from scraper.extractor.text.endings import cut_off_below
from scraper.extractor.text.kinds import page_kind
from scraper.records import Article, FeedEntry, Link, LinkKind, PageKind
from scraper.rules.site_rules import SiteRule
from scraper.text import count_words

EXTRACTOR = "scraper@4"
"""Name and version of the extractor: raised whenever the same page may give another record."""

# A clock that names no zone is read as UTC and may be half a day ahead of it.
_ZONES = timedelta(hours=14)
# Characters. A longer text is no teaser: what is said below it is about another offer.
_LONGEST_TEASER = 2_500


def extract(
    html: bytes | str,
    url: str | None = None,
    *,
    content_type: str | None = None,
    rules: Sequence[SiteRule] = (),
    entry: FeedEntry | None = None,
    fetched_at: datetime | None = None,
) -> Article:
    """The article on a page, with everything the page says of it.

    `url` is the page's address, against which its links are resolved. `content_type` is the HTTP header of that name,
    for its charset. `rules` are the user's; `entry` is the feed entry that led here and fills what the page lacks. No
    date after `fetched_at` is believed.
    """
    doc = parse(replaced(html, url, content_type, rules), url, content_type)
    matched = matching_rules(doc, rules)
    stated = read_fields(doc, matched)
    metadata = read_metadata(doc, not_after=fetched_at + _ZONES if fetched_at else None)
    stated = with_post(doc, matched, stated, metadata)
    body = body_of(doc, metadata, stated)
    metadata = _in_language_of(doc, body, metadata)
    metadata = _cut_off(body, metadata)
    anchors = Anchors(doc.base_url, doc.url)
    links = read_links(doc, anchors, body.kept, matched)
    media = _media(body, stated, anchors=anchors, links=links)
    media = with_lead(media, metadata.images or post_pictures(doc, matched), doc.root, anchors)
    kind = _kind(doc, metadata, body, stated)
    article = _article(metadata, body, media, links=links, kind=kind)
    if stated.values or "body" in stated.sources:
        article = _with_stated(article, stated)
    return with_entry(article, entry) if entry is not None else article


def _kind(doc: Document, metadata: Metadata, body: Body, stated: StatedFields) -> PageKind:
    """Where a rule finds the element that holds an article's text, the page is one, though it may be a picture only."""
    if stated.is_protected:
        return PageKind.PROTECTED
    return PageKind.ARTICLE if stated.body else page_kind(doc, metadata, body)


def _with_stated(article: Article, stated: StatedFields) -> Article:
    """What rules found in place of what was read without them; a rule for the text counts where it gave a text."""
    sources = dict(stated.sources)
    if article.body is None:
        sources.pop("body", None)
    return replace(article, **stated.values, sources={**article.sources, **sources})


def body_of(doc: Document, metadata: Metadata, stated: StatedFields) -> Body:
    """The text; none where it stays behind a password, whatever the page says around it."""
    if stated.is_protected:
        return Body()
    captions = [caption for container in stated.body for caption in caption_elements(container)]
    hints = Hints(
        title=metadata.title,
        subtitle=metadata.subtitle,
        summary=metadata.summary,
        json_ld_body=metadata.json_ld_body,
    )
    return read_body(doc, hints=hints, containers=stated.body, drop=(*stated.drop, *captions))


def _in_language_of(doc: Document, body: Body, metadata: Metadata) -> Metadata:
    """The language of the article's own text where that is plain: teasers around it may be in another."""
    language = language_of(doc, f"{metadata.title or ''} {body.text or ''}", metadata.language)
    if language == metadata.language:
        return metadata
    return replace(metadata, language=language, sources={**metadata.sources, "language": "html"})


def _cut_off(body: Body, metadata: Metadata) -> Metadata:
    """A short text below which it says that the rest is for subscribers is paywalled, though nothing else says so."""
    if metadata.paywalled is not None or not body.kept or len(body.text or "") > _LONGEST_TEASER:
        return metadata
    words = body.cut_off or cut_off_below(body.kept[-1])
    if words is None:
        return metadata
    sources = {**metadata.sources, "paywalled": "html", "paywall_reason": f"cut off: {words}"}
    return replace(metadata, paywalled=True, sources=sources)


def _media(body: Body, stated: StatedFields, *, anchors: Anchors, links: Sequence[Link]) -> Media:
    region = stated.body[0] if stated.body else body.region
    teasers = {link.url for link in links if link.kind is not LinkKind.BODY}
    return Media() if region is None else read_media(region, body.kept, anchors, teasers)


def _article(metadata: Metadata, body: Body, media: Media, *, links: tuple[Link, ...], kind: PageKind) -> Article:
    return Article(
        url=metadata.url,
        kind=kind,
        title=metadata.title,
        subtitle=metadata.subtitle,
        published=metadata.published,
        modified=metadata.modified,
        authors=metadata.authors,
        categories=metadata.categories,
        tags=metadata.tags,
        blocks=body.blocks,
        body=body.text,
        body_html=body.html,
        summary=metadata.summary,
        language=metadata.language,
        site_name=metadata.site_name,
        images=media.images,
        captions=media.captions,
        links=links,
        comment_count=metadata.comment_count,
        view_count=metadata.view_count,
        paywalled=metadata.paywalled,
        word_count=count_words(body.text or ""),
        sources={**metadata.sources, **({"body": body.source} if body.source else {})},
        extractor=EXTRACTOR,
    )
