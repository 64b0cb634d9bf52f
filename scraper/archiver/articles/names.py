"""The names that hang on an article in order: authors, categories, tags; and its pictures."""

from collections.abc import Sequence
from typing import NamedTuple

from scraper.archiver.articles.known_ids import KnownIds
from scraper.archiver.store.database import Database
from scraper.archiver.store.rows import add_many
from scraper.records import Article, Image


class NameTable(NamedTuple):
    """Where one kind of name lives: the table of names, the table that ties them to articles, and its key."""

    names: str
    ties: str
    key: str

    @property
    def is_unused(self) -> str:
        """The condition, in SQL, that no article has a name."""
        return f"NOT EXISTS (SELECT 1 FROM {self.ties} WHERE {self.ties}.{self.key} = {self.names}.id)"


NAME_TABLES = (
    NameTable("authors", "article_authors", "author_id"),
    NameTable("categories", "article_categories", "category_id"),
    NameTable("tags", "article_tags", "tag_id"),
)
"""Each is called as the field of an article that it holds."""

_IMAGE = ("article_id", "position", "url", "role", "caption", "credit", "alt", "width", "height")


class NameStore:
    """The names and pictures of one archive's articles."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids = {table: KnownIds(database, table.names, "name") for table in NAME_TABLES}

    def save(self, article_id: int, article: Article, *, is_new: bool) -> None:
        """Make the archive's names and pictures of an article those of `article`."""
        for table in NAME_TABLES:
            if not is_new:
                self._database.execute(f"DELETE FROM {table.ties} WHERE article_id = ?", (article_id,))
            if names := getattr(article, table.names):
                self._tie(table, article_id, tuple(dict.fromkeys(names)))
        if not is_new:
            self._database.execute("DELETE FROM images WHERE article_id = ?", (article_id,))
        if article.images:
            _save_images(self._database, article_id, article.images)

    def _tie(self, table: NameTable, article_id: int, names: Sequence[str]) -> None:
        ids = self._ids[table].of(names)
        rows = [(article_id, position, ids[name]) for position, name in enumerate(names, start=1)]
        add_many(self._database, table.ties, ("article_id", "position", table.key), rows)


def _save_images(database: Database, article_id: int, images: Sequence[Image]) -> None:
    rows = [
        (article_id, place, one.url, one.role.value, one.caption, one.credit, one.alt, one.width, one.height)
        for place, one in enumerate(images, start=1)
    ]
    add_many(database, "images", _IMAGE, rows)
