"""What a visit brought, and what a run came to: records between the threads that fetch and the one that writes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scraper.archiver.crawl_records import DueFeed, FeedPoll, QueueItem
from scraper.archiver.records import FetchKind
from scraper.errors import ItemError, PermanentError, Reason
from scraper.records import Article, FeedEntry, NotModified, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A page and the article it holds; `further` are more pages of the same article, in their order."""

    page: Page
    article: Article
    further: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOutcome:
    """One poll of a feed. Where its pages stay unvisited, `carried` are articles made of its entries themselves, and
    `not_carried` says why none could be made of others."""

    feed: DueFeed
    poll: FeedPoll
    carried: tuple[Extracted, ...] = ()
    not_carried: tuple[tuple[FeedEntry, ItemError], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOutcome:
    """One visit of a page: an article, that nothing changed, or an error, with the page where there was one."""

    item: QueueItem
    extracted: Extracted | None = None
    error: ItemError | None = None
    page: Page | None = None
    not_modified: NotModified | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRequest:
    """A request that was neither for a feed nor for an article: robots.txt, what a site says of itself."""

    kind: FetchKind
    answer: Page | NotModified | ItemError
    at: datetime


Outcome = FeedOutcome | PageOutcome

# A page of these is no fault of anybody: it was looked at, and there is nothing for us in it.
SKIPPED = frozenset(
    {
        Reason.ROBOTS,
        Reason.NOT_ARTICLE,
        Reason.NOT_HTML,
        Reason.PROTECTED,
        Reason.SUSPECT,
        Reason.DELETED,
        Reason.PAYWALL,
        Reason.LOGIN_WALL,
    }
)


class RunCount(StrEnum):
    """What a run counts; of each thing that happens, what it counts as."""

    FEEDS_CHANGED = "feeds_changed"
    FEEDS_UNCHANGED = "feeds_unchanged"
    FEEDS_FAILED = "feeds_failed"
    ENTRIES_NEW = "entries_new"
    ARTICLES_NEW = "articles_new"
    ARTICLES_CHANGED = "articles_changed"
    ARTICLES_UNCHANGED = "articles_unchanged"
    PAGES_SKIPPED = "pages_skipped"
    PAGES_FAILED = "pages_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing worth telling while a run goes on; `reason` and `message` say what went wrong, if anything.

    A message without a reason is about a feed that was read all the same, such as an entry without an address.
    `feed` is the name of the feed it belongs to; `seconds` and `wire_bytes` are what the answer took, where one came.
    """

    counts_as: RunCount
    url: str
    title: str | None = None
    reason: Reason | None = None
    message: str | None = None
    feed: str | None = None
    run_id: int | None = None
    seconds: float | None = None
    wire_bytes: int | None = None


def textless(url: str) -> PermanentError:
    """Why an entry brought nothing of which only what is carried of it is archived."""
    why = "what the feed carries of it has no text, and its page is not visited"
    return PermanentError(Reason.NO_TEXT, why, url=url)


def not_carried(entry: FeedEntry, error: ItemError) -> Happening:
    """That an entry brought nothing. That there is no text in it is no fault of anybody."""
    counts_as = RunCount.PAGES_SKIPPED if error.reason is Reason.NO_TEXT else RunCount.PAGES_FAILED
    return Happening(counts_as=counts_as, url=error.url, title=entry.title, reason=error.reason, message=str(error))


@dataclass(slots=True)
class RunReport:
    """What a run came to; `stopped` before its work was done (a signal, a time limit). `warnings` are what went wrong
    beside it: nobody could be told, no figures could be written.
    """

    counts: Counter[RunCount] = field(default_factory=Counter)
    stopped: bool = False
    warnings: list[str] = field(default_factory=list)

    def exit_code(self, failure_share: float) -> int:
        """0 all well · 1 more failures than the share allows · 3 every source failed."""
        sources = [self.counts[t] for t in (RunCount.FEEDS_CHANGED, RunCount.FEEDS_UNCHANGED, RunCount.FEEDS_FAILED)]
        if sources[2] and not any(sources[:2]):
            return 3
        failed = self.counts[RunCount.FEEDS_FAILED] + self.counts[RunCount.PAGES_FAILED]
        done = sum(self.counts.values()) - self.counts[RunCount.ENTRIES_NEW]
        return 1 if failed and failed > failure_share * done else 0

    def ending(self) -> str:
        """How a run ended that nothing broke off, in a word."""
        return "stopped" if self.stopped else "finished"

    def as_counts(self) -> Mapping[str, int]:
        return {count.value: self.counts[count] for count in RunCount}
