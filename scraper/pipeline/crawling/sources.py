"""Sitemaps and list pages read as feeds are: what they list becomes the entries of a Feed. Writes nothing."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain

from scraper.archiver.crawl_records import DueFeed, SitemapState
from scraper.crawler import walls
from scraper.errors import ItemError, PermanentError, Reason
from scraper.extractor.links.listing import Listed, read_listing
from scraper.pipeline.crawling.sitemaps import Ask, SitemapWalk
from scraper.records import Feed, FeedEntry, Page
from scraper.rules.selectors import parse_selector

MAX_SITEMAPS = 25
"""Of an index, asked for in one poll; the rest follow in the next ones."""

_LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
_MAX_PROBLEMS = 20

News = tuple[Feed, tuple[SitemapState, ...]]
"""What a source lists, and the sitemaps of an index that were read for it."""


def read_page(source: DueFeed, page: Page, *, max_entries: int) -> Feed:
    """The articles that a list page links to. Raises an ItemError where there are none, or a wall in their place."""
    wall = walls.named(page)
    if wall is not None:
        raise wall
    listing = read_listing(page, parse_selector(source.links) if source.links else None)
    if not listing.articles:
        where = f"the selector {source.links!r} finds no links" if source.links else "it lists no articles"
        raise PermanentError(Reason.NO_LINKS, where, url=page.url)
    return Feed(
        format="page",
        title=listing.title,
        language=None,
        entries=tuple(entry_of(each) for each in listing.articles[:max_entries]),
        problems=_surplus(len(listing.articles), max_entries),
    )


def read_sitemap(source: DueFeed, page: Page, ask: Ask, *, max_entries: int) -> News:
    """What a sitemap lists, with those below it that moved since they were read. Raises an ItemError.

    A sitemap below that fails is a problem of the source; where all of them fail, that is its error.
    """
    entries: tuple[FeedEntry, ...] = ()
    states: list[SitemapState] = []
    problems: list[str] = []
    errors: list[ItemError] = []
    listed = steps = 0
    for step in SitemapWalk(ask, source.sitemaps, most=MAX_SITEMAPS).steps(page):
        steps += 1
        listed += len(step.urls)
        # One after the other: all that an index may list at once would be above a million entries.
        entries = _newest(chain(entries, (url.as_entry() for url in step.urls)), max_entries)
        states += [step.state] if step.state else []
        problems += step.problems
        if step.error is not None:
            errors.append(step.error)
            problems.append(f"{step.url}: {step.error}")
    if errors and len(errors) == steps - 1 and not entries:
        raise errors[0]
    problems += _surplus(listed, max_entries)
    form = "sitemap index" if steps > 1 else "sitemap"
    feed = Feed(format=form, entries=entries, problems=tuple(problems[:_MAX_PROBLEMS]))
    return feed, tuple(states)


def entry_of(listed: Listed) -> FeedEntry:
    """What a list says of an article, as an entry of a feed would."""
    return FeedEntry(url=listed.url, title=listed.title, published=listed.published, summary=listed.summary)


def _newest(entries: Iterable[FeedEntry], most: int) -> tuple[FeedEntry, ...]:
    def at(entry: FeedEntry) -> datetime:
        stamp = entry.published or entry.updated
        return stamp.at if stamp else _LONG_AGO

    return tuple(sorted(entries, key=at, reverse=True)[:most])


def _surplus(count: int, most: int) -> tuple[str, ...]:
    return (f"{count:,} addresses, of which the newest {most:,} were taken",) if count > most else ()
