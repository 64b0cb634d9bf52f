"""Where a backfill begins: the address itself, the site behind it, its feed; each asked for once, when it is needed."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from typing import TypeVar
from urllib.parse import urljoin

from scraper.archiver.records import FetchKind
from scraper.crawler.discovery.markup import read_markup
from scraper.crawler.discovery.places import well_known_sitemaps
from scraper.crawler.feeds.feedbytes import decode_feed
from scraper.crawler.feeds.parsing import parse_feed
from scraper.crawler.feeds.wordpress import api_index
from scraper.crawler.history.paging import announced_api, is_wordpress_feed
from scraper.crawler.sitemaps.reading import parse_sitemap
from scraper.crawler.sitemaps.records import Sitemap
from scraper.errors import ItemError, PermanentError, Reason
from scraper.pipeline.crawling.outcomes import SideRequest
from scraper.pipeline.crawling.visit import Visitor
from scraper.pipeline.network import Network, page_of
from scraper.records import Feed, NotModified, Page, Validators
from scraper.urls import domain_of, host_of

Read = TypeVar("Read")


class LoggedWeb:
    """The network as a backfill uses it: every request is counted, and kept to be logged.

    What comes is read by `visitor`, beside this process and within a limit of time.
    """

    def __init__(self, network: Network, visitor: Visitor, clock: Callable[[], datetime]) -> None:
        self._network = network
        self._visitor = visitor
        self._clock = clock
        self._log: list[SideRequest] = []
        self.requests = 0

    def get(self, url: str, kind: FetchKind = FetchKind.OTHER, *, ask_robots: bool = True) -> Page:
        """The answer behind `url`. Raises an ItemError."""
        return page_of(self._ask(url, kind, None, ask_robots=ask_robots), url)

    def sitemap(self, url: str, validators: Validators | None = None) -> Page | NotModified:
        """A sitemap, or that it is as it was. Raises an ItemError."""
        return self._ask(url, FetchKind.SITEMAP, validators, ask_robots=True)

    def read_sitemap(self, page: Page) -> Sitemap:
        """The sitemap in an answer. Raises an ItemError."""
        return self.read(page, parse_sitemap)

    def sitemaps_of(self, url: str) -> tuple[tuple[str, ...], bool]:
        """Where the sitemaps of a site are, and whether its robots.txt says so. Raises an ItemError."""
        named = self._network.sitemaps(url)
        return (named, True) if named else (well_known_sitemaps(url), False)

    def feed(self, page: Page, *, max_entries: int) -> Feed:
        """The feed in an answer, with the times on the clocks of its site. Raises an ItemError."""
        return self._network.in_site_zone(self.read(page, partial(parse_feed, max_entries=max_entries)), page)

    def read(self, page: Page, work: Callable[[Page], Read]) -> Read:
        """What `work` makes of an answer. Raises an ItemError, as it does, or `too_slow`."""
        return self._visitor.run(page, partial(work, page))

    def taken(self) -> list[SideRequest]:
        """What was asked for since the last time."""
        log, self._log = self._log, []
        return [*log, *self._network.side_requests()]

    def _ask(self, url: str, kind: FetchKind, validators: Validators | None, *, ask_robots: bool) -> Page | NotModified:
        self.requests += 1
        answer: Page | NotModified | ItemError
        try:
            answer = self._network.ask(url, validators, ask_robots=ask_robots)
        except ItemError as error:
            self._log.append(SideRequest(kind=kind, answer=error, at=self._clock()))
            raise
        self._log.append(SideRequest(kind=kind, answer=answer, at=self._clock()))
        return answer


class Start:
    """What stands at the address, and what can be found out from there. Every part raises an ItemError at most."""

    def __init__(self, web: LoggedWeb, url: str, *, max_entries: int, site_url: str | None = None) -> None:
        self.web = web
        self.url = url
        self.max_entries = max_entries
        self._site_url = site_url

    @cached_property
    def page(self) -> Page:
        """The answer of the address itself."""
        return self.web.get(self.url, FetchKind.FEED, ask_robots=False)

    @cached_property
    def _own_feed(self) -> Feed | None:
        try:
            return self.web.feed(self.page, max_entries=self.max_entries)
        except PermanentError as error:
            if error.reason in (Reason.NOT_A_FEED, Reason.BROKEN_FEED, Reason.EMPTY):
                return None
            raise

    @cached_property
    def feed(self) -> tuple[Page, Feed] | None:
        """The feed at the address, or the first that its page announces."""
        if self._own_feed is not None:
            return self.page, self._own_feed
        announced = self.web.read(self.page, _announced)
        if announced is None:
            return None
        page = self.web.get(announced, FetchKind.FEED, ask_robots=False)
        return page, self.web.feed(page, max_entries=self.max_entries)

    @cached_property
    def site(self) -> str:
        """The address of the site: as its feed says, if that is of the same domain; else that of the host."""
        own = self._own_feed
        stated = self._site_url or (own.site_url if own is not None else None)
        if stated is not None and domain_of(stated) == domain_of(self.page.final_url):
            return stated
        return urljoin(self.page.final_url, "/")

    @cached_property
    def front(self) -> Page:
        """The front page of the site."""
        if self._own_feed is None and self.site.rstrip("/") == self.page.final_url.rstrip("/"):
            return self.page
        return self.web.get(self.site)

    @cached_property
    def list_page(self) -> Page:
        """The page that lists articles: the address itself, or of a feed the front page of its site."""
        return self.front if self._own_feed is not None else self.page

    @cached_property
    def api(self) -> str | None:
        """The root of WordPress's REST API, if the site announces one."""
        root = api_index(self.page) or announced_api(self.page)
        if root is None and self._own_feed is not None and not is_wordpress_feed(self.page):
            return None
        root = root or api_index(self.front) or announced_api(self.front)
        return root if root and host_of(root) == host_of(self.page.final_url) else None


def _announced(page: Page) -> str | None:
    """The first feed that a page announces."""
    text = decode_feed(page.body, page.header("Content-Type"))[0]
    return next((feed.url for feed in read_markup(text, page.final_url).announced), None)
