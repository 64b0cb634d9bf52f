"""A fetched sitemap to records: sitemaps.org 0.9 as XML or text, gzip or not, with the news and image extensions. Pure.

Read in one pass that keeps no tree; document type, entities and anything external are taken out before it is parsed.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from lxml import etree

from scraper.crawler.feeds.feedbytes import clean_feed_text, decode_feed
from scraper.crawler.sitemaps.records import Sitemap, SitemapForm, SitemapUrl
from scraper.dates.reading import parse_timestamp
from scraper.errors import PermanentError, Reason
from scraper.records import Page, Timestamp
from scraper.text import or_none
from scraper.urls import MAX_URL_LENGTH, InvalidUrlError, resolve

MAX_BYTES = 52_428_800
"""Of one sitemap, unpacked (sitemaps.org); what is beyond is not read."""

MAX_URLS = 50_000
"""In one sitemap (sitemaps.org)."""

_MAX_IMAGES = 20  # of one address
_MAX_KEYWORDS = 20
_MAX_FIELD = 1_000
_CHUNK = 65_536
_ADDRESSES = frozenset(("url", "sitemap"))
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(sitemapindex|urlset)(?=[\s>/])", re.IGNORECASE)
_LINE = re.compile(r"https?://\S+", re.IGNORECASE)
# So many addresses that all changed in one second were not changed but written out anew.
_FEW = 10
_MOST = 0.9


def parse_sitemap(page: Page, *, max_urls: int = MAX_URLS) -> Sitemap:
    """The sitemap in `page`, its first `max_urls` addresses, each once, resolved against where it came from.

    What is malformed is read as far as it can be, and `problems` says so. Raises PermanentError: EMPTY, NOT_A_SITEMAP.
    """
    body, problems = _unpacked(page.body)
    if not body.strip():
        raise PermanentError(Reason.EMPTY, "an empty answer", url=page.url)
    text, more = decode_feed(body, page.header("Content-Type"))
    problems += more
    root = _ROOT.search(text[:100_000])
    reader = _Reader(page.final_url, max_urls, page.fetched_at + timedelta(days=1))
    if root is None:
        reader.read_lines(text, page)
        form = SitemapForm.TEXT
    else:
        form = SitemapForm.INDEX if root[1].lower() == "sitemapindex" else SitemapForm.URLS
        reader.read_xml(text[root.start() :])
    problems += reader.told()
    urls = _believed(tuple(reader.found.values()), form, problems)
    return Sitemap(form=form, urls=urls, publication=reader.publication, problems=tuple(problems))


def _unpacked(body: bytes) -> tuple[bytes, list[str]]:
    """A sitemap may be a gzip file, which is not the same as a response that was compressed for its way."""
    problems = []
    if body.startswith(b"\x1f\x8b"):
        unpacker, packed = zlib.decompressobj(wbits=31), body
        try:
            body = unpacker.decompress(packed, MAX_BYTES + 1)
        except zlib.error:
            body = _whole_part(packed)
        if not unpacker.eof and len(body) <= MAX_BYTES:
            problems.append("the gzip file is broken or cut off, read as far as it goes")
    if len(body) > MAX_BYTES:
        problems.append(f"more than {MAX_BYTES:,} bytes, of which the first were read")
    return body[:MAX_BYTES], problems


def _whole_part(packed: bytes) -> bytes:
    """What stands in a broken gzip file before the fault."""
    unpacker, parts, size = zlib.decompressobj(wbits=31), [], 0
    for start in range(0, len(packed), 4_096):
        try:
            parts.append(unpacker.decompress(packed[start : start + 4_096], MAX_BYTES + 1 - size))
        except zlib.error:
            break
        size += len(parts[-1])
        if size > MAX_BYTES:
            break
    return b"".join(parts)


def _believed(urls: tuple[SitemapUrl, ...], form: SitemapForm, problems: list[str]) -> tuple[SitemapUrl, ...]:
    """`urls` without their lastmod where it only says when the sitemap was made."""
    if form is SitemapForm.INDEX or len(urls) <= _FEW:
        return urls
    common = Counter(url.modified.at for url in urls if url.modified is not None).most_common(1)
    if not common or common[0][1] <= _MOST * len(urls):
        return urls
    problems.append(f"{common[0][1]:,} addresses changed in the same second: their lastmod was left out")
    at = common[0][0]
    return tuple(_without_lastmod(url) if url.modified and url.modified.at == at else url for url in urls)


def _without_lastmod(url: SitemapUrl) -> SitemapUrl:
    return SitemapUrl(
        url=url.url,
        title=url.title,
        published=url.published,
        language=url.language,
        keywords=url.keywords,
        images=url.images,
    )


@dataclass(slots=True)
class _Row:
    """The fields of one address as they are met."""

    texts: dict[str, str] = field(default_factory=dict)
    images: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    base: str
    max_urls: int
    not_after: datetime
    found: dict[str, SitemapUrl] = field(default_factory=dict)
    bad: int = 0
    surplus: int = 0
    fault: str | None = None
    publication: str | None = None

    def told(self) -> Iterator[str]:
        """What was wrong, for a person."""
        if self.fault is not None:
            yield f"ill-formed XML ({self.fault}), read as far as it can be"[:200]
        if self.bad:
            yield f"{self.bad:,} addresses were left out, they are none"
        if self.surplus:
            yield f"{self.surplus:,} addresses beyond the first {self.max_urls:,} were left out"

    def read_lines(self, text: str, page: Page) -> None:
        lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
        if not lines or sum(_LINE.fullmatch(line) is not None for line in lines) * 2 < len(lines):
            raise PermanentError(Reason.NOT_A_SITEMAP, "not a sitemap", url=page.url)
        for line in lines:
            self._take(_Row({"loc": line}))

    def read_xml(self, text: str) -> None:
        # From the root on, so that no DTD is left to expand anything, and references other than XML's own are text.
        data = clean_feed_text(text).encode("utf-8", "replace")
        parser = etree.XMLPullParser(
            events=("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False
        )
        row: _Row | None = None
        for start in range(0, len(data), _CHUNK):
            try:
                parser.feed(data[start : start + _CHUNK])
            except etree.XMLSyntaxError as error:
                self.fault = error.msg
                break
            row = self._events(parser, row)
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            self.fault = error.msg
        row = self._events(parser, row)
        if row is not None:
            self._take(row)
            self.fault = self.fault or "it breaks off"

    def _events(self, parser: etree.XMLPullParser, row: _Row | None) -> _Row | None:
        """Take in what was parsed; the address that is still open afterwards, if any."""
        # "start" and "end" come with an element, though the stubs know of other events too.
        events: Iterator[tuple[str, etree._Element]] = cast(Any, parser.read_events())
        for event, element in events:
            name = _name(element)
            if event == "start":
                row = self._begun(row) if name in _ADDRESSES else row
            elif name in _ADDRESSES:
                if row is not None:
                    self._take(row)
                row = None
                _forget(element)
            elif row is not None:
                self._note(row, element, name)
        return row

    def _begun(self, row: _Row | None) -> _Row:
        if row is not None:
            self._take(row)
            self.fault = "an address that is never closed"
        return _Row()

    def _note(self, row: _Row, element: etree._Element, name: str) -> None:
        text = (element.text or "").strip()[: MAX_URL_LENGTH + 1 if name == "loc" else _MAX_FIELD]
        if not text:
            return
        parent = element.getparent()
        if name == "loc" and parent is not None and _name(parent) in ("image", "video"):
            if len(row.images) < _MAX_IMAGES and _name(parent) == "image":
                row.images.append(text)
        elif name == "name":  # of the publication, of a video's uploader
            if parent is not None and _name(parent) == "publication":
                self.publication = self.publication or or_none(text)
        elif name == "title" and parent is not None and _name(parent) != "news":
            return  # of a picture
        elif name not in row.texts:
            row.texts[name] = text

    def _take(self, row: _Row) -> None:
        address = row.texts.get("loc")
        url = self._resolved(address) if address else None
        if url is None:
            self.bad += 1
        elif url not in self.found and len(self.found) >= self.max_urls:
            self.surplus += 1
        elif url not in self.found:
            images = (self._resolved(image) for image in row.images)
            self.found[url] = SitemapUrl(
                url=url,
                modified=self._time(row.texts.get("lastmod")),
                title=or_none(row.texts.get("title")),
                published=self._time(row.texts.get("publication_date")),
                language=or_none(row.texts.get("language")),
                keywords=_keywords(row.texts.get("keywords")),
                images=tuple(dict.fromkeys(image for image in images if image)),
            )

    def _time(self, raw: str | None) -> Timestamp | None:
        return parse_timestamp(raw, not_after=self.not_after) if raw else None

    def _resolved(self, address: str) -> str | None:
        try:
            url = resolve(address, self.base)
        except InvalidUrlError:
            return None
        return url if len(url) <= MAX_URL_LENGTH else None


def _keywords(text: str | None) -> tuple[str, ...]:
    words = (or_none(word) for word in (text or "").split(",")[:_MAX_KEYWORDS])
    return tuple(dict.fromkeys(word for word in words if word))


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _forget(element: etree._Element) -> None:
    """Let go of what was read, so that memory does not grow with the sitemap."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
