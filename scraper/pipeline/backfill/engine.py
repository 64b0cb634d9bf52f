"""The walk itself: each step into the archive with how far it came, until nothing unseen or nothing new comes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain
from threading import Event

from scraper.archiver.archive import Archive
from scraper.archiver.articles.urls import canonical_places
from scraper.archiver.crawl_records import BackfillState, PastPortion
from scraper.errors import ItemError, Reason
from scraper.pipeline.backfill.choosing import Chosen
from scraper.pipeline.backfill.records import BackfillReport, Method, Portion, Wishes
from scraper.pipeline.backfill.start import LoggedWeb
from scraper.pipeline.crawling.outcomes import Happening, not_carried, textless
from scraper.pipeline.crawling.store import Recorder
from scraper.pipeline.pages.extraction import article_of_entry, in_time
from scraper.records import FeedEntry

Observe = Callable[[Happening | BackfillReport], None]


@dataclass(slots=True, kw_only=True)
class Engine:
    """Takes the steps of one walk over. `carry`: what they carry becomes articles, none of which is read for longer
    than so many `seconds`, and no page is visited."""

    archive: Archive
    recorder: Recorder
    feed_id: int
    wishes: Wishes
    carry: bool
    seconds: float
    clock: Callable[[], datetime]
    stop: Event
    observe: Observe
    _seen: set[str] = field(default_factory=set)

    def walk(self, chosen: Chosen, before: BackfillState | None, web: LoggedWeb, report: BackfillReport) -> None:
        """Walk until the end, the limit, or trouble, which is told in `report`; what was read stays noted.

        `before` is how far the same method came in earlier runs: where that was to its end, nothing is walked again
        beyond what is new.
        """
        walk, again = chosen.walk, before is not None and before.was_done
        report.method = walk.method
        quiet, asked = 0, 0
        try:
            for portion in chain((chosen.first,), chosen.rest):
                unseen, fresh = self._news(portion)
                taken = fresh[: self._room(report)]
                is_cut = len(taken) < len(fresh)
                quiet = 0 if not portion.entries or (fresh if again else unseen) else quiet + 1
                ends = quiet >= (walk.calm if again else walk.patience) or (
                    walk.descending and self.wishes.window.is_before(portion.entries)
                )
                self._save(portion, taken, method=walk.method, requests=web.requests - asked, is_cut=is_cut)
                asked = web.requests
                self.recorder.log_requests(web.taken())
                self._tell(portion, taken, web, report)
                if ends:
                    break
                if self.stop.is_set() or is_cut or self._room(report) == 0:
                    return
        except ItemError as error:
            self.recorder.log_requests(web.taken())
            report.trouble = None if error.reason is Reason.INTERRUPTED else f"{error.url}: {error}"
            return
        report.is_complete = True
        last = PastPortion(method=walk.method, scope=self._scope, at=self.clock(), is_last=True)
        self.archive.save_past(self.feed_id, (), last, fetch_pages=not self.carry)

    @property
    def _scope(self) -> str:
        return self.wishes.window.scope

    def _room(self, report: BackfillReport) -> int | None:
        """How many more may be taken; None: all."""
        return None if self.wishes.limit is None else max(0, self.wishes.limit - report.new)

    def _news(self, portion: Portion) -> tuple[bool, tuple[FeedEntry, ...]]:
        """Whether anything stands there that no earlier step had, and those of the time asked for that nobody knows."""
        places = set(canonical_places(entry.url for entry in portion.entries))
        unseen = not places <= self._seen
        self._seen |= places
        wanted = [entry for entry in portion.entries if self.wishes.window.holds(entry)]
        return unseen, self.archive.unknown_entries(self.feed_id, wanted)

    def _save(
        self, portion: Portion, taken: Sequence[FeedEntry], *, method: Method, requests: int, is_cut: bool
    ) -> None:
        noted = PastPortion(
            method=method,
            scope=self._scope,
            at=self.clock(),
            # What a limit left of this step is taken next time.
            position=portion.here if is_cut else portion.onward,
            requests=requests,
            listed=len(portion.entries),
            sitemaps=(portion.state,) if portion.state is not None and not is_cut else (),
        )
        self.archive.save_past(self.feed_id, taken, noted, fetch_pages=not self.carry)

    def _tell(self, portion: Portion, taken: Sequence[FeedEntry], web: LoggedWeb, report: BackfillReport) -> None:
        report.requests = web.requests
        report.listed = len(self._seen)
        report.new += len(taken)
        report.total, report.left = portion.total or report.total, portion.left
        report.problems += portion.problems
        self.observe(report)
        for happening in self._carried(taken) if self.carry else ():
            report.run.counts[happening.counts_as] += 1
            self.observe(happening)

    def _carried(self, entries: Sequence[FeedEntry]) -> list[Happening]:
        """Store what the entries carry themselves, as a crawl does of a feed whose pages stay unvisited."""
        now, happenings = self.clock(), []
        with self.archive.transaction():
            for entry in entries:
                try:
                    extracted = in_time(self.seconds, entry.url or "", partial(article_of_entry, entry, now))
                except ItemError as error:
                    happenings.append(not_carried(entry, error))
                    continue
                if extracted is not None:
                    item = self.archive.enqueue(extracted.page.url, now, self.feed_id)
                    happenings.append(self.recorder.record_article(item, extracted))
                elif entry.url is not None:
                    happenings.append(not_carried(entry, textless(entry.url)))
        return happenings
