"""Addresses of the further pages of feeds and lists, and of months, as content systems make them. Pure."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from scraper.records import Feed, Page
from scraper.urls import InvalidUrlError, resolve

_PAGE = re.compile(r"/page/(\d{1,6})/?$")
_GENERATOR = re.compile(
    rb"<generator[^>]{0,300}>[^<]{0,100}wordpress|<generator[^>]{0,300}uri=\"https?://wordpress", re.I
)
_API_LINK = re.compile(rb"""<link\b[^>]{0,300}rel=["']https://api\.w\.org/["'][^>]{0,300}>""", re.IGNORECASE)
_HREF = re.compile(rb"""href=["']([^"']{1,2000})["']""", re.IGNORECASE)
_MAX_HEAD = 200_000


def paged_feed(url: str, number: int) -> str:
    """Page `number` of a WordPress feed."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "paged"]
    query += [("paged", str(number))] if number > 1 else []
    return urlunsplit(parts._replace(query=urlencode(query)))


def numbered_page(url: str, number: int) -> str:
    """Page `number` of a list, as WordPress and many others number them: ``/page/2/``."""
    parts = urlsplit(url)
    path = _PAGE.sub("", parts.path.rstrip("/")) + "/"
    return urlunsplit(parts._replace(path=f"{path}page/{number}/" if number > 1 else path))


def month_page(site: str, year: int, month: int) -> str:
    """The archive of a month, as WordPress and many others address it: ``/2024/10/``."""
    return urljoin(site, f"/{year:04}/{month:02}/")


def months_back(newest: date) -> Iterator[tuple[int, int]]:
    """The months from that of `newest` back to 1990."""
    year, month = newest.year, newest.month
    while year >= 1990:
        yield year, month
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)


def is_wordpress_feed(page: Page) -> bool:
    """Whether a feed says that WordPress made it."""
    return _GENERATOR.search(page.body[:_MAX_HEAD]) is not None


def announced_api(page: Page) -> str | None:
    """The root of the REST API that a page announces in its head (its headers may do so too: see `api_index`)."""
    found = _API_LINK.search(page.body[:_MAX_HEAD])
    address = _HREF.search(found[0]) if found else None
    try:
        return resolve(address[1].decode("utf-8", "replace"), page.final_url) if address else None
    except InvalidUrlError:
        return None


def following(feed: Feed) -> str | None:
    """Where an RFC 5005 feed goes on into the past: its archives first, then its further pages."""
    return next(iter((*feed.links_of("prev-archive"), *feed.links_of("next"))), None)
