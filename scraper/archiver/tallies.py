"""Keeps the sums over all articles and links (tables `*_tallies`): a batch at a time, checked and counted anew.

Triggers keep them in step, whoever writes. What a run adds they leave alone: measured, a row at a time cost an article
0.15 ms of processor, and a batch of a hundred is counted in a fraction of that. So the transaction notes in
`tally_backlog` where its new rows begin, and these are counted when it ends.
"""

from collections.abc import Iterator
from typing import NamedTuple

from scraper.archiver.store.database import Database


class Sum(NamedTuple):
    """One table of sums: its key, what is summed, and the query that counts it."""

    table: str
    key: tuple[str, ...]
    sums: tuple[str, ...]
    counted: str
    """SELECT of key and sums, up to where conditions are added."""
    grouped: str
    since: str
    """The condition that takes only what the open transaction added."""

    @property
    def columns(self) -> str:
        return ", ".join((*self.key, *self.sums))

    @property
    def natural_key(self) -> str:
        """The key as its unique index has it, where what is not stated is equal to itself."""
        return ", ".join(_NATURAL.get((self.table, name), name) for name in self.key)


_NATURAL = {
    ("day_tallies", "published_on"): "ifnull(published_on, '')",
    ("day_tallies", "feed_id"): "ifnull(feed_id, 0)",
    ("coverage_tallies", "month"): "ifnull(month, '')",
}

_FIELDS = {
    "articles": "count(*)",
    "title": "sum(title IS NOT NULL)",
    "subtitle": "sum(subtitle IS NOT NULL)",
    "published_time": "sum(ifnull(published_precision <> 'day', 0))",
    "modified": "sum(modified IS NOT NULL)",
    "authors": "sum(EXISTS (SELECT 1 FROM article_authors WHERE article_id = records.id))",
    "category": "sum(category IS NOT NULL)",
    "tags": "sum(EXISTS (SELECT 1 FROM article_tags WHERE article_id = records.id))",
    "body": "sum(text_hash IS NOT NULL)",
    "images": "sum(EXISTS (SELECT 1 FROM images WHERE article_id = records.id))",
    "language": "sum(language IS NOT NULL)",
    "comment_count": "sum(comment_count IS NOT NULL)",
    "view_count": "sum(view_count IS NOT NULL)",
    "paywalled": "sum(paywalled IS NOT NULL)",
}

_NEW_ARTICLES = "records.id >= (SELECT first_article_id FROM tally_backlog)"
_NEW_LINKS = "links.id >= (SELECT first_link_id FROM tally_backlog)"

SUMS = (
    Sum(
        "day_tallies",
        ("published_on", "site", "feed_id"),
        ("articles", "words", "paywall_known", "paywalled"),
        "SELECT published_on, site, feed_id, count(*), sum(word_count), sum(paywalled IS NOT NULL), sum(paywalled IS 1)"
        " FROM article_records AS records WHERE 1",
        # `+`, so that the few new rows are looked up by their ids, and no index is walked to have them in order.
        "+published_on, +site, +feed_id",
        _NEW_ARTICLES,
    ),
    Sum(
        "coverage_tallies",
        ("site", "month"),
        tuple(_FIELDS),
        f"SELECT site, substr(published_on, 1, 7), {', '.join(_FIELDS.values())} FROM article_records AS records"
        " WHERE 1",
        "+site, substr(published_on, 1, 7)",
        _NEW_ARTICLES,
    ),
    Sum(
        "author_tallies",
        ("author_id", "published_on", "site"),
        ("articles", "words"),
        "SELECT author_id, ifnull(published_on, ''), site, count(*), sum(word_count) FROM article_records AS records"
        " CROSS JOIN article_authors ON article_id = records.id WHERE 1",
        "author_id, ifnull(published_on, ''), +site",
        _NEW_ARTICLES,
    ),
    Sum(
        "host_link_tallies",
        ("from_site", "to_host"),
        ("links",),
        "SELECT site, host, count(*) FROM links CROSS JOIN tally_hosts AS hosts ON hosts.url_id = links.url_id"
        " CROSS JOIN article_records AS sources ON sources.id = links.article_id"
        " WHERE links.kind = 'body'",
        "site, host",
        _NEW_LINKS,
    ),
    Sum(
        "site_link_tallies",
        ("from_site", "to_site"),
        ("links",),
        # CROSS: from the links on. The other way round would be one site after the other.
        "SELECT sources.site, targets.site, count(*) FROM links CROSS JOIN urls ON urls.id = links.url_id"
        " CROSS JOIN article_records AS sources ON sources.id = links.article_id"
        " CROSS JOIN article_records AS targets ON targets.id = urls.article_id"
        " WHERE links.article_id <> urls.article_id",
        "sources.site, targets.site",
        _NEW_LINKS,
    ),
    Sum(
        "link_tallies",
        ("article_id",),
        ("links",),
        "SELECT urls.article_id, count(*) FROM links CROSS JOIN urls ON urls.id = links.url_id"
        " WHERE links.article_id <> urls.article_id",
        "urls.article_id",
        _NEW_LINKS,
    ),
)
"""Every table of sums."""


def put_off(database: Database) -> None:
    """Have articles and links that the open transaction adds from now on counted when it ends."""
    if database.before_commit(catch_up):
        database.execute(
            "INSERT INTO tally_backlog (first_article_id, first_link_id)"
            " SELECT ifnull((SELECT max(id) FROM article_records), 0) + 1, ifnull((SELECT max(id) FROM links), 0) + 1"
        )


def catch_up(database: Database) -> None:
    """Add to the sums what was put off."""
    for each in SUMS:
        added = ", ".join(f"{name} = {name} + excluded.{name}" for name in each.sums)
        database.execute(
            f"INSERT INTO {each.table} ({each.columns}) {each.counted} AND {each.since} GROUP BY {each.grouped}"
            f" ON CONFLICT ({each.natural_key}) DO UPDATE SET {added}"
        )
    database.execute("DELETE FROM tally_backlog")


def wrong(database: Database) -> Iterator[tuple[str, int]]:
    """The tables of sums that do not say what counting gives, and how many rows of each differ."""
    for each in SUMS:
        kept = f"SELECT {each.columns} FROM {each.table} WHERE {each.sums[0]} <> 0"
        counted = f"{each.counted} GROUP BY {each.grouped}"
        differing = database.number(
            f"SELECT count(*) FROM (SELECT * FROM ({counted} EXCEPT {kept})"
            f" UNION ALL SELECT * FROM ({kept} EXCEPT {counted}))"
        )
        if differing:
            yield each.table, differing


def count_anew(database: Database) -> None:
    """Make every sum what counting gives; reads all articles and links."""
    for each in SUMS:
        database.execute(f"DELETE FROM {each.table}")
        database.execute(f"INSERT INTO {each.table} ({each.columns}) {each.counted} GROUP BY {each.grouped}")
