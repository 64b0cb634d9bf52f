"""Pages extracted beside the threads that fetch: in processes of their own, once they wait for the processor.

The threads of a process share one core, and to extract a page takes ten times what it takes to fetch it. A run that
brings a few pages starts no process.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import Final, Self

from scraper.errors import ItemError, PermanentError, Reason
from scraper.extractor.profiles.matching import rules_of_host
from scraper.pipeline.bulk import MakeExecutor, process_pool, usable_cores
from scraper.pipeline.pages.extraction import FirstPage, article_of, first_page
from scraper.records import FeedEntry, Page
from scraper.rules.site_rules import SiteRule
from scraper.settings import CrawlSettings

MOST_BY_DEFAULT: Final = 4
"""Processes, where the settings name no number: two of them keep the one that fetches and stores busy."""

STARTS_AFTER: Final = 30
"""Pages of a run that are extracted where they were fetched: to start a process costs as much as so many pages."""

# So many pages at once are more than one core keeps up with.
_WAITING: Final = 3
# More pages than that for each process, and they do not keep up: then one thread here reads too. On two cores: 57 pages
# a second, and 48 where it only waits.
_BACKLOG: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A page to be read wherever there is room, with the few rules that can be for it."""

    page: Page
    entry: FeedEntry | None
    rules: tuple[SiteRule, ...]


Read = Callable[[Task], FirstPage | ItemError]


def read_task(task: Task) -> FirstPage | ItemError:
    """The article of a page, or why there is none."""
    try:
        return first_page(task.page, article_of(task.page, task.rules, task.entry), task.rules)
    except ItemError as error:
        return error
    except Exception as fault:  # noqa: BLE001 - one hostile page must not end the run; it is recorded with its words
        return PermanentError(Reason.INTERNAL, f"{type(fault).__name__}: {fault}", url=task.page.url)


def processes_for(settings: CrawlSettings) -> int:
    """How many processes the settings want: one less than the cores where they name no number, for one fetches."""
    if settings.extraction_processes is not None:
        return settings.extraction_processes
    return min(MOST_BY_DEFAULT, usable_cores() - 1)


class ExtractionPool:
    """Extracts pages. Safe for many threads, each of which waits for its own page; close it, or use it in a with."""

    def __init__(
        self,
        rules: Sequence[SiteRule],
        processes: int,
        *,
        starts_after: int = STARTS_AFTER,
        read: Read = read_task,
        make_pool: Callable[[int], MakeExecutor] = process_pool,
    ) -> None:
        self._rules = rules
        self._processes = processes
        self._starts_after = starts_after
        self._read = read
        self._make_pool = make_pool
        self._guard = Lock()
        self._alone_guard = Lock()
        self._pool: Executor | None = None
        self._seen = 0
        self._under_way = 0
        self._is_reading = False
        self._warming = Lock()
        self._is_warm = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        with self._guard:
            pool, self._pool, self._processes = self._pool, None, 0
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def read(self, page: Page, entry: FeedEntry | None = None) -> FirstPage:
        """The article on a page, with what its feed entry adds. Raises as :func:`article_of` does."""
        task = Task(page=page, entry=entry, rules=tuple(rules_of_host(page.final_url, self._rules)))
        pool = self._enter()
        try:
            result = self._here(task) if pool is None else self._beside(pool, task)
        finally:
            with self._guard:
                self._under_way -= 1
                self._is_reading = self._is_reading and pool is not None
        if isinstance(result, ItemError):
            raise result
        return result

    def _enter(self) -> Executor | None:
        """The processes, where there are any or it is time to start them."""
        with self._guard:
            self._seen += 1
            self._under_way += 1
            wanted = self._processes and self._seen > self._starts_after and self._under_way >= _WAITING
            if self._pool is None and wanted:
                self._pool = self._started(self._processes)
            if self._pool is not None and self._under_way > _BACKLOG * self._processes and not self._is_reading:
                self._is_reading = True
                return None
            return self._pool

    def _here(self, task: Task) -> FirstPage | ItemError:
        """Read in this thread. The first page alone: what is loaded for it, every thread would load for itself."""
        if self._is_warm:
            return self._read(task)
        with self._warming:
            result = self._read(task)
            self._is_warm = True
            return result

    def _beside(self, pool: Executor, task: Task) -> FirstPage | ItemError:
        try:
            return pool.submit(self._read, task).result()
        except (BrokenExecutor, OSError):
            self._drop(pool)
            return self._alone(task)

    def _drop(self, pool: Executor) -> None:
        """Do without a pool that lost a process; the next page that finds others waiting starts a new one."""
        with self._guard:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False)

    def _alone(self, task: Task) -> FirstPage | ItemError:
        """A page that was under way when a process ended, with nothing beside it: so it is known which one ends it.

        Where no process can be had at all (too many of them, too little memory) it is read here, as all that follow.
        """
        with self._alone_guard, ThreadPoolExecutor(1) as here:
            pool = self._started(1) or here
            try:
                return pool.submit(self._read, task).result()
            except BrokenExecutor:
                message = "the page ended the process that read it"
                return PermanentError(Reason.INTERNAL, message, url=task.page.url)
            finally:
                pool.shutdown(wait=False)

    def _started(self, processes: int) -> Executor | None:
        """A pool that works; None, from then on, where there can be none: no memory, no shared memory, no process."""
        if not self._processes:
            return None
        try:
            pool = self._make_pool(processes)()
            pool.submit(os.getpid).result()
        except (BrokenExecutor, OSError, ImportError, NotImplementedError):
            self._processes = 0
            return None
        return pool
