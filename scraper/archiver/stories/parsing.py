"""A JSON object of format 1 as a story. Every function raises StoryError where it says what cannot be. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from scraper.archiver.articles.fingerprints import content_hash, text_hash
from scraper.archiver.articles.layout import blocks_of
from scraper.archiver.store.columns import to_text
from scraper.archiver.stories.document import FORMAT
from scraper.archiver.stories.fields import Clean, Fields
from scraper.archiver.stories.history import parse_entry, parse_feed, parse_version
from scraper.archiver.stories.story import LinkSighting, Shown, Story, StoryCount, StoryLink, StoryUrl, StoryVersion
from scraper.records import Article, Block, BlockKind, Image, ImageRole, LinkKind, PageKind
from scraper.text import count_words
from scraper.urls import CanonicalUrl, InvalidUrlError, canonicalize

Item = TypeVar("Item")

_PARTED = re.compile(r"\n\s*\n")
_FETCHED = re.compile(r"https?://", re.IGNORECASE)


class UrlRole(StrEnum):
    CANONICAL = "canonical"
    ALIAS = "alias"


class CountSource(StrEnum):
    PAGE = "page"
    FEED = "feed"


def story_from(fields: Fields, now: str, clean: Clean) -> Story:
    """The story in `fields`; `now` (UTC text) is when it was first seen where they do not say.

    `clean` makes its HTML safe: a file may come from anybody.
    """
    number = fields.number("format", 1) or FORMAT
    if number > FORMAT:
        raise fields.wrong("format", f"{number} is newer than this program knows ({FORMAT}); upgrade scraper")
    history = fields.inner("history")
    versions = tuple(parse_version(version, clean) for version in history.objects("versions"))
    article = _article(fields, clean)
    if versions and versions[-1].text_hash != text_hash(article.body):
        article = _edited(article)
    elif fields.has("blocks"):
        article = replace(article, blocks=_blocks(fields, article.body or ""))
    elif not fields.has("history"):
        article = replace(article, blocks=_paragraphs(article.body or ""))
    if not versions:
        seen_at = fields.moment("changed_at") or fields.moment("first_seen_at") or now
        versions = (StoryVersion(seen_at=seen_at, kind="first"),)
    versions = (*versions[:-1], _current(versions[-1], article))
    return Story(
        article=article,
        first_seen_at=fields.moment("first_seen_at") or versions[0].seen_at,
        versions=versions,
        shown=tuple(_shown(shown, len(versions)) for shown in history.objects("shown")),
        links=_once(
            (_link(link) for link in fields.objects("links")), lambda link: (link.url, link.kind, link.heading)
        ),
        counts=_once(map(_count, history.objects("counts")), lambda seen: (seen.source, seen.seen_at)),
        urls=_once(map(_url, history.objects("urls")), lambda url: url.url),
        feed_url=history.text("feed_url"),
        feeds=tuple(map(parse_feed, history.objects("feeds"))),
        entries=_once(
            map(parse_entry, history.objects("entries")),
            lambda entry: (entry.feed_url, entry.natural_key),
        ),
    )


def _article(fields: Fields, clean: Clean) -> Article:
    body, html = fields.text("body"), fields.text("body_html")
    title = fields.text("title")
    if title is None and body is None:
        raise fields.wrong("body", "is missing, and the title too: there is nothing to archive")
    counted = fields.number("word_count")
    return Article(
        url=_address(fields, "url"),
        kind=_kind(fields),
        title=title,
        subtitle=fields.text("subtitle"),
        published=fields.stamp("published"),
        modified=fields.stamp("modified"),
        authors=_names(fields, "authors"),
        categories=_names(fields, "categories") or tuple(filter(None, (fields.text("category"),))),
        tags=_names(fields, "tags"),
        body=body,
        body_html=None if html is None else clean(html),
        summary=fields.text("summary"),
        language=fields.text("language"),
        site_name=fields.text("site_name"),
        images=tuple(_image(image) for image in fields.objects("images")),
        captions=fields.texts("captions"),
        comment_count=fields.number("comment_count"),
        view_count=fields.number("view_count"),
        paywalled=fields.flag("paywalled"),
        word_count=count_words(body or "") if counted is None else counted,
        sources=fields.words("sources"),
        extractor=fields.text("extractor") or "",
    )


def _edited(article: Article) -> Article:
    """`article` after somebody edited its body in the file: what else shows the body shows an older one."""
    return replace(
        article, body_html=None, blocks=_paragraphs(article.body or ""), word_count=count_words(article.body or "")
    )


def _current(version: StoryVersion, article: Article) -> StoryVersion:
    """The last version as that of `article`: somebody may have edited the fields, or there may be no history."""
    words = text_hash(article.body)
    is_untouched = bool(version.content_hash) and version.text_hash == words and version.title == article.title
    return replace(
        version,
        title=article.title,
        modified=None if article.modified is None else to_text(article.modified.at),
        word_count=article.word_count,
        content_hash=version.content_hash if is_untouched else content_hash(article),
        text_hash=words,
        extractor=article.extractor,
        text=None,
    )


def _kind(fields: Fields) -> PageKind:
    kind = fields.word("kind", PageKind, PageKind.ARTICLE)
    if kind not in (PageKind.ARTICLE, PageKind.PROTECTED):
        raise fields.wrong("kind", f"only an article is archived, not a {kind}")
    return kind


def _names(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fields.texts(name)))


def _blocks(fields: Fields, body: str) -> tuple[Block, ...]:
    try:
        return blocks_of(body, fields.items("blocks"))
    except (ValueError, TypeError) as error:
        raise fields.wrong("blocks", "[kind, level, start, end] are needed, one after the other") from error


def _paragraphs(body: str) -> tuple[Block, ...]:
    pieces = (piece.strip("\n") for piece in _PARTED.split(body))
    return tuple(Block(kind=BlockKind.PARAGRAPH, text=piece) for piece in pieces if piece.strip())


def _image(fields: Fields) -> Image:
    url = fields.needed("url")
    if not _FETCHED.match(url):
        raise fields.wrong("url", f"{url[:80]!r} is no http or https address")
    return Image(
        url=url,
        role=fields.word("role", ImageRole, ImageRole.BODY),
        caption=fields.text("caption"),
        credit=fields.text("credit"),
        alt=fields.text("alt"),
        width=fields.number("width"),
        height=fields.number("height"),
    )


def _link(fields: Fields) -> StoryLink:
    return StoryLink(
        kind=fields.word("kind", LinkKind).value,
        url=_address(fields, "url"),
        position=fields.number("position") or 0,
        first_seen_at=fields.needed_moment("first_seen_at"),
        title=fields.text("title"),
        heading=fields.text("heading"),
        published=fields.stamp("published"),
        excerpt=fields.text("excerpt"),
        category=fields.text("category"),
        sightings=_once(map(_sighting, fields.objects("sightings")), lambda seen: seen.seen_at),
    )


def _sighting(fields: Fields) -> LinkSighting:
    return LinkSighting(
        seen_at=fields.needed_moment("seen_at"),
        position=fields.number("position") or 0,
        view_count=fields.number("view_count"),
        comment_count=fields.number("comment_count"),
    )


def _count(fields: Fields) -> StoryCount:
    return StoryCount(
        seen_at=fields.needed_moment("seen_at"),
        source=fields.word("source", CountSource).value,
        view_count=fields.number("view_count"),
        comment_count=fields.number("comment_count"),
    )


def _shown(fields: Fields, versions: int) -> Shown:
    number = fields.number("version", 1)
    if number is None or number > versions:
        raise fields.wrong("version", f"there are versions 1 to {versions}, and no {number}")
    return Shown(seen_at=fields.needed_moment("seen_at"), version=number)


def _url(fields: Fields) -> StoryUrl:
    return StoryUrl(url=_address(fields, "url"), role=fields.word("role", UrlRole).value)


def _address(fields: Fields, name: str) -> CanonicalUrl:
    text = fields.needed(name)
    try:
        return canonicalize(text)
    except InvalidUrlError as error:
        raise fields.wrong(name, str(error)) from error


def _once(items: Iterator[Item], key: Callable[[Item], object]) -> tuple[Item, ...]:
    """`items` without those that say of the same thing what another has said."""
    found: dict[object, Item] = {}
    for item in items:
        found.setdefault(key(item), item)
    return tuple(found.values())
