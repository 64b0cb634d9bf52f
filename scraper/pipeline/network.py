"""The network as one run uses it: a fetcher behind good manners, with what must be remembered between runs."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from threading import Event
from types import TracebackType
from typing import Self

from scraper.archiver.crawl_records import HostState
from scraper.crawler.feeds.wordpress import api_index, in_zone, zone_name, zone_of
from scraper.crawler.http import ACCEPT_FEED, ACCEPT_SOURCE, Fetcher
from scraper.crawler.pacing import HostPace
from scraper.crawler.politeness import Memory, Politeness
from scraper.crawler.robots import RobotsFile
from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.records import Feed, NotModified, Page, Validators
from scraper.settings import Config
from scraper.urls import host_of


class Network:
    """Asks for feeds and pages. Safe for many threads; `hosts` is what the last run remembered of them."""

    def __init__(self, config: Config, *, stop: Event | None = None, hosts: Iterable[HostState] = ()) -> None:
        sleep = _wait_for(stop or Event())
        states = tuple(hosts)
        self._zones = {state.host: state.time_zone for state in states if state.time_zone}
        self._fetcher = Fetcher(config.crawl, config.hosts, clock=_now, sleep=sleep)
        self._politeness = Politeness(
            self._fetcher, config.crawl, config.hosts, clock=_now, sleep=sleep, memory=_memory(states)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fetcher.close()

    def get_feed(self, url: str, validators: Validators | None) -> Page | NotModified:
        """Ask a feed for news. A feed that was subscribed to is asked without regard to robots.txt.

        Raises an ItemError.
        """
        return self._fetcher.get(url, validators=validators, accept=ACCEPT_FEED, gate=self._politeness.turn)

    def get_page(self, url: str, *, ask_robots: bool = True) -> Page:
        """Fetch a page. Raises an ItemError."""
        gate = self._politeness.gate if ask_robots else self._politeness.turn
        answer = self._fetcher.get(url, gate=gate)
        if isinstance(answer, NotModified):
            raise PermanentError(Reason.LYING_304, "not modified, though nothing was known of it", url=url)
        return answer

    def get_source(self, url: str, *, ask_robots: bool) -> Page:
        """Fetch what may be a feed, a sitemap or a page. Raises an ItemError."""
        gate = self._politeness.gate if ask_robots else self._politeness.turn
        answer = self._fetcher.get(url, accept=ACCEPT_SOURCE, gate=gate)
        if isinstance(answer, NotModified):
            raise PermanentError(Reason.LYING_304, "not modified, though nothing was known of it", url=url)
        return answer

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that robots.txt of the URL's host names. Raises an ItemError."""
        return self._politeness.robots.sitemaps(url)

    def in_site_zone(self, feed: Feed, page: Page) -> Feed:
        """`feed` with its times in the zone of its site, where that is a WordPress that tells its zone.

        Costs one request per host, ever. A site that does not answer keeps its feed's times in UTC.
        """
        index = api_index(page)
        if index is None:
            return feed
        host = host_of(page.final_url)
        if host not in self._zones:
            try:
                name = zone_name(self.get_page(index).body)
            except ItemError:
                return feed  # only the zone is missing; the next poll that brings news asks again
            if name is not None:
                self._zones[host] = name
        zone = zone_of(self._zones[host]) if host in self._zones else None
        return feed if zone is None else in_zone(feed, zone)

    def abort(self) -> None:
        """Make requests under way, and all later ones, fail at once."""
        self._fetcher.abort()

    def hosts(self) -> list[HostState]:
        """What the next run must know of the hosts."""
        memory = self._politeness.memory()
        paces = {pace.host: pace for pace in memory.paces}
        files = {file.host: file for file in memory.robots_files}
        names = sorted(paces.keys() | files.keys() | self._zones.keys())
        return [_state(host, paces.get(host), files.get(host), self._zones.get(host)) for host in names]


def _wait_for(stop: Event) -> Callable[[float], None]:
    """A sleep that `stop` ends, together with the request that would have come after it."""

    def sleep(seconds: float) -> None:
        if stop.wait(seconds):
            raise TransientError(Reason.INTERRUPTED, "stopped by the user", url="")

    return sleep


def _memory(states: Sequence[HostState]) -> Memory:
    return Memory(
        paces=tuple(
            HostPace(host=state.host, next_request_at=state.next_request_at, not_before=state.not_before)
            for state in states
        ),
        robots_files=tuple(
            RobotsFile(
                host=state.host,
                status=state.robots_status,
                body=state.robots_body or b"",
                fetched_at=state.robots_fetched_at,
            )
            for state in states
            if state.robots_fetched_at is not None
        ),
    )


def _state(host: str, pace: HostPace | None, file: RobotsFile | None, zone: str | None) -> HostState:
    return HostState(
        host=host,
        next_request_at=pace.next_request_at if pace else None,
        not_before=pace.not_before if pace else None,
        robots_body=file.body if file else None,
        robots_status=file.status if file else None,
        robots_fetched_at=file.fetched_at if file else None,
        time_zone=zone,
    )


def _now() -> datetime:
    return datetime.now(UTC)
