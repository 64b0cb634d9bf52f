"""What a crawl gives the archive and takes from it: feeds that are due, polls, queue items, hosts. No behaviour.

Times are aware and UTC, kept to the second. `None` means unknown. Sequences are tuples.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scraper.errors import ItemError
from scraper.records import Feed, FeedEntry, NotModified, Page, Validators


class PollOutcome(StrEnum):
    """What asking a feed brought: news, the same bytes as last time, a 304, or an error."""

    OK = "ok"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not_modified"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFeed:
    """A feed whose time has come. `body_hash` is the SHA-256 (hex) of the body last understood."""

    id: int
    url: str
    name: str
    validators: Validators | None = None
    body_hash: str | None = None
    fetch_pages: bool = True
    failures_in_a_row: int = 0
    interval_seconds: float | None = None
    last_checked_at: datetime | None = None
    last_new_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """What one poll of a feed brought, to be committed as a whole.

    `response` is the Page or NotModified that came (None when it failed before one came); `feed` is set where
    `outcome` is ``ok``, `error` where it is ``failed``. `fetch_pages` False keeps new entries out of the queue.
    """

    outcome: PollOutcome
    fetched_at: datetime
    next_check_at: datetime
    response: Page | NotModified | None = None
    feed: Feed | None = None
    error: ItemError | None = None
    fetch_pages: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """What a poll changed: entries never seen in this feed, URLs put into the queue, articles already archived."""

    new_entries: int = 0
    queued: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One URL to fetch. `url` is as it shall be asked for; `entry` is what the feed said of it, rebuilt.

    `tries` counts the failed ones so far; `validators` are set where the article is archived already.
    """

    id: int
    url: str
    host: str
    feed_id: int | None = None
    entry_id: int | None = None
    entry: FeedEntry | None = None
    tries: int = 0
    validators: Validators | None = None


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
    crawl_delay_seconds: float | None = None
    time_zone: str | None = None
