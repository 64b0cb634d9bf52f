"""A sitemap and, where it is an index, the sitemaps below it, asked for one by one: only those that moved."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scraper.archiver.crawl_records import SitemapState
from scraper.crawler.sitemaps.choosing import worth_asking
from scraper.crawler.sitemaps.reading import parse_sitemap
from scraper.crawler.sitemaps.records import Sitemap, SitemapForm, SitemapUrl
from scraper.errors import ItemError, Reason
from scraper.records import NotModified, Page, Validators

MAX_DEPTH = 3
"""Of indexes below indexes. sitemaps.org allows one; some sites have two."""

Ask = Callable[[str, Validators | None], Page | NotModified]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapStep:
    """One sitemap asked for: what it listed, what is to be remembered, how many are left to ask, what went wrong."""

    url: str
    urls: tuple[SitemapUrl, ...] = ()
    state: SitemapState | None = None
    left: int = 0
    problems: tuple[str, ...] = ()
    error: ItemError | None = None


@dataclass(frozen=True, slots=True)
class _Due:
    url: str
    lastmod: str | None
    depth: int


class SitemapWalk:
    """Reads sitemaps below an index, by `read`; `known` are those read before. At most `most` are asked for."""

    def __init__(
        self,
        ask: Ask,
        known: Iterable[SitemapState],
        *,
        most: int,
        since: datetime | None = None,
        read: Callable[[Page], Sitemap] = parse_sitemap,
    ) -> None:
        self._ask = ask
        self._known = {state.url: state for state in known}
        self._read = read
        self._most = most
        self._since = since
        self._seen: set[str] = set()

    def steps(self, root: Page, *, after: str | None = None) -> Iterator[SitemapStep]:
        """What `root` lists, then what the sitemaps below it list, one by one; those up to `after` were seen before.

        Raises PermanentError where `root` is no sitemap, and TransientError where the user stopped it; what goes wrong
        with a sitemap below is in its step.
        """
        sitemap = self._read(root)
        self._seen |= {root.url, root.final_url}
        due: deque[_Due] = deque(self._below(sitemap, 1))
        is_index = sitemap.form is SitemapForm.INDEX
        yield SitemapStep(url=root.url, urls=() if is_index else sitemap.urls, left=len(due), problems=sitemap.problems)
        asked = 0
        while due and asked < self._most:
            asked += 1
            yield self._step(due.popleft(), due)

    def _below(self, sitemap: Sitemap, depth: int) -> Iterator[_Due]:
        if sitemap.form is not SitemapForm.INDEX or depth > MAX_DEPTH:
            return
        known = {url: state.lastmod for url, state in self._known.items()}
        for child in worth_asking(sitemap.urls, known, since=self._since):
            if child.url not in self._seen:
                self._seen.add(child.url)
                yield _Due(child.url, child.modified.raw if child.modified else None, depth)

    def _step(self, due: _Due, queue: "deque[_Due]") -> SitemapStep:
        known = self._known.get(due.url)
        try:
            answer = self._ask(due.url, known.validators if known and not due.lastmod else None)
            if isinstance(answer, NotModified):
                return SitemapStep(url=due.url, left=len(queue))
            sitemap = self._read(answer)
        except ItemError as error:
            if error.reason is Reason.INTERRUPTED:
                raise
            return SitemapStep(url=due.url, left=len(queue), error=error)
        queue.extend(self._below(sitemap, due.depth + 1))
        is_index = sitemap.form is SitemapForm.INDEX
        return SitemapStep(
            url=due.url,
            urls=() if is_index else sitemap.urls,
            # What an index below lists moves on its own: it is asked for each time.
            state=None if is_index else _state(due, answer),
            left=len(queue),
            problems=tuple(f"{due.url}: {problem}" for problem in sitemap.problems),
        )


def _state(due: _Due, answer: Page) -> SitemapState:
    held = answer.validators if answer.validators != Validators() else None
    return SitemapState(url=due.url, lastmod=due.lastmod, validators=held)
