"""Deletes articles for good: every row of them goes, and a tombstone for every address that led to them stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from scraper.archiver.articles import duplicates, urls
from scraper.archiver.articles.names import NAME_TABLES
from scraper.archiver.articles.pages import PageStore
from scraper.archiver.articles.reading import Selection
from scraper.archiver.care import tombstones
from scraper.archiver.care.bodies import drop_unused
from scraper.archiver.care.retention import PagesDropped, drop
from scraper.archiver.search import indexing
from scraper.archiver.store.columns import record_from, to_json
from scraper.archiver.store.database import Database, Value
from scraper.urls import CanonicalUrl, canonicalize

_BATCH = 100

# What hangs on an article and may hang on others: how to find it, and how to drop it where it hangs on none.
_SHARED = {
    "SELECT url_id FROM links WHERE article_id = ?1 UNION SELECT id FROM urls WHERE article_id = ?1": (
        "DELETE FROM urls WHERE id IN (SELECT value FROM json_each(?)) AND article_id IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM links WHERE links.url_id = urls.id)"
    )
} | {
    f"SELECT {table.key} FROM {table.ties} WHERE article_id = ?": (
        f"DELETE FROM {table.names} WHERE id IN (SELECT value FROM json_each(?)) AND {table.is_unused}"
    )
    for table in NAME_TABLES
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoomedArticle:
    """An article that is to go. `published` is UTC text, as the archive writes it."""

    id: int
    url: str
    title: str | None
    published: str | None
    versions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """What was deleted: articles, their versions, raw pages that nothing else needed; `places` that stay out for good.

    `stored_bytes` is what the raw pages took; `doomed` are the articles, oldest first.
    """

    articles: int = 0
    versions: int = 0
    pages: int = 0
    places: int = 0
    stored_bytes: int = 0
    doomed: tuple[DoomedArticle, ...] = ()

    def __add__(self, other: "Deletion") -> "Deletion":
        return Deletion(
            **{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)}
        )


def at(database: Database, addresses: Sequence[str]) -> tuple[list[DoomedArticle], list[CanonicalUrl]]:
    """The articles that `addresses` lead to, and those addresses that lead to none.

    Raises InvalidUrlError for what is no address.
    """
    found: dict[int, DoomedArticle] = {}
    unknown: list[CanonicalUrl] = []
    for address in addresses:
        place = canonicalize(address)
        article_id = urls.article_of(database, place)
        if article_id is None:
            unknown.append(place)
        else:
            found.update((doomed.id, doomed) for doomed in _doomed(database, "id = ?", [article_id], -1))
    return list(found.values()), unknown


def selected(database: Database, selection: Selection) -> list[DoomedArticle]:
    """The articles of a selection, oldest first."""
    where, parameters = selection.where("article_records")
    return list(_doomed(database, where, parameters, selection.most))


class Deleter:
    """Deletes from one archive."""

    def __init__(self, database: Database, pages: PageStore, now: datetime, reason: str | None) -> None:
        self._database = database
        self._pages = pages
        self._now = now
        self._reason = reason
        self._needed: set[int] = set()

    def run(self, addresses: Sequence[str], selection: Selection, *, dry_run: bool) -> Deletion:
        """Delete what `addresses` lead to; where there are none, what is selected. See :meth:`Archive.delete`."""
        if not addresses and selection == Selection(limit=selection.limit):
            raise ValueError("nothing was chosen to be deleted")
        unknown: list[CanonicalUrl] = []
        if addresses:
            articles, unknown = at(self._database, addresses)
        else:
            articles = selected(self._database, selection)
        if dry_run:
            versions = sum(article.versions for article in articles)
            return Deletion(articles=len(articles), versions=versions, places=len(unknown), doomed=tuple(articles))
        return self._delete_all(articles, unknown) + Deletion(doomed=tuple(articles))

    def _delete_all(self, articles: Sequence[DoomedArticle], places: Sequence[CanonicalUrl]) -> Deletion:
        """Delete `articles`, a hundred to a transaction, and let `places`, which lead to none, lead to none for ever.

        What was written is overwritten, and raw pages that served as dictionaries are replaced. Only the search index
        may keep words of it, until it is next optimised.
        """
        done = Deletion()
        self._needed.clear()
        self._database.execute("PRAGMA secure_delete = ON")
        try:
            for start in range(0, len(articles), _BATCH):
                with self._database.transaction():
                    for article in articles[start : start + _BATCH]:
                        done += self._delete(article)
            with self._database.transaction():
                for place in places:
                    done += self._forget([place], place)
            unused = drop_unused(self._database, self._pages, self._needed)
        finally:
            self._database.execute("PRAGMA secure_delete = OFF")
        return done + Deletion(stored_bytes=unused.stored_bytes)

    def _delete(self, article: DoomedArticle) -> Deletion:
        pages = self._pages_of_versions(article.id)
        places = self._places(article)
        shared = self._shared(article.id)
        # The search index cannot forget what it has not been told of yet.
        indexing.catch_up(self._database)
        duplicates.forget(self._database, article.id)
        gone = self._forget(places, article.url, article_id=article.id)
        self._database.execute("DELETE FROM article_records WHERE id = ?", (article.id,))
        self._database.execute(
            "UPDATE urls SET article_id = NULL, role = NULL WHERE url IN (SELECT value FROM json_each(?))",
            (to_json(places),),
        )
        for removal, ids in shared:
            self._database.execute(removal, (to_json(ids),))
        self._database.forget_known()
        dropped = self._drop(pages)
        return gone + Deletion(
            articles=1, versions=article.versions, pages=dropped.pages, stored_bytes=dropped.bodies.stored_bytes
        )

    def _forget(self, places: Sequence[str], article_url: str, *, article_id: int | None = None) -> Deletion:
        """Take `places` and pages that failed there out of the queue and the feeds' entries, and keep them out."""
        known = (to_json(list(places)), article_id)
        pages = self._database.all(
            "SELECT page_id FROM fetches WHERE page_id IS NOT NULL AND (url IN (SELECT value FROM json_each(?1))"
            " OR queue_id IN (SELECT id FROM queue WHERE article_id = ?2"
            "  OR url IN (SELECT value FROM json_each(?1))))",
            known,
        )
        count = tombstones.put(self._database, places, article_url, self._now, self._reason)
        for table, column in (("queue", "url"), ("entries", "canonical_url")):
            self._database.execute(
                f"DELETE FROM {table} WHERE article_id = ?2 OR {column} IN (SELECT value FROM json_each(?1))", known
            )
        dropped = self._drop([row["page_id"] for row in pages])
        return Deletion(places=count, pages=dropped.pages, stored_bytes=dropped.bodies.stored_bytes)

    def _drop(self, page_ids: list[int]) -> PagesDropped:
        """Drop pages that no version has any more."""
        rows = self._database.all(
            "SELECT value AS id FROM json_each(?) WHERE"
            " NOT EXISTS (SELECT 1 FROM article_versions WHERE page_id = value)"
            " AND NOT EXISTS (SELECT 1 FROM article_records WHERE page_id = value)",
            (to_json(page_ids),),
        )
        dropped = drop(self._database, [row["id"] for row in rows])
        self._needed.update(dropped.bodies.needed)
        return dropped

    def _pages_of_versions(self, article_id: int) -> list[int]:
        rows = self._database.all(
            "SELECT page_id FROM article_versions WHERE article_id = ?1 AND page_id IS NOT NULL"
            " UNION SELECT page_id FROM article_records WHERE id = ?1 AND page_id IS NOT NULL",
            (article_id,),
        )
        return [row["page_id"] for row in rows]

    def _shared(self, article_id: int) -> list[tuple[str, list[int]]]:
        """The names and addresses that hang on the article, each kind with what drops those that nothing else has."""
        return [
            (removal, [row[0] for row in self._database.all(sql, (article_id,))]) for sql, removal in _SHARED.items()
        ]

    def _places(self, article: DoomedArticle) -> list[str]:
        """Every address that led to the article."""
        rows = self._database.all(
            "SELECT url FROM urls WHERE article_id = ?1 UNION SELECT url FROM queue WHERE article_id = ?1"
            " UNION SELECT canonical_url FROM entries WHERE article_id = ?1 AND canonical_url IS NOT NULL",
            (article.id,),
        )
        return list(dict.fromkeys([article.url, *(row[0] for row in rows)]))


def _doomed(database: Database, where: str, parameters: Sequence[Value], limit: int) -> Iterator[DoomedArticle]:
    for row in database.each(
        "SELECT id, url, title, published, version_count AS versions FROM article_records"
        f" WHERE {where} ORDER BY published, id LIMIT ?",
        [*parameters, limit],
    ):
        yield record_from(DoomedArticle, row)
