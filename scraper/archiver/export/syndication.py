"""Archived articles as a feed again: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1, in constant memory."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any, BinaryIO

from lxml import etree

from scraper.archiver.records import StoredArticle

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_SLASH = "http://purl.org/rss/1.0/modules/slash/"

# Readers exist that know elements by these prefixes only, so each element that is written is given them.
_RSS_NAMESPACES = {"atom": _ATOM, "content": _CONTENT, "dc": _DC, "slash": _SLASH}
_ATOM_NAMESPACES: Any = {None: _ATOM}  # lxml-stubs know no default namespace

# What XML 1.0 (2.2) has no place for, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What a feed says of itself. `url` is where it will stand, if that is known; `made_at` is when it was written."""

    title: str
    site_url: str
    made_at: datetime
    description: str | None = None
    url: str | None = None


def write_rss(head: FeedHead, articles: Iterable[StoredArticle], out: BinaryIO) -> int:
    """Write RSS 2.0 with Dublin Core authors, full content and comment counts; how many items it has."""
    count = 0
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("rss", version="2.0", nsmap=_RSS_NAMESPACES), xml.element("channel"):
            for name, text in (("title", head.title), ("link", head.site_url)):
                xml.write(_element(name, text))
            xml.write(_element("description", head.description or head.title))
            xml.write(_element("lastBuildDate", format_datetime(head.made_at)))
            if head.url:
                xml.write(_element(f"{{{_ATOM}}}link", None, rel="self", href=head.url, type="application/rss+xml"))
            for article in articles:
                xml.write(_item(article))
                count += 1
    return count


def write_atom(head: FeedHead, articles: Iterable[StoredArticle], out: BinaryIO) -> int:
    """Write Atom; how many entries it has. An article without a date is as old as our first sight of it."""
    count = 0
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{_ATOM}}}feed", nsmap=_ATOM_NAMESPACES):
            for name, text in (
                ("title", head.title),
                ("subtitle", head.description),
                ("id", head.url or head.site_url),
            ):
                if text:
                    xml.write(_element(f"{{{_ATOM}}}{name}", text))
            xml.write(_element(f"{{{_ATOM}}}updated", _rfc3339(head.made_at)))
            xml.write(_element(f"{{{_ATOM}}}link", None, rel="alternate", href=head.site_url))
            if head.url:
                xml.write(_element(f"{{{_ATOM}}}link", None, rel="self", href=head.url))
            for article in articles:
                xml.write(_entry(article))
                count += 1
    return count


def write_json_feed(head: FeedHead, articles: Iterable[StoredArticle], out: BinaryIO) -> int:
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


def _item(article: StoredArticle) -> etree._Element:
    item = etree.Element("item", nsmap=_RSS_NAMESPACES)
    _add(item, "title", article.title)
    _add(item, "link", article.url)
    guid = etree.SubElement(item, "guid", isPermaLink="true")
    guid.text = _xml_text(article.url)
    _add(item, "pubDate", format_datetime(_date_of(article)))
    for author in article.authors:
        _add(item, f"{{{_DC}}}creator", author)
    for term in (*article.categories, *article.tags):
        _add(item, "category", term)
    _add(item, f"{{{_DC}}}language", article.language)
    _add(item, "description", _teaser(article))
    _add(item, f"{{{_CONTENT}}}encoded", article.body_html)
    if article.comment_count is not None:
        _add(item, f"{{{_SLASH}}}comments", str(article.comment_count))
    return item


def _entry(article: StoredArticle) -> etree._Element:
    entry = etree.Element(f"{{{_ATOM}}}entry", nsmap=_ATOM_NAMESPACES)
    if article.language:
        entry.set("{http://www.w3.org/XML/1998/namespace}lang", _xml_text(article.language))
    _add(entry, f"{{{_ATOM}}}title", article.title or article.url)
    _add(entry, f"{{{_ATOM}}}id", article.url)
    etree.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=_xml_text(article.url))
    updated = article.modified.at if article.modified else _date_of(article)
    _add(entry, f"{{{_ATOM}}}updated", _rfc3339(updated))
    if article.published:
        _add(entry, f"{{{_ATOM}}}published", _rfc3339(article.published.local))
    for author in article.authors or (article.site_name or article.site,):
        _add(etree.SubElement(entry, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", author)
    for term in (*article.categories, *article.tags):
        etree.SubElement(entry, f"{{{_ATOM}}}category", term=_xml_text(term))
    _add(entry, f"{{{_ATOM}}}summary", _teaser(article))
    if article.body_html:
        _add(entry, f"{{{_ATOM}}}content", article.body_html)
        entry[-1].set("type", "html")
    return entry


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


def _add(parent: etree._Element, name: str, text: str | None) -> None:
    if text:
        etree.SubElement(parent, name).text = _xml_text(text)


def _element(name: str, text: str | None, **attributes: str) -> etree._Element:
    spaces = _ATOM_NAMESPACES if name.startswith(f"{{{_ATOM}}}") else None
    element = etree.Element(name, {key: _xml_text(value) for key, value in attributes.items()}, nsmap=spaces)
    element.text = _xml_text(text) if text else None
    return element


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
