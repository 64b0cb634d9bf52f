"""Counts of an article as time series: how often it was read and commented on, as seen at one time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from scraper.archiver.store.columns import HOUR, to_text
from scraper.archiver.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one source said at one time."""

    source: Literal["page", "feed"]
    seen_at: datetime
    view_count: int | None = None
    comment_count: int | None = None


def add_first(database: Database, article_id: int, seen: Counts) -> None:
    """Store the first sighting of a new article, whose row says the same already."""
    if (seen.view_count, seen.comment_count) != (None, None):
        _add(database, article_id, seen)


def save(database: Database, article_id: int, seen: Counts) -> None:
    """Store a sighting, unless the same source said the same in the same clock hour; a source without counts is none.

    A flat line is knowledge too, so equal counts of another hour are stored; many runs within one hour add nothing.
    """
    values = (seen.view_count, seen.comment_count)
    if values == (None, None):
        return
    last = database.one(
        "SELECT seen_at, view_count, comment_count FROM count_sightings WHERE article_id = ? AND source = ?"
        " ORDER BY seen_at DESC LIMIT 1",
        (article_id, seen.source),
    )
    at = to_text(seen.seen_at)
    if last is not None and (last[0][:HOUR], last[1], last[2]) == (at[:HOUR], *values):
        return
    _add(database, article_id, seen)
    database.execute(
        "UPDATE article_records SET view_count = ifnull(?1, view_count), comment_count = ifnull(?2, comment_count)"
        " WHERE id = ?3"
        " AND (view_count IS NOT ifnull(?1, view_count) OR comment_count IS NOT ifnull(?2, comment_count))",
        (*values, article_id),
    )


def _add(database: Database, article_id: int, seen: Counts) -> None:
    database.execute(
        "INSERT INTO count_sightings (article_id, source, seen_at, view_count, comment_count) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET view_count = excluded.view_count, comment_count = excluded.comment_count",
        (article_id, seen.source, to_text(seen.seen_at), seen.view_count, seen.comment_count),
    )
