"""The past as lists of addresses tell it: sitemaps, archives by month, numbered pages, what a web archive holds."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

from scraper.archiver.crawl_records import SitemapState
from scraper.crawler.history.cdx import CapturedAddress
from scraper.crawler.history.paging import month_page, months_back, numbered_page
from scraper.errors import ItemError, PermanentError, Reason
from scraper.extractor.links.listing import Listing, read_listing
from scraper.pipeline.backfill.feeds import MAX_PAGES
from scraper.pipeline.backfill.records import Method, Portion, Window
from scraper.pipeline.backfill.start import Start
from scraper.pipeline.crawling.sitemaps import SitemapWalk
from scraper.pipeline.crawling.sources import entry_of
from scraper.records import FeedEntry, NotModified, Page
from scraper.rules.selectors import Selector
from scraper.urls import domain_of

MAX_SITEMAPS = 50_000
"""Of one index (sitemaps.org)."""

EMPTY_MONTHS = 12
"""So many months in a row without a page end a search for months that nobody links to."""

_NO_END = 1_000_000
_CAPTURES = 500
_GONE = frozenset((Reason.NOT_FOUND, Reason.GONE, Reason.SOFT_404))


class SitemapsWalk:
    """The sitemaps of a site, those that changed last first; `read` are those that need not be read again."""

    method = Method.SITEMAP
    descending = False
    patience = _NO_END
    calm = _NO_END

    def __init__(self, start: Start, window: Window, read: Sequence[SitemapState], roots: Sequence[Page]) -> None:
        self._start = start
        self._window = window
        self._read = read
        self._roots = roots

    def portions(self, position: str | None) -> Iterator[Portion]:
        done_root, _, done_url = (position or "").partition(" ")
        begun = not any(root.url == done_root for root in self._roots)
        for root in self._roots:
            begun = begun or root.url == done_root
            if not begun:
                continue
            web = self._start.web
            walk = SitemapWalk(
                web.sitemap, self._read, most=MAX_SITEMAPS, since=self._window.since, read=web.read_sitemap
            )
            after = done_url if root.url == done_root else None
            for step in walk.steps(root, after=after or None):
                if step.error is not None and step.error.reason not in _GONE:
                    raise step.error
                place = f"{root.url} {step.url}"
                yield Portion(
                    entries=tuple(url.as_entry() for url in step.urls),
                    here=place,
                    onward=place,
                    left=step.left,
                    state=step.state,
                    problems=(*step.problems, *((f"{step.url}: {step.error}",) if step.error else ())),
                )


class MonthsWalk:
    """Archives by month: those that the front page links to, else ``/2024/10/`` and so on, back from `newest`."""

    method = Method.MONTHS
    descending = True
    patience = _NO_END
    calm = 1

    def __init__(self, start: Start, window: Window, linked: dict[tuple[int, int], str], newest: date) -> None:
        self._start = start
        self._window = window
        self._linked = linked
        self._newest = newest

    def portions(self, position: str | None) -> Iterator[Portion]:
        months = sorted(self._linked, reverse=True) if self._linked else months_back(self._newest)
        empty = 0
        wanted = [month for month in months if self._wants(month) and (position is None or _key(month) <= position)]
        for number, month in enumerate(wanted, 1):
            found = False
            following = _key(wanted[number]) if number < len(wanted) else None
            for listing, goes_on in self._pages(month):
                found = True
                yield Portion(
                    entries=tuple(entry_of(each) for each in listing.articles),
                    here=_key(month),
                    # Stopped within a month, it is read again from its first page.
                    onward=_key(month) if goes_on else following,
                    left=len(wanted) - number if self._linked else None,
                )
            empty = 0 if found else empty + 1
            if not self._linked and empty >= EMPTY_MONTHS:
                return

    def _wants(self, month: tuple[int, int]) -> bool:
        first = datetime(*month, 1, tzinfo=UTC)
        # A day either way, for the zone of the site.
        starts, ends = first - timedelta(days=1), first + timedelta(days=32)
        window = self._window
        return (window.since is None or ends >= window.since) and (window.until is None or starts < window.until)

    def _pages(self, month: tuple[int, int]) -> Iterator[tuple[Listing, bool]]:
        """The pages of a month, each with whether another follows."""
        first = self._linked.get(month) or month_page(self._start.site, *month)
        url: str | None = first
        visited: set[str] = set()
        while url is not None:
            visited.add(url)
            page = _page_or_none(self._start, url)
            if page is None:
                return
            listing = self._start.web.read(page, read_listing)
            url = listing.next_url
            # What goes on elsewhere is another list.
            if url in visited or len(visited) >= MAX_PAGES or not (url or "").startswith(first.rstrip("/")):
                url = None
            yield listing, url is not None


class PagesWalk:
    """A list page and those it goes on to."""

    method = Method.PAGES
    descending = True
    patience = 3
    calm = 1

    def __init__(self, start: Start, selector: Selector | None, *, forced: bool) -> None:
        self._start = start
        self._selector = selector
        self._forced = forced

    def portions(self, position: str | None) -> Iterator[Portion]:
        first = self._start.list_page
        url: str | None = position or first.url
        page: Page | None = first if position is None else _page_or_none(self._start, position)
        visited: set[str] = set()
        while page is not None and url is not None and len(visited) < MAX_PAGES:
            visited |= {url, page.final_url}
            listing = _listing(self._start, page, self._selector)
            onward = listing.next_url
            if onward is None and self._forced and len(visited) <= 2:
                onward = numbered_page(page.final_url, 2)
            onward = None if onward in visited else onward
            yield Portion(entries=tuple(entry_of(each) for each in listing.articles), here=url, onward=onward)
            url = onward
            page = _page_or_none(self._start, onward) if onward else None


class CdxWalk:
    """What a web archive holds of the site: its addresses, asked for at the site itself."""

    method = Method.CDX
    descending = False
    patience = _NO_END
    calm = _NO_END

    def __init__(self, captures: Sequence[CapturedAddress], site: str) -> None:
        domain = domain_of(site)
        self._captures = [each for each in captures if domain_of(each.url) == domain]

    def portions(self, position: str | None) -> Iterator[Portion]:
        for first in range(int(position or 0), len(self._captures), _CAPTURES):
            following = first + _CAPTURES
            yield Portion(
                entries=tuple(FeedEntry(url=each.url) for each in self._captures[first:following]),
                here=str(first),
                onward=str(following) if following < len(self._captures) else None,
                total=len(self._captures),
                left=0,
            )


def sitemaps_walk(start: Start, window: Window, read: Sequence[SitemapState], *, own: bool) -> SitemapsWalk:
    """The walk over the sitemaps that robots.txt names or that stand where they do by custom; `own`: over the address
    itself. Raises an ItemError where there are none."""
    if own:
        return SitemapsWalk(start, window, read, [start.page])
    urls, are_named = start.web.sitemaps_of(start.site)
    roots: list[Page] = []
    error: ItemError | None = None
    for url in urls:
        try:
            answer = start.web.sitemap(url)
            if isinstance(answer, NotModified) or any(answer.final_url == root.final_url for root in roots):
                continue
            start.web.read_sitemap(answer)
        except PermanentError as fault:
            error = fault
            continue
        roots.append(answer)
        if not are_named:
            break
    if not roots:
        raise error or PermanentError(Reason.NOT_FOUND, "the site has no sitemap", url=start.site)
    return SitemapsWalk(start, window, read, roots)


def months_walk(start: Start, window: Window, now: datetime, *, forced: bool) -> MonthsWalk:
    """Raises PermanentError where the front page links to no months, and nobody insists."""
    listing = start.web.read(start.front, read_listing)
    linked = listing.months if len(listing.months) > 1 else {}
    if not linked and not forced:
        raise PermanentError(Reason.NOT_FOUND, "the front page links to no archives by month", url=start.front.url)
    stated = [each.published.at for each in listing.articles if each.published is not None]
    return MonthsWalk(start, window, linked, max((at for at in stated if at <= now), default=now).date())


def pages_walk(start: Start, selector: Selector | None, *, forced: bool) -> PagesWalk:
    """Raises PermanentError where the page lists nothing, or does not go on and nobody insists."""
    listing = _listing(start, start.list_page, selector)
    if not listing.articles:
        raise PermanentError(Reason.NO_LINKS, "the page lists no articles", url=start.list_page.url)
    if listing.next_url is None and not forced:
        raise PermanentError(Reason.NOT_FOUND, "the page links to no further ones", url=start.list_page.url)
    return PagesWalk(start, selector, forced=forced)


def _listing(start: Start, page: Page, selector: Selector | None) -> Listing:
    return start.web.read(page, partial(read_listing, selector=selector))


def _page_or_none(start: Start, url: str) -> Page | None:
    """The page; None where there is none, which is how lists end."""
    try:
        return start.web.get(url)
    except PermanentError as error:
        if error.reason in _GONE:
            return None
        raise


def _key(month: tuple[int, int]) -> str:
    return f"{month[0]:04}-{month[1]:02}"
