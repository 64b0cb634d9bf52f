"""Writes what reading a stored page again gave: the same version of the article, read by another extractor or rules.

Nothing here is a revision: number, time and kind of every version stay, and so does what earlier ones said.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from scraper.archiver.articles import counts, duplicates
from scraper.archiver.articles.counts import Counts
from scraper.archiver.articles.fingerprints import hash_of_words, words_of
from scraper.archiver.articles.links import LinkStore
from scraper.archiver.articles.names import NameStore
from scraper.archiver.articles.writing import record_columns, text_columns
from scraper.archiver.search import indexing
from scraper.archiver.store import rows
from scraper.archiver.store.columns import to_json, to_moment, to_text
from scraper.archiver.store.database import Database, Row
from scraper.records import Article

_COUNTS = ("view_count", "comment_count")
# What says which article this is and when it was seen is not for a reading to change.
_KEPT = ("url", "site", "page_id", "changed_at")


class Rewriter:
    """Writes readings into one archive; every method inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names = NameStore(database)
        self._links = LinkStore(database)

    def mark(self, article_id: int, article: Article, reading: str) -> None:
        """Note that an article was read again and came out the same: by whom, and where its fields stood."""
        self._database.execute(
            "UPDATE article_texts SET reading = ?, extractor = ?, sources = ? WHERE article_id = ?",
            (reading, article.extractor, to_json(dict(article.sources)), article_id),
        )
        self._database.execute(
            "UPDATE article_versions SET extractor = ?1 WHERE article_id = ?2 AND extractor <> ?1 AND number ="
            " (SELECT version_count FROM article_records WHERE id = ?2)",
            (article.extractor, article_id),
        )

    def rewrite(self, article_id: int, article: Article, reading: str, changed: Collection[str]) -> bool:
        """Put a new reading in the place of the old one; False where the article has gone meanwhile.

        `changed` names the fields that differ; what hangs on the others is left alone.
        """
        old = self._database.one(
            "SELECT records.text_hash, records.changed_at, records.page_id, texts.body"
            " FROM article_records AS records JOIN article_texts AS texts ON texts.article_id = records.id"
            " WHERE records.id = ?",
            (article_id,),
        )
        if old is None:
            return False
        words = words_of(article.body or "")
        text_hash = hash_of_words(words)
        self._update(article_id, article, reading, old, text_hash)
        self._names.save(article_id, article, is_new=False)
        if old["text_hash"] != text_hash:
            duplicates.link_again(self._database, article_id, words, text_hash, old_text=old["body"])
        at = to_moment(old["changed_at"])
        if "links" in changed:
            self._replace_links(article_id, article, at)
        if gained := {name: getattr(article, name) for name in _COUNTS if name in changed}:
            counts.save(self._database, article_id, Counts(source=_source(article, gained), seen_at=at, **gained))
        return True

    def _update(self, article_id: int, article: Article, reading: str, old: Row, text_hash: str | None) -> None:
        indexing.catch_up(self._database)
        record = record_columns(article, page_id=old["page_id"], text_hash=text_hash, changed_at=old["changed_at"])
        for name in _KEPT:
            del record[name]
        texts = text_columns(article) | {"reading": reading}
        rows.change(self._database, "article_records", record, where={"id": article_id})
        rows.change(self._database, "article_texts", texts, where={"article_id": article_id})
        # The row of the latest version says in short what the article says: it must not contradict it.
        self._database.execute(
            "UPDATE article_versions SET (title, modified, word_count, content_hash, text_hash) ="
            " (SELECT title, modified, word_count, content_hash, text_hash FROM article_records WHERE id = ?1),"
            " extractor = ?2"
            " WHERE article_id = ?1 AND number = (SELECT version_count FROM article_records WHERE id = ?1)",
            (article_id, article.extractor),
        )

    def _replace_links(self, article_id: int, article: Article, at: datetime) -> None:
        """Of the links first seen on this page those go that are not found on it any more; sights of later visits stay.

        Those in the text go too where no earlier version had them: they were no more than a reading.
        """
        text = to_text(at)
        self._database.execute(
            "DELETE FROM link_sightings WHERE seen_at = ? AND link_id IN (SELECT id FROM links WHERE article_id = ?)",
            (text, article_id),
        )
        self._database.execute(
            "DELETE FROM links WHERE article_id = ? AND first_seen_at = ?"
            " AND NOT EXISTS (SELECT 1 FROM link_sightings WHERE link_id = links.id)",
            (article_id, text),
        )
        self._links.save(article_id, article.links, at, is_new=False)


def _source(article: Article, gained: Collection[str]) -> Literal["page", "feed"]:
    return "feed" if any(article.sources.get(name) == "feed" for name in gained) else "page"
