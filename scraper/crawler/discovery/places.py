"""The places where feeds stand, by host and by content management system: places.toml read and asked. Pure."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

from scraper.headers import values_of
from scraper.records import Page

_HEAD_CHARACTERS = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A feed's likely address, and whose custom it is to have one there."""

    url: str
    custom: str


@dataclass(frozen=True, slots=True)
class _Host:
    name: str
    address: re.Pattern[str]
    page: re.Pattern[str] | None
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _System:
    name: str
    signs: re.Pattern[str]
    root: re.Pattern[str] | None
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]


def of_host(url: str, text: str | None = None) -> tuple[Place, ...]:
    """What is known of the host of `url`; with the `text` of its page, what only that tells (a channel's number)."""
    origin = _origin(url)
    found: dict[str, Place] = {}
    for host in _places().hosts:
        address = host.address.fullmatch(url) if text is None else host.address.match(url)
        page = host.page.search(text) if host.page and text is not None else None
        if address is None or (host.page is None) is not (text is None) or (text is not None and page is None):
            continue
        groups = defaultdict(str, origin=origin, **_groups(address), **(_groups(page) if page else {}))
        for feed in host.feeds:
            place = Place(url=feed.format_map(groups), custom=host.name)
            if "/.atom" not in place.url:  # commits of no branch
                found.setdefault(place.url, place)
    return tuple(found.values())


def of_system(page: Page, text: str) -> tuple[Place, ...]:
    """The feeds that the systems which made this page have by custom: the section's first, then the site's."""
    return _customs(page, text, lambda system: system.feeds)


def sitemaps_of_system(page: Page, text: str) -> tuple[str, ...]:
    """Where those systems have a sitemap that has no name of a file: WordPress with plain addresses, TYPO3."""
    return tuple(place.url for place in _customs(page, text, lambda system: system.sitemaps))


def _customs(page: Page, text: str, wanted: "Callable[[_System], tuple[str, ...]]") -> tuple[Place, ...]:
    head = "\n".join([*values_of(page.headers, "Link"), text[:_HEAD_CHARACTERS]])
    found: dict[str, Place] = {}
    for system in _places().systems:
        if system.signs.search(head):
            spots = _spots(page.final_url, system, head)
            for address in wanted(system):
                place = Place(url=address.format_map(spots), custom=system.name)
                found.setdefault(place.url, place)
    return tuple(found.values())


def well_known(url: str) -> tuple[Place, ...]:
    """Addresses that many sites use: of the section's folder, then of the site."""
    root, section = urljoin(url, "/"), _section(url)
    names = _places().well_known
    urls = [root + name for name in names["root"]]
    if section != root:
        urls = [section + name for name in names["section"]] + urls
    return tuple(Place(url=each, custom="a well-known path") for each in dict.fromkeys(urls))


def well_known_sitemaps(url: str) -> tuple[str, ...]:
    """Where sitemaps stand that robots.txt does not name."""
    return tuple(urljoin(url, "/") + name for name in _places().well_known["sitemaps"])


@dataclass(frozen=True, slots=True)
class _Places:
    hosts: tuple[_Host, ...]
    systems: tuple[_System, ...]
    well_known: dict[str, list[str]]


@lru_cache(maxsize=1)
def _places() -> _Places:
    data = tomllib.loads(files("scraper.crawler.discovery").joinpath("places.toml").read_text(encoding="utf-8"))
    hosts = tuple(
        _Host(each["name"], re.compile(each["address"]), _pattern(each, "page"), tuple(each["feeds"]))
        for each in data["hosts"]
    )
    systems = tuple(
        _System(
            each["name"],
            re.compile("|".join(f"(?:{sign})" for sign in each["signs"]), re.IGNORECASE),
            _pattern(each, "root"),
            tuple(each["feeds"]),
            tuple(each.get("sitemaps", ())),
        )
        for each in data["systems"]
    )
    return _Places(hosts, systems, data["well_known"])


def _pattern(table: dict[str, Any], key: str) -> re.Pattern[str] | None:
    return re.compile(table[key]) if key in table else None


def _groups(match: re.Match[str]) -> dict[str, str]:
    return {name: value or "" for name, value in match.groupdict().items()}


def _spots(url: str, system: _System, text: str) -> dict[str, str]:
    parts = urlsplit(url)
    root = urljoin(url, "/")
    own = next((match["root"] for match in (system.root.finditer(text) if system.root else ())), None)
    if own is not None and urlsplit(own.replace("\\/", "/")).netloc == parts.netloc:
        root = own.replace("\\/", "/") + "/"
    bare = f"{_origin(url)}{parts.path}"
    return {
        "root": root,
        "section": _section(url, is_folder=True),
        "url": bare if parts.path in ("", "/") else bare.rstrip("/"),
        "origin": _origin(url),
        "path": parts.path.rstrip("/"),
    }


def _section(url: str, *, is_folder: bool = False) -> str:
    """The folder of an address: ``/news/`` of ``/news/story.html``, and of ``/news`` where that is a folder itself."""
    path = urlsplit(url).path or "/"
    last = path.rsplit("/", 1)[1]
    if last and "." not in last and is_folder:
        return f"{_origin(url)}{path}/"
    return _origin(url) + path.rsplit("/", 1)[0] + "/"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
