"""Rows that nothing leads to, or that miss what they cannot be without: how to find them, and how to be rid of them."""

from dataclasses import dataclass

from scraper.archiver.articles.names import NAME_TABLES
from scraper.archiver.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A kind of orphan. `sql` gives the name or id of each; `removal` deletes them, where that does no harm."""

    kind: str
    message: str
    sql: str
    removal: str | None = None

    @property
    def is_damage(self) -> bool:
        """Whether something is missing, and not only too much."""
        return self.removal is None


def _unused(table: str, message: str, condition: str, *, shown: str = "name", kind: str | None = None) -> Orphan:
    """Rows of `table` that nothing needs; `shown` names each."""
    return Orphan(
        kind=f"unused_{kind or table}",
        message=message,
        sql=f"SELECT {shown} FROM {table} WHERE {condition}",
        removal=f"DELETE FROM {table} WHERE {condition}",
    )


def _without(kind: str, message: str, condition: str) -> Orphan:
    return Orphan(
        kind=kind, message=message, sql=f"SELECT 'article ' || records.id FROM article_records AS records {condition}"
    )


ORPHANS = (
    _without(
        "missing_texts",
        "articles without their text",
        "WHERE NOT EXISTS (SELECT 1 FROM article_texts WHERE article_id = records.id)",
    ),
    _without(
        "missing_versions",
        "articles whose versions are not all there",
        "WHERE records.version_count <> (SELECT count(*) FROM article_versions WHERE article_id = records.id)",
    ),
    _without(
        "missing_version_texts",
        "articles with a replaced version whose text was not kept",
        "JOIN article_versions AS versions ON versions.article_id = records.id"
        " WHERE versions.number < records.version_count"
        " AND NOT EXISTS (SELECT 1 FROM version_texts WHERE version_id = versions.id)",
    ),
    _without(
        "missing_urls",
        "articles that their own address does not lead to",
        "WHERE NOT EXISTS (SELECT 1 FROM urls WHERE urls.url = records.url AND urls.article_id = records.id)",
    ),
    Orphan(
        kind="returned",
        message="articles that were deleted and are there",
        sql="SELECT deleted.url FROM deleted JOIN article_records ON article_records.url = deleted.url",
    ),
    *(_unused(each.names, f"{each.names} that no article has", each.is_unused) for each in NAME_TABLES),
    _unused(
        "urls",
        "addresses that lead nowhere and that nothing links to",
        "article_id IS NULL AND NOT EXISTS (SELECT 1 FROM links WHERE links.url_id = urls.id)"
        " AND url NOT IN (SELECT url FROM article_records)",
        shown="url",
    ),
    _unused(
        "pages",
        "raw pages that nothing refers to",
        "NOT EXISTS (SELECT 1 FROM article_versions WHERE page_id = pages.id)"
        " AND NOT EXISTS (SELECT 1 FROM article_records WHERE page_id = pages.id)"
        " AND NOT EXISTS (SELECT 1 FROM fetches WHERE page_id = pages.id)",
        shown="url",
    ),
    _unused(
        "page_bodies",
        "bodies without a page",
        "NOT EXISTS (SELECT 1 FROM pages WHERE body_id = page_bodies.id)"
        " AND NOT EXISTS (SELECT 1 FROM page_bodies AS others WHERE others.dictionary_id = page_bodies.id)"
        " AND NOT EXISTS (SELECT 1 FROM hosts WHERE hosts.dictionary_id = page_bodies.id)",
        shown="'body ' || id",
        kind="bodies",
    ),
    _unused(
        "signature_bands",
        "marks of texts that are gone",
        "NOT EXISTS (SELECT 1 FROM text_signatures AS owners WHERE owners.article_id = signature_bands.article_id)",
        shown="DISTINCT 'article ' || article_id",
        kind="bands",
    ),
)


def remove(database: Database) -> int:
    """Delete every orphan that is only too much, in a transaction a kind; how many."""
    count = 0
    for orphan in ORPHANS:
        if orphan.removal is not None:
            with database.transaction():
                count += database.execute(orphan.removal)
                database.forget_known()
    return count
