"""Which way into the past is taken: the one that was at work before, else the best that the site offers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from scraper.archiver.crawl_records import BackfillState, SitemapState
from scraper.crawler.history.cdx import CapturedAddress, read_cdx
from scraper.errors import ItemError, PermanentError, Reason
from scraper.pipeline.backfill import feeds, lists
from scraper.pipeline.backfill.records import CARRYING, Method, Portion, Walk, Window, Wishes
from scraper.pipeline.backfill.start import Start
from scraper.rules.selectors import parse_selector
from scraper.settings import FeedSettings

_ORDER = (Method.REST, Method.RFC5005, Method.PAGED, Method.SITEMAP, Method.MONTHS, Method.PAGES)
# Asked elsewhere, it would end the same way.
_HOPELESS = frozenset((Reason.INTERRUPTED, Reason.RATE_LIMITED, Reason.ROBOTS_UNREACHABLE, Reason.DNS, Reason.CONNECT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A walk that has begun: its first step, and those that follow."""

    walk: Walk
    first: Portion
    rest: Iterator[Portion]


@dataclass(slots=True, kw_only=True)
class Chooser:
    """Finds the way for one source. `misses` tells what was tried in vain, and why."""

    start: Start
    settings: FeedSettings
    wishes: Wishes
    carry: bool
    now: datetime
    unknown: feeds.Unknown
    misses: list[tuple[str, str]]

    def choose(self, before: BackfillState | None, read: Sequence[SitemapState]) -> Chosen:
        """The walk, begun where the one `before` stopped; `read` are sitemaps that need not be read again.

        Raises PermanentError where there is none, TransientError where the host cannot be asked now.
        """
        for method in self._candidates(before):
            position = before.position if before is not None and before.method == method else None
            try:
                walk = self._walk(method, read if before is not None and before.was_done else ())
                portions = walk.portions(position)
                first = next(portions, None)
            except ItemError as error:
                if error.reason in _HOPELESS:
                    raise
                self.misses.append((method.value, str(error)))
                continue
            if first is None and position is not None:
                # An earlier one stopped behind the last list there is: it ends here, and the pages are visited.
                first = Portion(here=position)
            if first is not None and (first.entries or first.left or before is not None):
                return Chosen(walk=walk, first=first, rest=portions)
            self.misses.append((method.value, "it lists nothing"))
        told = "; ".join(f"{method}: {why}" for method, why in self.misses)
        raise PermanentError(Reason.NO_LINKS, f"no way into its past was found ({told})", url=self.start.url)

    def _candidates(self, before: BackfillState | None) -> list[Method]:
        if self.wishes.cdx is not None:
            return [Method.CDX]
        if self.wishes.method is not None:
            return [self.wishes.method]
        order = [method for method in _ORDER if method in CARRYING or not self.carry]
        if self.settings.kind != "feed":
            own = Method(self.settings.kind) if self.settings.kind == "sitemap" else Method.PAGES
            order = [own, *(method for method in order if method is not own)]
        known = Method(before.method) if before is not None else None
        return [known, *(method for method in order if method is not known)] if known in order else order

    def _walk(self, method: Method, read: Sequence[SitemapState]) -> Walk:
        forced = self.wishes.method is method
        if method is Method.REST:
            return feeds.rest_walk(self.start, self.wishes.window, self.unknown)
        if method is Method.RFC5005:
            return feeds.archived_walk(self.start)
        if method is Method.PAGED:
            return feeds.paged_walk(self.start, forced=forced)
        return self._list_walk(method, read, forced=forced)

    def _list_walk(self, method: Method, read: Sequence[SitemapState], *, forced: bool) -> Walk:
        window, settings = self.wishes.window, self.settings
        if method is Method.SITEMAP:
            return lists.sitemaps_walk(self.start, window, read, own=settings.kind == "sitemap")
        if method is Method.MONTHS:
            return lists.months_walk(self.start, window, self.now, forced=forced)
        if method is Method.PAGES:
            return lists.pages_walk(
                self.start, parse_selector(settings.links) if settings.links else None, forced=forced
            )
        return lists.CdxWalk(self._captures(window), self.start.url)

    def _captures(self, window: Window) -> list[CapturedAddress]:
        """Those of the time asked for: what was captured before it began is older still."""
        since, until = window.since, window.until
        return [
            each
            for each in read_cdx(self.wishes.cdx or "")
            if (at := each.first_at) is None or ((since is None or at >= since) and (until is None or at < until))
        ]
