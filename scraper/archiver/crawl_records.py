"""What a crawl gives the archive and takes from it: feeds that are due, polls, queue items, hosts. No behaviour.

Times are aware and UTC, kept to the second. `None` means unknown. Sequences are tuples.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scraper.errors import ItemError
from scraper.records import Feed, FeedEntry, FeedHints, NotModified, Page, Validators


class PollOutcome(StrEnum):
    """What asking a feed brought: news, the same bytes as last time, a 304, or an error."""

    OK = "ok"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not_modified"
    FAILED = "failed"


class GuidPolicy(StrEnum):
    """What tells the entries of a feed apart, the surest first; a feed that fails at one is taken to the next."""

    GUID = "guid"
    LINK = "link"
    LINK_DATE = "link_date"
    TITLE = "title"
    CONTENT = "content"


class MoveState(StrEnum):
    """What became of a permanent redirect: only seen, taken over, or taken back."""

    SEEN = "seen"
    ADOPTED = "adopted"
    REVERTED = "reverted"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMove:
    """A permanent redirect of a feed. `polls` counts the good ones through it, with entries known from before."""

    from_url: str
    to_url: str
    status: int
    state: MoveState
    polls: int
    first_seen_at: datetime
    last_seen_at: datetime
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapState:
    """What is remembered of one sitemap of an index: the lastmod that the index gave it, and its validators."""

    url: str
    lastmod: str | None = None
    validators: Validators | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPortion:
    """What one step of a backfill read, to be noted: `listed` addresses in `requests` requests; whether it was the
    last, and otherwise where to go on."""

    method: str
    scope: str
    at: datetime
    position: str | None = None
    is_last: bool = False
    requests: int = 0
    listed: int = 0
    sitemaps: tuple[SitemapState, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillState:
    """How far the past of a feed was brought by one method: to `position`. Counts are over all runs.

    `was_done` says that it came to its end once, though it may be at work again since.
    """

    method: str
    was_done: bool
    position: str | None
    requests: int
    listed: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFeed:
    """A feed whose time has come. `body_hash` is the SHA-256 (hex) of the body last understood.

    `url` is where to ask: the configured one, or where it moved to for good. `rhythm` are the times at which its
    latest entries came out, oldest first. `last_full_at` is when a whole answer last came; until `distrusted_until`
    its "not modified" is not believed. `kind` and `links` are as in the settings; `sitemaps` are those of an index
    that were read.
    """

    id: int
    url: str
    name: str
    validators: Validators | None = None
    body_hash: str | None = None
    fetch_pages: bool = True
    failures_in_a_row: int = 0
    interval_seconds: float | None = None
    last_new_at: datetime | None = None
    failure_points: float = 0.0
    rhythm: tuple[datetime, ...] = ()
    hints: FeedHints = field(default_factory=FeedHints)
    last_full_at: datetime | None = None
    distrusted_until: datetime | None = None
    kind: str = "feed"
    links: str | None = None
    sitemaps: tuple[SitemapState, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """What one poll of a feed brought, to be committed as a whole.

    `response` is the Page or NotModified that came (None when it failed before one came); `feed` is set where
    `outcome` is ``ok``, `error` where it is ``failed``. `fetch_pages` False keeps new entries out of the queue.
    `because` says in a word what decided `next_check_at`; `failure_points` is what a failure weighs; `retired` says
    that the feed is gone for good (410); `conditional` that validators were sent; `robots_asked` whether robots.txt
    had a say. `sitemaps` are those of an index that were read.
    """

    outcome: PollOutcome
    fetched_at: datetime
    next_check_at: datetime
    response: Page | NotModified | None = None
    feed: Feed | None = None
    error: ItemError | None = None
    fetch_pages: bool = True
    because: str | None = None
    failure_points: float = 1.0
    retired: bool = False
    conditional: bool = True
    robots_asked: bool | None = None
    sitemaps: tuple[SitemapState, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """What a poll changed: entries never seen in this feed, URLs put into the queue, articles already archived.

    `notes` are what else a person should hear of: an address taken over, a 304 that lied, GUIDs no longer trusted.
    """

    new_entries: int = 0
    queued: int = 0
    known: int = 0
    notes: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One URL to fetch. `url` is as it shall be asked for; `entry` is what the feed said of it, rebuilt.

    `tries` counts the failed ones so far. `article_id` is set where the page is archived and looked at again, and then
    `validators` and `fetched_at` are those of the last whole page; `whole` says that it must come whole, because
    somebody said that it changed. `born_at` is when the story came out, as far as it is known. `robots_asked` is for
    the log of the visit: whether robots.txt was heeded.
    """

    id: int
    url: str
    host: str
    feed_id: int | None = None
    entry_id: int | None = None
    entry: FeedEntry | None = None
    tries: int = 0
    validators: Validators | None = None
    article_id: int | None = None
    whole: bool = False
    fetched_at: datetime | None = None
    born_at: datetime | None = None
    robots_asked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """When an archived page is looked at again, and why: its age, its counts, a text too short to be all."""

    at: datetime
    because: str
    born_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What must survive between runs to treat a host well. Waiting times are UTC and may only be rounded up.

    `time_zone` is the one its site says it lives in: an IANA name, or an offset such as ``+05:30``.
    """

    host: str
    next_request_at: datetime | None = None
    not_before: datetime | None = None
    robots_body: bytes | None = None
    robots_status: int | None = None
    robots_fetched_at: datetime | None = None
    robots_expires_at: datetime | None = None
    crawl_delay_seconds: float | None = None
    time_zone: str | None = None
    limited_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainState:
    """A registrable domain of which several hosts said 429: its hosts share one turn until `shared_until`."""

    domain: str
    shared_until: datetime
    not_before: datetime | None = None
