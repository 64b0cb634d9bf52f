"""What each field of a line of JSON means: docs/reference/jsonl.md is made from it, and a test holds it to the code."""

from collections.abc import Iterator
from typing import Final

from scraper.archiver.stories.document import FORMAT
from scraper.archiver.stories.foreign import SYNONYMS

Field = tuple[str, str, str]
"""A field's name, its type, and what it means."""


def _stamp(name: str, what: str) -> tuple[Field, ...]:
    return (
        (name, "text", f"{what}, ISO 8601, in the zone it was written in and no more exact than it was"),
        (f"{name}_precision", "text", "`day`, `minute` or `second`: how exactly it was stated"),
        (f"{name}_offset_minutes", "number", "the zone it was written in, minutes east of UTC; null: none was given"),
        (f"{name}_raw", "text", "as it was written"),
    )


STORY: Final[tuple[Field, ...]] = (
    ("format", "number", f"{FORMAT}; a higher number is refused, a line without it is taken for another program's"),
    ("url", "text", "canonical address; the only field that is always needed"),
    ("site", "text", "its host without `www.`; not read, made from `url`"),
    ("kind", "text", "`article`, or `protected`: its text stays behind a password"),
    ("site_name", "text", "what the site calls itself"),
    ("title", "text", "headline"),
    ("subtitle", "text", "line under the headline"),
    *_stamp("published", "when it was published"),
    *_stamp("modified", "when it was last modified, as the page says"),
    ("authors", "list of texts", "names as in the byline"),
    ("category", "text", "the first of `categories`; read only where there is none"),
    ("categories", "list of texts", "sections of the site"),
    ("tags", "list of texts", "keywords"),
    ("feeds", "list of texts", "the names of the feeds that carried it; not read, `history` has them"),
    ("language", "text", "BCP 47"),
    ("word_count", "number", "words of the body; counted where it is missing"),
    ("comment_count", "number", "as last seen"),
    ("view_count", "number", "as last seen"),
    ("paywalled", "true or false", "null: the page does not say"),
    ("summary", "text", "as the site or feed gives it"),
    ("body", "text", "plain text, blocks parted by a blank line"),
    ("body_html", "text", "the same with markup, sanitised; sanitised again when it is read"),
    ("blocks", "list", "where the blocks lie in `body`: `[kind, level, start, end]`, counted in characters"),
    ("captions", "list of texts", "captions of pictures, tables and films, as displayed"),
    ("images", "list of objects", "its pictures"),
    ("links", "list of objects", "every link that ever stood in its text, or in a block beside it"),
    ("sources", "object of texts", "field: where it was read, such as `json-ld` or `feed`"),
    ("extractor", "text", "what read the fields, name@version"),
    ("version_count", "number", "how many versions there are; not read"),
    ("first_seen_at", "text", "when it was first fetched, UTC; where it is missing, the time of the import"),
    ("changed_at", "text", "when its latest version was first fetched, UTC"),
    ("history", "object", "what only time brought"),
)

IMAGE: Final[tuple[Field, ...]] = (
    ("url", "text", "http or https address"),
    ("role", "text", "`lead` or `body`"),
    ("caption", "text", "without the credit"),
    ("credit", "text", "who made or owns it"),
    ("alt", "text", "alternative text"),
    ("width", "number", "pixels"),
    ("height", "number", "pixels"),
)

LINK: Final[tuple[Field, ...]] = (
    ("kind", "text", "`body` in the text; `related`, `recent`, `popular`, `previous` or `next` in a block beside it"),
    ("url", "text", "where it leads, canonical"),
    ("position", "number", "within its block, from 1, when first seen"),
    ("title", "text", "of the target, or the words of the link"),
    ("heading", "text", "of its block, as written"),
    *_stamp("published", "of the target, as the block says"),
    ("excerpt", "text", "of the target, as the block says"),
    ("category", "text", "of the target, as the block says"),
    ("first_seen_at", "text", "UTC"),
    ("sightings", "list of objects", "when it stood in its block; none for links in the text"),
)

SIGHTING: Final[tuple[Field, ...]] = (
    ("seen_at", "text", "UTC"),
    ("position", "number", "within its block, at that time"),
    ("view_count", "number", "of the target, as shown"),
    ("comment_count", "number", "of the target, as shown"),
)

HISTORY: Final[tuple[Field, ...]] = (
    ("versions", "list of objects", "every version, oldest first; the last is what the fields above say"),
    ("shown", "list of objects", "when the page showed an earlier version again (`seen_at`, `version` from 1)"),
    (
        "counts",
        "list of objects",
        "its counts over time (`seen_at`, `source` `page` or `feed`, `view_count`, `comment_count`)",
    ),
    ("urls", "list of objects", "every address that leads to it (`url`, `role` `canonical` or `alias`)"),
    ("feed_url", "text", "the feed that brought it first"),
    (
        "feeds",
        "list of objects",
        "the feeds that carried it (`url`, `name`, `title`, `site_url`, `format`, `language`)",
    ),
    ("entries", "list of objects", "what those feeds said of it"),
)

VERSION: Final[tuple[Field, ...]] = (
    ("seen_at", "text", "when it was first fetched, UTC"),
    ("kind", "text", "`first`, `substantive`, `cosmetic` or `metadata`: how it differs from the one before"),
    ("silent", "true or false", "true: the words changed, the stated modified date did not"),
    ("changed_fields", "list of texts", "names of the fields that differ from the version before"),
    ("title", "text", "headline"),
    ("modified", "text", "as the page stated it, UTC"),
    ("word_count", "number", "words of the body"),
    ("content_hash", "text", "of all fields that make a version"),
    ("text_hash", "text", "of the words of the body alone"),
    ("extractor", "text", "name@version"),
    (
        "text",
        "object",
        (
            "of all but the last: `subtitle`, `published` (UTC), `authors`, `categories`, `tags`, `language`, "
            "`paywalled`, `summary`, `body`, `body_html`"
        ),
    ),
)

ENTRY: Final[tuple[Field, ...]] = (
    ("feed_url", "text", "the feed"),
    ("natural_key", "text", "what tells the entry from that feed's others"),
    ("first_seen_at", "text", "UTC"),
    ("changed_at", "text", "when the feed last said something else of it, UTC"),
    ("guid", "text", "as stated"),
    ("url", "text", "as stated, made absolute"),
    ("title", "text", "as stated"),
    *_stamp("published", "as stated"),
    *_stamp("updated", "as stated"),
    ("authors", "list of texts", "names"),
    ("categories", "list of texts", "as stated"),
    ("summary", "text", "as text"),
    ("content_html", "text", "as it came, not sanitised: never show it raw"),
    ("enclosures", "list of objects", "files it carried (`url`, `media_type`, `length_bytes`)"),
    ("comment_count", "number", "as last stated"),
    ("language", "text", "BCP 47"),
)

_HEAD = f"""# JSON Lines of an archive

`scraper export jsonl` writes a story on each line ([JSON Lines](https://jsonlines.org), UTF-8): all that the archive
knows of it but the raw pages. `scraper import jsonl` reads it back: exported from the archive it fills, the same bytes
come out. This page describes format {FORMAT}.

In the story, every field is there, and `null` means unknown. In the objects inside it (pictures, links, versions,
entries), unknown fields and empty lists are left out. Moments that end in `_at` are UTC. There are no ids, which differ
between archives, and no near-duplicates, which are found anew.

Who changes fields of a line with another program need not touch `history`: the fields above it count. Where `body` was
changed, `body_html`, `blocks` and `word_count` are made anew from it.
"""

_FOREIGN = """## Lines of other programs

A line without `format` is read as another program's: `url` is needed, and `title` or `body`. Fields may go by these
names too; ours counts where both are there, then the first. A single name may stand for a list. Dates are read as on
web pages; a number counts seconds or milliseconds since 1970. All else is passed over.

| Field | Also read as |
|---|---|
"""


def describe_form() -> str:
    """The format as a page for people, in Markdown."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield _HEAD
    parts = (
        ("The story", STORY),
        ("`images`", IMAGE),
        ("`links`", LINK),
        ("`links[].sightings`", SIGHTING),
        ("`history`", HISTORY),
        ("`history.versions`", VERSION),
        ("`history.entries`", ENTRY),
    )
    for heading, fields in parts:
        yield f"## {heading}\n\n| Field | Type | Meaning |\n|---|---|---|"
        yield from (f"| `{name}` | {kind} | {meaning} |" for name, kind, meaning in fields)
        yield ""
    rows = (f"| `{name}` | {', '.join(f'`{each}`' for each in others)} |" for name, others in SYNONYMS.items())
    yield _FOREIGN + "\n".join(rows)
    yield ""
