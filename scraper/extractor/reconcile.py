"""A page's record and the feed entry that led to it, put together: the entry fills what the page lacks.

The page wins where it says something; only in the hour does the entry know better, as feeds give the second and the
zone of what pages show as a day.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any, Final

from scraper.extractor.metadata.language import language_code
from scraper.extractor.metadata.names import names_in
from scraper.records import Article, FeedEntry, Precision, Timestamp

SOURCE: Final = "feed"
_UNKNOWN_ZONE_REACH = timedelta(hours=14)


def with_entry(article: Article, entry: FeedEntry) -> Article:
    """`article` with what only `entry` knows; `sources` says "feed" for each such field."""
    filled = dict(_missing(article, entry))
    published = with_clock_of(article.published, entry.published)
    if published is not article.published:
        filled["published"] = published
    modified = with_clock_of(article.modified, entry.updated) if article.modified else None
    if modified is not None and modified is not article.modified:
        filled["modified"] = modified
    if not filled:
        return article
    return replace(article, **filled, sources={**article.sources, **dict.fromkeys(filled, SOURCE)})


def with_clock_of(stated: Timestamp | None, known: Timestamp | None) -> Timestamp | None:
    """The fuller of two statements of one moment: `known` (the feed's) where `stated` (the page's) is less exact.

    A page that shows only a day takes the feed's time on that day, in the feed's own zone. A page that shows a clock
    without a zone takes the feed's zone, if the reading fits: the same there, or in UTC. A page that gives the zone
    itself is left alone, and so is one that names another day.
    """
    if stated is None or known is None or known.precision is Precision.DAY:
        return stated if stated is not None else known
    if stated.offset_minutes is not None:
        return stated
    if _is_day_only(stated):
        return known if known.day == stated.day else stated
    return _in_zone_of(stated, known)


def _is_day_only(stamp: Timestamp) -> bool:
    """Midnight sharp without a zone is how templates print a day that they hold as a moment."""
    local = stamp.local
    return stamp.precision is Precision.DAY or local.hour == local.minute == local.second == 0


def _in_zone_of(stated: Timestamp, known: Timestamp) -> Timestamp:
    """`stated` in the zone of `known`, or `known` itself where both are one reading and it is more exact."""
    same_minute = {moment.replace(second=0, microsecond=0, tzinfo=None) for moment in (known.local, known.at)}
    if stated.local.replace(second=0, microsecond=0, tzinfo=None) in same_minute:
        return known
    if known.offset_minutes is None or abs(known.at - stated.at) > _UNKNOWN_ZONE_REACH:
        return stated
    zone = timezone(timedelta(minutes=known.offset_minutes))
    return replace(stated, at=stated.local.replace(tzinfo=zone), offset_minutes=known.offset_minutes)


def _missing(article: Article, entry: FeedEntry) -> Mapping[str, Any]:
    """What the page says nothing of, and the entry does."""
    categories = tuple(dict.fromkeys(entry.categories))
    offers: dict[str, object] = {
        "title": entry.title,
        "authors": tuple(name for author in entry.authors for name in (names_in(author) or (author,))),
        "comment_count": entry.comment_count,
        "language": language_code(entry.language) if entry.language else None,
        "summary": entry.summary,
    }
    if not article.categories:
        # Feeds list sections and labels in one: what the page calls its tags is none of its categories.
        held = {tag.casefold() for tag in article.tags}
        offers["categories"] = tuple(name for name in categories if name.casefold() not in held)
    elif not article.tags:
        held = {name.casefold() for name in article.categories}
        offers["tags"] = tuple(name for name in categories if name.casefold() not in held)
    return {
        name: value
        for name, value in offers.items()
        if value not in (None, ()) and getattr(article, name) in (None, ())
    }
