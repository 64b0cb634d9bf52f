"""Reads whole stories out of an archive."""

from collections.abc import Iterator
from itertools import groupby

from scraper.archiver.articles.reading import Selection, article_from
from scraper.archiver.store.columns import record_from, records_from
from scraper.archiver.store.database import Database, Row
from scraper.archiver.stories.story import (
    LinkSighting,
    Shown,
    Story,
    StoryCount,
    StoryEntry,
    StoryFeed,
    StoryLink,
    StoryUrl,
    StoryVersion,
    VersionText,
)
from scraper.records import Article, FeedEntry

_VERSIONS = (
    "SELECT versions.*, kept.version_id, kept.subtitle, kept.published, kept.authors, kept.categories, kept.tags,"
    " kept.language, kept.paywalled, kept.summary, kept.body, kept.body_html"
    " FROM article_versions AS versions LEFT JOIN version_texts AS kept ON kept.version_id = versions.id"
    " WHERE versions.article_id = ? ORDER BY number"
)
_SHOWN = (
    "SELECT sights.seen_at, versions.number AS version FROM version_sightings AS sights"
    " JOIN article_versions AS versions ON versions.id = sights.version_id"
    " WHERE sights.article_id = ? ORDER BY sights.seen_at"
)
_SIGHTINGS = (
    "SELECT link_id, seen_at, sightings.position, view_count, comment_count FROM links"
    " JOIN link_sightings AS sightings ON sightings.link_id = links.id WHERE article_id = ? ORDER BY link_id, seen_at"
)
_COUNTS = (
    "SELECT seen_at, source, view_count, comment_count FROM count_sightings WHERE article_id = ?"
    " ORDER BY seen_at, source"
)
_URLS = "SELECT url, role FROM urls WHERE article_id = ? ORDER BY url"
_ENTRIES = (
    "SELECT entries.*, feeds.url AS feed_url FROM entries JOIN feeds ON feeds.id = entries.feed_id"
    " WHERE entries.article_id = ? ORDER BY entries.first_seen_at, entries.id"
)
_FEEDS = (
    "SELECT url, name, title, site_url, format, language FROM feeds WHERE id IN"
    " (SELECT feed_id FROM entries WHERE article_id = ?1 UNION SELECT feed_id FROM article_records WHERE id = ?1)"
    " ORDER BY url"
)


def ids(database: Database, selection: Selection) -> Iterator[int]:
    """The ids of the articles selected, latest published first, and by their addresses where that is equal.

    So that the order does not depend on ids, which may differ between archives of the same stories.
    """
    where, parameters = selection.where("records")
    rows = database.each(
        f"SELECT id FROM article_records AS records WHERE {where} ORDER BY published DESC, url LIMIT ?",
        [*parameters, selection.most],
    )
    return (row["id"] for row in rows)


def read(database: Database, article_id: int) -> Story:
    """All that is known of an article. Raises KeyError where there is none of that id."""
    row = database.one("SELECT * FROM articles WHERE id = ?", (article_id,))
    if row is None:
        raise KeyError(article_id)
    versions = database.all(_VERSIONS, (article_id,))
    shown = database.all(_SHOWN, (article_id,)) if len(versions) > 1 else []
    own_feed = row["feed"] is not None and database.one(
        "SELECT url FROM feeds WHERE id = (SELECT feed_id FROM article_records WHERE id = ?)", (article_id,)
    )
    return Story(
        article=article_from(database, Article, row, links=()),
        first_seen_at=row["first_seen_at"],
        versions=tuple(_version(version) for version in versions),
        shown=records_from(Shown, shown),
        links=_links(database, article_id),
        counts=records_from(StoryCount, database.all(_COUNTS, (article_id,))),
        urls=records_from(StoryUrl, database.all(_URLS, (article_id,))),
        feed_url=own_feed["url"] if own_feed else None,
        feeds=records_from(StoryFeed, database.all(_FEEDS, (article_id,))),
        entries=tuple(
            record_from(StoryEntry, entry, entry=record_from(FeedEntry, entry))
            for entry in database.all(_ENTRIES, (article_id,))
        ),
    )


def _version(row: Row) -> StoryVersion:
    text = None if row["version_id"] is None else record_from(VersionText, row)
    return record_from(StoryVersion, row, text=text, elsewhere_id=None)


def _links(database: Database, article_id: int) -> tuple[StoryLink, ...]:
    rows = database.all(
        "SELECT links.*, urls.url FROM links JOIN urls ON urls.id = links.url_id WHERE links.article_id = ?"
        " ORDER BY links.id",
        (article_id,),
    )
    sighted = groupby(database.all(_SIGHTINGS, (article_id,)), key=lambda row: row["link_id"])
    sightings = {link_id: records_from(LinkSighting, found) for link_id, found in sighted}
    return tuple(record_from(StoryLink, row, sightings=sightings.get(row["id"], ())) for row in rows)
