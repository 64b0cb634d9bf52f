"""Pages extracted beside the threads that fetch: in processes of their own, and within a limit of time.

The threads of a process share one core, and to extract a page takes ten times what it takes to fetch it. And a page
that never comes to its end would hold all of them: only a process can be ended. It is started with the first page of a
run, which costs a third of a second of another core.
"""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Lock
from typing import Final, TypeVar

from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.extractor.extract import extract
from scraper.extractor.profiles.matching import rules_of_host
from scraper.pipeline.bulk import usable_cores
from scraper.pipeline.pages.extraction import FirstPage, article_of, first_page, too_slow
from scraper.pipeline.pages.processes import NoProcessError, ProcessEndedError, Processes
from scraper.pipeline.time_limit import TooSlowError, within
from scraper.records import FeedEntry, Page
from scraper.rules.site_rules import SiteRule
from scraper.settings import CrawlSettings

MOST_BY_DEFAULT: Final = 4
"""Processes, where the settings name no number: two of them keep the one that fetches and stores busy."""

# What takes longer when a run is to stop is fetched again by the next one.
_GRACE_SECONDS: Final = 3.0

Result = TypeVar("Result")


def processes_for(settings: CrawlSettings) -> int:
    """How many processes the settings want: where they name no number as many as there are cores, within reason."""
    if settings.extraction_processes is not None:
        return settings.extraction_processes
    return min(MOST_BY_DEFAULT, usable_cores())


class ExtractionPool:
    """Extracts pages. Safe for many threads, each of which waits for its own page; close it in the end.

    Where no process can be had, or `processes` is 0, all are read in the caller's thread; only the main one has a limit
    of time then.
    """

    def __init__(self, rules: Sequence[SiteRule], processes: int, *, seconds: float) -> None:
        self._rules = rules
        self._seconds = seconds
        self._processes = Processes(processes, seconds, _begin)
        self._is_aborted = False
        self._warming = Lock()
        self._is_warm = False

    def close(self) -> None:
        """End the processes."""
        self._processes.close()

    def abort(self) -> None:
        """Have what is read now come to its end within seconds."""
        self._is_aborted = True
        self._processes.hurry(_GRACE_SECONDS)

    def read(self, page: Page, entry: FeedEntry | None = None) -> FirstPage:
        """The article on a page, with what its feed entry adds. Raises as :func:`article_of` and :meth:`run` do."""
        return self.run(page, partial(_first, page, tuple(rules_of_host(page.final_url, self._rules)), entry))

    def run(self, page: Page, work: Callable[[], Result]) -> Result:
        """What `work` makes of a page; both it and what it gives can be pickled.

        Raises the ItemError that it raises, PermanentError where it did not end in time (`too_slow`), ended its
        process or met what nobody foresaw (`internal`), and TransientError where the run was to end first.
        """
        told = partial(_told, work, page.url)
        try:
            result = self._anywhere(told)
        except TooSlowError as error:
            if self._is_aborted:
                raise TransientError(Reason.INTERRUPTED, "the run is ending", url=page.url) from error
            raise too_slow(self._seconds, page.url) from error
        except ProcessEndedError as error:
            message = "the page ended the process that read it"
            raise PermanentError(Reason.INTERNAL, message, url=page.url) from error
        if isinstance(result, ItemError):
            raise result
        return result

    def _anywhere(self, work: Callable[[], Result]) -> Result:
        try:
            return self._processes.run(work)
        except NoProcessError:
            return within(self._seconds, partial(self._here, work))

    def _here(self, work: Callable[[], Result]) -> Result:
        """Done in this thread. The first page alone: what is loaded for it, every thread would load for itself."""
        if self._is_warm:
            return work()
        with self._warming:
            result = work()
            self._is_warm = True
            return result


def _begin() -> None:
    """Have all loaded that the first page would have to wait for."""
    extract("<!doctype html><title>Nothing</title><p>Nothing is read here but what all pages need.")


def _first(page: Page, rules: Sequence[SiteRule], entry: FeedEntry | None) -> FirstPage:
    return first_page(page, article_of(page, rules, entry), rules)


def _told(work: Callable[[], Result], url: str) -> Result | ItemError:
    """What `work` gives, or why there is nothing: an error that can travel."""
    try:
        return work()
    except ItemError as error:
        return error
    except Exception as fault:  # noqa: BLE001 - one hostile page must not end the run; it is recorded with its words
        return PermanentError(Reason.INTERNAL, f"{type(fault).__name__}: {fault}", url=url)
