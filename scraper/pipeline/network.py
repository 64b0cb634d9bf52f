"""The network as one run uses it: a fetcher behind good manners, with what must be remembered between runs."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import Event
from types import TracebackType
from typing import Self

from scraper.archiver.records import HostState
from scraper.config import Config
from scraper.crawler.http import ACCEPT_FEED, Fetcher
from scraper.crawler.pacing import HostPace
from scraper.crawler.politeness import Memory, Politeness
from scraper.crawler.robots import RobotsFile
from scraper.errors import PermanentError, Reason
from scraper.records import NotModified, Page, Validators


class Network:
    """Asks for feeds and pages. Safe for many threads; `hosts` is what the last run remembered of them."""

    def __init__(self, config: Config, *, stop: Event | None = None, hosts: Iterable[HostState] = ()) -> None:
        sleep = _wait_for(stop or Event())
        self._fetcher = Fetcher(config.crawl, config.hosts, clock=_now, sleep=sleep)
        self._politeness = Politeness(
            self._fetcher, config.crawl, config.hosts, clock=_now, sleep=sleep, memory=_memory(hosts)
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

    def abort(self) -> None:
        """Make requests under way, and all later ones, fail at once."""
        self._fetcher.abort()

    def hosts(self) -> list[HostState]:
        """What the next run must know of the hosts."""
        memory = self._politeness.memory()
        paces = {pace.host: pace for pace in memory.paces}
        files = {file.host: file for file in memory.robots_files}
        return [_state(host, paces.get(host), files.get(host)) for host in sorted(paces.keys() | files.keys())]


def _wait_for(stop: Event) -> Callable[[float], None]:
    """A sleep that `stop` ends early."""

    def sleep(seconds: float) -> None:
        stop.wait(seconds)

    return sleep


def _memory(hosts: Iterable[HostState]) -> Memory:
    states = list(hosts)
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


def _state(host: str, pace: HostPace | None, file: RobotsFile | None) -> HostState:
    return HostState(
        host=host,
        next_request_at=pace.next_request_at if pace else None,
        not_before=pace.not_before if pace else None,
        robots_body=file.body if file else None,
        robots_status=file.status if file else None,
        robots_fetched_at=file.fetched_at if file else None,
    )


def _now() -> datetime:
    return datetime.now(UTC)
