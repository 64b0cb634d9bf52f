"""What reading a stored page again takes from the archive: which articles, and all that is known of one. Only reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from scraper.archiver.articles import reading
from scraper.archiver.articles.pages import PageStore
from scraper.archiver.articles.reading import Selection
from scraper.archiver.records import StoredArticle
from scraper.archiver.store.columns import record_from, to_text
from scraper.archiver.store.database import Database
from scraper.records import FeedEntry, LinkKind, Page

SeenLinks = frozenset[tuple[str, str, str | None, str | None]]
"""Links as (URL, kind, heading, title)."""

_MANY = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article with the page of its latest version, the feed entry that led there, and the links it then showed.

    `further` are the pages that were joined to the first, in their order.
    """

    article: StoredArticle
    page: Page
    entry: FeedEntry | None
    links: SeenLinks
    further: tuple[Page, ...] = ()


class Glance(NamedTuple):
    """What is known of an article before its page is loaded.

    `reading` is the mark of the extractor and rules that read it again last; None: it is as it was when fetched.
    """

    url: str
    site: str
    page_id: int | None
    reading: str | None


def ids(database: Database, selection: Selection, *, after: int, most: int | None) -> Iterator[int]:
    """The ids of the articles selected, rising, from the first one above `after`; at most so many.

    Asked for a thousand at a time, so that nothing is held open while others write.
    """
    where, parameters = selection.where("records")
    sql = f"SELECT id FROM article_records AS records WHERE id > ? AND {where} ORDER BY id LIMIT ?"
    left = most
    while left is None or left > 0:
        asked = _MANY if left is None else min(_MANY, left)
        found = [row["id"] for row in database.all(sql, [after, *parameters, asked])]
        yield from found
        if len(found) < asked:
            return
        after, left = found[-1], None if left is None else left - len(found)


def count(database: Database, selection: Selection, *, after: int) -> int:
    """How many articles are selected above the id `after`."""
    where, parameters = selection.where("records")
    sql = f"SELECT count(*) FROM article_records AS records WHERE id > ? AND {where}"
    return database.number(sql, [after, *parameters]) or 0


def stored(database: Database, pages: PageStore, article_id: int) -> Stored:
    """All that is known of an article. Raises KeyError where it or its page has gone, ArchiveError for damage."""
    article = reading.get(database, article_id)
    if article is None or article.page_id is None:
        raise KeyError(article_id)
    return Stored(
        article=article,
        page=pages.load(article.page_id),
        entry=_entry(database, article_id),
        links=_links_then(database, article),
        further=tuple(pages.load(page_id) for page_id in _further_pages(database, article)),
    )


def glance(database: Database, article_id: int) -> Glance | None:
    """What tells whether an article is to be read again; None where it has gone."""
    row = database.one(
        "SELECT records.url, records.site, records.page_id, texts.reading FROM article_records AS records"
        " JOIN article_texts AS texts ON texts.article_id = records.id WHERE records.id = ?",
        (article_id,),
    )
    return None if row is None else Glance(*row)


def _entry(database: Database, article_id: int) -> FeedEntry | None:
    """The entry of the feed that brought the article, else the first one that any feed had of it."""
    row = database.one(
        "SELECT entries.* FROM entries JOIN article_records AS records ON records.id = entries.article_id"
        " WHERE entries.article_id = ? ORDER BY entries.feed_id IS NOT records.feed_id, entries.id LIMIT 1",
        (article_id,),
    )
    return None if row is None else record_from(FeedEntry, row)


def _further_pages(database: Database, article: StoredArticle) -> list[int]:
    """The pages that were asked for after the article's own, by the same visit: same queue item, same run."""
    if "pages" not in article.sources:
        return []
    found = database.all(
        "SELECT first.id AS visit, further.page_id FROM fetches AS first"
        " JOIN fetches AS further ON further.queue_id = first.queue_id AND further.run_id = first.run_id"
        " AND further.id > first.id AND further.url <> first.url"
        " WHERE first.page_id = ? AND further.page_id IS NOT NULL AND further.outcome = 'ok' ORDER BY further.id",
        (article.page_id,),
    )
    latest = max((row["visit"] for row in found), default=None)
    return list(dict.fromkeys(row["page_id"] for row in found if row["visit"] == latest))


def _links_then(database: Database, article: StoredArticle) -> SeenLinks:
    """The links in the text, and those of blocks as they were seen with the latest version of it."""
    rows = database.all(
        "SELECT urls.url, links.kind, links.heading, links.title FROM links JOIN urls ON urls.id = links.url_id"
        " LEFT JOIN link_sightings AS sightings ON sightings.link_id = links.id AND sightings.seen_at = ?2"
        " WHERE links.article_id = ?1 AND (links.kind = ?3 OR sightings.link_id IS NOT NULL)",
        (article.id, to_text(article.changed_at), LinkKind.BODY),
    )
    return frozenset((row["url"], row["kind"], row["heading"], row["title"]) for row in rows)
