"""Links from an article to others, when and where they were seen, and with which counts of their targets."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from scraper.archiver.articles.urls import canonical_or_none
from scraper.archiver.store.columns import HOUR, stamp_columns, to_text
from scraper.archiver.store.database import Database, Value
from scraper.records import Link, LinkKind
from scraper.urls import CanonicalUrl


def save(database: Database, article_id: int, links: Iterable[Link], seen_at: datetime) -> None:
    """Store links not seen before, and a sighting of every one that stands in a block.

    Where all blocks look as they did at another sighting in the same clock hour, there is no new one. A link in the
    text needs none, for the text has versions.
    """
    found = _by_identity(links)
    at = to_text(seen_at)
    database.execute_many(
        "INSERT INTO urls (url) VALUES (?) ON CONFLICT (url) DO NOTHING", ((url,) for url, _ in found)
    )
    database.execute_many(
        "INSERT INTO links (article_id, url_id, kind, heading, position, title, published, published_precision,"
        " published_offset_minutes, published_raw, excerpt, category, first_seen_at)"
        " SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 FROM urls WHERE url = ?2"
        " ON CONFLICT DO NOTHING",
        [_link_columns(article_id, url, link, at) for url, link in found],
    )
    sightings = [
        (url, link.kind, link.heading or "", link.position, link.view_count, link.comment_count)
        for url, link in found
        if link.kind is not LinkKind.BODY
    ]
    if not _seen_this_hour(database, article_id, at, sightings):
        database.execute_many(
            "INSERT INTO link_sightings (link_id, seen_at, position, view_count, comment_count)"
            " SELECT links.id, ?2, ?6, ?7, ?8 FROM links JOIN urls ON urls.id = links.url_id"
            " WHERE links.article_id = ?1 AND urls.url = ?3 AND links.kind = ?4 AND ifnull(links.heading, '') = ?5"
            " ON CONFLICT DO NOTHING",
            [(article_id, at, *sighting) for sighting in sightings],
        )


def last_seen_at(database: Database, article_id: int) -> str | None:
    """When blocks of links were last sighted on an article's page."""
    row = database.one(
        "SELECT max(seen_at) FROM links JOIN link_sightings ON link_sightings.link_id = links.id WHERE article_id = ?",
        (article_id,),
    )
    return None if row is None else row[0]


def _seen_this_hour(database: Database, article_id: int, at: str, sightings: Sequence[tuple[Value, ...]]) -> bool:
    last = last_seen_at(database, article_id)
    if last is None or last[:HOUR] != at[:HOUR]:
        return False
    rows = database.all(
        "SELECT urls.url, links.kind, ifnull(links.heading, ''), sightings.position, view_count, comment_count"
        " FROM links JOIN urls ON urls.id = links.url_id"
        " JOIN link_sightings AS sightings ON sightings.link_id = links.id AND sightings.seen_at = ?"
        " WHERE links.article_id = ?",
        (last, article_id),
    )
    return {tuple(row) for row in rows} == set(sightings)


def _by_identity(links: Iterable[Link]) -> list[tuple[CanonicalUrl, Link]]:
    """Each link once, the first of equal ones; what leads nowhere we could go is left out."""
    found: dict[tuple[CanonicalUrl, LinkKind, str | None], Link] = {}
    for link in links:
        url = canonical_or_none(link.url)
        if url is not None:
            found.setdefault((url, link.kind, link.heading), link)
    return [(url, link) for (url, _, _), link in found.items()]


def _link_columns(article_id: int, url: CanonicalUrl, link: Link, at: str) -> tuple[Value, ...]:
    return (
        article_id,
        url,
        link.kind,
        link.heading,
        link.position,
        link.title,
        *stamp_columns(link.published),
        link.excerpt,
        link.category,
        at,
    )
