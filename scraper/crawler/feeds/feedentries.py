"""What feedparser found, as records: the right date, people instead of addresses, usable links. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from scraper.crawler.feeds.fragments import to_text
from scraper.dates.reading import parse_timestamp
from scraper.records import Enclosure, FeedEntry, Timestamp
from scraper.text import fold, or_none
from scraper.urls import MAX_URL_LENGTH, resolved_or_none

# feedparser's records answer to several names for a thing, with warnings; asked as plain dicts they do not.
Found = Mapping[str, Any]

_HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_RELATIVE = re.compile(
    r"""(\s(?:href|src|poster)\s{0,9}=\s{0,9})(["'])(?![a-z][a-z0-9+.-]{0,30}:|#)([^"'<>]{1,2048})\2""", re.IGNORECASE
)
_ITUNES_KEYWORDS = "http://www.itunes.com/"


class EntryReader:
    """Entries of one feed to records. `url` is the feed's own, `language` the one it claims for everything in it."""

    def __init__(
        self, *, url: str, is_rss: bool, language: str | None, not_after: datetime, report: Callable[[str], None]
    ) -> None:
        self._url = url
        self._is_rss = is_rss
        self._language = language
        self._not_after = not_after
        self._report = report

    def read(self, found: Found) -> Iterator[FeedEntry]:
        """The entry, or nothing where its link leads nowhere: then it is reported."""
        address = _address(found)
        url = link(address, self._url)
        if address and url is None:
            self._report(f"an entry was left out, its link is none: {address[:100]!r}")
            return
        published, updated = self._times(found)
        summary, content = _texts(found, self._url)
        yield FeedEntry(
            guid=or_none(found.get("id")),
            url=url,
            title=title_of(found),
            published=published,
            updated=updated,
            authors=_authors(found),
            categories=_categories(found),
            summary=summary,
            content_html=content,
            enclosures=tuple(self._enclosures(found)),
            comment_count=_comment_count(found),
            language=self._own_language(found),
        )

    def _times(self, found: Found) -> tuple[Timestamp | None, Timestamp | None]:
        published, updated = self._time(found.get("published")), self._time(found.get("updated"))
        if self._is_rss and published is None:
            # RSS 1.0 has one date only, dc:date, and everybody means the publication by it.
            return updated or self._time(found.get("created")), None
        if self._is_rss and updated is not None and published is not None and updated.at == published.at:
            updated = None
        return published, updated

    def _time(self, raw: str | None) -> Timestamp | None:
        languages = (self._language,) if self._language else ()
        return parse_timestamp(raw, languages=languages, not_after=self._not_after) if raw else None

    def _own_language(self, found: Found) -> str | None:
        """What the entry says of itself; what it only inherits is often wrong (an English post in a German feed)."""
        details = [found.get("title_detail"), found.get("summary_detail"), *(found.get("content") or ())]
        inherited = {None, "", self._language}
        stated = [found.get("language"), *(detail.get("language") for detail in details if detail)]
        return next((or_none(language) for language in stated if language not in inherited), None)

    def _enclosures(self, found: Found) -> Iterator[Enclosure]:
        files = [each for each in found.get("links") or () if each.get("rel") == "enclosure"]
        media = [{**each, "length": each.get("filesize")} for each in found.get("media_content") or ()]
        seen: set[str] = set()
        for file in (*files, *media):
            url = link(file.get("href") or file.get("url"), self._url)
            if url is not None and url not in seen:
                seen.add(url)
                yield Enclosure(
                    url=url, media_type=or_none(file.get("type")), length_bytes=_count(file.get("length")) or None
                )


def link(address: str | None, base: str) -> str | None:
    """`address` as an absolute http(s) URL; None for all others (javascript:, mailto:, broken, too long)."""
    url = resolved_or_none(address, base)
    return url if url and len(url) <= MAX_URL_LENGTH else None


def title_of(found: Found) -> str | None:
    """The title of an entry or a feed as text; feedparser says which ones hold markup."""
    detail = found.get("title_detail") or {}
    title = found.get("title")
    return to_text(title) if detail.get("type") in _HTML_TYPES else or_none(title)


def _address(found: Found) -> str | None:
    # FeedBurner's own link counts clicks; the true one stands beside it.
    address = found.get("feedburner_origlink") or found.get("link")
    if address:
        return str(address)
    alternates = [each.get("href") for each in found.get("links") or () if each.get("rel") == "alternate"]
    return next((str(each) for each in alternates if each), None)


def _texts(found: Found, url: str) -> tuple[str | None, str | None]:
    """Summary as text and content as markup. feedparser copies a content without a summary into the summary."""
    contents = [each for each in found.get("content") or () if each.get("type") in _HTML_TYPES]
    longest: Found = max(contents, key=lambda each: len(each.get("value") or ""), default={})
    content = longest.get("value") or None
    summary = None if found.get("summary") == content else to_text(found.get("summary"))
    base = longest.get("base")
    # Without xml:base, links in a content are meant from the entry's page, which is where they are read.
    return summary, _with_base(content, base) if content and base and base != url else content


def _with_base(markup: str, base: str) -> str:
    """`markup` with its relative addresses resolved against an xml:base."""
    return _RELATIVE.sub(lambda match: f"{match[1]}{match[2]}{link(match[3], base) or match[3]}{match[2]}", markup)


def _authors(found: Found) -> tuple[str, ...]:
    names = [to_text(person.get("name")) for person in found.get("authors") or ()]
    people = {fold(name): name for name in reversed(names) if name}
    return tuple(reversed(people.values()))


def _categories(found: Found) -> tuple[str, ...]:
    tags: Sequence[Found] = found.get("tags") or ()
    names = [to_text(tag.get("label") or tag.get("term")) for tag in tags if tag.get("scheme") != _ITUNES_KEYWORDS]
    return tuple(dict.fromkeys(name for name in names if name))


def _comment_count(found: Found) -> int | None:
    """slash:comments (RSS), or thr:total (RFC 4685), or thr:count at the link to the replies."""
    replies = [each for each in found.get("links") or () if each.get("rel") == "replies"]
    stated = [found.get("slash_comments"), found.get("thr_total"), *(each.get("thr:count") for each in replies)]
    counts = (_count(value) for value in stated)
    return next((count for count in counts if count is not None), None)


def _count(value: object) -> int | None:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
