"""A fetched page to a Feed: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed. The door to feedparser. Opens nothing."""

import io
from dataclasses import replace
from datetime import timedelta
from xml.parsers import expat

import feedparser

from scraper.crawler.feeds.feedbytes import clean_feed_text, decode_feed
from scraper.crawler.feeds.feedentries import EntryReader, link, title_of
from scraper.crawler.feeds.feedxml import FeedXml, NotAFeedError, TooDenseError, to_wellformed
from scraper.crawler.feeds.jsonfeed import NotAJsonFeedError, parse_json_feed
from scraper.crawler.http.linkheaders import response_links
from scraper.errors import PermanentError, Reason
from scraper.records import Feed, Page
from scraper.text import or_none

_MAX_PROBLEMS = 20


def parse_feed(page: Page, *, max_entries: int) -> Feed:
    """The feed in `page`: its first `max_entries` entries, links resolved against where it came from.

    What is malformed is mended, and `problems` says so. Dates before 1990 or after tomorrow are None.
    Raises PermanentError: EMPTY, NOT_A_FEED (a web page in its place, for example), BROKEN_FEED, TOO_LARGE.
    """
    if not page.body.strip():
        raise PermanentError(Reason.EMPTY, "an empty answer", url=page.url)
    text, problems = decode_feed(page.body, page.header("Content-Type"))
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _json_feed(page, text, max_entries)
    try:
        wellformed = to_wellformed(clean_feed_text(text), url=page.final_url, max_entries=max_entries)
    except NotAFeedError as error:
        raise PermanentError(Reason.NOT_A_FEED, f"not a feed: {error}", url=page.url) from error
    except TooDenseError as error:
        raise PermanentError(Reason.TOO_LARGE, str(error), url=page.url) from error
    return _feed(page, wellformed, [*problems, *wellformed.problems])


def _json_feed(page: Page, text: str, max_entries: int) -> Feed:
    try:
        feed = parse_json_feed(
            text.lstrip("\ufeff \t\r\n"),
            url=page.final_url,
            max_entries=max_entries,
            not_after=page.fetched_at + timedelta(days=1),
        )
        links = (*feed.links, *response_links(page))
        return replace(feed, links=links, problems=feed.problems[:_MAX_PROBLEMS])
    except NotAJsonFeedError as error:
        raise PermanentError(Reason.NOT_A_FEED, f"not a feed: {error}", url=page.url) from error


def _feed(page: Page, wellformed: FeedXml, problems: list[str]) -> Feed:
    found, head = _parsed(page, wellformed.xml), wellformed.head
    feed = dict(found["feed"])
    version = str(found["version"])
    if not version and not found["entries"]:
        raise PermanentError(Reason.NOT_A_FEED, "not a feed: no known kind of it", url=page.url)
    language = or_none(feed.get("language"))
    reader = EntryReader(
        url=page.final_url,
        is_rss=version.startswith("rss"),
        language=language,
        not_after=page.fetched_at + timedelta(days=1),
        report=problems.append,
    )
    return Feed(
        format=version or "unknown",
        title=title_of(feed),
        site_url=link(feed.get("link"), page.final_url),
        language=language,
        entries=tuple(entry for each in found["entries"] for entry in reader.read(dict(each))),
        hints=head.hints,
        links=(*head.links, *response_links(page)),
        problems=tuple(problems[:_MAX_PROBLEMS]),
    )


def _parsed(page: Page, xml: bytes) -> feedparser.FeedParserDict:
    try:
        # feedparser reads XML that expat refuses with a parser of its own, which takes minutes where it is led to.
        expat.ParserCreate(namespace_separator=" ").ParseFile(io.BytesIO(xml))
        # A file object, because feedparser opens what a plain string names.
        return feedparser.parse(
            io.BytesIO(xml),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": page.final_url},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:
        # On odd input feedparser raises whatever its parts raise: UnicodeEncodeError, RecursionError, AttributeError.
        raise PermanentError(Reason.BROKEN_FEED, f"unreadable: {error!r}"[:300], url=page.url) from error
