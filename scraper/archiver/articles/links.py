"""Links from an article to others, when and where they were seen, and with which counts of their targets."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from scraper.archiver.articles.known_ids import KnownIds
from scraper.archiver.articles.urls import canonical_or_none
from scraper.archiver.store.columns import HOUR, stamp_columns, to_text
from scraper.archiver.store.database import Database, Value
from scraper.archiver.store.rows import add_many
from scraper.records import Link, LinkKind, Timestamp
from scraper.urls import CanonicalUrl

_COLUMNS = (
    *("article_id", "url_id", "first_seen_at", "kind", "heading", "position", "title", "published"),
    *("published_precision", "published_offset_minutes", "published_raw", "excerpt", "category"),
)
_SIGHTING = ("link_id", "seen_at", "position", "view_count", "comment_count")

Sighting = tuple[str, int, int | None, int | None]
"""When a link was seen, at which place in its block, and with which views and comments of its target."""


class Linked(Protocol):
    """What a link says, be it one just read or one of a whole story."""

    @property
    def kind(self) -> str: ...
    @property
    def heading(self) -> str | None: ...
    @property
    def position(self) -> int: ...
    @property
    def title(self) -> str | None: ...
    @property
    def published(self) -> Timestamp | None: ...
    @property
    def excerpt(self) -> str | None: ...
    @property
    def category(self) -> str | None: ...


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
        rows = [link_row(article_id, ids[url], at, link) for url, link in found]
        if is_new:
            add_links(self._database, rows, [_sightings(link, at) for _, link in found])
            return
        self._database.execute_many(
            f"INSERT INTO links ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
            " ON CONFLICT DO NOTHING",
            rows,
        )
        self._sight(article_id, found, at)

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


def link_row(article_id: int, url_id: int, first_seen_at: str, link: Linked) -> tuple[Value, ...]:
    """A row of the table `links`, without its id."""
    return (article_id, url_id, first_seen_at, *_columns_of(link))


def add_links(database: Database, rows: Sequence[tuple[Value, ...]], sightings: Iterable[Iterable[Sighting]]) -> None:
    """Store links that are all new, and the sightings of each, under ids given here: so nothing need be looked for."""
    first = (database.number("SELECT max(id) FROM links") or 0) + 1
    add_many(database, "links", ("id", *_COLUMNS), [(number, *row) for number, row in enumerate(rows, start=first)])
    sighted = [(number, *seen) for number, each in enumerate(sightings, start=first) for seen in each]
    add_many(database, "link_sightings", _SIGHTING, sighted)


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


def _columns_of(link: Linked) -> tuple[Value, ...]:
    # The kind as a bare str: an enum would be asked whether it can adapt itself.
    said = (str(link.kind), link.heading, link.position, link.title, *stamp_columns(link.published))
    return (*said, link.excerpt, link.category)


def _sightings(link: Link, at: str) -> list[Sighting]:
    """That it was seen in its block now; a link in the text needs no sightings."""
    return [] if link.kind is LinkKind.BODY else [(at, link.position, link.view_count, link.comment_count)]
