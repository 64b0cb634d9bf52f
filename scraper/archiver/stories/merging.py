"""Two records of one story as one that holds all that either holds. Pure.

What is merged does not depend on which comes first, and merging again what was merged changes nothing. What was read
of the story at any time stays known; the version that came up last is what the article says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from scraper.archiver.stories.story import LinkSighting, Story, StoryCount, StoryEntry, StoryFeed, StoryLink, StoryUrl
from scraper.archiver.stories.timeline import merged_versions

Item = TypeVar("Item")
Key = tuple[object, ...]


def merged(one: Story, other: Story) -> Story:
    """All that is known of the story in `one` and in `other`; `one` says how the feeds both know are called."""
    if one == other:
        return replace(one, versions=merged_versions(one, other)[1], feeds=_feeds(one, other))
    elder = min((one, other), key=lambda story: (story.first_seen_at, story.article.url))
    article, versions, shown = merged_versions(one, other)
    counts = _union(one.counts, other.counts, lambda seen: (seen.source, seen.seen_at), _fuller_count)
    views, comments = (_latest(name, counts, one, other) for name in ("view_count", "comment_count"))
    return Story(
        article=replace(article, url=elder.article.url, view_count=views, comment_count=comments),
        first_seen_at=elder.first_seen_at,
        versions=versions,
        shown=shown,
        links=_union(one.links, other.links, lambda link: (link.url, link.kind, link.heading or ""), _fuller_link),
        counts=counts,
        urls=_urls(one, other),
        feed_url=_first_feed(one, other),
        feeds=_feeds(one, other),
        entries=_union(one.entries, other.entries, lambda entry: (entry.feed_url, entry.natural_key), _newer_entry),
    )


def _union(
    ones: Sequence[Item], others: Sequence[Item], key: Callable[[Item], Key], both: Callable[[Item, Item], Item]
) -> tuple[Item, ...]:
    """All items by their `key`, what is known of one on both sides made one by `both`.

    In order of time, and within one time as they were; as they are where one side has them all.
    """
    mine, theirs = ({key(item): (place, item) for place, item in enumerate(items)} for items in (ones, others))
    found: dict[Key, tuple[int, Item]] = dict(mine)
    for name, (place, item) in theirs.items():
        found[name] = (min(place, found[name][0]), both(found[name][1], item)) if name in found else (place, item)
    items = {name: item for name, (_, item) in found.items()}
    for side in sorted((tuple(ones), tuple(others)), key=lambda side: [key(item) for item in side]):
        if len(side) == len(items) and all(items[key(item)] == item for item in side):
            return side
    return tuple(items[name] for name in sorted(items, key=lambda name: (_time(items[name]), found[name][0], name)))


def _time(item: object) -> str:
    return str(getattr(item, "first_seen_at", None) or getattr(item, "seen_at", ""))


def _fuller_count(one: StoryCount, other: StoryCount) -> StoryCount:
    return replace(
        one,
        view_count=_most(one.view_count, other.view_count),
        comment_count=_most(one.comment_count, other.comment_count),
    )


def _fuller_link(one: StoryLink, other: StoryLink) -> StoryLink:
    first = min((one, other), key=lambda link: (link.first_seen_at, repr(replace(link, sightings=()))))
    sightings = _union(one.sightings, other.sightings, lambda seen: (seen.seen_at,), _fuller_sighting)
    return replace(first, sightings=sightings)


def _fuller_sighting(one: LinkSighting, other: LinkSighting) -> LinkSighting:
    return replace(
        one,
        position=min(one.position, other.position),
        view_count=_most(one.view_count, other.view_count),
        comment_count=_most(one.comment_count, other.comment_count),
    )


def _newer_entry(one: StoryEntry, other: StoryEntry) -> StoryEntry:
    newer = max((one, other), key=lambda entry: (entry.changed_at, repr(entry.entry)))
    return replace(newer, first_seen_at=min(one.first_seen_at, other.first_seen_at))


def _most(one: int | None, other: int | None) -> int | None:
    return max((count for count in (one, other) if count is not None), default=None)


def _latest(name: str, counts: Sequence[StoryCount], one: Story, other: Story) -> int | None:
    """A count as it was last seen; where no time is known, the higher one."""
    seen = [(count.seen_at, count.source, getattr(count, name)) for count in counts if getattr(count, name) is not None]
    if not seen:
        return _most(getattr(one.article, name), getattr(other.article, name))
    latest: int = max(seen)[2]
    return latest


def _urls(one: Story, other: Story) -> tuple[StoryUrl, ...]:
    roles: dict[str, str] = {}
    for url in (*one.urls, *other.urls):
        roles[url.url] = max(url.role, roles.get(url.url, ""), key=("", "alias", "canonical").index)
    # The address that the younger record went by leads to the story from now on.
    roles |= (
        dict.fromkeys((one.article.url, other.article.url), "canonical") if one.article.url != other.article.url else {}
    )
    return tuple(StoryUrl(url=url, role=role) for url, role in sorted(roles.items()))


def _first_feed(one: Story, other: Story) -> str | None:
    """The feed that brought the story first, as the record that is older knows it."""
    known = [(story.first_seen_at, story.feed_url) for story in (one, other) if story.feed_url]
    return min(known)[1] if known else None


def _feeds(one: Story, other: Story) -> tuple[StoryFeed, ...]:
    feeds: Mapping[str, StoryFeed] = {feed.url: feed for feed in (*other.feeds, *one.feeds)}
    return tuple(feeds[url] for url in sorted(feeds))
