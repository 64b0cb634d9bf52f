"""The settings: frozen records, each field with its meaning, unit and default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scraper.rules import SiteRule

DEFAULT_USER_AGENT = "scraper/0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    path: Path = Path("archive.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSettings:
    """How one host is treated; None falls back to the setting of the same name in `[crawl]`."""

    pause_seconds: float | None = None
    user_agent: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    obey_robots: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSettings:
    """How the network is used. The user agent sent is `user_agent (+contact)`."""

    user_agent: str = DEFAULT_USER_AGENT
    contact: str | None = None
    threads: int = 32
    pause_seconds: float = 2.0
    max_pause_seconds: float = 30.0
    connect_timeout_seconds: float = 10.0
    read_timeout_seconds: float = 20.0
    deadline_seconds: float = 60.0
    max_wire_bytes: int = 10_000_000
    max_body_bytes: int = 20_000_000
    max_redirects: int = 10
    max_entries: int = 2_000
    attempts: int = 3
    max_retry_wait_seconds: float = 5.0
    max_retry_after_seconds: float = 86_400.0
    obey_robots: bool = True
    allow_private_hosts: tuple[str, ...] = ()
    feed_interval_seconds: float = 0.0
    max_page_tries: int = 10
    failure_share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """One `[[feeds]]` table. `name` is how people call the feed; unique, the URL's host and path by default."""

    url: str
    name: str
    enabled: bool = True
    fetch_pages: bool = True
    interval_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a run is told. Relative paths were resolved against the folder of `source`."""

    source: Path | None = None
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    hosts: Mapping[str, HostSettings] = field(default_factory=dict)
    feeds: tuple[FeedSettings, ...] = ()
    sites: tuple[SiteRule, ...] = ()

    def host(self, name: str) -> HostSettings:
        return self.hosts.get(name, _NO_HOST_SETTINGS)


_NO_HOST_SETTINGS = HostSettings()
