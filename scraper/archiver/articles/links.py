"""Links from an article to others, when and where they were seen, and with which counts of their targets."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from scraper.archiver.articles.known_ids import KnownIds
from scraper.archiver.articles.urls import canonical_or_none
from scraper.archiver.store.columns import HOUR, stamp_columns, to_text
from scraper.archiver.store.database import Database, Value
from scraper.records import Link, LinkKind
from scraper.urls import CanonicalUrl

_COLUMNS = (
    "article_id, url_id, kind, heading, position, title, published, published_precision, published_offset_minutes,"
    " published_raw, excerpt, category, first_seen_at"
)
_MARKS = ", ".join("?" * (_COLUMNS.count(",") + 1))


class LinkStore:
    """The links of one archive's articles."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._url_ids = KnownIds(database, "urls", "url")

    def save(self, article_id: int, links: Iterable[Link], seen_at: datetime, *, is_new: bool) -> None:
        """Store links not seen before, and a sighting of every one that stands in a block.

        Where all blocks look as they did at another sighting in the same clock hour, there is no new one. A link in
        the text needs none, for the text has versions.
        """
        found = _by_identity(links)
        if not found:
            return
        at = to_text(seen_at)
        ids = self._url_ids.of(url for url, _ in found)
        rows = [(article_id, ids[url], *_link_columns(link), at) for url, link in found]
        if is_new:
            self._add_first(rows, [link for _, link in found], at)
            return
        self._database.execute_many(f"INSERT INTO links ({_COLUMNS}) VALUES ({_MARKS}) ON CONFLICT DO NOTHING", rows)
        self._sight(article_id, found, at)

    def _add_first(self, rows: Sequence[tuple[Value, ...]], links: Sequence[Link], at: str) -> None:
        """The links of a new article, under ids given here, so that their sightings need not look for them."""
        first = (self._database.number("SELECT max(id) FROM links") or 0) + 1
        numbered = list(enumerate(rows, start=first))
        self._database.execute_many(
            f"INSERT INTO links (id, {_COLUMNS}) VALUES (?, {_MARKS})", [(number, *row) for number, row in numbered]
        )
        self._database.execute_many(
            "INSERT INTO link_sightings (link_id, seen_at, position, view_count, comment_count) VALUES (?, ?, ?, ?, ?)",
            [
                (number, at, link.position, link.view_count, link.comment_count)
                for number, link in enumerate(links, start=first)
                if link.kind is not LinkKind.BODY
            ],
        )

    def _sight(self, article_id: int, found: Sequence[tuple[CanonicalUrl, Link]], at: str) -> None:
        sightings = [
            (url, link.kind, link.heading or "", link.position, link.view_count, link.comment_count)
            for url, link in found
            if link.kind is not LinkKind.BODY
        ]
        if _seen_this_hour(self._database, article_id, at, sightings):
            return
        self._database.execute_many(
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


def _link_columns(link: Link) -> tuple[Value, ...]:
    return (
        link.kind,
        link.heading,
        link.position,
        link.title,
        *stamp_columns(link.published),
        link.excerpt,
        link.category,
    )
