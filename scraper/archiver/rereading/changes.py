"""What today's reading of a page says otherwise than the archive, field by field. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scraper.archiver.articles.urls import canonical_or_none
from scraper.archiver.rereading.reading import SeenLinks, Stored
from scraper.records import Article, Image, Link, LinkKind, Timestamp

_EXAMPLE_CHARACTERS = 160


class Difference(StrEnum):
    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """How one field differs; both values as a short text, None where there is none."""

    field: str
    difference: Difference
    before: str | None
    after: str | None


def changes(stored: Stored, article: Article) -> tuple[FieldDifference, ...]:
    """The fields in which `article`, read from the stored page, differs from what is archived.

    `markup` is the text's structure and inline markup, where its words are the same. Counts are a time series and only
    ever gained.
    """
    old = stored.article
    found = [
        FieldDifference(name, _kind(before, after), _short(before), _short(after))
        for name, read in _READERS.items()
        if (before := read(old)) != (after := read(article))
    ]
    if old.body == article.body and (old.body_html, old.blocks) != (article.body_html, article.blocks):
        found.append(FieldDifference("markup", Difference.CHANGED, None, None))
    gained = (
        FieldDifference(name, Difference.GAINED, None, str(number))
        for name in ("comment_count", "view_count")
        if getattr(old, name) is None and (number := getattr(article, name)) is not None
    )
    return (*found, *gained, *_links(stored.links, article.links))


def _links(before: SeenLinks, links: Iterable[Link]) -> Iterator[FieldDifference]:
    after = seen_links(links)
    if before != after:
        words = [f"{len(found)} links" if found else None for found in (before, after)]
        yield FieldDifference("links", _kind(before, after), *words)


def seen_links(links: Iterable[Link]) -> SeenLinks:
    """Links as the archive tells them apart; of equal ones the first, and none that leads nowhere."""
    found: dict[tuple[str, LinkKind, str | None], str | None] = {}
    for link in links:
        if (url := canonical_or_none(link.url)) is not None:
            found.setdefault((url, link.kind, link.heading), link.title)
    return frozenset((url, kind.value, heading, title) for (url, kind, heading), title in found.items())


def _kind(before: object, after: object) -> Difference:
    if not before:
        return Difference.GAINED
    return Difference.CHANGED if after else Difference.LOST


def _short(value: object) -> str | None:
    if not value and value is not False:
        return None
    items = value if isinstance(value, tuple) else (value,)
    text = "; ".join(item.url if isinstance(item, Image) else str(item) for item in items)
    text = " ".join(text.split())
    return text if len(text) <= _EXAMPLE_CHARACTERS else text[: _EXAMPLE_CHARACTERS - 1] + "…"


def _stamp(stamp: Timestamp | None) -> str | None:
    return None if stamp is None else str(stamp)


_READERS: Final[Mapping[str, Callable[[Article], object]]] = {
    "title": lambda article: article.title,
    "subtitle": lambda article: article.subtitle,
    "published": lambda article: _stamp(article.published),
    "modified": lambda article: _stamp(article.modified),
    "authors": lambda article: article.authors,
    "categories": lambda article: article.categories,
    "tags": lambda article: article.tags,
    "summary": lambda article: article.summary,
    "body": lambda article: article.body,
    "language": lambda article: article.language,
    "site_name": lambda article: article.site_name,
    "paywalled": lambda article: article.paywalled,
    "captions": lambda article: article.captions,
    "images": lambda article: article.images,
}
