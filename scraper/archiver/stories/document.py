"""A story as a JSON object, format 1: every field under its name, and what only time brought under `history`. Pure.

`docs/reference/jsonl.md` says what each field means (`form` writes it); :mod:`parsing` reads it back.
"""

from dataclasses import fields
from enum import Enum
from typing import get_args

from scraper.archiver.articles.layout import layout_of
from scraper.archiver.stories.fields import stamp_data
from scraper.archiver.stories.story import (
    LinkSighting,
    Shown,
    Story,
    StoryCount,
    StoryEntry,
    StoryFeed,
    StoryLink,
    StoryUrl,
    StoryVersion,
    VersionText,
)
from scraper.records import Enclosure, FeedEntry, Image, Timestamp
from scraper.urls import site_of

FORMAT = 1
"""The number of this format; a file of a higher one is refused."""

Document = dict[str, object]

Part = (
    Image
    | StoryLink
    | LinkSighting
    | StoryVersion
    | VersionText
    | Shown
    | StoryCount
    | StoryUrl
    | StoryFeed
    | StoryEntry
    | FeedEntry
    | Enclosure
)
"""What a story holds in numbers: an object in a list, or what a version said."""

_FIELDS = {kind: tuple(field.name for field in fields(kind) if field.compare) for kind in get_args(Part)}


def document_of(story: Story) -> Document:
    """`story` as what is written on a line: no field of the article is ever missing, unknown ones are null."""
    article, names = story.article, {feed.url: feed.name for feed in story.feeds}
    return {
        "format": FORMAT,
        "url": article.url,
        "site": site_of(article.url),
        "kind": article.kind.value,
        "site_name": article.site_name,
        "title": article.title,
        "subtitle": article.subtitle,
        **stamp_data("published", article.published),
        **stamp_data("modified", article.modified),
        "authors": list(article.authors),
        "category": article.category,
        "categories": list(article.categories),
        "tags": list(article.tags),
        "feeds": list(dict.fromkeys(names.get(entry.feed_url, entry.feed_url) for entry in story.entries)),
        "language": article.language,
        "word_count": article.word_count,
        "comment_count": article.comment_count,
        "view_count": article.view_count,
        "paywalled": article.paywalled,
        "summary": article.summary,
        "body": article.body,
        "body_html": article.body_html,
        "blocks": layout_of(article.body, article.blocks),
        "captions": list(article.captions),
        "images": [record_data(image) for image in article.images],
        "links": [record_data(link) for link in story.links],
        "sources": dict(article.sources),
        "extractor": article.extractor,
        "version_count": len(story.versions),
        "first_seen_at": story.first_seen_at,
        "changed_at": story.versions[-1].seen_at,
        "history": history_data(story),
    }


def history_data(story: Story) -> Document:
    """What only time brought."""
    return {
        "versions": [record_data(version) for version in story.versions],
        "shown": [record_data(shown) for shown in story.shown],
        "counts": [record_data(count) for count in story.counts],
        "urls": [record_data(url) for url in story.urls],
        "feed_url": story.feed_url,
        "feeds": [record_data(feed) for feed in story.feeds],
        "entries": [record_data(entry) for entry in story.entries],
    }


def record_data(record: Part) -> Document:
    """The fields of a record within a story, under their names and in their order.

    Left out is what is unknown, an empty list, and what is no part of what the record says (fields not compared):
    there are many of these objects on a line.
    """
    document: Document = {}
    for name in _FIELDS[type(record)]:
        value = getattr(record, name)
        if isinstance(value, Timestamp):
            document |= {part: each for part, each in stamp_data(name, value).items() if each is not None}
        elif isinstance(value, FeedEntry):
            # What the feed said stands beside what the archive knows of it, not one level further down.
            document |= record_data(value)
        elif value is not None and value != ():
            document[name] = _plain(value)
    return document


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Part):
        return record_data(value)
    return value.value if isinstance(value, Enum) else value
