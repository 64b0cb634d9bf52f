"""A story as a JSON object, format 1: every field under its name, and what only time brought under `history`. Pure.

`docs/reference/jsonl.md` says what each field means (`form` writes it); :mod:`parsing` reads it back.
"""

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
from scraper.records import Enclosure, Image
from scraper.urls import site_of

FORMAT = 1
"""The number of this format; a file of a higher one is refused."""

Document = dict[str, object]


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
        "images": [image_data(image) for image in article.images],
        "links": [link_data(link) for link in story.links],
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
        "versions": [version_data(version) for version in story.versions],
        "shown": [shown_data(shown) for shown in story.shown],
        "counts": [count_data(count) for count in story.counts],
        "urls": [url_data(url) for url in story.urls],
        "feed_url": story.feed_url,
        "feeds": [feed_data(feed) for feed in story.feeds],
        "entries": [entry_data(entry) for entry in story.entries],
    }


def image_data(image: Image) -> Document:
    return _known(
        url=image.url,
        role=image.role.value,
        caption=image.caption,
        credit=image.credit,
        alt=image.alt,
        width=image.width,
        height=image.height,
    )


def link_data(link: StoryLink) -> Document:
    return _known(
        kind=link.kind,
        url=link.url,
        position=link.position,
        title=link.title,
        heading=link.heading,
        **stamp_data("published", link.published),
        excerpt=link.excerpt,
        category=link.category,
        first_seen_at=link.first_seen_at,
        sightings=[sighting_data(sighting) for sighting in link.sightings],
    )


def sighting_data(sighting: LinkSighting) -> Document:
    return _known(
        seen_at=sighting.seen_at,
        position=sighting.position,
        view_count=sighting.view_count,
        comment_count=sighting.comment_count,
    )


def version_data(version: StoryVersion) -> Document:
    return _known(
        seen_at=version.seen_at,
        kind=version.kind,
        silent=version.silent,
        changed_fields=list(version.changed_fields),
        title=version.title,
        modified=version.modified,
        word_count=version.word_count,
        content_hash=version.content_hash,
        text_hash=version.text_hash,
        extractor=version.extractor,
        text=None if version.text is None else text_data(version.text),
    )


def text_data(text: VersionText) -> Document:
    return _known(
        subtitle=text.subtitle,
        published=text.published,
        authors=list(text.authors),
        categories=list(text.categories),
        tags=list(text.tags),
        language=text.language,
        paywalled=text.paywalled,
        summary=text.summary,
        body=text.body,
        body_html=text.body_html,
    )


def shown_data(shown: Shown) -> Document:
    return {"seen_at": shown.seen_at, "version": shown.version}


def count_data(count: StoryCount) -> Document:
    return _known(
        seen_at=count.seen_at,
        source=count.source,
        view_count=count.view_count,
        comment_count=count.comment_count,
    )


def url_data(url: StoryUrl) -> Document:
    return {"url": url.url, "role": url.role}


def feed_data(feed: StoryFeed) -> Document:
    return _known(
        url=feed.url,
        name=feed.name,
        title=feed.title,
        site_url=feed.site_url,
        format=feed.format,
        language=feed.language,
    )


def entry_data(entry: StoryEntry) -> Document:
    said = entry.entry
    return _known(
        feed_url=entry.feed_url,
        natural_key=entry.natural_key,
        first_seen_at=entry.first_seen_at,
        changed_at=entry.changed_at,
        guid=said.guid,
        url=said.url,
        title=said.title,
        **stamp_data("published", said.published),
        **stamp_data("updated", said.updated),
        authors=list(said.authors),
        categories=list(said.categories),
        summary=said.summary,
        content_html=said.content_html,
        enclosures=[enclosure_data(enclosure) for enclosure in said.enclosures],
        comment_count=said.comment_count,
        language=said.language,
    )


def enclosure_data(enclosure: Enclosure) -> Document:
    return _known(url=enclosure.url, media_type=enclosure.media_type, length_bytes=enclosure.length_bytes)


def _known(**values: object) -> Document:
    """`values` without the unknown ones and the empty lists: there are many of these objects on a line."""
    return {name: value for name, value in values.items() if value is not None and value != []}
