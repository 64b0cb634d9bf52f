"""URLs that lead to articles: their canonical ones and their aliases (redirects, entry URLs)."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from scraper.archiver.store.columns import to_json
from scraper.archiver.store.database import Database
from scraper.urls import CanonicalUrl, InvalidUrlError, canonicalize


def article_of(database: Database, url: CanonicalUrl) -> int | None:
    """The article that `url` leads to, be it its canonical URL or an alias."""
    return database.number("SELECT article_id FROM urls WHERE url = ?", (url,))


def article_at(database: Database, places: Sequence[CanonicalUrl]) -> int | None:
    """The article whose canonical URL is one of `places`, the first that there is.

    Aliases do not count here: an address such as ``/latest`` leads to another story every day.
    """
    return database.number(
        "SELECT urls.article_id FROM json_each(?) AS places JOIN urls ON urls.url = places.value"
        " WHERE urls.role = 'canonical' AND urls.article_id IS NOT NULL ORDER BY places.key LIMIT 1",
        (to_json(list(places)),),
    )


def point(database: Database, article_id: int, canonical: CanonicalUrl, places: Iterable[CanonicalUrl]) -> None:
    """Let `canonical` and the aliases `places` lead to the article, unless they lead to another already.

    Links to these URLs lead to the article from now on, those found before it was archived too.
    """
    rows = [(canonical, article_id, "canonical")]
    rows += [(place, article_id, "alias") for place in places if place != canonical]
    database.execute_many(
        "INSERT INTO urls (url, article_id, role) VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE"
        " SET article_id = excluded.article_id, role = excluded.role WHERE article_id IS NULL",
        rows,
    )


def canonical_places(urls: Iterable[str | None]) -> tuple[CanonicalUrl, ...]:
    """The canonical forms of `urls`, each once, in order; what is no URL is left out."""
    places = (canonical_or_none(url) for url in urls)
    return tuple(dict.fromkeys(place for place in places if place is not None))


# The blocks of links beside the articles of a site hold the same few URLs.
@lru_cache(maxsize=8_192)
def canonical_or_none(url: str | None) -> CanonicalUrl | None:
    """The canonical form of `url`; None for what is no URL."""
    try:
        return canonicalize(url) if url else None
    except InvalidUrlError:
        return None
