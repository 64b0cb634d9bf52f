"""What other programs call the fields of an article, brought to our names. Pure.

`docs/reference/jsonl.md` shows the table. Where a line has a field under our name, that one counts.
"""

from collections.abc import Mapping
from typing import Any, Final

from scraper.archiver.store.columns import to_text
from scraper.dates.reading import parse_timestamp

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "url": ("link", "canonical_url", "permalink"),
    "title": ("headline",),
    "subtitle": ("dek", "standfirst"),
    "body": ("text", "content", "maintext", "article_text"),
    "published": ("date", "published_at", "publishedAt", "date_published", "date_publish", "datePublished", "pubDate"),
    "modified": ("updated", "updated_at", "date_modified", "date_modify", "dateModified"),
    "authors": ("author", "byline", "creator"),
    "categories": ("category", "section"),
    "tags": ("keywords",),
    "summary": ("description", "excerpt", "abstract"),
    "language": ("lang",),
    "site_name": ("publisher", "source_name", "sitename"),
    "images": ("image", "image_url", "top_image"),
    "first_seen_at": ("crawled_at", "scraped_at", "fetched_at", "date_download"),
}
"""Our name of a field, and those by which a line without `format` may call it; the first one found counts."""

EXTRACTOR: Final = "import@1"
"""What read the fields of an article that another program extracted."""

# Everything else of a foreign line is read as it stands, if it is one of these.
_PLAIN = ("format", "subtitle", "comment_count", "view_count", "paywalled", "kind")
_NAMED = ("authors", "categories", "tags")


def as_own(document: object) -> object:
    """A line without `format` as one of ours: fields by our names, a single name as a list of one."""
    if not isinstance(document, dict) or document.get("format") is not None:
        return document
    found = {name: document[name] for name in _PLAIN if name in document}
    for name, synonyms in SYNONYMS.items():
        value = next((document[each] for each in (name, *synonyms) if document.get(each)), None)
        if value is not None:
            found[name] = _own_form(name, value)
    sources = {name: "import" for name in found if name not in ("url", "first_seen_at")}
    return {"extractor": EXTRACTOR, **found, "sources": sources}


def _own_form(name: str, value: Any) -> Any:
    if name == "body" and isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if name in _NAMED:
        return [_name_in(each) for each in (value if isinstance(value, list) else [value])]
    if name == "images":
        images = value if isinstance(value, list) else [value]
        return [
            {"url": each, "role": "body" if place else "lead"} if isinstance(each, str) else each
            for place, each in enumerate(images)
        ]
    if name == "first_seen_at" and isinstance(value, str):
        found = parse_timestamp(value)
        return value if found is None else to_text(found.at)
    return value


def _name_in(value: Any) -> Any:
    """The name where it is one field of an object, as schema.org has persons."""
    return value["name"] if isinstance(value, dict) and isinstance(value.get("name"), str) else value
