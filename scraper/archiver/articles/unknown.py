"""Names that a selection asks for and the archive does not hold: a slip would look like an empty answer."""

from typing import Final, NamedTuple

from scraper.archiver.articles.reading import Selection
from scraper.archiver.store.database import Database
from scraper.text import did_you_mean

# Of each name that can be selected by: whether the archive holds it, and those that it could have been.
_ASKED: Final = {
    "site": (
        "SELECT 1 FROM article_records WHERE site = ? LIMIT 1",
        "SELECT DISTINCT site AS name FROM article_records",
    ),
    "feed": ("SELECT 1 FROM feeds WHERE ? COLLATE NOCASE IN (name, url) LIMIT 1", "SELECT name FROM feeds"),
    "category": ("SELECT 1 FROM categories WHERE name = ? COLLATE NOCASE LIMIT 1", "SELECT name FROM categories"),
    "author": ("SELECT 1 FROM authors WHERE name = ? COLLATE NOCASE LIMIT 1", "SELECT name FROM authors"),
}
_MOST_COMPARED: Final = 5_000


class UnknownName(NamedTuple):
    """A site, feed, category or author (`kind`) that no article is of; `hint` is the tail of a message about it."""

    kind: str
    name: str
    hint: str


def unknown_names(database: Database, selection: Selection) -> tuple[UnknownName, ...]:
    """Those names of the selection that nothing in the archive has."""
    unknown = []
    for kind, (is_known, names) in _ASKED.items():
        name: str | None = getattr(selection, kind)
        if name is None or database.one(is_known, (selection.host if kind == "site" else name,)):
            continue
        near = (row["name"] for row in database.each(f"{names} LIMIT {_MOST_COMPARED}") if row["name"])
        unknown.append(UnknownName(kind, name, did_you_mean(name, near)))
    return tuple(unknown)
