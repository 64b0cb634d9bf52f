"""The archive, as its users see it: open it, read it, and (one at a time) write to it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Unpack

from scraper.archiver.articles import versions
from scraper.archiver.articles.reading import Filters, Selection
from scraper.archiver.articles.writing import Update, Visit
from scraper.archiver.care import tombstones
from scraper.archiver.care.deletion import Deleter, Deletion
from scraper.archiver.care.retention import PageRetention, drop_some_pages
from scraper.archiver.crawl_records import (
    BackfillState,
    DomainState,
    DueFeed,
    FeedPoll,
    HostState,
    PastPortion,
    PollResult,
    QueueItem,
    Revisit,
    SitemapState,
)
from scraper.archiver.crawling import backfills, feeds, fetches, hosts, polls, queue, runs
from scraper.archiver.intake import ArchiveIntake
from scraper.archiver.records import FetchKind, KnownArticle
from scraper.archiver.watch import notices
from scraper.archiver.watch.notices import Notice
from scraper.errors import ItemError, PermanentError, Reason
from scraper.records import Article, ChangeKind, FeedEntry, NotModified, Page
from scraper.settings import ArchiveSettings, FeedSettings
from scraper.urls import canonicalize


class Archive(ArchiveIntake):
    """A permanent, deduplicated archive of articles in one SQLite file.

    Any number may read while one writes; an Archive is not for sharing between threads. Every method that writes is
    one transaction, or part of the one opened by :meth:`transaction`. All raise ArchiveError where the file cannot
    be opened, read or written, with what to do.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Make everything written inside the block one transaction: all of it, or after an exception none."""
        return self._database.transaction()

    def start_run(self, started_at: datetime, scraper_version: str, command: str) -> int:
        """Note that a run begins; its id, to be handed to everything it saves."""
        return runs.start(self._database, started_at, scraper_version, command)

    def finish_run(self, run_id: int, finished_at: datetime, outcome: str, counts: Mapping[str, int]) -> None:
        """Note how a run ended, in one word, and what it did, by name."""
        runs.finish(self._database, run_id, finished_at, outcome, counts)

    def sync_feeds(self, settings: Sequence[FeedSettings], now: datetime) -> None:
        """Take over the feeds of the configuration; those missing from it stay, as unsubscribed."""
        feeds.sync(self._database, settings, now)

    def due_feeds(self, now: datetime, *, everyone: bool = False) -> tuple[DueFeed, ...]:
        """The subscribed feeds whose time has come, longest due first; with `everyone` the others too."""
        return feeds.due(self._database, now, everyone=everyone)

    def save_poll(self, run_id: int | None, feed_id: int, poll: FeedPoll) -> PollResult:
        """Commit what asking a feed brought: its entries, new queue items, and together with them its validators."""
        return polls.save_poll(self._database, run_id, feed_id, poll)

    def due_items(
        self,
        now: datetime,
        *,
        hosts_busy: Collection[str] = (),
        most_hosts: int = 1_000,
        limit: int = 1_000,
        feed_id: int | None = None,
    ) -> tuple[QueueItem, ...]:
        """URLs whose time has come, host by host, none of one in `hosts_busy`; of a feed the new ones only."""
        return queue.due(
            self._database, now, hosts_busy=hosts_busy, most_hosts=most_hosts, limit=limit, feed_id=feed_id
        )

    def past_source(self, url: str, name: str, now: datetime) -> int:
        """The id under which the past of `url` is kept: that of its feed, or of a site that nobody subscribed to."""
        return backfills.source(self._database, url, name, now)

    def past(self, feed_id: int, scope: str, method: str | None = None) -> BackfillState | None:
        """How far the past was brought by `method`, or by the one that was last at work; None: there was none."""
        return backfills.latest(self._database, feed_id, scope, method)

    def unknown_entries(self, feed_id: int, entries: Sequence[FeedEntry]) -> tuple[FeedEntry, ...]:
        """Those of `entries` that lead to what is neither archived, waiting, done with nor deleted; each once."""
        return backfills.unknown(self._database, feed_id, entries)

    def save_past(
        self, feed_id: int, entries: Sequence[FeedEntry], portion: PastPortion, *, fetch_pages: bool
    ) -> PollResult:
        """Take up entries of the past, and note together with that how far the backfill has come."""
        return backfills.save_portion(self._database, feed_id, entries, portion, fetch_pages=fetch_pages)

    def sitemaps_read(self, feed_id: int) -> tuple[SitemapState, ...]:
        """The sitemaps of an index that were read for a feed or a site."""
        return backfills.sitemaps(self._database, feed_id)

    def enqueue(self, url: str, now: datetime, feed_id: int | None = None) -> QueueItem:
        """The queue item for `url`, due now, new or not. Raises InvalidUrlError where it is no URL to be fetched."""
        return queue.enqueue(self._database, url, now, feed_id)

    def save_article(
        self,
        run_id: int | None,
        item: QueueItem,
        page: Page,
        article: Article,
        *,
        known: KnownArticle | None = None,
        change: ChangeKind | None = None,
    ) -> int:
        """Store what a visit brought; the article's id.

        `known` None: a new article. `change` None: no new version, so only counts, links, aliases and feed
        membership are stored. In each case the queue item is done, and the page's validators are kept with it.
        Raises PermanentError where the article was deleted on purpose.
        """
        if known is None and (deleted := self.deleted(article.url)):
            raise PermanentError(Reason.DELETED, f"{deleted} was deleted, and is not to come back", url=item.url)
        visit = Visit(run_id=run_id, item=item, page=page, article=article)
        with self._database.transaction():
            return self._articles.save(visit, None if known is None else Update(known=known, change=change))

    def save_further_pages(self, run_id: int | None, item: QueueItem, pages: Sequence[Page], *, keep: bool) -> None:
        """Log the requests for an article's pages after the first, and keep these where `keep` says so."""
        with self._database.transaction():
            for page in pages:
                request = fetches.of_page(run_id, item, page.url)
                kept = self._pages.save(page) if keep else None
                fetches.log_answer(self._database, request, page, page_id=kept)

    def note_shown(self, known: KnownArticle, number: int, seen_at: datetime) -> None:
        """Note which version the page of an article showed; nothing is written where it is that of the last sight."""
        if number != known.shown_version:
            with self._database.transaction():
                versions.note_shown(self._database, known.id, number, seen_at)

    def save_not_modified(self, run_id: int | None, item: QueueItem, answer: NotModified, article_id: int) -> None:
        """Note that a page is as it was: the queue item is done."""
        request = fetches.of_page(run_id, item, answer.url)
        with self._database.transaction():
            fetches.log_answer(self._database, request, answer)
            queue.finish(self._database, item, article_id, answer.validators, answer.fetched_at, whole=False)

    def plan_revisit(self, item: QueueItem, plan: Revisit | None) -> None:
        """Note when an archived page is looked at again; None: not any more."""
        with self._database.transaction():
            queue.revisit(self._database, item, plan)

    def save_failure(
        self,
        run_id: int | None,
        item: QueueItem,
        error: ItemError,
        *,
        at: datetime,
        next_try_at: datetime | None,
        page: Page | None = None,
    ) -> None:
        """Note that a page could not be had; `next_try_at` None gives it up. A `page` given is kept."""
        request = fetches.of_page(run_id, item, item.url)
        with self._database.transaction():
            page_id = None if page is None else self._pages.save(page)
            failure = fetches.Failure(error=error, at=at, next_try_at=next_try_at, page=page, page_id=page_id)
            fetches.log_failure(self._database, request, failure)
            queue.put_off(self._database, item, next_try_at, at)

    def put_off(self, unit: DueFeed | QueueItem, until: datetime) -> None:
        """Ask for a feed or page no sooner than `until`: its host is to be left alone. That counts as no failure."""
        with self._database.transaction():
            if isinstance(unit, DueFeed):
                polls.postpone(self._database, unit.id, until)
            else:
                queue.postpone(self._database, unit, until)

    def save_fetch(
        self, run_id: int | None, kind: FetchKind, answer: Page | NotModified | ItemError, at: datetime
    ) -> None:
        """Log a request that was neither for a feed nor for an article: robots.txt, a sitemap."""
        with self._database.transaction():
            fetches.log_aside(self._database, fetches.Request(run_id=run_id, kind=kind, url=answer.url), answer, at)

    def delete(
        self,
        urls: Sequence[str] = (),
        *,
        now: datetime,
        reason: str | None = None,
        dry_run: bool = False,
        **filters: Unpack[Filters],
    ) -> Deletion:
        """Delete articles for good: those that `urls` lead to, and where there are none all that `filters` select.

        Nothing of them stays but tombstones: no feed, link or import brings them back. With `dry_run` nothing is
        deleted, and :attr:`Deletion.doomed` says what would be. Raises InvalidUrlError for what is no URL, ValueError
        where nothing was chosen, which is not to mean everything.
        """
        deleter = Deleter(self._database, self._pages, now, reason)
        return deleter.run(urls, Selection(**filters), dry_run=dry_run)

    def undelete(self, url: str) -> int:
        """Let what was deleted at `url` be archived again; how many addresses may lead to it again."""
        with self._database.transaction():
            return tombstones.remove(self._database, canonicalize(url))

    def drop_pages(self, settings: ArchiveSettings, now: datetime, *, changed_since: datetime) -> int:
        """Drop a few hundred of the raw pages that `settings` let go, at a cost that does not grow; how many went.

        `scraper db vacuum` drops all of them; old versions only of articles that changed since then are looked for.
        """
        retention = PageRetention(versions=settings.keep_page_versions, days=settings.keep_page_days)
        return drop_some_pages(self._database, retention, now, changed_since=changed_since).pages

    def update_notices(self, now: datetime, *, sites: Iterable[str]) -> None:
        """Note which alarms began and ended; of sites are looked at those given, and those that had one."""
        looked_at = {*sites, *notices.open_drifts(self._database)}
        notices.update(self._database, now, self.alarms(now, sites=looked_at))

    def settle_notices(self, told: Sequence[Notice], now: datetime, trouble: str | None) -> None:
        """Note that people were told, or why that failed."""
        notices.settle(self._database, told, now, trouble)

    def save_hosts(self, states: Iterable[HostState], domains: Iterable[DomainState] = ()) -> None:
        """Remember what must outlive the run to treat hosts, and `domains` of them, well."""
        with self._database.transaction():
            hosts.save(self._database, states)
            hosts.save_domains(self._database, domains)
