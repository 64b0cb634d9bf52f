"""What is read from an archive: articles, searches, queries, and how the crawl is doing. Writes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Self, Unpack

from scraper.archiver.articles import comparing, details, reading
from scraper.archiver.articles.comparing import Comparison
from scraper.archiver.articles.details import CountSighting, Revision, SeenLink
from scraper.archiver.articles.pages import PageStore
from scraper.archiver.articles.reading import Filters, Selection
from scraper.archiver.articles.unknown import UnknownName, unknown_names
from scraper.archiver.care import tombstones
from scraper.archiver.crawl_records import DomainState, HostState
from scraper.archiver.crawling import feeds, history, hosts, queue, runs
from scraper.archiver.imports.earlier import last_sight
from scraper.archiver.records import (
    FeedHealth,
    KnownArticle,
    RunSummary,
    SearchHit,
    StoredArticle,
    UrlHistory,
)
from scraper.archiver.rereading.rereader import Rereader
from scraper.archiver.search import searching
from scraper.archiver.store.database import Parameters, Table
from scraper.archiver.store.opening import open_archive
from scraper.archiver.stories import elsewhere
from scraper.archiver.stories import reading as stories
from scraper.archiver.stories.elsewhere import FeedEntries, Tombstone
from scraper.archiver.stories.story import Story
from scraper.archiver.watch import alarms, figures, notices
from scraper.archiver.watch.alarms import Alarm
from scraper.archiver.watch.figures import Figures
from scraper.archiver.watch.notices import Notice
from scraper.records import Article, Page


class ArchiveReader:
    """The half of :class:`~scraper.archiver.archive.Archive` that only reads."""

    def __init__(self, path: str | Path, *, read_only: bool = True, create: bool = False) -> None:
        self.path = Path(path)
        self._database = open_archive(self.path, read_only=read_only, create=create)
        self._pages = PageStore(self._database)

    def close(self) -> None:
        self._database.close()

    def rereader(self) -> Rereader:
        """What reading stored pages again needs of this archive."""
        return Rereader(self._database, self._pages)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def get(self, key: str | int) -> StoredArticle | None:
        """The article of that id, or that any spelling of any URL known to lead to it leads to."""
        return reading.get(self._database, key)

    def __iter__(self) -> Iterator[StoredArticle]:
        """Every article, latest published first, in constant memory."""
        return self.articles()

    def articles(self, **filters: Unpack[Filters]) -> Iterator[StoredArticle]:
        """The articles that `filters` select (:class:`Selection` says how), latest published first."""
        return reading.each(self._database, Selection(**filters))

    def unknown_names(self, **filters: Unpack[Filters]) -> tuple[UnknownName, ...]:
        """Sites, feeds, categories and authors to select by that nothing here has: slips, mostly."""
        return unknown_names(self._database, Selection(**filters))

    def stories(self, **filters: Unpack[Filters]) -> Iterator[Story]:
        """All that is known of the articles that `filters` select, but their raw pages, latest published first."""
        return (
            stories.read(self._database, article_id) for article_id in stories.ids(self._database, Selection(**filters))
        )

    def revisions(self, key: str | int) -> tuple[Revision, ...]:
        """Every version of an article with what it said, oldest first; none where there is no such article."""
        return details.revisions(self._database, reading.id_of(self._database, key))

    def counts(self, key: str | int) -> tuple[CountSighting, ...]:
        """How often an article had been read and commented on, over time; of links to it too, where they say so."""
        return details.counts(self._database, reading.id_of(self._database, key))

    def links(self, key: str | int) -> tuple[SeenLink, ...]:
        """Every link that ever stood in an article or beside it, and when it was seen there."""
        return details.links_from(self._database, reading.id_of(self._database, key))

    def links_to(self, key: str | int) -> tuple[SeenLink, ...]:
        """Every link in other archived articles, or beside them, that leads to an article."""
        return details.links_to(self._database, reading.id_of(self._database, key))

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all that is read inside the block be of one state of the archive, whoever writes meanwhile."""
        return self._database.snapshot()

    def leftovers(self) -> Iterator[FeedEntries]:
        """Every feed that was ever known, and those of its entries that became no article."""
        return elsewhere.leftovers(self._database)

    def deletions(self) -> Iterator[Tombstone]:
        """What was deleted on purpose."""
        return elsewhere.deleted(self._database)

    def search(self, words: str, *, marks: tuple[str, str] = ("[", "]"), **filters: Unpack[Filters]) -> list[SearchHit]:
        """The articles that best match `words`, best first, 20 unless a `limit` is given, filtered as :meth:`articles`.

        All words must occur; ``a OR b``, ``"a phrase"``, ``begin*``, ``-without``, ``title:word`` and
        ``NEAR(a b, 5)`` work. Umlauts and ß are found in either spelling. `marks` go around the words found in each
        hit's snippet. Raises UsageError where `words` is no query.
        """
        filters.setdefault("limit", 20)
        return searching.find(self._database, words, Selection(**filters), marks=marks)

    def query(
        self, sql: str, parameters: Parameters = (), *, seconds: float | None = None
    ) -> Iterator[dict[str, object]]:
        """The rows of any SQL query that only reads, as dicts, in constant memory.

        It sees what is committed. Raises ValueError where `sql` would write or is no SQL that SQLite understands,
        TimeoutError where it takes more than `seconds`.
        """
        return self._database.user_query(sql, parameters, seconds=seconds)

    def table(self, sql: str, parameters: Parameters = ()) -> Table:
        """The columns and rows of any SQL query that only reads, in constant memory; errors as for :meth:`query`."""
        return self._database.user_table(sql, parameters)

    def article_table(self, columns: Sequence[str], **filters: Unpack[Filters]) -> Table:
        """These columns of the view `articles`, latest published first. Raises UsageError for one that it has not."""
        return reading.table(self._database, Selection(**filters), columns)

    def feed_health(self) -> tuple[FeedHealth, ...]:
        """How every feed is doing, those in trouble first."""
        return feeds.health(self._database)

    def alarms(self, now: datetime, *, sites: Iterable[str] | None = None) -> tuple[Alarm, ...]:
        """What a person should look at: feeds that fail for good or went quiet, and of `sites` (None: of all that
        brought something lately) those whose pages are read worse than they were.
        """
        return (*alarms.of_feeds(self._database, now), *alarms.of_sites(self._database, now, sites))

    def sites_with_news(self, since: datetime) -> tuple[str, ...]:
        """The sites of which something was archived since then."""
        return alarms.sites_with_news(self._database, since)

    def untold_notices(self) -> tuple[Notice, ...]:
        """Alarms that began or ended, of which nobody was told yet."""
        return notices.untold(self._database)

    def figures(self, run_id: int) -> Figures:
        """How the archive and that run are doing, in numbers."""
        return figures.of_run(self._database, run_id)

    def feed_name(self, feed_id: int) -> str | None:
        """What the feed of that id is called."""
        row = self._database.one("SELECT name FROM feeds WHERE id = ?", (feed_id,))
        return row["name"] if row else None

    def history(self, url: str) -> UrlHistory:
        """The whole story of one URL. Raises InvalidUrlError where it is none."""
        return history.of(self._database, url)

    def compare(self, article_id: int, old: int | None = None, new: int | None = None) -> Comparison:
        """What changed between two versions of an article, word by word; between its last two unless said otherwise.

        Raises KeyError where there is no such version.
        """
        return comparing.compare(self._database, article_id, old, new)

    def latest_runs(self, limit: int = 10) -> tuple[RunSummary, ...]:
        """The last runs, newest first."""
        return runs.latest(self._database, limit)

    def page(self, page_id: int) -> Page:
        """A raw page as it came. Raises KeyError where there is none of that id."""
        return self._pages.load(page_id)

    def pages(self, **filters: Unpack[Filters]) -> Iterator[Page]:
        """The raw pages of the articles that `filters` select, of all their versions, in the order they were seen."""
        for page_id in reading.page_ids(self._database, Selection(**filters)):
            yield self._pages.load(page_id)

    def find(
        self, article: Article, *, feed_id: int | None, guid: str | None, urls: Sequence[str]
    ) -> KnownArticle | None:
        """The archived article that `article` is a sight of.

        By its canonical URL or an alias of it, by the canonical URL of one archived among `urls` (where it was asked
        for and found), or by its GUID in that feed, where the feed's GUIDs have proved reliable.
        """
        return reading.find(self._database, article, feed_id=feed_id, guid=guid, places=urls)

    def last_sight(self, article_id: int) -> datetime:
        """When the page of an article was last seen, changed or not. Raises KeyError where there is no such article."""
        return last_sight(self._database, article_id)

    def has_waiting(self) -> bool:
        """Whether any address waits to be fetched, now or later."""
        return queue.has_waiting(self._database)

    def deleted(self, *urls: str) -> str | None:
        """The first of `urls` at which an article was deleted on purpose, in canonical form; None where none was."""
        return tombstones.first_of(self._database, urls)

    def hosts(self, now: datetime | None = None) -> dict[str, HostState]:
        """What is remembered of every host, by its name; with `now` without the robots.txt that have expired by then.

        They are of up to 500 KiB each, and a crawl has no use for old ones.
        """
        return hosts.load(self._database, now)

    def domains(self) -> tuple[DomainState, ...]:
        """The registrable domains whose hosts share one turn."""
        return hosts.load_domains(self._database)
