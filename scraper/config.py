"""config.toml read into frozen records, or every problem in it reported at once. Fetches nothing, creates nothing."""

import dataclasses
import math
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os import environ
from pathlib import Path
from typing import Any, TypeVar

from scraper.errors import ConfigError, Problem
from scraper.rules import SiteRule, read_rules
from scraper.text import did_you_mean
from scraper.urls import InvalidUrlError, canonicalize
from scraper.version import VERSION

T = TypeVar("T")

_TYPE_NAMES = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    Path: "a path in quotes",
}


def setting(default: T, doc: str, *, minimum: float | None = None, maximum: float | None = None) -> T:
    """A field with its meaning and limits, from which both the reader and the settings reference are made."""
    metadata = {"doc": doc, "minimum": minimum, "maximum": maximum}
    if isinstance(default, Mapping):
        return typing.cast(T, field(default_factory=dict, metadata=metadata))
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """Where everything is kept."""

    path: Path = setting(Path("archive.db"), "The SQLite file; relative to the folder of config.toml.")


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
    pause_seconds: float = setting(2.0, "Pause between two requests to one host.", minimum=0)
    max_pause_seconds: float = setting(30.0, "Cap on a Crawl-delay from robots.txt.", minimum=0)
    connect_timeout_seconds: float = setting(10.0, "Longest wait for a connection.", minimum=0.1)
    read_timeout_seconds: float = setting(20.0, "Longest silence within a response.", minimum=0.1)
    deadline_seconds: float = setting(60.0, "Longest time for one whole response, dripping ones included.", minimum=0.1)
    max_wire_bytes: int = setting(10_000_000, "Most bytes of one response as sent.", minimum=1)
    max_body_bytes: int = setting(20_000_000, "Most bytes of one response after decompression.", minimum=1)
    max_redirects: int = setting(10, "Most redirects followed for one request.", minimum=0, maximum=30)
    max_entries: int = setting(2_000, "Most entries taken from one feed, the first ones.", minimum=1)
    attempts: int = setting(3, "Most requests for one URL within a run, for faults that can get better.", minimum=1)
    max_retry_wait_seconds: float = setting(5.0, "Longest pause before another attempt in the same run.", minimum=0)
    max_retry_after_seconds: float = setting(86_400.0, "Cap on what a server asks for with Retry-After.", minimum=0)
    obey_robots: bool = setting(
        True,
        "Ask robots.txt (RFC 9309) before every article page. Feeds you subscribe to and "
        "URLs you type are fetched as asked.",
    )
    allow_private_hosts: tuple[str, ...] = setting(
        (), "Hosts that may resolve to addresses that are not public, one by one."
    )
    feed_interval_seconds: float = setting(
        0.0, "Shortest time between two polls of a feed; 0 polls at every crawl.", minimum=0
    )
    max_page_tries: int = setting(10, "Runs in which a failing article page is tried before it is given up.", minimum=1)
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
    """One feed to follow."""

    url: str = setting("", "Address of the feed.")
    name: str = setting("", "How you call it; the address without its scheme by default.")
    enabled: bool = setting(True, "false keeps the feed and its articles, but asks it no more.")
    fetch_pages: bool = setting(
        True, "false archives what the feed itself carries, without visiting the article pages."
    )
    interval_seconds: float | None = setting(None, "Shortest time between two polls of this feed.", minimum=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a run is told."""

    source: Path | None = None
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    hosts: Mapping[str, HostSettings] = field(default_factory=dict)
    feeds: tuple[FeedSettings, ...] = ()
    sites: tuple[SiteRule, ...] = ()

    def host(self, name: str) -> HostSettings:
        """The settings of one host, by its name as in a URL."""
        return self.hosts.get(name, _ANY_HOST)


_ANY_HOST = HostSettings()


def load(path: Path) -> Config:
    """Read a config.toml. Raises ConfigError with every problem found, each under its dotted path."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError((Problem("", f"cannot be read: {error}"),), str(path)) from error
    return loads(text, source=path)


def loads(text: str, *, source: Path | None = None) -> Config:
    """The same from text; `source` names it in messages and is where relative paths start."""
    name = str(source or "config")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((Problem("", f"is not valid TOML: {error}"),), name) from error
    reader = _Reader([])
    config = reader.config(document, source)
    if reader.problems:
        raise ConfigError(tuple(reader.problems), name)
    return config


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads tables into records and gathers what is wrong instead of stopping at it."""

    problems: list[Problem]

    def config(self, document: Mapping[str, Any], source: Path | None) -> Config:
        self.unknown("", document, ("archive", "crawl", "hosts", "feeds", "sites"))
        archive = self.table(ArchiveSettings, document.get("archive", {}), "archive")
        if source is not None:
            archive = dataclasses.replace(archive, path=source.parent / self.expanded(archive.path))
        crawl = self.table(CrawlSettings, document.get("crawl", {}), "crawl")
        hosts = self.hosts(document.get("hosts", {}))
        feeds = self.feeds(document.get("feeds", []))
        sites, problems = read_rules(document.get("sites", []), "sites")
        self.problems.extend(problems)
        return Config(source=source, archive=archive, crawl=crawl, hosts=hosts, feeds=feeds, sites=sites)

    def expanded(self, path: Path) -> Path:
        try:
            return path.expanduser()
        except RuntimeError:
            self.say("archive.path", f"starts with ~, and nobody knows whose home that is: {str(path)!r}")
            return path

    def hosts(self, value: object) -> dict[str, HostSettings]:
        if not isinstance(value, dict):
            self.say("hosts", 'must be tables such as [hosts."example.org"]')
            return {}
        found = {}
        for name, table in value.items():
            path = f'hosts."{name}"'
            if "/" in name or " " in name:
                self.say(path, "must be a host such as example.org, not a URL")
            host = self.table(HostSettings, table, path)
            found[name.lower()] = dataclasses.replace(host, headers=self.secrets(host.headers, f"{path}.headers"))
        return found

    def secrets(self, headers: Mapping[str, str], path: str) -> dict[str, str]:
        out = {}
        for key, value in headers.items():
            name = value.removeprefix("env:")
            if name != value and name not in environ:
                self.say(f"{path}.{key}", f"the environment variable {name} is not set")
            out[key] = environ.get(name, "") if name != value else value
        return out

    def feeds(self, value: object) -> tuple[FeedSettings, ...]:
        if not isinstance(value, list):
            self.say("feeds", "must be written as [[feeds]] tables")
            return ()
        feeds = [self.feed(table, f"feeds[{i}]") for i, table in enumerate(value)]
        self.unique("name", [feed.name for feed in feeds if feed.url])
        self.unique("url", [feed.url for feed in feeds if feed.url])
        return tuple(feeds)

    def feed(self, table: object, path: str) -> FeedSettings:
        feed = self.table(FeedSettings, table, path)
        if not feed.url:
            if isinstance(table, dict) and "url" not in table:
                self.say(path, "needs a url")
            return feed
        try:
            url: str = canonicalize(feed.url)
        except InvalidUrlError as error:
            self.say(f"{path}.url", str(error))
            return feed
        if "@" in feed.url.split("://", 1)[1].split("/", 1)[0]:
            self.say(f"{path}.url", 'holds a password; send it as headers = { Authorization = "env:NAME" } of the host')
        return feed if feed.name else dataclasses.replace(feed, name=url.split("://", 1)[1].rstrip("/"))

    def unique(self, key: str, values: list[str]) -> None:
        for i, value in enumerate(values):
            if value in values[:i]:
                self.say(f"feeds[{i}].{key}", f"{value!r} stands twice; feeds[{values.index(value)}] has it already")

    def table(self, record: type[T], value: object, path: str) -> T:
        if not isinstance(value, dict):
            self.say(path, "must be a table")
            return record()
        hints = typing.get_type_hints(record)
        known = {f.name: f for f in dataclasses.fields(typing.cast(Any, record))}
        self.unknown(path, value, known)
        accepted = {
            key: _converted(item, hints[key])
            for key, item in value.items()
            if key in known and self.fits(item, hints[key], known[key].metadata, f"{path}.{key}")
        }
        return record(**accepted)

    def fits(self, value: object, hint: Any, limits: Mapping[str, Any], path: str) -> bool:
        fault = _fault(value, hint, limits)
        if fault:
            self.say(path, fault)
        return not fault

    def unknown(self, path: str, table: Iterable[str], known: Iterable[str]) -> None:
        for key in table:
            if key not in known:
                self.say(f"{path}.{key}".lstrip("."), f"unknown setting{did_you_mean(key, known)}")

    def say(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message))


def _fault(value: object, hint: Any, limits: Mapping[str, Any]) -> str | None:
    """What is wrong with a value, or None."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:
        hint = arguments[0]
    elif origin is tuple:
        ok = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if ok else 'must be a list of texts such as ["a", "b"]'
    elif origin is not None:
        ok = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        return None if ok else 'must be a table of texts such as { Name = "value" }'
    accepted = {float: (int, float), Path: (str,)}.get(hint, (hint,))
    if not isinstance(value, accepted) or (isinstance(value, bool) and hint is not bool):
        return f"must be {_TYPE_NAMES[hint]}, not {value!r}"
    return _out_of_range(value, limits) if isinstance(value, int | float) else _empty(value)


def _empty(value: object) -> str | None:
    return (
        "must not be empty; leave the line out for the default"
        if isinstance(value, str) and not value.strip()
        else None
    )


def _out_of_range(value: float, limits: Mapping[str, Any]) -> str | None:
    low, high = limits.get("minimum"), limits.get("maximum")
    if not math.isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
        bounds = f"at least {low}" if high is None else f"between {low} and {high}"
        return f"must be {bounds}, not {value}"
    return None


def _converted(value: Any, hint: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if hint is Path:
        return Path(value)
    return float(value) if hint in (float, float | None) else value
