"""The archive as one who reads its stored pages again sees it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from scraper.archiver.articles.pages import PageStore
from scraper.archiver.articles.reading import Selection
from scraper.archiver.rereading import progress, reading, sampling
from scraper.archiver.rereading.changes import FieldDifference
from scraper.archiver.rereading.progress import Reached, Undertaking
from scraper.archiver.rereading.reading import Glance, Stored
from scraper.archiver.rereading.writing import Rewriter
from scraper.archiver.store.database import Database
from scraper.records import Article, Page


class Rereader:
    """Gives stored pages out to be read again and takes the readings back. Only the last four methods write."""

    def __init__(self, database: Database, pages: PageStore) -> None:
        self._database = database
        self._pages = pages
        self._rewriter = Rewriter(database)

    def ids(self, selection: Selection, *, after: int = 0, most: int | None = None) -> Iterator[int]:
        """The ids of the articles selected, rising, from the first one above `after`; at most so many."""
        return reading.ids(self._database, selection, after=after, most=most)

    def count(self, selection: Selection, *, after: int = 0) -> int:
        """How many articles are selected above the id `after`."""
        return reading.count(self._database, selection, after=after)

    def glance(self, article_id: int) -> Glance | None:
        """What tells whether an article is to be read again; None where it has gone."""
        return reading.glance(self._database, article_id)

    def stored(self, article_id: int) -> Stored:
        """All that is known of an article. Raises KeyError where it has gone, ArchiveError for a damaged page."""
        return reading.stored(self._database, self._pages, article_id)

    def pages_of(self, hosts: Sequence[str], most: int) -> Iterator[Page]:
        """The latest stored pages of these hosts, written as in a rule."""
        return sampling.of_hosts(self._database, self._pages, hosts, most)

    def pages_of_sites(self, most: int) -> Iterator[Page]:
        """The latest stored page of each site, so many in all."""
        return sampling.of_sites(self._database, self._pages, most)

    def page_at(self, url: str) -> Page | None:
        """The stored page of the article that `url` leads to."""
        return sampling.at(self._database, self._pages, url)

    def begin(self, undertaking: Undertaking, run_id: int, now: datetime) -> Reached:
        """Take up the same undertaking where it was left, or begin it."""
        return progress.begin(self._database, undertaking, run_id, now)

    def advance(self, reached: Reached, now: datetime, *, finished: bool = False) -> None:
        """Note how far it has come; for use inside the transaction that stores what it brought."""
        progress.advance(self._database, reached, now, finished=finished)

    def mark(self, article_id: int, article: Article, mark: str) -> None:
        """Note that an article came out the same; inside a transaction."""
        self._rewriter.mark(article_id, article, mark)

    def rewrite(self, article_id: int, article: Article, mark: str, changes: tuple[FieldDifference, ...]) -> bool:
        """Put a new reading in the place of the old one; inside a transaction. False where the article has gone."""
        return self._rewriter.rewrite(article_id, article, mark, {change.field for change in changes})
