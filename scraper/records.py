"""The records that travel between rooms: frozen, complete when made, with no behaviour beyond their own meaning.

`None` means unknown; an empty string never stands for it. Times are aware and UTC. Sequences are tuples.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from scraper.headers import first_of
from scraper.urls import CanonicalUrl


class Precision(StrEnum):
    """How exactly a source stated a time."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """A moment as a source stated it.

    `at` is the moment in UTC; where the source named no zone, its clock reading taken as UTC; where it gave a day
    only, midnight UTC of that day. `offset_minutes` is the zone it was written in (None: none was given).
    `raw` is the source's own string. `str()` gives it back as ISO 8601 in its own zone, no more precise than it was.
    """

    at: datetime
    offset_minutes: int | None
    precision: Precision
    raw: str

    @property
    def local(self) -> datetime:
        """The clock reading where it was written."""
        if not self.offset_minutes:
            return self.at.astimezone(UTC)
        return self.at.astimezone(timezone(timedelta(minutes=self.offset_minutes)))

    @property
    def day(self) -> date:
        """The calendar day as written."""
        return self.local.date()

    def __str__(self) -> str:
        if self.precision is Precision.DAY:
            return self.day.isoformat()
        text = self.local.isoformat(timespec="minutes" if self.precision is Precision.MINUTE else "seconds")
        return text if self.offset_minutes is not None else text.removesuffix("+00:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that a feed entry carries (RSS 2.0 `enclosure`, Atom `link rel=enclosure`, JSON Feed `attachments`)."""

    url: str
    media_type: str | None = None
    length_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed. `url` is absolute, not yet canonical; `summary` is text, `content_html` markup as sent."""

    guid: str | None = None
    url: str | None = None
    title: str | None = None
    published: Timestamp | None = None
    updated: Timestamp | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    summary: str | None = None
    content_html: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    comment_count: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A link of the feed itself (RFC 4287 section 4.2.7): `self`, `hub`, `next`, `prev-archive`... `href` is absolute.

    `rel` is in lower case; one link with several relations is given once for each.
    """

    rel: str
    href: str
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHints:
    """How often a feed wants to be asked: RSS `ttl`, the time between two updates that `sy:updatePeriod` and
    `sy:updateFrequency` announce, and the hours (0 to 23) and days (0 is Monday) without a visit, in GMT (RSS 2.0)."""

    ttl_seconds: float | None = None
    update_seconds: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed. `links` are in its order, then those of the response; `problems` were mended or left out."""

    format: str
    title: str | None = None
    site_url: str | None = None
    language: str | None = None
    entries: tuple[FeedEntry, ...] = ()
    hints: FeedHints = field(default_factory=FeedHints)
    links: tuple[FeedLink, ...] = ()
    problems: tuple[str, ...] = ()

    def links_of(self, rel: str) -> tuple[str, ...]:
        """The addresses of the links of one relation, in order."""
        return tuple(link.href for link in self.links if link.rel == rel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask "has it changed?" with (RFC 9110 section 8.8), sent back exactly as it came."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One hop: the address that answered, its status, and where it pointed."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole response with status 200: `body` is decompressed, `headers` keep their order and spelling."""

    url: str
    final_url: str
    body: bytes
    fetched_at: datetime
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[Redirect, ...] = ()
    wire_bytes: int = 0
    elapsed_seconds: float = 0.0

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        return first_of(self.headers, name)

    @property
    def validators(self) -> Validators:
        return Validators(etag=self.header("ETag"), last_modified=self.header("Last-Modified"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """A 304: what we hold is current. `validators` are the ones to send next time (RFC 9111 section 4.3.4)."""

    url: str
    final_url: str
    fetched_at: datetime
    validators: Validators
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[Redirect, ...] = ()
    elapsed_seconds: float = 0.0


class PageKind(StrEnum):
    """What a page is. Only an ARTICLE is archived as one."""

    ARTICLE = "article"
    LISTING = "listing"
    GALLERY = "gallery"
    ERROR = "error"
    CONSENT = "consent"
    PROTECTED = "protected"
    OTHER = "other"


class LinkKind(StrEnum):
    """Why one article points to another."""

    RELATED = "related"
    RECENT = "recent"
    POPULAR = "popular"
    PREVIOUS = "previous"
    NEXT = "next"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One item of a block of links, or one link in the text: `position` counts from 1 within its block."""

    kind: LinkKind
    url: str
    position: int
    title: str | None = None
    heading: str | None = None
    published: Timestamp | None = None
    excerpt: str | None = None
    category: str | None = None
    view_count: int | None = None
    comment_count: int | None = None


class ImageRole(StrEnum):
    LEAD = "lead"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article. `credit` is who made or owns it, kept apart from `caption`. Sizes are in pixels."""

    url: str
    role: ImageRole = ImageRole.BODY
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    PREFORMATTED = "preformatted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the body, in reading order. `level` is a heading's rank (1-6) or a list item's depth (from 1)."""

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What one page says, field by field; `sources` names where each field came from.

    `body` is plain text: blocks parted by a blank line. `body_html` is the same, sanitised, with inline markup.
    `categories[0]` is `category`. `paywalled` is True, False, or None where the page does not say;
    `sources["paywall_reason"]` has the words or the mark that say so, and the text then is what is shown of it.
    `sources["pages"]` is there for an article that was joined from several.
    `captions` are those of pictures, galleries, tables and films, in order and as displayed, credits included:
    an `Image` holds caption and credit apart, but a table or a film has no `Image`.
    """

    url: CanonicalUrl
    kind: PageKind = PageKind.ARTICLE
    title: str | None = None
    subtitle: str | None = None
    published: Timestamp | None = None
    modified: Timestamp | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    body: str | None = None
    body_html: str | None = None
    summary: str | None = None
    language: str | None = None
    site_name: str | None = None
    images: tuple[Image, ...] = ()
    captions: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    comment_count: int | None = None
    view_count: int | None = None
    paywalled: bool | None = None
    word_count: int = 0
    sources: Mapping[str, str] = field(default_factory=dict)
    extractor: str = ""

    @property
    def category(self) -> str | None:
        return self.categories[0] if self.categories else None


class ChangeKind(StrEnum):
    """How a new version of an article differs from the last: only in look, only in its metadata, or in substance."""

    SUBSTANTIVE = "substantive"
    COSMETIC = "cosmetic"
    METADATA = "metadata"
