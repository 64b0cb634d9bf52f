"""Archived articles as a feed again: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1, in constant memory."""

import json
import re
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from scraper.archiver.records import StoredArticle

_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
_ATOM = "http://www.w3.org/2005/Atom"
# Readers exist that know elements by these prefixes only.
_OF_RSS = {
    "xmlns:atom": _ATOM,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:slash": "http://purl.org/rss/1.0/modules/slash/",
}

# What XML 1.0 (2.2) has no place for, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFeed:
    """What a feed says of itself. `url` is where it will stand, if that is known; `made_at` is when it was written."""

    title: str
    site_url: str
    made_at: datetime
    description: str | None = None
    url: str | None = None


def write_rss(head: ExportedFeed, articles: Iterable[StoredArticle], out: BinaryIO) -> int:
    """Write RSS 2.0 with Dublin Core authors, full content and comment counts; how many items it has."""
    count = 0
    out.write(_DECLARATION)
    with _element(out, "rss", version="2.0", **_OF_RSS), _element(out, "channel"):
        _add(out, "title", head.title)
        _add(out, "link", head.site_url)
        _add(out, "description", head.description or head.title)
        _add(out, "lastBuildDate", format_datetime(head.made_at))
        if head.url:
            _add(out, "atom:link", rel="self", href=head.url, type="application/rss+xml")
        for article in articles:
            _add_item(out, article)
            count += 1
    return count


def write_atom(head: ExportedFeed, articles: Iterable[StoredArticle], out: BinaryIO) -> int:
    """Write Atom; how many entries it has. An article without a date is as old as our first sight of it."""
    count = 0
    out.write(_DECLARATION)
    with _element(out, "feed", xmlns=_ATOM):
        _add(out, "title", head.title)
        _add(out, "subtitle", head.description)
        _add(out, "id", head.url or head.site_url)
        _add(out, "updated", _rfc3339(head.made_at))
        _add(out, "link", rel="alternate", href=head.site_url)
        if head.url:
            _add(out, "link", rel="self", href=head.url)
        for article in articles:
            _add_entry(out, article)
            count += 1
    return count


def write_json_feed(head: ExportedFeed, articles: Iterable[StoredArticle], out: BinaryIO) -> int:
    """Write JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/); how many items it has."""
    top = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.site_url,
        "feed_url": head.url,
        "description": head.description,
    }
    opening = json.dumps({name: value for name, value in top.items() if value}, ensure_ascii=False)
    out.write(f'{opening[:-1]}, "items": ['.encode())
    count = 0
    for article in articles:
        item = json.dumps(_json_item(article), ensure_ascii=False)
        out.write(f"{',' if count else ''}\n{item}".encode("utf-8", "replace"))
        count += 1
    out.write(b"\n]}\n")
    return count


def _add_item(out: BinaryIO, article: StoredArticle) -> None:
    with _element(out, "item"):
        _add(out, "title", article.title)
        _add(out, "link", article.url)
        _add(out, "guid", article.url, isPermaLink="true")
        _add(out, "pubDate", format_datetime(_date_of(article)))
        for author in article.authors:
            _add(out, "dc:creator", author)
        for term in (*article.categories, *article.tags):
            _add(out, "category", term)
        _add(out, "dc:language", article.language)
        _add(out, "description", _teaser(article))
        _add(out, "content:encoded", article.body_html)
        if article.comment_count is not None:
            _add(out, "slash:comments", str(article.comment_count))


def _add_entry(out: BinaryIO, article: StoredArticle) -> None:
    with _element(out, "entry", **({"xml:lang": article.language} if article.language else {})):
        _add(out, "title", article.title or article.url)
        _add(out, "id", article.url)
        _add(out, "link", rel="alternate", href=article.url)
        _add(out, "updated", _rfc3339(article.modified.at if article.modified else _date_of(article)))
        if article.published:
            _add(out, "published", _rfc3339(article.published.local))
        for author in article.authors or (article.site_name or article.site,):
            with _element(out, "author"):
                _add(out, "name", author)
        for term in (*article.categories, *article.tags):
            _add(out, "category", term=term)
        _add(out, "summary", _teaser(article))
        if article.body_html:
            _add(out, "content", article.body_html, type="html")


def _json_item(article: StoredArticle) -> dict[str, object]:
    lead = next(iter(article.images), None)
    item = {
        "id": article.url,
        "url": article.url,
        "title": article.title,
        "summary": _teaser(article),
        "content_html": article.body_html,
        "content_text": None if article.body_html else article.body or "",
        "image": lead.url if lead else None,
        "date_published": _rfc3339(article.published.local if article.published else article.first_seen_at),
        "date_modified": _rfc3339(article.modified.local) if article.modified else None,
        "authors": [{"name": name} for name in article.authors],
        "tags": [*article.categories, *article.tags],
        "language": article.language,
    }
    return {name: value for name, value in item.items() if value not in (None, [])}


def _teaser(article: StoredArticle) -> str | None:
    return article.summary or article.subtitle


def _date_of(article: StoredArticle) -> datetime:
    return article.published.local if article.published else article.first_seen_at


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


@contextmanager
def _element(out: BinaryIO, name: str, **attributes: str) -> Generator[None]:
    out.write(f"{_opening(name, attributes)}>".encode())
    yield
    out.write(f"</{name}>".encode())


def _add(out: BinaryIO, name: str, text: str | None = None, **attributes: str) -> None:
    """Write an element with nothing but text in it; none where there is nothing to say."""
    if text:
        # A reader of XML takes a bare carriage return for a line feed (XML 1.0, 2.11).
        said = escape(_xml_text(text), {"\r": "&#13;"})
        out.write(f"{_opening(name, attributes)}>{said}</{name}>".encode())
    elif text is None and attributes:
        out.write(f"{_opening(name, attributes)}/>".encode())


def _opening(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name}{''.join(f' {key}={quoteattr(_xml_text(value))}' for key, value in attributes.items())}"


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
