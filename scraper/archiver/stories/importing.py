"""Takes stories in from elsewhere: finds whether they are known, merges them, and copies their raw pages."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from scraper.archiver.articles import urls
from scraper.archiver.articles.pages import PageStore
from scraper.archiver.store.columns import to_json
from scraper.archiver.store.database import Database
from scraper.archiver.stories.merging import merged
from scraper.archiver.stories.reading import read
from scraper.archiver.stories.story import Story, StoryVersion
from scraper.archiver.stories.writing import StoryWriter
from scraper.records import Page
from scraper.urls import CanonicalUrl

LoadPage = Callable[[int], Page | None]
"""Gives a raw page of the archive that a story comes from; None where it is lost."""


class Taken(StrEnum):
    """What a story came to: new here, known and now more is, known already, or deleted here on purpose."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"


class StoryImporter:
    """Takes stories into one archive."""

    def __init__(self, database: Database, pages: PageStore) -> None:
        self._database = database
        self._pages = pages
        self._writer = StoryWriter(database)

    def take(self, story: Story, load_page: LoadPage | None, *, dry_run: bool = False) -> Taken:
        """Store `story`, or what it says that was not known yet; with `dry_run` only say what would be done."""
        story = _from_elsewhere(story, has_pages=load_page is not None)
        article_id = find(self._database, story)
        if article_id is None:
            if is_deleted(self._database, story):
                return Taken.DELETED
            if not dry_run:
                self._writer.add(self._with_pages(story, load_page))
            return Taken.NEW
        old = read(self._database, article_id)
        new = merged(old, story)
        if dry_run:
            return Taken.UNCHANGED if new == old and not _brings_pages(new) else Taken.CHANGED
        new = self._with_pages(new, load_page)
        if new == old and _pages(new) == _pages(old):
            return Taken.UNCHANGED
        self._writer.change(article_id, old, new)
        return Taken.CHANGED

    def _with_pages(self, story: Story, load_page: LoadPage | None) -> Story:
        if load_page is None:
            return story
        return replace(story, versions=tuple(self._with_page(version, load_page) for version in story.versions))

    def _with_page(self, version: StoryVersion, load_page: LoadPage) -> StoryVersion:
        if not _lacks_page(version) or version.elsewhere_id is None:
            return version
        page = load_page(version.elsewhere_id)
        return version if page is None else replace(version, page_id=self._pages.save(page))


def _from_elsewhere(story: Story, *, has_pages: bool) -> Story:
    """`story` with its raw pages as those of another archive: what is of that id here is another page."""
    versions = (
        replace(version, page_id=None, elsewhere_id=version.page_id if has_pages else None)
        for version in story.versions
    )
    return replace(story, versions=tuple(versions))


def _pages(story: Story) -> list[int | None]:
    return [version.page_id for version in story.versions]


def _brings_pages(story: Story) -> bool:
    return any(_lacks_page(version) for version in story.versions)


def _lacks_page(version: StoryVersion) -> bool:
    return version.page_id is None and version.elsewhere_id is not None


def find(database: Database, story: Story) -> int | None:
    """The article here that `story` is of: by its address, by any that leads to it, or by one that it leads from.

    An address that merely led to both is no sign: ``/latest`` leads to another story every day.
    """
    own = story.article.url
    article_id = database.number("SELECT id FROM article_records WHERE url = ?", (own,))
    if article_id is None:
        article_id = urls.article_of(database, own)
    for place in () if article_id is not None else _canonical(story):
        article_id = urls.article_of(database, place)
        if article_id is not None:
            break
    if article_id is None:
        article_id = urls.article_at(database, [CanonicalUrl(url.url) for url in story.urls])
    return article_id


def is_deleted(database: Database, story: Story) -> bool:
    """Whether the article of `story` was deleted here on purpose."""
    places = to_json([story.article.url, *_canonical(story)])
    aliases = to_json([url.url for url in story.urls])
    row = database.one(
        "SELECT 1 FROM deleted WHERE url IN (SELECT value FROM json_each(?1))"
        " UNION ALL SELECT 1 FROM deleted WHERE url IN (SELECT value FROM json_each(?2)) AND article_url = url LIMIT 1",
        (places, aliases),
    )
    return row is not None


def _canonical(story: Story) -> list[CanonicalUrl]:
    return [CanonicalUrl(url.url) for url in story.urls if url.role == "canonical" and url.url != story.article.url]
