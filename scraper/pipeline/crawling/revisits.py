"""When an archived page is looked at again, and whether a short text is all there is. Pure; reads no clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from scraper.archiver.crawl_records import QueueItem, Revisit
from scraper.records import Article, FeedEntry, NotModified, Page, PageKind, Precision
from scraper.settings import CrawlSettings, span_seconds

THIN_WORDS: Final = 40
"""An article of fewer words may be all that the page shows so far: agencies' flashes are filled in within hours."""

_THIN_LOOKS: Final = tuple(timedelta(minutes=minutes) for minutes in (15, 45, 120, 360, 1440, 4320))
_MOST_CHANCE: Final = timedelta(minutes=30)
_JITTER: Final = 0.1


def is_thin(article: Article, entry: FeedEntry | None) -> bool:
    """Whether more text is likely to come: there is hardly any, and nobody says that it must be paid for.

    What the feed itself carries as its summary tells a flash from a note that is meant to be short: a text that says
    no more than the summary does is a teaser.
    """
    if article.kind is not PageKind.ARTICLE or article.paywalled or article.images:
        return False
    summary_words = len((entry.summary or "").split()) if entry else 0
    return article.word_count < max(THIN_WORDS, min(summary_words, 2 * THIN_WORDS))


def born_at(article: Article, first_seen_at: datetime) -> datetime:
    """When the story came out: as the page says, where that can be true, else when it was first seen.

    A page that names the day only was published at some time of it.
    """
    stated = article.published
    if stated is None or stated.at > first_seen_at:
        return first_seen_at
    if stated.precision is Precision.DAY:
        return min(first_seen_at, stated.at + timedelta(days=1))
    return stated.at


def plan(article: Article, item: QueueItem, page: Page, settings: CrawlSettings, *, chance: float) -> Revisit | None:
    """The next look at a page that was just archived or seen again; None: there is no reason for one.

    A thin text is asked for soon and then more rarely, for three days from the first sight of it.
    """
    born = item.born_at or born_at(article, page.fetched_at)
    has_counts = article.view_count is not None or article.comment_count is not None
    regular = next_look(page.fetched_at, born, settings, chance=chance, counts=has_counts)
    if settings.revisit and is_thin(article, item.entry):
        since = item.born_at or page.fetched_at
        soon = _next_step(page.fetched_at, since, _THIN_LOOKS, chance)
        if soon is not None and (regular is None or soon < regular.at):
            return Revisit(at=soon, because="thin", born_at=born)
    return regular


def plan_after(
    answer: NotModified | datetime, item: QueueItem, settings: CrawlSettings, *, chance: float
) -> Revisit | None:
    """The next look at a page that is as it was, or could not be had (then the moment of that)."""
    now = answer if isinstance(answer, datetime) else answer.fetched_at
    return next_look(now, item.born_at or item.fetched_at or now, settings, chance=chance, counts=True)


def next_look(now: datetime, born: datetime, settings: CrawlSettings, *, chance: float, counts: bool) -> Revisit | None:
    """The first of the ages in the settings that the story has not reached; what is older is left alone."""
    for_edits = _next_step(now, born, _spans(settings.revisit), chance)
    for_counts = _next_step(now, born, _spans(settings.revisit_counts), chance) if counts else None
    if for_edits is None and for_counts is None:
        return None
    if for_counts is None or (for_edits is not None and for_edits <= for_counts):
        assert for_edits is not None
        return Revisit(at=for_edits, because="age", born_at=born)
    return Revisit(at=for_counts, because="counts", born_at=born)


def wants_whole(item: QueueItem, now: datetime, settings: CrawlSettings) -> bool:
    """Whether a page is to be asked for without conditions: never fetched, said to have changed, or not to be trusted.

    Some servers answer "not modified" whatever happened: now and then nobody takes their word for it.
    """
    if item.article_id is None or item.whole or item.fetched_at is None:
        return True
    return bool(settings.full_check_days) and now - item.fetched_at >= timedelta(days=settings.full_check_days)


def _next_step(now: datetime, born: datetime, ages: Iterable[timedelta], chance: float) -> datetime | None:
    steps = (age for age in sorted(ages) if born + age > now)
    age = next(steps, None)
    return None if age is None else born + age + min(_MOST_CHANCE, age * _JITTER) * chance


def _spans(texts: Iterable[str]) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=span_seconds(text)) for text in texts)
