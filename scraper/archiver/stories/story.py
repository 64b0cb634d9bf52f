"""The record of a whole story: all that an archive knows of an article but the raw pages. Frozen, without behaviour.

It is what travels between archives, be it as a line of JSON or from file to file, so it holds no ids but those of raw
pages, which are no part of what it says. Times are UTC text to the second, as the archive keeps them, so that reading
and writing one is exact.
"""

from dataclasses import dataclass, field

from scraper.records import Article, FeedEntry, Timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionText:
    """What a version said. `published` is UTC text; what else a version has stands in :class:`StoryVersion`."""

    subtitle: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    paywalled: bool | None = None
    summary: str | None = None
    body: str | None = None
    body_html: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryVersion:
    """One version, first seen at `seen_at`. `text` is None for the last one, whose text is the article's.

    `kind` is ``first``, ``substantive``, ``cosmetic`` or ``metadata``; `silent`: the words changed, the stated modified
    date did not. `page_id` is its raw page in the archive that it was read from; while it is taken into
    another, that is `elsewhere_id`.
    """

    seen_at: str
    kind: str
    silent: bool = False
    changed_fields: tuple[str, ...] = ()
    title: str | None = None
    modified: str | None = None
    word_count: int = 0
    content_hash: str = ""
    text_hash: str | None = None
    extractor: str = ""
    text: VersionText | None = None
    page_id: int | None = field(default=None, compare=False)
    elsewhere_id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """From `seen_at` on the page showed version number `version` (from 1) again."""

    seen_at: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSighting:
    """A link in its block at one time: its place there, and the counts of its target that were shown."""

    seen_at: str
    position: int
    view_count: int | None = None
    comment_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """A link that stood in the article, or in a block beside it, at any time. `position` is that when first seen."""

    kind: str
    url: str
    position: int
    title: str | None = None
    heading: str | None = None
    published: Timestamp | None = None
    excerpt: str | None = None
    category: str | None = None
    first_seen_at: str
    sightings: tuple[LinkSighting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCount:
    """The article's counts as its page (`source` ``page``) or a feed (``feed``) gave them at one time."""

    seen_at: str
    source: str
    view_count: int | None = None
    comment_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryUrl:
    """An address that leads to the article: its own or another ``canonical`` one, or an ``alias``."""

    url: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFeed:
    """A feed that carried the article."""

    url: str
    name: str
    title: str | None = None
    site_url: str | None = None
    format: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """The article as an entry of the feed at `feed_url`; `natural_key` tells it from that feed's other entries."""

    feed_url: str
    natural_key: str
    first_seen_at: str
    changed_at: str
    entry: FeedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article and all that is known of it. `article` is its latest version, without its links: `links` has them all.

    `versions` are in order, the last one that of `article`; `feed_url` is the feed that brought it first. `feeds`
    describe all feeds named here; an archive knows them better where it has them, so they do not make two stories
    differ.
    """

    article: Article
    first_seen_at: str
    versions: tuple[StoryVersion, ...]
    shown: tuple[Shown, ...] = ()
    links: tuple[StoryLink, ...] = ()
    counts: tuple[StoryCount, ...] = ()
    urls: tuple[StoryUrl, ...] = ()
    feed_url: str | None = None
    feeds: tuple[StoryFeed, ...] = field(default=(), compare=False)
    entries: tuple[StoryEntry, ...] = ()
