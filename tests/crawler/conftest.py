"""A misbehaving server, a fetcher that may reach it, and clocks that tests turn by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scraper.crawler.http.fetcher import Fetcher
from scraper.crawler.http.transport import Environment
from scraper.settings import CrawlSettings, HostSettings

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """Time stands still but for those who sleep."""

    now: datetime = NOW
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


FetcherFactory = Callable[..., Fetcher]


@pytest.fixture
def make_fetcher(clock: Clock) -> Iterator[FetcherFactory]:
    """Fetchers that resolve every name ending in ``.test`` to loopback and may reach those and 127.0.0.1.

    Keyword arguments are settings; `hosts` are the settings of single hosts, `environment` the process's.
    """
    made: list[Fetcher] = []

    def make(
        *, hosts: dict[str, HostSettings] | None = None, environment: Environment | None = None, **settings: Any
    ) -> Fetcher:
        settings = {"allow_private_hosts": ("127.0.0.1", "one.test", "two.test"), "attempts": 1} | settings
        fetcher = Fetcher(
            CrawlSettings(**settings),
            hosts,
            clock=clock,
            sleep=clock.sleep,
            resolve_host=lambda host, _port: ["127.0.0.1"] if host.endswith(".test") else [host],
            environment=environment or Environment(),
        )
        made.append(fetcher)
        return fetcher

    yield make
    for fetcher in made:
        fetcher.close()


@pytest.fixture
def fetcher(make_fetcher: FetcherFactory) -> Fetcher:
    return make_fetcher()
