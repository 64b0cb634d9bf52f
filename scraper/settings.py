"""Everything a run can be told, as frozen records with the meaning and the limits of each setting. Reads nothing."""

import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from scraper.rules.site_rules import SiteRule
from scraper.version import VERSION

T = TypeVar("T")


MOST_BODY_BYTES = 256_000_000
"""No page above this is stored, nor read from an archive, which may come from anybody."""

_SPAN = re.compile(r"(\d{1,6})([smhdw])")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def span_seconds(text: str) -> int:
    """The seconds in a span of time such as ``90s``, ``15m``, ``6h``, ``7d`` or ``2w``. Raises ValueError."""
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no span of time; write 15m, 6h, 7d or 2w")
    return int(match[1]) * _UNIT_SECONDS[match[2]]


def setting(
    default: T,
    doc: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    choices: tuple[str, ...] = (),
    spans: bool = False,
) -> T:
    """A field with its meaning and limits, from which both the reader and the settings reference are made.

    `choices` are all values of a text; the items of a list of `spans` are such as :func:`span_seconds` reads.
    """
    metadata = {"doc": doc, "minimum": minimum, "maximum": maximum, "choices": choices, "spans": spans}
    if isinstance(default, Mapping):
        return typing.cast(T, field(default_factory=dict, metadata=metadata))
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """Where everything is kept."""

    path: Path = setting(Path("archive.db"), "The SQLite file; relative to the folder of config.toml.")
    keep_page_versions: int | None = setting(
        None, "Raw pages are kept of so many of the latest versions of an article; none: of all.", minimum=1
    )
    keep_page_days: int | None = setting(
        None,
        "Raw pages are dropped so many days after they were fetched; none: never. Records and texts stay.",
        minimum=1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSettings:
    """How the network is used. Everything a host can be asked to bear is bounded here."""

    user_agent: str = setting(f"scraper/{VERSION}", "Product name sent as User-Agent (RFC 9110, 10.1.5).")
    contact: str | None = setting(
        None, "A URL or mail address for webmasters; sent behind the User-Agent as (+contact)."
    )
    threads: int = setting(
        32, "Hosts visited at the same time; each is asked one thing at a time.", minimum=1, maximum=256
    )
    extraction_processes: int | None = setting(
        None,
        "Processes that extract pages beside the one that fetches, started as they are needed; 0: none. Left out: "
        "as many as there are cores, at most 4.",
        minimum=0,
        maximum=64,
    )
    extraction_seconds: float = setting(
        60.0,
        "Longest time for reading one page or feed in a crawl or backfill, one page in an import or `reextract`: then "
        "it is given up (`too_slow`). A crawl without extraction processes has no limit.",
        minimum=0.1,
    )
    pause_seconds: float = setting(2.0, "Pause between two requests to one host.", minimum=0)
    max_pause_seconds: float = setting(30.0, "Cap on a Crawl-delay from robots.txt.", minimum=0)
    connect_timeout_seconds: float = setting(10.0, "Longest wait for a connection.", minimum=0.1)
    read_timeout_seconds: float = setting(20.0, "Longest silence within a response.", minimum=0.1)
    deadline_seconds: float = setting(60.0, "Longest time for one whole response, dripping ones included.", minimum=0.1)
    max_wire_bytes: int = setting(10_000_000, "Most bytes of one response as sent.", minimum=1)
    max_body_bytes: int = setting(
        20_000_000, "Most bytes of one response after decompression.", minimum=1, maximum=MOST_BODY_BYTES
    )
    max_redirects: int = setting(10, "Most redirects followed for one request.", minimum=0, maximum=30)
    max_entries: int = setting(2_000, "Most entries taken from one feed, the first ones.", minimum=1)
    max_article_pages: int = setting(
        20, "Most pages of one article that are fetched and joined; 1: only the first.", minimum=1, maximum=99
    )
    attempts: int = setting(3, "Most requests for one URL within a run, for faults that can get better.", minimum=1)
    max_retry_wait_seconds: float = setting(5.0, "Longest pause before another attempt in the same run.", minimum=0)
    max_retry_after_seconds: float = setting(86_400.0, "Cap on what a server asks for with Retry-After.", minimum=0)
    obey_robots: bool = setting(
        True,
        "Ask robots.txt (RFC 9309) before every article page. Feeds you subscribe to and "
        "URLs you type are fetched as asked, unless the next two say otherwise.",
    )
    robots_for_feeds: bool = setting(False, "Ask robots.txt before feeds too.")
    robots_for_typed: bool = setting(False, "Ask robots.txt before URLs you type (`scraper fetch`, `scraper add`) too.")
    allow_private_hosts: tuple[str, ...] = setting(
        (), "Hosts that may resolve to addresses that are not public, one by one."
    )
    feed_interval_seconds: float | None = setting(
        None,
        "Time between two polls of every feed; 0: at every crawl. Left out: each by its own rhythm and wishes.",
        minimum=0,
    )
    feed_interval_min_seconds: float = setting(
        300.0, "Shortest time between two polls of a feed that goes by its rhythm.", minimum=0
    )
    feed_interval_max_seconds: float = setting(
        21_600.0,
        "Longest time between two polls of a feed that is well, and cap on its ttl, max-age and so on.",
        minimum=1,
    )
    feed_jitter: float = setting(
        0.1, "Share of the time between two polls by which chance makes it longer.", minimum=0, maximum=1
    )
    feed_backoff_max_seconds: float = setting(
        86_400.0, "Longest time between two polls of a feed that fails; none is ever given up.", minimum=1
    )
    full_check_days: float = setting(
        7.0,
        "After so many days a feed or page is asked without conditions, because some 304s lie; 0: never.",
        minimum=0,
    )
    revisit: tuple[str, ...] = setting(
        ("1h", "6h", "1d", "7d"),
        "Ages at which an article's page is looked at again, so that edits are seen; [] for never.",
        spans=True,
    )
    revisit_counts: tuple[str, ...] = setting(
        (), "More such ages, for pages that show how often they were viewed or commented on.", spans=True
    )
    max_page_tries: int = setting(10, "Runs in which a failing article page is tried before it is given up.", minimum=1)
    send_rule_headers: bool = setting(
        False,
        "Send the request headers that site rules ask for (http_header in ftr-site-config). Off, because some of them "
        "pose as another program or claim a consent that nobody gave.",
    )
    metrics_file: Path | None = setting(
        None, "Where every crawl leaves its figures for the textfile collector of Prometheus' node_exporter (*.prom)."
    )
    failure_share: float = setting(
        0.0, "Share of feeds and pages that may fail before the exit status is 1.", minimum=0, maximum=1
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSettings:
    """How one host is treated, where it differs from `[crawl]`."""

    pause_seconds: float | None = setting(None, "Pause between two requests to this host.", minimum=0)
    user_agent: str | None = setting(None, "User-Agent for this host.")
    headers: Mapping[str, str] = setting({}, 'More request headers; "env:NAME" takes the value from the environment.')
    obey_robots: bool | None = setting(None, "Ask this host's robots.txt.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """One feed to follow, or a sitemap or a page that lists articles in the place of one."""

    url: str = setting("", "Address of the feed.")
    name: str = setting("", "How you call it; the address without its scheme by default.")
    kind: str = setting(
        "feed",
        "What stands there: feed, sitemap (or an index of sitemaps), or page: a web page that lists articles.",
        choices=("feed", "sitemap", "page"),
    )
    links: str | None = setting(
        None, "Of a `page`: CSS selector of the links to articles, or of what holds them. Left out: found out."
    )
    enabled: bool = setting(True, "false keeps the feed and its articles, but asks it no more.")
    fetch_pages: bool = setting(
        True, "false archives what the feed itself carries, without visiting the article pages."
    )
    interval_seconds: float | None = setting(
        None, "Time between two polls of this feed, whatever its rhythm and wishes are.", minimum=0
    )
    follow_moves: bool = setting(
        True, "Ask where the feed moved to for good (301, 308), once that proved itself; false goes back to `url`."
    )
    guid_policy: str | None = setting(
        None,
        "What tells its entries apart: guid, link, link_date, title or content. Left out: found out.",
        choices=("guid", "link", "link_date", "title", "content"),
    )
    folder: str | None = setting(
        None,
        "Where it stands in a list of feeds (OPML), outer folder first: `News/Germany`; a slash in a name is `\\/`.",
    )
    site_url: str | None = setting(None, "The site that the feed belongs to; kept for OPML.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """Who is told when something changed for better or worse: feeds, sites, the run itself. The payload is JSON."""

    command: tuple[str, ...] = setting((), "A program and its arguments; gets the payload on its standard input.")
    webhook: str | None = setting(None, "A URL; gets the payload by POST. Guarded as all requests are.")
    timeout_seconds: float = setting(30.0, "Longest time for the command.", minimum=0.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a run is told."""

    source: Path | None = None
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    hosts: Mapping[str, HostSettings] = field(default_factory=dict)
    feeds: tuple[FeedSettings, ...] = ()
    sites: tuple[SiteRule, ...] = ()
    notify: NotifySettings = field(default_factory=NotifySettings)

    def host(self, name: str) -> HostSettings:
        """The settings of one host, by its name as in a URL."""
        return self.hosts.get(name, _ANY_HOST)


_ANY_HOST = HostSettings()
