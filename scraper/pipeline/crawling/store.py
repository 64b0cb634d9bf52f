"""Results into the archive: asks it what is known, lets `decide` decide, and writes, a transaction a batch."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import DueFeed, FeedPoll, PollOutcome, QueueItem
from scraper.archiver.records import KnownArticle
from scraper.errors import ItemError, LeftAloneError, PermanentError, Reason, ScraperError
from scraper.pipeline.crawling import revisits
from scraper.pipeline.crawling.decide import change_between, completed, is_truncated, next_try, returned_to
from scraper.pipeline.crawling.outcomes import (
    SKIPPED,
    Extracted,
    FeedOutcome,
    Happening,
    Outcome,
    PageOutcome,
    RunCount,
    SideRequest,
    not_carried,
)
from scraper.pipeline.crawling.schedule import spread
from scraper.records import Article, NotModified, Page
from scraper.settings import Config

_BUSY: Final = timedelta(minutes=10)
"""For so long a host is left alone that others keep busy."""


class Recorder:
    """Writes what the visits of one run brought."""

    def __init__(self, archive: Archive, run_id: int, config: Config, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._run_id = run_id
        self._config = config
        self._clock = clock
        self._names: dict[int, str | None] = {}

    def store(self, outcomes: Sequence[Outcome]) -> list[Happening]:
        """Write `outcomes` in one transaction and say what they came to.

        If one of them cannot be stored for a reason nobody foresaw, the others are, each by itself, and that one is
        kept as a failure. Raises ArchiveError where the archive itself is in trouble.
        """
        if not outcomes:
            return []
        try:
            with self._archive.transaction():
                return [happening for outcome in outcomes for happening in self._tell(outcome)]
        except ScraperError:
            raise
        except Exception:  # noqa: BLE001 - nothing is swallowed: what fails again alone is recorded as a failure
            return [happening for outcome in outcomes for happening in self._store_alone(outcome)]

    def _store_alone(self, outcome: Outcome) -> list[Happening]:
        try:
            with self._archive.transaction():
                return list(self._tell(outcome))
        except ScraperError:
            raise
        except Exception as fault:  # noqa: BLE001 - becomes a failure record with the fault's own words
            with self._archive.transaction():
                return list(self._tell(_unstorable(outcome, fault)))

    def _tell(self, outcome: Outcome) -> Iterator[Happening]:
        """Record an outcome, and say what it came to and what it took."""
        answer = _answer_of(outcome)
        for happening in self._record(outcome):
            yield replace(
                happening,
                feed=self._feed_name(outcome),
                run_id=self._run_id,
                seconds=answer.elapsed_seconds if answer else None,
                wire_bytes=answer.wire_bytes if isinstance(answer, Page) else None,
            )

    def _feed_name(self, outcome: Outcome) -> str | None:
        if isinstance(outcome, FeedOutcome):
            self._names[outcome.feed.id] = outcome.feed.name
            return outcome.feed.name
        feed_id = outcome.item.feed_id
        if feed_id is not None and feed_id not in self._names:
            self._names[feed_id] = self._archive.feed_name(feed_id)
        return None if feed_id is None else self._names[feed_id]

    def _record(self, outcome: Outcome) -> Iterator[Happening]:
        if isinstance(outcome, FeedOutcome):
            yield from self._record_poll(outcome)
        elif outcome.not_modified is not None:
            yield self._record_sameness(outcome.item, outcome.not_modified)
        elif outcome.extracted is not None:
            yield self._record_visit(outcome.item, outcome.extracted)
        elif isinstance(outcome.error, LeftAloneError):
            self._leave_alone(outcome.item, outcome.error)
        elif outcome.error is not None and outcome.error.reason is not Reason.INTERRUPTED:
            yield self._record_failure(outcome, outcome.error)

    def _record_poll(self, outcome: FeedOutcome) -> Iterator[Happening]:
        poll, feed = outcome.poll, outcome.feed
        if poll.error is not None and poll.error.reason is Reason.INTERRUPTED:
            return  # we hung up, not the server: the next run asks as if this one had not
        if isinstance(poll.error, LeftAloneError):
            self._leave_alone(feed, poll.error)
            return
        result = self._archive.save_poll(self._run_id, feed.id, poll)
        if poll.error is not None:
            yield _failed(RunCount.FEEDS_FAILED, poll.error, result.notes)
            return
        changed = poll.outcome is PollOutcome.OK
        counts_as = RunCount.FEEDS_CHANGED if changed else RunCount.FEEDS_UNCHANGED
        problems = "; ".join((*result.notes, *(poll.feed.problems if poll.feed else ())))
        yield Happening(counts_as=counts_as, url=feed.url, title=feed.name, message=problems or None)
        for _ in range(result.new_entries):
            yield Happening(counts_as=RunCount.ENTRIES_NEW, url=feed.url)
        for extracted in outcome.carried:
            if self._archive.deleted(extracted.page.url):
                continue
            item = self._archive.enqueue(extracted.page.url, self._clock(), feed.id)
            yield self.record_article(item, extracted)
        for entry, error in outcome.not_carried:
            yield not_carried(entry, error)

    def _leave_alone(self, unit: DueFeed | QueueItem, error: LeftAloneError) -> None:
        self._archive.put_off(unit, error.not_before or self._clock() + _BUSY)

    def log_requests(self, requests: Sequence[SideRequest]) -> None:
        """Log what was asked for beside feeds and pages."""
        if requests:
            with self._archive.transaction():
                for request in requests:
                    self._archive.save_fetch(self._run_id, request.kind, request.answer, request.at)

    def _record_visit(self, item: QueueItem, extracted: Extracted) -> Happening:
        happening = self.record_article(item, extracted)
        if happening.reason is None:
            plan = revisits.plan(extracted.article, item, extracted.page, self._config.crawl, chance=spread(item.url))
            self._archive.plan_revisit(item, plan)
        return happening

    def _record_sameness(self, item: QueueItem, answer: NotModified) -> Happening:
        """A page that says it is as it was: only when it is looked at next is news."""
        assert item.article_id is not None
        self._archive.save_not_modified(self._run_id, item, answer, item.article_id)
        plan = revisits.plan_after(answer, item, self._config.crawl, chance=spread(item.url))
        self._archive.plan_revisit(item, plan)
        return Happening(counts_as=RunCount.ARTICLES_UNCHANGED, url=item.url)

    def record_article(self, item: QueueItem, extracted: Extracted) -> Happening:
        """Store one article and say whether it was new, changed or the same."""
        page, article = extracted.page, extracted.article
        guid = item.entry.guid if item.entry else None
        known = self._archive.find(article, feed_id=item.feed_id, guid=guid, urls=(item.url, page.final_url))
        if known is None and (deleted := self._archive.deleted(article.url, page.final_url)):
            return self._refuse(item, PermanentError(Reason.DELETED, f"{deleted} was deleted", url=item.url))
        change = None
        if known is not None:
            article = completed(known, article)
            if is_truncated(known, article):
                return self._refuse(item, _suspect(known, article, item.url), page)
            change = change_between(known, article)
        self._archive.save_article(self._run_id, item, page, article, known=known, change=change)
        is_news = known is None or change is not None
        self._archive.save_further_pages(self._run_id, item, extracted.further, keep=is_news)
        if known is not None and change is None:
            shown = returned_to(known, article) or known.version_count
            self._archive.note_shown(known, shown, page.fetched_at)
        seen_again = RunCount.ARTICLES_CHANGED if change else RunCount.ARTICLES_UNCHANGED
        counts_as = RunCount.ARTICLES_NEW if known is None else seen_again
        return Happening(counts_as=counts_as, url=article.url, title=article.title)

    def _refuse(self, item: QueueItem, error: PermanentError, page: Page | None = None) -> Happening:
        """Keep what came out of the article's place; what the archive has stays as it is."""
        return self._record_failure(PageOutcome(item=item, page=page), error)

    def _record_failure(self, outcome: PageOutcome, error: ItemError) -> Happening:
        now = self._clock()
        again = self._next_try(outcome.item, error, now)
        self._archive.save_failure(self._run_id, outcome.item, error, at=now, next_try_at=again, page=outcome.page)
        return _failed(RunCount.PAGES_SKIPPED if error.reason in SKIPPED else RunCount.PAGES_FAILED, error)

    def _next_try(self, item: QueueItem, error: ItemError, now: datetime) -> datetime | None:
        """A page that is archived already is tried again soon where that can help, else when it would be looked at."""
        again = next_try(error, item.tries + 1, now, self._config.crawl.max_page_tries)
        if item.article_id is None:
            return again
        plan = revisits.plan_after(now, item, self._config.crawl, chance=spread(item.url))
        return min((at for at in (again, plan and plan.at) if at), default=None)


def _answer_of(outcome: Outcome) -> Page | NotModified | None:
    if isinstance(outcome, FeedOutcome):
        return outcome.poll.response
    extracted = outcome.extracted.page if outcome.extracted else None
    return extracted or outcome.not_modified or outcome.page


def _unstorable(outcome: Outcome, fault: Exception) -> Outcome:
    """`outcome` as a failure: nothing but its address and the fault's words."""
    url = outcome.item.url if isinstance(outcome, PageOutcome) else outcome.feed.url
    error = PermanentError(Reason.INTERNAL, f"could not be stored: {type(fault).__name__}: {fault}", url=url)
    if isinstance(outcome, PageOutcome):
        return PageOutcome(item=outcome.item, error=error)
    poll = FeedPoll(
        outcome=PollOutcome.FAILED,
        fetched_at=outcome.poll.fetched_at,
        next_check_at=outcome.poll.next_check_at,
        error=error,
    )
    return FeedOutcome(feed=outcome.feed, poll=poll)


def _suspect(known: KnownArticle, article: Article, url: str) -> PermanentError:
    message = (
        f"the page has {article.word_count} of the {known.word_count} words archived: taken for a wall or a broken"
        " page, and the archived text stays"
    )
    return PermanentError(Reason.SUSPECT, message, url=url)


def _failed(counts_as: RunCount, error: ItemError, notes: Sequence[str] = ()) -> Happening:
    return Happening(counts_as=counts_as, url=error.url, reason=error.reason, message="; ".join((str(error), *notes)))
