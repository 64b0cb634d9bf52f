"""The names that hang on an article in order: authors, categories, tags; and its pictures."""

from collections.abc import Sequence
from typing import NamedTuple

from scraper.archiver.store.database import Database
from scraper.records import Article, Image


class _NameTable(NamedTuple):
    """Where one kind of name lives: the table of names, the table that ties them to articles, and its key."""

    names: str
    ties: str
    key: str


_AUTHORS = _NameTable("authors", "article_authors", "author_id")
_CATEGORIES = _NameTable("categories", "article_categories", "category_id")
_TAGS = _NameTable("tags", "article_tags", "tag_id")


def save(database: Database, article_id: int, article: Article, *, is_new: bool) -> None:
    """Make the archive's names and pictures of an article those of `article`."""
    for table, names in ((_AUTHORS, article.authors), (_CATEGORIES, article.categories), (_TAGS, article.tags)):
        if not is_new:
            database.execute(f"DELETE FROM {table.ties} WHERE article_id = ?", (article_id,))
        _tie(database, table, article_id, tuple(dict.fromkeys(names)))
    if not is_new:
        database.execute("DELETE FROM images WHERE article_id = ?", (article_id,))
    _save_images(database, article_id, article.images)


def _tie(database: Database, table: _NameTable, article_id: int, names: Sequence[str]) -> None:
    database.execute_many(
        f"INSERT INTO {table.names} (name) VALUES (?) ON CONFLICT (name) DO NOTHING", ((name,) for name in names)
    )
    database.execute_many(
        f"INSERT INTO {table.ties} (article_id, position, {table.key})"
        f" SELECT ?, ?, id FROM {table.names} WHERE name = ?",
        ((article_id, position, name) for position, name in enumerate(names, start=1)),
    )


def _save_images(database: Database, article_id: int, images: Sequence[Image]) -> None:
    database.execute_many(
        "INSERT INTO images (article_id, position, url, role, caption, credit, alt, width, height)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                article_id,
                number,
                image.url,
                image.role,
                image.caption,
                image.credit,
                image.alt,
                image.width,
                image.height,
            )
            for number, image in enumerate(images, start=1)
        ),
    )
