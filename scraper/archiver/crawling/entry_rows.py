"""A feed entry as columns of `entries`. No SQL."""

from scraper.archiver.store.columns import json_or_none, stamp_columns
from scraper.archiver.store.database import Value
from scraper.records import FeedEntry

ENTRY_COLUMNS = (
    *("guid", "url", "title"),
    *("published", "published_precision", "published_offset_minutes", "published_raw"),
    *("updated", "updated_precision", "updated_offset_minutes", "updated_raw"),
    *("authors", "categories", "summary", "content_html", "enclosures", "comment_count", "language"),
)
"""The columns of `entries` that say what the feed said, in the order of :func:`entry_columns`."""


def entry_columns(entry: FeedEntry) -> tuple[Value, ...]:
    return (
        entry.guid,
        entry.url,
        entry.title,
        *stamp_columns(entry.published),
        *stamp_columns(entry.updated),
        json_or_none(entry.authors),
        json_or_none(entry.categories),
        entry.summary,
        entry.content_html,
        json_or_none(
            [{"url": e.url, "media_type": e.media_type, "length_bytes": e.length_bytes} for e in entry.enclosures]
        ),
        entry.comment_count,
        entry.language,
    )
