"""One visit to the network and what is made of the answer: a feed polled, a page fetched and extracted.

Runs in many threads at once; writes nothing. What goes wrong with one address becomes a record, not an exception.
"""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Self, TypeVar

from scraper.archiver.crawl_records import DueFeed, FeedPoll, PollOutcome, QueueItem, SitemapState
from scraper.crawler import walls
from scraper.crawler.feeds.parsing import parse_feed
from scraper.crawler.http.freshness import fresh_for
from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.pipeline.crawling import revisits, sources
from scraper.pipeline.crawling.outcomes import Extracted, FeedOutcome, PageOutcome, SideRequest, textless
from scraper.pipeline.crawling.schedule import Bounds, NextPoll, Standing, next_poll, points_of, spread
from scraper.pipeline.network import Network
from scraper.pipeline.pages.extraction import article_of_entry
from scraper.pipeline.pages.extraction_pool import ExtractionPool, processes_for
from scraper.pipeline.pages.further_pages import Ways, whole_article
from scraper.records import Feed, FeedEntry, NotModified, Page, Validators
from scraper.settings import Config

Clock = Callable[[], datetime]
Result = TypeVar("Result")

LARGE_BYTES = 1_500_000
"""Beyond it an answer is large, and read in the one thread for those: memory for one is enough, however many hosts send
them. A lock would not do, as each thread keeps what it once had. Measured with six pages of 2 MB from six hosts:
1,040 MB without, 1,029 with a lock, 361 so. Of 1,900 pages of newspapers one in a hundred has more than 1.4 MB."""


class Visitor:
    """Polls feeds and visits pages for one run. Safe to share between threads."""

    def __init__(self, network: Network, config: Config, clock: Clock, *, processes: int | None = None) -> None:
        """`processes` that extract pages, in place of those the settings name."""
        self._network = network
        self._config = config
        self._clock = clock
        self._large = ThreadPoolExecutor(1, thread_name_prefix="large")
        self._pages = ExtractionPool(
            config.sites,
            processes_for(config.crawl) if processes is None else processes,
            seconds=config.crawl.extraction_seconds,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        """End the threads and processes that read pages."""
        self._large.shutdown()
        self._pages.close()

    def abort(self) -> None:
        """Make requests under way fail at once, later ones before they start, and extractions within seconds."""
        self._network.abort()
        self._pages.abort()

    def side_requests(self) -> list[SideRequest]:
        """What was asked for beside feeds and pages since the last time, to be logged."""
        return self._network.side_requests()

    def poll(self, feed: DueFeed) -> FeedOutcome:
        """Ask a feed for news. A body seen before ends the work before it is parsed."""
        asked = self._validators(feed)
        try:
            answer = self._network.get_feed(feed.url, asked)
            parsed, sitemaps = self._read(answer, lambda: self._news(feed, answer))
        except ItemError as error:
            return FeedOutcome(feed=feed, poll=self._failed_poll(feed, error))
        except Exception as fault:  # noqa: BLE001 - one hostile feed must not end the run; it is recorded with its words
            return FeedOutcome(feed=feed, poll=self._failed_poll(feed, _internal(feed.url, fault)))
        outcome = PollOutcome.OK if parsed else PollOutcome.UNCHANGED
        if isinstance(answer, NotModified):
            outcome = PollOutcome.NOT_MODIFIED
        due = self._next_poll(feed, answer, parsed)
        poll = FeedPoll(
            outcome=outcome,
            fetched_at=answer.fetched_at,
            next_check_at=due.at,
            because=due.because,
            response=answer,
            feed=parsed,
            fetch_pages=feed.fetch_pages,
            conditional=asked is not None,
            robots_asked=self._config.crawl.robots_for_feeds,
            sitemaps=sitemaps,
        )
        if parsed is None or feed.fetch_pages or isinstance(answer, NotModified):
            return FeedOutcome(feed=feed, poll=poll)
        addressed = [entry for entry in parsed.entries if entry.url is not None]
        made = list(zip(addressed, self._carried(addressed, answer), strict=True))
        return FeedOutcome(
            feed=feed,
            poll=poll,
            carried=tuple(one for _, one in made if isinstance(one, Extracted)),
            not_carried=tuple((entry, one) for entry, one in made if isinstance(one, ItemError)),
        )

    def visit(self, item: QueueItem, *, ask_robots: bool = True) -> PageOutcome:
        """Fetch a page and extract its article; of one that is archived ask first whether it changed."""
        page: Page | None = None
        item = replace(item, robots_asked=ask_robots and self._network.obeys_robots(item.url))
        try:
            whole = revisits.wants_whole(item, self._clock(), self._config.crawl)
            answer = self._network.get_again(item.url, None if whole else item.validators, ask_robots=ask_robots)
            if isinstance(answer, NotModified):
                return PageOutcome(item=item, not_modified=answer)
            page = answer
            first = self._read(page, lambda: self._pages.read(page, item.entry))
            joined = whole_article(page, first, self._ways(ask_robots=ask_robots))
            extracted = Extracted(page=page, article=joined.article, further=joined.further)
        except ItemError as error:
            return PageOutcome(item=item, error=error, page=page)
        except Exception as fault:  # noqa: BLE001 - one hostile page must not end the run; it is recorded with its words
            return PageOutcome(item=item, error=_internal(item.url, fault), page=page)
        return PageOutcome(item=item, extracted=extracted)

    def run(self, page: Page, work: Callable[[], Result]) -> Result:
        """What `work` makes of a page, in a process where there are any. Of large pages one is read at a time.

        Raises as :meth:`ExtractionPool.run` does.
        """
        return self._read(page, lambda: self._pages.run(page, work))

    def _ways(self, *, ask_robots: bool) -> Ways:
        return Ways(
            network=self._network,
            rules=self._config.sites,
            max_pages=self._config.crawl.max_article_pages,
            ask_robots=ask_robots,
            run=self.run,
        )

    def _read(self, answer: Page | NotModified, work: Callable[[], Result]) -> Result:
        if isinstance(answer, Page) and len(answer.body) > LARGE_BYTES:
            return self._large.submit(work).result()
        return work()

    def _validators(self, feed: DueFeed) -> Validators | None:
        """What to ask a feed with: nothing where its "not modified" is not believed, or was not tested for long."""
        now, days = self._clock(), self._config.crawl.full_check_days
        if feed.sitemaps:
            return None  # an index that did not change says nothing of the sitemaps below it
        if feed.distrusted_until is not None and now < feed.distrusted_until:
            return None
        if days and feed.last_full_at is not None and now - feed.last_full_at >= timedelta(days=days):
            return None
        return feed.validators

    def _news(self, feed: DueFeed, answer: Page | NotModified) -> tuple[Feed | None, tuple[SitemapState, ...]]:
        """What the source says now (None: as last time), and of an index the sitemaps that were read for it."""
        if isinstance(answer, NotModified):
            return None, ()
        if hashlib.sha256(answer.body).hexdigest() == feed.body_hash and not feed.sitemaps:
            return None, ()
        most = self._config.crawl.max_entries
        if feed.kind == "sitemap":
            found, states = sources.read_sitemap(feed, answer, self._network.get_feed, max_entries=most)
            return (found if found.entries or not feed.sitemaps else None), states
        if feed.kind == "page":
            return self._pages.run(answer, partial(sources.read_page, feed, answer, max_entries=most)), ()
        return self._parsed(answer), ()

    def _parsed(self, answer: Page) -> Feed:
        most = self._config.crawl.max_entries
        try:
            parsed = self._pages.run(answer, partial(parse_feed, answer, max_entries=most))
        except PermanentError as error:
            if error.reason is Reason.NOT_A_FEED and walls.is_html(answer):
                raise walls.named(answer) or walls.error_of(Reason.HTML_NOT_FEED, answer.url) from error
            raise
        return self._network.in_site_zone(parsed, answer)

    def _carried(self, entries: Sequence[FeedEntry], answer: Page) -> list[Extracted | ItemError]:
        """The articles of what the feed carries of its entries, or why there are none."""
        if not entries:
            return []
        try:
            made = self._pages.run(answer, partial(_made_of, entries, answer.fetched_at))
        except ItemError as error:
            # One of them is at fault: alone, it is known which.
            if len(entries) > 1:
                return [found for entry in entries for found in self._carried((entry,), answer)]
            return [PermanentError(error.reason, str(error), url=entry.url or answer.url) for entry in entries]
        return [one or textless(entry.url or answer.url) for entry, one in zip(entries, made, strict=True)]

    def _next_poll(self, feed: DueFeed, answer: Page | NotModified, parsed: Feed | None) -> NextPoll:
        stated = (entry.published.at for entry in parsed.entries if entry.published) if parsed else ()
        standing = Standing(
            rhythm=(*feed.rhythm, *stated),
            hints=(parsed or feed).hints,
            fresh_seconds=fresh_for(answer),
            chance=spread(f"{feed.url} {answer.fetched_at:%Y-%m-%dT%H:%M}"),
        )
        return next_poll(answer.fetched_at, standing, Bounds.of(self._config.crawl, feed.interval_seconds))

    def _failed_poll(self, feed: DueFeed, error: ItemError) -> FeedPoll:
        now, points = self._clock(), points_of(error)
        standing = Standing(
            failures=feed.failures_in_a_row + 1,
            points=feed.failure_points + points,
            retired=error.reason is Reason.GONE,
            wished=error.not_before if isinstance(error, TransientError) else None,
            chance=spread(f"{feed.url} {now:%Y-%m-%dT%H:%M}"),
        )
        due = next_poll(now, standing, Bounds.of(self._config.crawl, feed.interval_seconds))
        return FeedPoll(
            outcome=PollOutcome.FAILED,
            fetched_at=now,
            next_check_at=due.at,
            because=due.because,
            error=error,
            failure_points=points,
            retired=standing.retired,
            robots_asked=self._config.crawl.robots_for_feeds,
        )


def _made_of(entries: Sequence[FeedEntry], fetched_at: datetime) -> list[Extracted | None]:
    return [article_of_entry(entry, fetched_at) for entry in entries]


def _internal(url: str, fault: Exception) -> PermanentError:
    return PermanentError(Reason.INTERNAL, f"{type(fault).__name__}: {fault}", url=url)
