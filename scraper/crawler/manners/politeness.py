"""Good manners put together: what robots.txt says, then the host's turn. The gate before every request of a run."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from scraper.crawler.http.fetcher import Fetcher
from scraper.crawler.manners.hostlocks import HostLocks
from scraper.crawler.manners.pacing import DomainPace, HostPace, Pacer
from scraper.crawler.manners.robots import Observe, Robots, RobotsFile, unobserved
from scraper.settings import CrawlSettings, HostSettings
from scraper.urls import host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside a run: other processes that ask the same hosts, and who keeps a log of robots.txt."""

    locks: HostLocks | None = None
    observe: Observe = unobserved


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What must outlive a run for hosts to be treated well by the next one, and what the next one has beside it."""

    paces: tuple[HostPace, ...] = ()
    domains: tuple[DomainPace, ...] = ()
    robots_files: tuple[RobotsFile, ...] = ()
    beside: Beside = field(default_factory=Beside)


class Politeness:
    """One run's knowledge of the hosts. `gate` and `turn` are what :meth:`Fetcher.get` takes as its gate."""

    def __init__(
        self,
        fetcher: Fetcher,
        settings: CrawlSettings,
        hosts: Mapping[str, HostSettings] | None = None,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        memory: Memory | None = None,
    ) -> None:
        memory = memory or Memory()
        self._settings = settings
        self._hosts = hosts or {}
        self.pacer = Pacer(
            settings, clock=clock, sleep=sleep, paces=memory.paces, domains=memory.domains, locks=memory.beside.locks
        )
        self.robots = Robots(
            fetcher, settings, clock=clock, gate=self.turn, files=memory.robots_files, observe=memory.beside.observe
        )

    def memory(self) -> Memory:
        """What to hand to the next run."""
        return Memory(paces=self.pacer.paces(), domains=self.pacer.domains(), robots_files=self.robots.files())

    @contextmanager
    def gate(self, url: str) -> Iterator[None]:
        """Through it only what robots.txt of the URL's host allows, one at a time, with the pause the host asks for.

        Raises PermanentError (ROBOTS) and TransientError (ROBOTS_UNREACHABLE, RATE_LIMITED).
        """
        if not self.obeys_robots(url):
            with self.turn(url):
                yield
            return
        self.robots.check(url)
        with self.pacer.turn(host_of(url), pause_seconds=self._pause(url, self.robots.crawl_delay(url))):
            yield

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Through it one at a time with our own pause, robots.txt not asked: for robots.txt itself, and for what
        a person asks for by name.
        """
        with self.pacer.turn(host_of(url), pause_seconds=self._pause(url, None)):
            yield

    def obeys_robots(self, url: str) -> bool:
        """Whether the settings want robots.txt of the URL's host to be asked."""
        own = self._host(url).obey_robots
        return self._settings.obey_robots if own is None else own

    def _pause(self, url: str, crawl_delay: float | None) -> float:
        own = self._host(url).pause_seconds
        ours = self._settings.pause_seconds if own is None else own
        return max(ours, min(crawl_delay or 0.0, self._settings.max_pause_seconds))

    def _host(self, url: str) -> HostSettings:
        return self._hosts.get(host_of(url), HostSettings())
