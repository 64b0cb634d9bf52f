"""Records for tests, filled in where a test does not care."""

from datetime import UTC, datetime, timedelta
from typing import Any

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import FeedPoll, PollOutcome, PollResult, QueueItem
from scraper.archiver.records import KnownArticle
from scraper.records import Article, ChangeKind, Feed, FeedEntry, NotModified, Page, Precision, Timestamp, Validators
from scraper.settings import FeedSettings
from scraper.urls import canonicalize

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
FEED_URL = "https://news.example/feed.xml"

BODY = (
    "The harbour of Nordhaven was closed on Monday after a barge ran aground at its mouth.\n\n"
    "Two tugs worked through the night, but the tide had already fallen too far to bring her off.\n\n"
    "Fishermen said that they would lose a week of the season if the channel was not cleared by Friday morning."
)


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def stamp(text: str, *, offset: int | None = 0, precision: Precision = Precision.SECOND) -> Timestamp:
    return Timestamp(at=datetime.fromisoformat(text), offset_minutes=offset, precision=precision, raw=text)


def make_article(url: str = "https://news.example/harbour", **fields: Any) -> Article:
    defaults: dict[str, Any] = {
        "title": "Barge blocks harbour",
        "published": stamp("2026-03-01T08:00:00+00:00", offset=60),
        "authors": ("Ada Example",),
        "categories": ("Harbour", "Region"),
        "tags": ("ships", "tide"),
        "body": BODY,
        "language": "en",
        "extractor": "generic@1",
    }
    values = defaults | fields
    values.setdefault("word_count", len((values["body"] or "").split()))
    return Article(url=canonicalize(url), **values)


def make_page(url: str = "https://news.example/harbour", *, at: datetime = NOW, **fields: Any) -> Page:
    defaults: dict[str, Any] = {"final_url": url, "body": f"<html><p>{url}</p></html>".encode(), "fetched_at": at}
    return Page(url=url, **(defaults | fields))


def make_entry(number: int, **fields: Any) -> FeedEntry:
    defaults: dict[str, Any] = {
        "guid": f"urn:story:{number}",
        "url": f"https://news.example/story-{number}?utm_source=feed",
        "title": f"Story number {number}",
        "published": stamp("2026-03-01T08:00:00+00:00"),
    }
    return FeedEntry(**(defaults | fields))


def add_feed(archive: Archive, url: str = FEED_URL, **fields: Any) -> int:
    """Subscribe to one feed more; its id."""
    known = [FeedSettings(url=row["url"], name=row["name"]) for row in archive.query("SELECT * FROM feeds")]  # type: ignore[arg-type]
    archive.sync_feeds([*known, FeedSettings(url=url, name=fields.pop("name", url), **fields)], NOW)
    (row,) = archive.query("SELECT id FROM feeds WHERE url = ?", (url,))
    assert isinstance(row["id"], int)
    return row["id"]


def poll(archive: Archive, feed_id: int, *entries: FeedEntry, at: datetime = NOW, **fields: Any) -> PollResult:
    """Let a feed answer with `entries`."""
    body = repr(entries).encode()
    page = make_page(FEED_URL, at=at, body=body, headers=fields.pop("headers", (("ETag", '"1"'),)))
    feed = Feed(format="rss20", title="The News", entries=entries)
    made = FeedPoll(
        outcome=PollOutcome.OK,
        fetched_at=at,
        next_check_at=at + timedelta(hours=1),
        response=page,
        feed=feed,
        fetch_pages=fields.pop("fetch_pages", True),
    )
    return archive.save_poll(None, feed_id, made)


def not_modified(at: datetime, validators: Validators) -> FeedPoll:
    answer = NotModified(url=FEED_URL, final_url=FEED_URL, fetched_at=at, validators=validators)
    return FeedPoll(
        outcome=PollOutcome.NOT_MODIFIED, fetched_at=at, next_check_at=at + timedelta(hours=1), response=answer
    )


def store(
    archive: Archive,
    article: Article,
    *,
    at: datetime = NOW,
    item: QueueItem | None = None,
    known: KnownArticle | None = None,
    change: ChangeKind | None = None,
    **page_fields: Any,
) -> int:
    """Store `article` as a visit at `at` brought it; its id."""
    item = item or archive.enqueue(article.url, at)
    page_fields.setdefault("body", repr(article).encode())
    page = make_page(item.url, at=at, **page_fields)
    return archive.save_article(None, item, page, article, known=known, change=change)


def known_as(archive: Archive, article: Article) -> KnownArticle:
    """What the archive holds of `article`, which it must hold."""
    known = archive.find(article, feed_id=None, guid=None, urls=())
    assert known is not None
    return known


def count(archive: Archive, table: str) -> int:
    (row,) = archive.query(f"SELECT count(*) AS n FROM {table}")
    assert isinstance(row["n"], int)
    return row["n"]
