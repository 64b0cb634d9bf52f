"""Some stored pages to try rules on: of a host, at an address, or one of every site. Only reads."""

from collections.abc import Iterator, Sequence

from scraper.archiver.articles import reading
from scraper.archiver.articles.pages import PageStore
from scraper.archiver.store.database import Database
from scraper.records import Page


def of_hosts(database: Database, pages: PageStore, hosts: Sequence[str], most: int) -> Iterator[Page]:
    """The latest pages of these hosts, written as in `SiteRule.hosts`."""
    conditions, parameters = [], []
    for host in hosts:
        site = host.removeprefix("*.").removeprefix("www.")
        conditions.append("site = ?")
        parameters.append(site)
        if host.startswith("*."):
            conditions.append("site LIKE ?")
            parameters.append(f"%.{site}")
    rows = database.all(
        f"SELECT page_id FROM article_records WHERE page_id IS NOT NULL AND ({' OR '.join(conditions)})"
        " ORDER BY first_seen_at DESC LIMIT ?",
        [*parameters, most],
    )
    return (pages.load(row["page_id"]) for row in rows)


def of_sites(database: Database, pages: PageStore, most: int) -> Iterator[Page]:
    """The latest page of each site, so many in all."""
    rows = database.all(
        "SELECT max(page_id) AS page_id FROM article_records WHERE page_id IS NOT NULL GROUP BY site"
        " ORDER BY count(*) DESC LIMIT ?",
        (most,),
    )
    return (pages.load(row["page_id"]) for row in rows)


def at(database: Database, pages: PageStore, url: str) -> Page | None:
    """The stored page of the article that `url` leads to."""
    article = reading.get(database, url)
    return None if article is None or article.page_id is None else pages.load(article.page_id)
