"""What only time brought, out of a JSON object of format 1: versions, feeds and entries. Raises StoryError. Pure."""

from enum import StrEnum

from scraper.archiver.stories.fields import Clean, Fields
from scraper.archiver.stories.story import StoryEntry, StoryFeed, StoryVersion, VersionText
from scraper.records import Enclosure, FeedEntry


class VersionKind(StrEnum):
    FIRST = "first"
    SUBSTANTIVE = "substantive"
    COSMETIC = "cosmetic"
    METADATA = "metadata"


def parse_version(fields: Fields, clean: Clean) -> StoryVersion:
    return StoryVersion(
        seen_at=fields.needed_moment("seen_at"),
        kind=fields.word("kind", VersionKind).value,
        silent=fields.flag("silent") or False,
        changed_fields=fields.texts("changed_fields"),
        title=fields.text("title"),
        modified=fields.moment("modified"),
        word_count=fields.number("word_count") or 0,
        content_hash=fields.needed("content_hash"),
        text_hash=fields.text("text_hash"),
        extractor=fields.text("extractor") or "",
        text=_text(fields.inner("text"), clean) if fields.has("text") else None,
    )


def _text(fields: Fields, clean: Clean) -> VersionText:
    html = fields.text("body_html")
    return VersionText(
        subtitle=fields.text("subtitle"),
        published=fields.moment("published"),
        authors=fields.texts("authors"),
        categories=fields.texts("categories"),
        tags=fields.texts("tags"),
        language=fields.text("language"),
        paywalled=fields.flag("paywalled"),
        summary=fields.text("summary"),
        body=fields.text("body"),
        body_html=None if html is None else clean(html),
    )


def parse_feed(fields: Fields) -> StoryFeed:
    url = fields.needed("url")
    return StoryFeed(
        url=url,
        name=fields.text("name") or url,
        title=fields.text("title"),
        site_url=fields.text("site_url"),
        format=fields.text("format"),
        language=fields.text("language"),
    )


def parse_entry(fields: Fields) -> StoryEntry:
    first_seen_at = fields.needed_moment("first_seen_at")
    return StoryEntry(
        feed_url=fields.needed("feed_url"),
        natural_key=fields.needed("natural_key"),
        first_seen_at=first_seen_at,
        changed_at=fields.moment("changed_at") or first_seen_at,
        entry=FeedEntry(
            guid=fields.text("guid"),
            url=fields.text("url"),
            title=fields.text("title"),
            published=fields.stamp("published"),
            updated=fields.stamp("updated"),
            authors=fields.texts("authors"),
            categories=fields.texts("categories"),
            summary=fields.text("summary"),
            content_html=fields.text("content_html"),
            enclosures=tuple(_enclosure(enclosure) for enclosure in fields.objects("enclosures")),
            comment_count=fields.number("comment_count"),
            language=fields.text("language"),
        ),
    )


def _enclosure(fields: Fields) -> Enclosure:
    return Enclosure(
        url=fields.needed("url"), media_type=fields.text("media_type"), length_bytes=fields.number("length_bytes")
    )
