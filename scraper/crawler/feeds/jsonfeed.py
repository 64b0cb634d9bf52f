"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org): text to records. Pure."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from scraper.crawler.feeds.feedentries import link
from scraper.crawler.feeds.fragments import to_text
from scraper.dates.reading import parse_timestamp
from scraper.records import Enclosure, Feed, FeedEntry, FeedLink
from scraper.text import clean, or_none

_VERSION = "https://jsonfeed.org/version/"


class NotAJsonFeedError(ValueError):
    """JSON, perhaps, but no feed."""


def parse_json_feed(text: str, *, url: str, max_entries: int, not_after: datetime) -> Feed:
    """The feed in `text`; links are resolved against `url`, dates after `not_after` are taken for mistakes.

    Raises NotAJsonFeedError.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:  # RecursionError: 200,000 opening brackets
        raise NotAJsonFeedError(f"not JSON: {error}"[:200]) from error
    if not isinstance(data, dict) or not _text(data, "version").startswith(_VERSION):
        raise NotAJsonFeedError("JSON without the version of a JSON Feed")
    items = _list(data, "items")
    problems: list[str] = []
    if len(items) > max_entries:
        problems.append(f"{len(items):,} entries, of which the first {max_entries:,} were read")
    read = _EntryReader(url, or_none(_text(data, "language")), not_after, problems.append)
    return Feed(
        format=f"json{_text(data, 'version').removeprefix(_VERSION)}".replace(".", ""),
        title=or_none(_text(data, "title")),
        site_url=link(_text(data, "home_page_url"), url),
        language=read.language,
        entries=tuple(entry for item in items[:max_entries] for entry in read.entry(item)),
        links=tuple(_feed_links(data, url)),
        problems=tuple(problems),
    )


def _feed_links(data: dict[str, Any], base: str) -> Iterator[FeedLink]:
    """What Atom says with links: the feed's own address, its next page (older items), its hubs."""
    hubs = [_text(hub, "url") for hub in _list(data, "hubs") if isinstance(hub, dict)]
    stated = [("self", _text(data, "feed_url")), ("next", _text(data, "next_url")), *(("hub", hub) for hub in hubs)]
    for rel, address in stated:
        if (href := link(address, base)) is not None:
            yield FeedLink(rel=rel, href=href)


class _EntryReader:
    """Items of one feed to entries; what cannot be used is reported and left out."""

    def __init__(self, base: str, language: str | None, not_after: datetime, report: Callable[[str], None]) -> None:
        self.language = language
        self._base = base
        self._not_after = not_after
        self._report = report

    def entry(self, item: object) -> Iterator[FeedEntry]:
        if not isinstance(item, dict):
            self._report("an item that is no object was left out")
            return
        guid = or_none(str(item.get("id") or ""))
        address = _text(item, "url") or (guid if guid and guid.startswith(("http://", "https://")) else "")
        url = link(address, self._base)
        if address and url is None:
            self._report(f"an item was left out, its link is none: {address[:100]!r}")
            return
        languages = tuple(filter(None, (or_none(_text(item, "language")), self.language)))
        yield FeedEntry(
            guid=guid,
            url=url,
            title=or_none(_text(item, "title")),
            published=parse_timestamp(_text(item, "date_published"), languages=languages, not_after=self._not_after),
            updated=parse_timestamp(_text(item, "date_modified"), languages=languages, not_after=self._not_after),
            authors=_authors(item),
            categories=tuple(dict.fromkeys(filter(None, (or_none(tag) for tag in _strings(item, "tags"))))),
            summary=or_none(_text(item, "summary")) or or_none(_text(item, "content_text")),
            content_html=_text(item, "content_html") or None,
            enclosures=tuple(self._enclosures(item)),
            language=or_none(_text(item, "language")),
        )

    def _enclosures(self, item: dict[str, Any]) -> Iterator[Enclosure]:
        for attachment in _list(item, "attachments"):
            if isinstance(attachment, dict) and (url := link(_text(attachment, "url"), self._base)):
                size = attachment.get("size_in_bytes")
                yield Enclosure(
                    url=url,
                    media_type=or_none(_text(attachment, "mime_type")),
                    length_bytes=size if isinstance(size, int) and size > 0 else None,
                )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    # Version 1.1 has a list, 1.0 one object; publishers mix them up.
    people = [*_list(item, "authors"), item.get("author")]
    names = (to_text(_text(person, "name")) for person in people if isinstance(person, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    # JSON may spell lone surrogates, which no database takes.
    return clean(value) if isinstance(value, str) else ""


def _list(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _strings(data: dict[str, Any], key: str) -> list[str]:
    return [value for value in _list(data, key) if isinstance(value, str)]
