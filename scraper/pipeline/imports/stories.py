"""Takes many stories into an archive, a transaction a batch: from the lines of a file, or from another archive."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from scraper.archiver.archive import Archive
from scraper.archiver.reader import ArchiveReader
from scraper.archiver.stories.elsewhere import Tombstone, made_current
from scraper.archiver.stories.importing import LoadPage, Taken
from scraper.archiver.stories.lines import stories_in
from scraper.archiver.stories.story import Story
from scraper.errors import ArchiveError, ScraperError, StoryError
from scraper.extractor.text.markup import sanitised
from scraper.pipeline.recorded_runs import recorded_run
from scraper.records import Page

_BATCH = 200


class Offer(NamedTuple):
    """A story that is offered, or why there is none; where it stands, and how far one has come with it."""

    place: str
    story: Story | StoryError
    end: int


@dataclass(slots=True)
class Intake:
    """What an import came to: how many stories were taken how, and how many could not be."""

    taken: Counter[Taken] = field(default_factory=Counter)
    refused: int = 0
    lost_pages: int = 0
    feeds: int = 0
    entries: int = 0
    deleted_here: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWatch:
    """Whom to tell: of every offer that cannot be taken and why, and after each batch how far it has come."""

    refused: Callable[[str, str], None]
    reached: Callable[[int, Intake], None]


class StoryImporter:
    """Imports into one archive. With `dry_run` it only finds out what would be done."""

    def __init__(
        self, archive: Archive, watch: StoryWatch, clock: Callable[[], datetime], *, dry_run: bool = False
    ) -> None:
        self._archive = archive
        self._watch = watch
        self._clock = clock
        self._now = clock()
        self._dry_run = dry_run
        self._intake = Intake()
        self._load_page: LoadPage | None = None

    def import_lines(self, file: BinaryIO) -> Intake:
        """Take in the stories on the lines of `file` (JSON Lines). A line that is none is refused, the rest goes on."""
        offers = (Offer(f"line {number}", story, end) for number, story, end in stories_in(file, self._now, sanitised))
        return self._run("import jsonl", lambda: self._take_all(offers))

    def import_archive(self, path: Path, *, deletions: bool = False) -> Intake:
        """Take in the archive at `path`: stories with their raw pages, feeds and entries; with `deletions` those too.

        It is only read; one of an older version is brought up to date as a copy. Raises ArchiveError where it is none.
        """
        with made_current(path) as current, ArchiveReader(current) as other, other.snapshot():
            self._load_page = lambda page_id: self._page_of(other, page_id)
            return self._run("import archive", lambda: self._take_archive(other, deletions=deletions))

    def _run(self, command: str, work: Callable[[], None]) -> Intake:
        if self._dry_run:
            work()
            return self._intake
        with recorded_run(self._archive, command, clock=self._clock, counts=self._counts):
            work()
        return self._intake

    def _counts(self) -> dict[str, int]:
        counts = {taken.value: count for taken, count in sorted(self._intake.taken.items())}
        return {**counts, "refused": self._intake.refused}

    def _take_archive(self, other: ArchiveReader, *, deletions: bool) -> None:
        if deletions:
            self._take_deletions(other)
        stories = enumerate(other.stories(), start=1)
        self._take_all(Offer(story.article.url, _safe(story), number) for number, story in stories)
        for found in other.leftovers():
            self._intake.feeds += 1
            if not self._dry_run:
                self._intake.entries += self._archive.import_entries(found, self._now)

    def _take_deletions(self, other: ArchiveReader) -> None:
        """Delete here what was deleted there, and keep it out."""
        stones = [stone for stone in other.deletions() if self._archive.deleted(stone.url) is None]
        for (at, reason), some in groupby(sorted(stones, key=_occasion), key=_occasion):
            group = list(some)
            articles = list(dict.fromkeys(stone.article_url or stone.url for stone in group))
            deletion = self._archive.delete(articles, now=at, reason=reason or None, dry_run=self._dry_run)
            self._intake.deleted_here += deletion.articles
        if not self._dry_run:
            self._archive.keep_out(stones)

    def _page_of(self, other: ArchiveReader, page_id: int) -> Page | None:
        with suppress(KeyError):
            try:
                return other.page(page_id)
            except ArchiveError as error:
                self._watch.refused(f"raw page {page_id}", str(error))
        self._intake.lost_pages += 1
        return None

    def _take_all(self, offers: Iterable[Offer]) -> None:
        offers = iter(offers)
        while batch := list(islice(offers, _BATCH)):
            self._take_batch(batch)
            self._watch.reached(batch[-1].end, self._intake)

    def _take_batch(self, batch: Sequence[Offer]) -> None:
        """Take a batch in one transaction; where a story breaks it, each by itself, so that the others come in."""
        try:
            with self._archive.transaction():
                taken = Counter(self._take(batch))
        except ScraperError:
            raise
        except Exception:  # noqa: BLE001 - nothing is swallowed: what fails again alone is refused with its own words
            taken = Counter(taken for offer in batch for taken in self._take_alone(offer))
        self._intake.taken += taken
        for offer in batch:
            if isinstance(offer.story, StoryError):
                self._refuse(offer.place, str(offer.story))

    def _take(self, batch: Iterable[Offer]) -> Iterator[Taken]:
        for offer in batch:
            if isinstance(offer.story, Story):
                yield self._archive.import_story(offer.story, self._load_page, dry_run=self._dry_run)

    def _take_alone(self, offer: Offer) -> Iterator[Taken]:
        try:
            with self._archive.transaction():
                yield from list(self._take([offer]))
        except ScraperError:
            raise
        except Exception as fault:  # noqa: BLE001 - told with the fault's own words
            self._refuse(offer.place, f"cannot be stored: {type(fault).__name__}: {fault}")

    def _refuse(self, place: str, why: str) -> None:
        self._intake.refused += 1
        self._watch.refused(place, why)


def _occasion(stone: Tombstone) -> tuple[datetime, str]:
    return stone.deleted_at, stone.reason or ""


def _safe(story: Story) -> Story:
    """`story` with its HTML made safe: another archive may come from anybody."""
    article = story.article
    if article.body_html is not None:
        article = replace(article, body_html=sanitised(article.body_html))
    versions = []
    for version in story.versions:
        text = version.text
        if text is not None and text.body_html is not None:
            text = replace(text, body_html=sanitised(text.body_html))
        versions.append(replace(version, text=text))
    return replace(story, article=article, versions=tuple(versions))
