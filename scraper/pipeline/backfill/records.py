"""What a backfill is told, and what it tells: records without behaviour beyond their own meaning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from scraper.archiver.crawl_records import SitemapState
from scraper.pipeline.crawling.outcomes import RunReport
from scraper.records import FeedEntry


class Method(StrEnum):
    """Where the past is read from, the best first: what gives exact facts and needs few requests."""

    REST = "rest"
    RFC5005 = "rfc5005"
    PAGED = "paged"
    SITEMAP = "sitemap"
    MONTHS = "months"
    PAGES = "pages"
    CDX = "cdx"


CARRYING = frozenset((Method.REST, Method.RFC5005, Method.PAGED))
"""Those that may bring the text of articles too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time asked for: from `since` on, before `until`. None: without an end."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def scope(self) -> str:
        """The same in one word, under which progress is kept."""
        if self.since is None and self.until is None:
            return ""
        ends = (f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else "" for at in (self.since, self.until))
        return "..".join(ends)

    def holds(self, entry: FeedEntry) -> bool:
        """Whether the entry is of that time, as far as is known; of what states no time that is not asked."""
        stamp = entry.published or entry.updated
        if stamp is None:
            return True
        return (self.since is None or stamp.at >= self.since) and (self.until is None or stamp.at < self.until)

    def is_before(self, entries: Sequence[FeedEntry]) -> bool:
        """Whether all of `entries` came out before it begins."""
        stamps = [entry.published for entry in entries if entry.published is not None]
        since = self.since
        return since is not None and bool(stamps) and all(stamp.at < since for stamp in stamps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user asked for. `fetch_pages` None: as the feed's settings say; `cdx` is the text of such a list."""

    window: Window = field(default_factory=Window)
    limit: int | None = None
    method: Method | None = None
    fetch_pages: bool | None = None
    cdx: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one step read. `here` leads to this step again and `onward` to the one after it, both in the method's own
    terms; `total` posts in all and `left` more requests, where that is known."""

    entries: tuple[FeedEntry, ...] = ()
    here: str | None = None
    onward: str | None = None
    total: int | None = None
    left: int | None = None
    state: SitemapState | None = None
    problems: tuple[str, ...] = ()


class Walk(Protocol):
    """One way into the past. `descending`: newest first. So many steps in a row end it: `patience` of those in which
    nothing stands that an earlier one did not have; `calm`, once it came to its end, of those without news.
    """

    method: Method
    descending: bool
    patience: int
    calm: int

    def portions(self, position: str | None) -> Iterator[Portion]:
        """From `position` on, or from the newest. Raises an ItemError where it cannot go on."""
        ...


@dataclass(slots=True, kw_only=True)
class BackfillReport:
    """What a backfill came to, or came to so far; `total` addresses and `left` more requests, where that is known.

    `misses` are the ways that were tried in vain, `trouble` is what ended the walk early.
    """

    method: Method | None = None
    requests: int = 0
    listed: int = 0
    new: int = 0
    total: int | None = None
    left: int | None = None
    is_complete: bool = False
    misses: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    trouble: str | None = None
    run: RunReport = field(default_factory=RunReport)

    def ending(self) -> str:
        """How the run ended, in a word."""
        return "failed" if self.trouble and not self.run.stopped else self.run.ending()
