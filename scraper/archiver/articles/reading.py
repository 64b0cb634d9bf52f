"""Reads archived articles as records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, TypeVar

from scraper.archiver.articles import links, urls, versions
from scraper.archiver.articles.layout import from_layout
from scraper.archiver.records import KnownArticle, StoredArticle
from scraper.archiver.store.columns import record_from, records_from, strings_from, text_or_none
from scraper.archiver.store.database import Database, Row, Table, Value
from scraper.errors import UsageError
from scraper.records import Article, Image, Link, LinkKind
from scraper.text import did_you_mean

Kind = TypeVar("Kind", bound=Article)

_ID_BITS = 63
"""SQLite has no larger numbers, and sqlite3 refuses to ask for them."""


class Filters(TypedDict, total=False):
    """The keywords by which articles are selected everywhere; what each means stands in :class:`Selection`."""

    site: str | None
    feed: str | None
    category: str | None
    author: str | None
    language: str | None
    since: datetime | None
    until: datetime | None
    limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles to read; every condition that is given must hold.

    `site` is a host, with or without ``www.``; `feed` the name or address of a feed that carried it; `category` and
    `author` are whole names, in any case; `language` is a BCP 47 code, in which ``de`` means ``de-CH`` too. It was
    published at `since` or later, and before `until`. At most `limit` of them.
    """

    site: str | None = None
    feed: str | None = None
    category: str | None = None
    author: str | None = None
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None

    @property
    def host(self) -> str | None:
        """`site` as the archive writes it."""
        return self.site and self.site.lower().removeprefix("www.")

    @property
    def most(self) -> int:
        """`limit` as SQLite takes it: -1 for all."""
        return -1 if self.limit is None else self.limit

    def where(self, table: str) -> tuple[str, list[Value]]:
        """The conditions on the columns of `table`, as SQL and parameters; ``1`` where there is none."""
        wanted = (
            (f"{table}.site = ?", self.host),
            (f"{table}.published >= ?", text_or_none(self.since)),
            (f"{table}.published < ?", text_or_none(self.until)),
            # BCP 47 parts a language from its region by a hyphen: `de` does not mean den.
            (f"{table}.language || '-' LIKE ? || '-%'", self.language),
            (f"{table}.id IN ({_OF_FEED})", self.feed),
            (f"{table}.id IN ({_OF_CATEGORY})", self.category),
            (f"{table}.id IN ({_OF_AUTHOR})", self.author),
        )
        conditions = [(sql, value) for sql, value in wanted if value is not None]
        return " AND ".join(sql for sql, _ in conditions) or "1", [value for _, value in conditions]


_OF_FEED = (
    "SELECT entries.article_id FROM feeds JOIN entries ON entries.feed_id = feeds.id"
    " WHERE ? COLLATE NOCASE IN (feeds.name, feeds.url)"
)
_OF_CATEGORY = (
    "SELECT ties.article_id FROM categories JOIN article_categories AS ties ON ties.category_id = categories.id"
    " WHERE categories.name = ? COLLATE NOCASE"
)
_OF_AUTHOR = (
    "SELECT ties.article_id FROM authors JOIN article_authors AS ties ON ties.author_id = authors.id"
    " WHERE authors.name = ? COLLATE NOCASE"
)


def get(database: Database, key: str | int) -> StoredArticle | None:
    """The article of that id, or that any spelling of any of its URLs leads to."""
    article_id = id_of(database, key)
    row = None if article_id is None else database.one("SELECT * FROM articles WHERE id = ?", (article_id,))
    return None if row is None else _article(database, row)


def each(database: Database, selection: Selection) -> Iterator[StoredArticle]:
    """The articles selected, latest published first, in constant memory."""
    where, parameters = selection.where("articles")
    rows = database.each(
        f"SELECT * FROM articles WHERE {where} ORDER BY published DESC, id DESC LIMIT ?", [*parameters, selection.most]
    )
    for row in rows:
        yield _article(database, row)


def table(database: Database, selection: Selection, columns: Sequence[str]) -> Table:
    """These columns of the articles selected, latest published first. Raises UsageError for an unknown column."""
    known = [row["name"] for row in database.all("SELECT name FROM pragma_table_info('articles')")]
    for column in columns:
        if column not in known:
            raise UsageError(f"Articles have no column {column!r}{did_you_mean(column, known)}")
    where, parameters = selection.where("articles")
    names = ", ".join(columns)
    return database.user_table(
        f"SELECT {names} FROM articles WHERE {where} ORDER BY published DESC, id DESC LIMIT ?",
        [*parameters, selection.most],
    )


def page_ids(database: Database, selection: Selection) -> Iterator[int]:
    """The raw pages of all versions of the articles selected, in the order they were fetched."""
    where, parameters = selection.where("article_records")
    rows = database.each(
        "WITH chosen AS (SELECT id FROM article_records"
        f" WHERE {where} ORDER BY published DESC, id DESC LIMIT ?)"
        " SELECT DISTINCT pages.fetched_at, pages.id FROM chosen"
        " JOIN article_versions AS versions ON versions.article_id = chosen.id"
        " JOIN pages ON pages.id = versions.page_id ORDER BY pages.fetched_at, pages.id",
        [*parameters, selection.most],
    )
    for row in rows:
        yield row["id"]


def find(
    database: Database, article: Article, *, feed_id: int | None, guid: str | None, places: Sequence[str]
) -> KnownArticle | None:
    """The archived article that `article`, fetched from `places` and known to a feed by `guid`, is a sight of."""
    article_id = urls.article_of(database, article.url)
    if article_id is None:
        article_id = urls.article_at(database, urls.canonical_places(places))
    if article_id is None and feed_id is not None and guid:
        article_id = database.number(
            "SELECT article_id FROM entries JOIN feeds ON feeds.id = entries.feed_id AND feeds.guids_reliable = 1"
            " WHERE feed_id = ? AND guid = ? AND article_id IS NOT NULL",
            (feed_id, guid),
        )
    return None if article_id is None else known(database, article_id)


def known(database: Database, article_id: int) -> KnownArticle:
    """The archived state of an article, for deciding. Raises KeyError where there is none."""
    row = database.one(
        "SELECT articles.*, content_hash, text_hash FROM articles JOIN article_records USING (id) WHERE id = ?",
        (article_id,),
    )
    if row is None:
        raise KeyError(article_id)
    return record_from(
        KnownArticle,
        row,
        **_names_in(row),
        earlier=versions.earlier(database, article_id) if row["version_count"] > 1 else (),
        shown_version=versions.shown(database, article_id) if row["version_count"] > 1 else 1,
    )


def id_of(database: Database, key: str | int) -> int | None:
    """The id that `key` is, or of the article that it leads to as a spelling of a URL; None where there is none."""
    if isinstance(key, int):
        return key if key.bit_length() <= _ID_BITS else None
    place = urls.canonical_or_none(key)
    return None if place is None else urls.article_of(database, place)


def _article(database: Database, row: Row) -> StoredArticle:
    links, feeds = _links(database, row["id"]), strings_from(row["feeds_json"])
    return article_from(database, StoredArticle, row, links=links, feeds=feeds)


def article_from(database: Database, kind: type[Kind], row: Row, **others: object) -> Kind:
    """The article in a row of the view `articles`, with `others` of its fields as given: its links stand elsewhere."""
    images = database.all("SELECT * FROM images WHERE article_id = ? ORDER BY position", (row["id"],))
    return record_from(
        kind,
        row,
        **_names_in(row),
        blocks=from_layout(row["body"], row["blocks"]),
        captions=strings_from(row["captions_json"]),
        images=records_from(Image, images),
        extractor=row["extractor"] or "",
        **others,
    )


def _names_in(row: Row) -> dict[str, tuple[str, ...]]:
    return {name: strings_from(row[f"{name}_json"]) for name in ("authors", "categories", "tags")}


def _links(database: Database, article_id: int) -> tuple[Link, ...]:
    """The links of an article as last seen: all in its text, and those in its blocks at their last sighting."""
    rows = database.all(
        "SELECT links.*, urls.url, sightings.position AS last_position, view_count, comment_count"
        " FROM links JOIN urls ON urls.id = links.url_id"
        " LEFT JOIN link_sightings AS sightings ON sightings.link_id = links.id AND sightings.seen_at = ?2"
        " WHERE links.article_id = ?1 AND (links.kind = 'body' OR sightings.link_id IS NOT NULL)",
        (article_id, links.last_seen_at(database, article_id)),
    )
    found = [(row["id"], record_from(Link, row, position=row["last_position"] or row["position"])) for row in rows]
    blocks: dict[tuple[LinkKind, str | None], int] = {}
    for link_id, link in found:
        block = (link.kind, link.heading)
        blocks[block] = min(blocks.get(block, link_id), link_id)
    return tuple(sorted((link for _, link in found), key=lambda link: (blocks[link.kind, link.heading], link.position)))
