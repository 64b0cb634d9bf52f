"""What imports write: sights of pages that no queue asked for, stories, addresses, and how far each import came."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from scraper.archiver.articles.writing import ArticleWriter, Update, Visit
from scraper.archiver.imports import addresses, progress
from scraper.archiver.imports.addresses import Queued
from scraper.archiver.imports.earlier import EarlierSight, EarlierWriter
from scraper.archiver.imports.progress import ImportProgress, ImportSource
from scraper.archiver.reader import ArchiveReader
from scraper.archiver.records import KnownArticle
from scraper.archiver.stories import elsewhere
from scraper.archiver.stories.elsewhere import FeedEntries, Tombstone
from scraper.archiver.stories.importing import LoadPage, StoryImporter, Taken
from scraper.archiver.stories.story import Story
from scraper.errors import PermanentError, Reason
from scraper.records import Article, ChangeKind, Page


class ArchiveIntake(ArchiveReader):
    """The part of an archive that imports write to; :class:`scraper.archiver.archive.Archive` has it."""

    def __init__(self, path: str | Path, *, read_only: bool = False, create: bool = True) -> None:
        """Open the archive at `path`; make it where there is none, unless `read_only` or `create` is False.

        One of an older version is brought up to date, after a copy was put beside it.
        """
        super().__init__(path, read_only=read_only, create=create)
        self._articles = ArticleWriter(self._database, self._pages)
        self._stories = StoryImporter(self._database, self._pages)

    def save_sight(
        self,
        run_id: int | None,
        page: Page,
        article: Article,
        *,
        known: KnownArticle | None = None,
        change: ChangeKind | None = None,
    ) -> int:
        """As :meth:`save_article` for a page that no queue asked for, such as one of an import; the queue stays."""
        if known is None and (deleted := self.deleted(article.url, page.final_url)):
            raise PermanentError(Reason.DELETED, f"{deleted} was deleted, and is not to come back", url=page.url)
        visit = Visit(run_id=run_id, item=None, page=page, article=article)
        with self._database.transaction():
            return self._articles.save(visit, None if known is None else Update(known=known, change=change))

    def save_earlier(self, run_id: int | None, page: Page, article: Article, known: KnownArticle) -> EarlierSight:
        """Keep a sight of an article from before the last one as an earlier version, where it is one."""
        with self._database.transaction():
            return EarlierWriter(self._database, self._pages, run_id).save(known, page, article)

    def offer(self, url: str, now: datetime) -> Queued:
        """Have `url` fetched by the next crawl, unless it is archived, deleted, or waiting already.

        Raises InvalidUrlError where it is no address that could be fetched.
        """
        with self._database.transaction():
            return addresses.offer(self._database, url, now)

    def begin_import(self, source: ImportSource, run_id: int | None, now: datetime) -> ImportProgress:
        """Take up the import of a file where it was left, or begin it."""
        return progress.begin(self._database, source, run_id, now)

    def advance_import(self, reached: ImportProgress, now: datetime) -> None:
        """Note how far an import has come; for use inside the transaction that stores what it brought."""
        progress.advance(self._database, reached, now)

    def import_story(self, story: Story, load_page: LoadPage | None = None, *, dry_run: bool = False) -> Taken:
        """Store a story that comes from elsewhere, or what it says that was not known here yet; what it came to.

        `load_page` gives the raw pages its versions name. With `dry_run` nothing is written.
        """
        if dry_run:
            return self._stories.take(story, load_page, dry_run=True)
        with self._database.transaction():
            return self._stories.take(story, load_page)

    def import_entries(self, found: FeedEntries, now: datetime) -> int:
        """Store a feed of another archive and its entries that became no article; how many of these were news."""
        with self._database.transaction():
            return elsewhere.save_leftovers(self._database, found, now)

    def keep_out(self, stones: Sequence[Tombstone]) -> None:
        """Note what was deleted in another archive, so that it does not come to this one. Nothing is deleted here."""
        with self._database.transaction():
            elsewhere.keep_out(self._database, stones)
