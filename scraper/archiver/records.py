"""What the archive takes and gives besides the records that all rooms share: frozen, without behaviour.

Times are aware and UTC, kept to the second. `None` means unknown. Sequences are tuples.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scraper.archiver.crawl_records import FeedMove
from scraper.records import Article, ChangeKind, Redirect, Timestamp


class QueueState(StrEnum):
    """Where a URL stands: to be fetched (again), fetched, or given up after a verdict or too many tries."""

    WAITING = "waiting"
    DONE = "done"
    GIVEN_UP = "given_up"


class FetchKind(StrEnum):
    """What a request was for."""

    FEED = "feed"
    ARTICLE = "article"
    ROBOTS = "robots"
    SITEMAP = "sitemap"
    OTHER = "other"


class FeedState(StrEnum):
    """The health of a feed in one word. `unsubscribed` feeds left the configuration; their articles stay.

    `retired` ones said that they are gone for good (410); they are asked once a month.
    """

    OK = "ok"
    NEW = "new"
    FAILING = "failing"
    RETIRED = "retired"
    DISABLED = "disabled"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierVersion:
    """A version that a newer one has replaced, as far as it is needed to know it again."""

    number: int
    content_hash: str
    title: str | None
    text_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """The archived state of an article, as far as it is needed to decide whether a new sight of it is a new version.

    `content_hash` and `text_hash` are those of `archiver/articles/fingerprints.py`; `earlier` holds all versions but
    the last, oldest first, so that a page which flips back and forth can be told from an edit; `shown_version` is the
    number of the version that the page showed at the last sight of it.
    """

    id: int
    url: str
    content_hash: str
    text_hash: str | None
    title: str | None = None
    subtitle: str | None = None
    published: Timestamp | None = None
    modified: Timestamp | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str | None = None
    body: str | None = None
    language: str | None = None
    paywalled: bool | None = None
    word_count: int = 0
    earlier: tuple[EarlierVersion, ...] = ()
    shown_version: int = 1
    version_count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle(Article):
    """An archived article: all fields of `Article` in their latest version, and what the archive knows of it.

    `site` is the host without ``www.``; `feeds` are the names of all feeds that carried it, first one first;
    `first_seen_at` is when it was first fetched, `changed_at` when its latest version was; `page_id` names the
    raw page of that version.
    """

    id: int
    site: str
    first_seen_at: datetime
    changed_at: datetime
    version_count: int = 1
    feeds: tuple[str, ...] = ()
    page_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One article found. `snippet` is a piece of it with the words found between ``[`` and ``]`` (or the marks
    asked for); `rank` is FTS5's: the smaller (more negative), the better."""

    id: int
    url: str
    site: str
    title: str | None
    published: Timestamp | None
    snippet: str
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How one feed is doing. `entries` and `articles` are counts over its whole life.

    `current_url` is where it moved to for good, `next_check_reason` what decided when it is asked next, `guid_policy`
    what tells its entries apart; until `distrusted_until` its "not modified" is not believed.
    """

    id: int
    url: str
    name: str
    state: FeedState
    title: str | None = None
    last_checked_at: datetime | None = None
    last_ok_at: datetime | None = None
    last_new_at: datetime | None = None
    next_check_at: datetime | None = None
    failures_in_a_row: int = 0
    last_reason: str | None = None
    last_message: str | None = None
    entries: int = 0
    articles: int = 0
    waiting: int = 0
    current_url: str | None = None
    next_check_reason: str | None = None
    guid_policy: str = "guid"
    distrusted_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """One run of the program. `finished_at` and `outcome` are None where it was killed or still works."""

    id: int
    command: str
    scraper_version: str
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySighting:
    """A URL as an entry of a feed."""

    feed: str
    feed_url: str
    guid: str | None
    url: str | None
    title: str | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRecord:
    """One request. `outcome` is ``ok``, ``not_modified`` or ``failed``."""

    id: int
    run_id: int | None
    kind: FetchKind
    url: str
    final_url: str | None
    outcome: str
    status: int | None
    fetched_at: datetime
    redirects: tuple[Redirect, ...] = ()
    wire_bytes: int | None = None
    elapsed_seconds: float | None = None
    page_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRecord:
    """One failure. `reason` is a code of `scraper.errors.Reason`; `next_try_at` None means given up."""

    reason: str
    message: str
    status: int | None
    failed_at: datetime
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRecord:
    """One version of an article. `kind` is None for the first. `silent`: the words changed, the stated modified date
    did not. `page_id` names its raw page, where that is kept.
    """

    number: int
    seen_at: datetime
    kind: ChangeKind | None
    silent: bool
    changed_fields: tuple[str, ...]
    title: str | None
    word_count: int
    page_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRecord:
    """Where a URL stands in the queue, and since when; `revisit_at` is when its archived page is looked at again."""

    state: QueueState
    tries: int
    added_at: datetime
    next_try_at: datetime | None
    finished_at: datetime | None
    revisit_at: datetime | None = None
    revisit_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRecord:
    """From `seen_at` on, a page showed an earlier or the last version again, and none that was new."""

    version: int
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionRecord:
    """The article at a URL was deleted on purpose, and is not to come back by itself."""

    deleted_at: datetime
    article_url: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRecord:
    """What a host asked of us: by its robots.txt, by Retry-After, by 429. `robots_status` None: never read."""

    host: str
    crawl_delay_seconds: float | None = None
    robots_status: int | None = None
    robots_fetched_at: datetime | None = None
    not_before: datetime | None = None
    limited_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlHistory:
    """The whole story of one URL, each list in order of time. `url` is canonical; `aliases` lead to the article."""

    url: str
    article_id: int | None = None
    article_url: str | None = None
    aliases: tuple[str, ...] = ()
    entries: tuple[EntrySighting, ...] = ()
    queue: QueueRecord | None = None
    fetches: tuple[FetchRecord, ...] = ()
    failures: tuple[FailureRecord, ...] = ()
    versions: tuple[VersionRecord, ...] = ()
    feed: FeedHealth | None = None
    moves: tuple[FeedMove, ...] = ()
    shown: tuple[ShownRecord, ...] = ()
    deletion: DeletionRecord | None = None
    host: HostRecord | None = None
