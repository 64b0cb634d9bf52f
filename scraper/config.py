"""config.toml read into frozen records, or every problem in it reported at once. Fetches nothing, creates nothing."""

import dataclasses
import math
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from os import environ
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from scraper.errors import ConfigError, Problem
from scraper.rules.files import FOLDER, read_folder, repeated_names
from scraper.rules.selectors import parse_selector
from scraper.rules.site_rules import SiteRule, read_rules
from scraper.settings import (
    ArchiveSettings,
    Config,
    CrawlSettings,
    FeedSettings,
    HostSettings,
    NotifySettings,
    span_seconds,
)
from scraper.text import did_you_mean
from scraper.urls import InvalidUrlError, canonicalize, host_of

T = TypeVar("T")

_TYPE_NAMES = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    Path: "a path in quotes",
}


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
        self.unknown("", document, ("archive", "crawl", "hosts", "feeds", "sites", "notify"))
        archive = self.table(ArchiveSettings, document.get("archive", {}), "archive")
        if source is not None:
            archive = dataclasses.replace(archive, path=source.parent / self.expanded(archive.path))
        crawl = self.table(CrawlSettings, document.get("crawl", {}), "crawl")
        allowed = tuple(self.host(name, "crawl.allow_private_hosts") for name in crawl.allow_private_hosts)
        crawl = dataclasses.replace(crawl, allow_private_hosts=allowed)
        hosts = self.hosts(document.get("hosts", {}))
        feeds = self.feeds(document.get("feeds", []))
        sites = self.sites(document.get("sites", []), source)
        notify = self.notify(document.get("notify", {}))
        return Config(source=source, archive=archive, crawl=crawl, hosts=hosts, feeds=feeds, sites=sites, notify=notify)

    def notify(self, value: object) -> NotifySettings:
        """Who is told; the webhook's address may stand in the environment, for it is often a secret."""
        notify = self.table(NotifySettings, value, "notify")
        if notify.webhook is None:
            return notify
        url = self.secrets({"webhook": notify.webhook}, "notify")["webhook"]
        try:
            canonicalize(url)
        except InvalidUrlError as error:
            if url:
                self.say("notify.webhook", str(error))
        return dataclasses.replace(notify, webhook=url)

    def sites(self, value: object, source: Path | None) -> tuple[SiteRule, ...]:
        """The rules of the file itself, then those of the folder beside it."""
        rules, problems = read_rules(value, "sites")
        self.problems.extend(problems)
        if source is not None:
            others, problems = read_folder(source.parent / FOLDER)
            self.problems.extend(problems)
            self.problems.extend(repeated_names([*rules, *others]))
            rules = (*rules, *others)
        return rules

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
            found[self.host(name, path)] = dataclasses.replace(
                host, headers=self.secrets(host.headers, f"{path}.headers")
            )
        return found

    def host(self, name: str, path: str) -> str:
        """A host as addresses are compared: international names in ASCII (UTS 46)."""
        try:
            return name.lower() if name.isascii() else host_of(f"http://{name}/")
        except InvalidUrlError as error:
            self.say(path, f"must be a host: {error}")
            return name

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
        if feed.links:
            self.selector(feed.links, f"{path}.links")
        if not feed.url:
            if isinstance(table, dict) and "url" not in table:
                self.say(path, "needs a url")
            return feed
        try:
            url: str = canonicalize(feed.url)
        except InvalidUrlError as error:
            self.say(f"{path}.url", str(error))
            return feed
        if "@" in urlsplit(feed.url.strip()).netloc:
            self.say(f"{path}.url", 'holds a password; send it as headers = { Authorization = "env:NAME" } of the host')
        return feed if feed.name else dataclasses.replace(feed, name=url.split("://", 1)[1].rstrip("/"))

    def selector(self, text: str, path: str) -> None:
        try:
            parse_selector(text)
        except ValueError as error:
            self.say(path, str(error))

    def unique(self, key: str, values: list[str]) -> None:
        first: dict[str, int] = {}
        for i, value in enumerate(values):
            if first.setdefault(value, i) != i:
                self.say(f"feeds[{i}].{key}", f"{value!r} stands twice; feeds[{first[value]}] has it already")

    def table(self, record: type[T], value: object, path: str) -> T:
        if not isinstance(value, dict):
            self.say(path, "must be a table")
            return record()
        hints, known = _described(typing.cast(Any, record))
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
        return _not_spans(value, limits) if ok else 'must be a list of texts such as ["a", "b"]'
    elif origin is not None:
        ok = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        return None if ok else 'must be a table of texts such as { Name = "value" }'
    accepted = {float: (int, float), Path: (str,)}.get(hint, (hint,))
    if not isinstance(value, accepted) or (isinstance(value, bool) and hint is not bool):
        return f"must be {_TYPE_NAMES[hint]}, not {value!r}"
    return _out_of_range(value, limits) if isinstance(value, int | float) else _unfit_text(value, limits)


def _not_spans(value: Any, limits: Mapping[str, Any]) -> str | None:
    try:
        for item in value if limits.get("spans") else ():
            span_seconds(item)
    except ValueError as error:
        return str(error)
    return None


def _unfit_text(value: object, limits: Mapping[str, Any]) -> str | None:
    if isinstance(value, str) and not value.strip():
        return "must not be empty; leave the line out for the default"
    choices = limits.get("choices")
    return f"must be one of {', '.join(choices)}, not {value!r}" if choices and value not in choices else None


def _out_of_range(value: float, limits: Mapping[str, Any]) -> str | None:
    low, high = limits.get("minimum"), limits.get("maximum")
    if not math.isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
        bounds = f"at least {low}" if high is None else f"between {low} and {high}"
        return f"must be {bounds}, not {value}"
    return None


@lru_cache
def _described(record: Any) -> tuple[dict[str, Any], dict[str, dataclasses.Field[Any]]]:
    """The types and the fields of a record, by name: asked for anew for each feed they are half the time of reading."""
    return typing.get_type_hints(record), {f.name: f for f in dataclasses.fields(typing.cast(Any, record))}


def _converted(value: Any, hint: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if hint is Path:
        return Path(value)
    return float(value) if hint in (float, float | None) else value
