"""Writes whole stories into an archive: new ones, and those that grew. Decides nothing.

Every method stands inside the caller's transaction.
"""

from collections.abc import Iterable

from scraper.archiver import tallies
from scraper.archiver.articles import duplicates
from scraper.archiver.articles.fingerprints import hash_of_words, words_of
from scraper.archiver.articles.known_ids import KnownIds
from scraper.archiver.articles.links import add_links, link_row
from scraper.archiver.articles.names import NameStore
from scraper.archiver.articles.writing import record_columns, text_columns
from scraper.archiver.search import indexing
from scraper.archiver.store import rows
from scraper.archiver.store.columns import flag, json_or_none
from scraper.archiver.store.database import Database, Value
from scraper.archiver.stories.membership import save_entries, save_feeds
from scraper.archiver.stories.story import Story, StoryCount, StoryLink, StoryVersion, VersionText

_COUNTS = ("article_id", "source", "seen_at", "view_count", "comment_count")


class StoryWriter:
    """Writes stories into one archive."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names = NameStore(database)
        self._url_ids = KnownIds(database, "urls", "url")

    def add(self, story: Story) -> int:
        """Store a story that is new; the id of its article."""
        tallies.put_off(self._database)
        words = words_of(story.article.body or "")
        text_hash = hash_of_words(words)
        feed_ids = save_feeds(self._database, story)
        record = self._record(story, feed_ids)
        article_id = rows.add(self._database, "article_records", record)
        indexing.put_off(self._database, article_id)
        rows.add(self._database, "article_texts", {"article_id": article_id} | text_columns(story.article))
        self._names.save(article_id, story.article, is_new=True)
        self._add_versions(article_id, story)
        self._point(article_id, story)
        self._add_links(article_id, story.links)
        self._add_counts(article_id, story.counts)
        save_entries(self._database, article_id, story.entries, feed_ids)
        duplicates.link(self._database, article_id, words, text_hash)
        return article_id

    def change(self, article_id: int, old: Story, new: Story) -> None:
        """Make the article that says `old` say `new`."""
        # It may have come in this very transaction, and what is put off knows additions only.
        indexing.catch_up(self._database)
        tallies.catch_up(self._database)
        feed_ids = save_feeds(self._database, new)
        record = self._record(new, feed_ids)
        rows.change(self._database, "article_records", record, where={"id": article_id})
        if old.article != new.article:
            rows.change(self._database, "article_texts", text_columns(new.article), where={"article_id": article_id})
            self._names.save(article_id, new.article, is_new=False)
        if old.versions != new.versions or old.shown != new.shown or _pages(old) != _pages(new):
            # What was shown when goes with them.
            self._database.execute("DELETE FROM article_versions WHERE article_id = ?", (article_id,))
            self._add_versions(article_id, new)
        self._point(article_id, new)
        if old.links != new.links:
            self._database.execute("DELETE FROM links WHERE article_id = ?", (article_id,))
            self._add_links(article_id, new.links)
        if old.counts != new.counts:
            self._database.execute("DELETE FROM count_sightings WHERE article_id = ?", (article_id,))
            self._add_counts(article_id, new.counts)
        save_entries(self._database, article_id, new.entries, feed_ids)
        words = words_of(new.article.body or "")
        if old.versions[-1].text_hash != new.versions[-1].text_hash:
            text_hash = hash_of_words(words)
            duplicates.link_again(self._database, article_id, words, text_hash, old_text=old.article.body)

    def _record(self, story: Story, feed_ids: dict[str, int]) -> dict[str, Value]:
        article, last = story.article, story.versions[-1]
        columns = record_columns(article, page_id=last.page_id, text_hash=last.text_hash, changed_at=last.seen_at)
        return columns | {
            "content_hash": last.content_hash,
            "first_seen_at": story.first_seen_at,
            "version_count": len(story.versions),
            "feed_id": feed_ids[story.feed_url] if story.feed_url else None,
            "view_count": article.view_count,
            "comment_count": article.comment_count,
        }

    def _add_versions(self, article_id: int, story: Story) -> None:
        ids = [self._add_version(article_id, number, version) for number, version in enumerate(story.versions, start=1)]
        self._database.execute_many(
            "INSERT INTO version_sightings (article_id, seen_at, version_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(article_id, shown.seen_at, ids[shown.version - 1]) for shown in story.shown],
        )

    def _add_version(self, article_id: int, number: int, version: StoryVersion) -> int:
        row: dict[str, Value] = {
            "article_id": article_id,
            "number": number,
            "seen_at": version.seen_at,
            "kind": version.kind,
            "silent": int(version.silent),
            "changed_fields": json_or_none(version.changed_fields),
            "title": version.title,
            "modified": version.modified,
            "word_count": version.word_count,
            "content_hash": version.content_hash,
            "text_hash": version.text_hash,
            "extractor": version.extractor,
            "page_id": version.page_id,
        }
        version_id = rows.add(self._database, "article_versions", row)
        if version.text is not None:
            rows.add(self._database, "version_texts", text_row(version_id, version.text))
        return version_id

    def _point(self, article_id: int, story: Story) -> None:
        """Let the story's addresses lead to it, unless they lead to another already."""
        roles = {url.url: url.role for url in story.urls} | {str(story.article.url): "canonical"}
        self._database.execute_many(
            "INSERT INTO urls (url, article_id, role) VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE"
            " SET article_id = excluded.article_id, role = excluded.role"
            " WHERE article_id IS NULL OR (article_id = excluded.article_id AND role <> excluded.role)",
            [(url, article_id, role) for url, role in roles.items()],
        )

    def _add_links(self, article_id: int, links: Iterable[StoryLink]) -> None:
        links = tuple(links)
        ids = self._url_ids.of(link.url for link in links)
        add_links(
            self._database,
            [link_row(article_id, ids[link.url], link.first_seen_at, link) for link in links],
            [
                [(seen.seen_at, seen.position, seen.view_count, seen.comment_count) for seen in link.sightings]
                for link in links
            ],
        )

    def _add_counts(self, article_id: int, counts: Iterable[StoryCount]) -> None:
        seen = [(article_id, one.source, one.seen_at, one.view_count, one.comment_count) for one in counts]
        rows.add_many(self._database, "count_sightings", _COUNTS, seen)


def text_row(version_id: int, text: VersionText) -> dict[str, Value]:
    """A row of `version_texts`."""
    return {
        "version_id": version_id,
        "subtitle": text.subtitle,
        "published": text.published,
        "authors": json_or_none(text.authors),
        "categories": json_or_none(text.categories),
        "tags": json_or_none(text.tags),
        "language": text.language,
        "paywalled": flag(text.paywalled),
        "summary": text.summary,
        "body": text.body,
        "body_html": text.body_html,
    }


def _pages(story: Story) -> list[int | None]:
    return [version.page_id for version in story.versions]
