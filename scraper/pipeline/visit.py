"""One visit to the network and what is made of the answer: a feed polled, a page fetched and extracted.

Runs in many threads at once; writes nothing. What goes wrong with one address becomes a record, not an exception.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

from scraper.archiver.crawl_records import DueFeed, FeedPoll, PollOutcome, QueueItem
from scraper.crawler.feeds.parsing import parse_feed
from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.pipeline.decide import next_poll
from scraper.pipeline.extraction import article_of, article_of_entry
from scraper.pipeline.network import Network
from scraper.pipeline.outcomes import Extracted, FeedOutcome, PageOutcome
from scraper.records import Feed, NotModified, Page
from scraper.settings import Config

Clock = Callable[[], datetime]


class Visitor:
    """Polls feeds and visits pages for one run. Safe to share between threads."""

    def __init__(self, network: Network, config: Config, clock: Clock) -> None:
        self._network = network
        self._config = config
        self._clock = clock

    def abort(self) -> None:
        """Make requests under way fail at once, and later ones before they start."""
        self._network.abort()

    def poll(self, feed: DueFeed) -> FeedOutcome:
        """Ask a feed for news. A body seen before ends the work before it is parsed."""
        try:
            answer = self._network.get_feed(feed.url, feed.validators)
            parsed = self._parsed(feed, answer)
        except ItemError as error:
            return FeedOutcome(feed=feed, poll=self._failed_poll(feed, error))
        except Exception as fault:  # noqa: BLE001 - one hostile feed must not end the run; it is recorded with its words
            return FeedOutcome(feed=feed, poll=self._failed_poll(feed, _internal(feed.url, fault)))
        outcome = PollOutcome.OK if parsed else PollOutcome.UNCHANGED
        if isinstance(answer, NotModified):
            outcome = PollOutcome.NOT_MODIFIED
        poll = FeedPoll(
            outcome=outcome,
            fetched_at=answer.fetched_at,
            next_check_at=next_poll(answer.fetched_at, self._interval(feed), 0, None),
            response=answer,
            feed=parsed,
            fetch_pages=feed.fetch_pages,
        )
        return FeedOutcome(feed=feed, poll=poll, carried=self._carried(feed, parsed, answer))

    def visit(self, item: QueueItem, *, ask_robots: bool = True) -> PageOutcome:
        """Fetch a page and extract its article."""
        page: Page | None = None
        try:
            page = self._network.get_page(item.url, ask_robots=ask_robots)
            extracted = Extracted(page=page, article=article_of(page, self._config.sites, item.entry))
        except ItemError as error:
            return PageOutcome(item=item, error=error, page=page)
        except Exception as fault:  # noqa: BLE001 - one hostile page must not end the run; it is recorded with its words
            return PageOutcome(item=item, error=_internal(item.url, fault), page=page)
        return PageOutcome(item=item, extracted=extracted)

    def _parsed(self, feed: DueFeed, answer: Page | NotModified) -> Feed | None:
        if isinstance(answer, NotModified) or hashlib.sha256(answer.body).hexdigest() == feed.body_hash:
            return None
        return self._network.in_site_zone(parse_feed(answer, max_entries=self._config.crawl.max_entries), answer)

    def _carried(self, feed: DueFeed, parsed: Feed | None, answer: Page | NotModified) -> tuple[Extracted, ...]:
        if parsed is None or feed.fetch_pages:
            return ()
        made = (article_of_entry(entry, answer.fetched_at) for entry in parsed.entries)
        return tuple(extracted for extracted in made if extracted is not None)

    def _failed_poll(self, feed: DueFeed, error: ItemError) -> FeedPoll:
        now = self._clock()
        wished = error.not_before if isinstance(error, TransientError) else None
        again = next_poll(now, self._interval(feed), feed.failures_in_a_row + 1, wished)
        return FeedPoll(outcome=PollOutcome.FAILED, fetched_at=now, next_check_at=again, error=error)

    def _interval(self, feed: DueFeed) -> float:
        own = feed.interval_seconds
        return self._config.crawl.feed_interval_seconds if own is None else own


def _internal(url: str, fault: Exception) -> PermanentError:
    return PermanentError(Reason.INTERNAL, f"{type(fault).__name__}: {fault}", url=url)
