"""Sights of a story from before the last one: an import brings them, a crawl never does.

What the archive shows of a story is what was seen last, so an older sight never takes its place. Where it shows a
version that is held, that is the same story, perhaps seen earlier than was known; where it shows another, it becomes
an earlier version, at its place in time. Only what came and went between two sights of the current version is not
kept: to the archive that version was never away.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from scraper.archiver.articles import comparing, urls
from scraper.archiver.articles.comparing import FieldChange
from scraper.archiver.articles.fingerprints import content_hash, text_hash, words_of
from scraper.archiver.articles.pages import PageStore
from scraper.archiver.crawling import fetches
from scraper.archiver.records import FetchKind, KnownArticle
from scraper.archiver.store import rows
from scraper.archiver.store.columns import json_or_none, text_or_none, to_moment, to_text
from scraper.archiver.store.database import Database, Row
from scraper.archiver.stories.timeline import text_of
from scraper.archiver.stories.writing import text_row
from scraper.records import Article, ChangeKind, Page

_LAST_SIGHT = (
    "SELECT max(at) AS at FROM (SELECT changed_at AS at FROM article_records WHERE id = ?1"
    " UNION ALL SELECT max(seen_at) FROM version_sightings WHERE article_id = ?1"
    " UNION ALL SELECT max(fetched_at) FROM fetches WHERE kind = 'article' AND outcome <> 'failed'"
    "  AND queue_id IN (SELECT id FROM queue WHERE article_id = ?1)"
    " UNION ALL SELECT max(fetched_at) FROM fetches WHERE kind = 'article' AND outcome <> 'failed'"
    "  AND url IN (SELECT url FROM urls WHERE article_id = ?1 AND role = 'canonical'))"
)


class EarlierSight(StrEnum):
    """What a sight from before the last one was."""

    VERSION = "version"
    SAME = "same"
    BETWEEN = "between"


def last_sight(database: Database, article_id: int) -> datetime:
    """When the page of an article was last seen, changed or not. Raises KeyError where there is no such article."""
    row = database.one(_LAST_SIGHT, (article_id,))
    if row is None or row["at"] is None:
        raise KeyError(article_id)
    return to_moment(row["at"])


class EarlierWriter:
    """Writes sights of a time gone by into one archive; inside the caller's transaction."""

    def __init__(self, database: Database, pages: PageStore, run_id: int | None) -> None:
        self._database = database
        self._pages = pages
        self._run_id = run_id

    def save(self, known: KnownArticle, page: Page, article: Article) -> EarlierSight:
        """Keep `article` as an earlier version of `known`, where it is one that is not held."""
        rows = self._database.all(
            "SELECT number, seen_at, content_hash, title, text_hash FROM article_versions WHERE article_id = ?"
            " ORDER BY number",
            (known.id,),
        )
        at = to_text(page.fetched_at)
        shown = _shown(rows, article)
        if shown is not None or any(row["seen_at"] == at for row in rows):
            if shown == 1 and at < rows[0]["seen_at"]:
                self._date_back(known, page)
            return EarlierSight.SAME
        number = 1 + sum(row["seen_at"] < at for row in rows)
        if number > len(rows):
            return EarlierSight.BETWEEN
        self._insert(known.id, number, page, article)
        return EarlierSight.VERSION

    def _insert(self, article_id: int, number: int, page: Page, article: Article) -> None:
        self._make_room(article_id, number)
        page_id = self._pages.save(page)
        version_id = self._database.insert(
            "INSERT INTO article_versions (article_id, number, kind, silent, seen_at, title, modified, word_count,"
            " content_hash, text_hash, page_id, extractor) VALUES (?, ?, 'first', 0, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article_id,
                number,
                to_text(page.fetched_at),
                article.title,
                text_or_none(article.modified.at if article.modified else None),
                article.word_count,
                content_hash(article),
                text_hash(article.body),
                page_id,
                article.extractor,
            ),
        )
        rows.add(self._database, "version_texts", text_row(version_id, text_of(article)))
        for later in (number, number + 1):
            self._relate(article_id, later)
        self._database.execute(
            "UPDATE article_records SET version_count = version_count + 1, first_seen_at = min(first_seen_at, ?)"
            " WHERE id = ?",
            (to_text(page.fetched_at), article_id),
        )
        self._note(article_id, page, page_id)

    def _make_room(self, article_id: int, number: int) -> None:
        """Move versions from `number` on up by one; by way of negative numbers, since each must be unique always."""
        self._database.execute(
            "UPDATE article_versions SET number = -(number + 1) WHERE article_id = ? AND number >= ?",
            (article_id, number),
        )
        self._database.execute(
            "UPDATE article_versions SET number = -number WHERE article_id = ? AND number < 0", (article_id,)
        )

    def _relate(self, article_id: int, number: int) -> None:
        """Say of a version how it differs from the one that is now before it; of the first, that it is the first."""
        if number == 1:
            return
        found = comparing.compare(self._database, article_id, number - 1, number)
        fields = {change.field for change in found.changes}
        silent = "body" in fields and "modified" not in fields and _has_modified(self._database, article_id, number)
        self._database.execute(
            "UPDATE article_versions SET kind = ?, silent = ?, changed_fields = ? WHERE article_id = ? AND number = ?",
            (_kind(found.changes), int(silent), json_or_none(sorted(fields)), article_id, number),
        )

    def _date_back(self, known: KnownArticle, page: Page) -> None:
        """The first version was there earlier than was known."""
        at = to_text(page.fetched_at)
        self._database.execute(
            "UPDATE article_versions SET seen_at = ? WHERE article_id = ? AND number = 1", (at, known.id)
        )
        self._database.execute(
            "UPDATE article_records SET first_seen_at = ?1, changed_at = iif(version_count = 1, ?1, changed_at)"
            " WHERE id = ?2",
            (at, known.id),
        )
        self._note(known.id, page, None)

    def _note(self, article_id: int, page: Page, page_id: int | None) -> None:
        places = urls.canonical_places((page.url, *(hop.url for hop in page.redirects), page.final_url))
        if places:
            urls.point(self._database, article_id, places[-1], places)
        request = fetches.Request(run_id=self._run_id, kind=FetchKind.ARTICLE, url=page.url)
        fetches.log_answer(self._database, request, page, page_id=page_id)


def _shown(rows: Sequence[Row], article: Article) -> int | None:
    """The number of the version that `article` shows, by all its fields or by the words of headline and text."""
    content, words = content_hash(article), (article.title, text_hash(article.body))
    for row in rows:
        if row["content_hash"] == content or (row["title"], row["text_hash"]) == words:
            return int(row["number"])
    return None


def _has_modified(database: Database, article_id: int, number: int) -> bool:
    known = database.number(
        "SELECT count(modified) FROM article_versions WHERE article_id = ? AND number IN (?, ?)",
        (article_id, number - 1, number),
    )
    return known == 2


def _kind(changes: Sequence[FieldChange]) -> ChangeKind:
    texts = [change for change in changes if change.field in ("title", "body")]
    if any(words_of(change.old or "") != words_of(change.new or "") for change in texts):
        return ChangeKind.SUBSTANTIVE
    return ChangeKind.COSMETIC if texts else ChangeKind.METADATA
