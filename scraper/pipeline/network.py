"""The network as one run uses it: a fetcher behind good manners, with what must be remembered between runs."""

import queue
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Self

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import DomainState, HostState
from scraper.archiver.records import FetchKind
from scraper.crawler.feeds.wordpress import api_index, in_zone, zone_name, zone_of
from scraper.crawler.http.fetcher import ACCEPT_FEED, ACCEPT_SOURCE, Fetcher, Gate
from scraper.crawler.manners.hostlocks import HostLocks, turns_file
from scraper.crawler.manners.pacing import DomainPace, HostPace
from scraper.crawler.manners.politeness import Beside, Memory, Politeness
from scraper.crawler.manners.robots import RobotsFile
from scraper.errors import ItemError, LeftAloneError, PermanentError, Reason, TransientError
from scraper.pipeline.crawling.outcomes import SideRequest
from scraper.pipeline.rule_headers import hosts_of
from scraper.records import Feed, NotModified, Page, Validators
from scraper.settings import Config, CrawlSettings
from scraper.urls import host_of


class Network:
    """Asks for feeds and pages. Safe for many threads; `hosts` is what the last run remembered of them.

    `archive` is the one whose processes take turns with this one, by default that of the settings.
    """

    def __init__(
        self,
        config: Config,
        *,
        stop: Event | None = None,
        hosts: Iterable[HostState] = (),
        domains: Iterable[DomainState] = (),
        archive: Path | None = None,
    ) -> None:
        sleep = _wait_for(stop or Event())
        self._robots_for_feeds = config.crawl.robots_for_feeds
        self._robots_for_sources = config.crawl.robots_for_feeds or config.crawl.robots_for_typed
        self._side_requests: queue.SimpleQueue[SideRequest] = queue.SimpleQueue()
        states = tuple(hosts)
        self._known = {state.host: state for state in states}
        self._zones = {state.host: state.time_zone for state in states if state.time_zone}
        self._fetcher = Fetcher(config.crawl, hosts_of(config), clock=_now, sleep=sleep)
        beside = Beside(
            locks=_locks(archive or config.archive.path, config.crawl, sleep),
            observe=lambda answer: self._note(FetchKind.ROBOTS, answer),
        )
        self._politeness = Politeness(
            self._fetcher,
            config.crawl,
            config.hosts,
            clock=_now,
            sleep=sleep,
            memory=replace(_memory(states, domains), beside=beside),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._fetcher.close()

    def get_feed(self, url: str, validators: Validators | None) -> Page | NotModified:
        """Ask a feed for news. A feed that was subscribed to is asked without regard to robots.txt, unless the
        settings say otherwise.

        Raises an ItemError.
        """
        gate = self._gate(ask_robots=self._robots_for_feeds)
        return self._fetcher.get(url, validators=validators, accept=ACCEPT_FEED, gate=gate)

    def get_page(self, url: str, *, ask_robots: bool = True) -> Page:
        """Fetch a page. Raises an ItemError."""
        return page_of(self.get_again(url, None, ask_robots=ask_robots), url)

    def get_source(self, url: str, *, ask_robots: bool) -> Page:
        """Fetch what may be a feed, a sitemap or a page: robots.txt is asked too where it is for feeds or typed URLs.

        Raises an ItemError.
        """
        return page_of(self.ask(url, ask_robots=ask_robots or self._robots_for_sources), url)

    def ask(self, url: str, validators: Validators | None = None, *, ask_robots: bool = True) -> Page | NotModified:
        """Fetch a list of articles of whatever kind, or learn that it is as it was when it gave `validators`.

        Raises an ItemError.
        """
        gate = self._gate(ask_robots=ask_robots)
        return self._fetcher.get(url, validators=validators, accept=ACCEPT_SOURCE, gate=gate)

    def obeys_robots(self, url: str) -> bool:
        """Whether robots.txt has a say about pages of the URL's host, as far as the settings go."""
        return self._politeness.obeys_robots(url)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that robots.txt of the URL's host names. Raises an ItemError."""
        return self._politeness.robots.sitemaps(url)

    def get_again(self, url: str, validators: Validators | None, *, ask_robots: bool = True) -> Page | NotModified:
        """Fetch a page, or learn that it is as it was when it gave `validators`. Raises an ItemError."""
        return self._fetcher.get(url, validators=validators, gate=self._gate(ask_robots=ask_robots))

    def side_requests(self) -> list[SideRequest]:
        """The requests since the last time that were neither for feeds nor for pages, to be logged."""
        taken = []
        with suppress(queue.Empty):
            while True:
                taken.append(self._side_requests.get_nowait())
        return taken

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
                answer = self.get_page(index)
            except ItemError as error:
                self._note(FetchKind.OTHER, error)
                return feed  # only the zone is missing; the next poll that brings news asks again
            self._note(FetchKind.OTHER, answer)
            name = zone_name(answer.body)
            if name is not None:
                self._zones[host] = name
        zone = zone_of(self._zones[host]) if host in self._zones else None
        return feed if zone is None else in_zone(feed, zone)

    def _gate(self, *, ask_robots: bool) -> Gate:
        return self._politeness.gate if ask_robots else self._politeness.turn

    def _note(self, kind: FetchKind, answer: Page | ItemError) -> None:
        self._side_requests.put(SideRequest(kind=kind, answer=answer, at=_now()))

    def note_failure(self, error: ItemError) -> None:
        """Have a request logged that failed and that nothing else depends on, such as that for a further page."""
        if not isinstance(error, LeftAloneError):
            self._note(FetchKind.OTHER, error)

    def abort(self) -> None:
        """Make requests under way, and all later ones, fail at once."""
        self._fetcher.abort()

    def hosts(self) -> list[HostState]:
        """What the next run must know of the hosts, where that is not what the last one knew."""
        memory = self._politeness.memory()
        paces = {pace.host: pace for pace in memory.paces}
        files = {file.host: file for file in memory.robots_files}
        names = sorted(paces.keys() | files.keys() | self._zones.keys())
        states = (_state(host, paces.get(host), files.get(host), self._zones.get(host)) for host in names)
        return [state for state in states if state != self._known.get(state.host)]

    def domains(self) -> list[DomainState]:
        """The domains whose hosts must go on sharing one turn."""
        return [
            DomainState(domain=pace.domain, shared_until=pace.shared_until, not_before=pace.not_before)
            for pace in self._politeness.memory().domains
        ]


def page_of(answer: Page | NotModified, url: str) -> Page:
    """The answer to a request without validators. Raises PermanentError (LYING_304) where it says "as before"."""
    if isinstance(answer, NotModified):
        raise PermanentError(Reason.LYING_304, "not modified, though nothing was known of it", url=url)
    return answer


@contextmanager
def network_of(archive: Archive, config: Config, stop: Event | None = None) -> Iterator[Network]:
    """A network that goes on with what `archive` remembers of the hosts, and has it remember them for the next run."""
    states = archive.hosts(_now()).values()
    with Network(config, stop=stop, hosts=states, domains=archive.domains(), archive=archive.path) as network:
        try:
            yield network
        finally:
            archive.save_hosts(network.hosts(), network.domains())


def _wait_for(stop: Event) -> Callable[[float], None]:
    """A sleep that `stop` ends, together with the request that would have come after it."""

    def sleep(seconds: float) -> None:
        if stop.wait(seconds):
            raise TransientError(Reason.INTERRUPTED, "stopped by the user", url="")

    return sleep


def _locks(archive: Path, settings: CrawlSettings, sleep: Callable[[float], None]) -> HostLocks | None:
    """Turns between processes; another one holds a host for a pause and a request at the longest."""
    file = turns_file(archive)
    longest = settings.deadline_seconds + settings.max_pause_seconds + settings.max_retry_wait_seconds
    return None if file is None else HostLocks(file, sleep=sleep, max_wait_seconds=longest)


def _memory(states: Sequence[HostState], domains: Iterable[DomainState]) -> Memory:
    return Memory(
        paces=tuple(
            HostPace(
                host=state.host,
                next_request_at=state.next_request_at,
                not_before=state.not_before,
                limited_at=state.limited_at,
            )
            for state in states
        ),
        domains=tuple(
            DomainPace(domain=state.domain, shared_until=state.shared_until, not_before=state.not_before)
            for state in domains
        ),
        robots_files=tuple(
            RobotsFile(
                host=state.host,
                status=state.robots_status,
                body=state.robots_body or b"",
                fetched_at=state.robots_fetched_at,
                keep_until=state.robots_expires_at,
                crawl_delay_seconds=state.crawl_delay_seconds,
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
        robots_expires_at=file.expires_at if file else None,
        crawl_delay_seconds=file.crawl_delay_seconds if file else None,
        limited_at=pace.limited_at if pace else None,
        time_zone=zone,
    )


def _now() -> datetime:
    return datetime.now(UTC)
