"""The versions of two records of one story in one line, as one archive that had seen both would have them. Pure.

Each record says when it saw which text come up: as a new version, or as an earlier one that was shown again. In one
line, a text that came up for the first time is a version, one that came up again after another is noted as shown
again, and one that was up already is no news.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from scraper.archiver.store.columns import text_or_none, to_text
from scraper.archiver.stories.story import Shown, Story, StoryVersion, VersionText
from scraper.records import Article, Precision, Timestamp
from scraper.urls import CanonicalUrl


class Sight(NamedTuple):
    """A text that came up: when, which (by its content hash), and whether as a version of its record."""

    seen_at: str
    content_hash: str
    is_version: bool


class Timeline(NamedTuple):
    """What the article says now, its versions, and when earlier ones were shown again."""

    article: Article
    versions: tuple[StoryVersion, ...]
    shown: tuple[Shown, ...]


def merged_versions(one: Story, other: Story) -> Timeline:
    """The versions of both; those of one of them, as they are, where it saw all that the other saw."""
    first, second = set(_sights(one)), set(_sights(other))
    if first == second:
        chosen = max((one, other), key=_fullness)
        return _as_in(chosen, other if chosen is one else one)
    if first > second:
        return _as_in(one, other)
    if second > first:
        return _as_in(other, one)
    return _in_one_line(one, other)


def _sights(story: Story) -> Iterator[Sight]:
    for version in story.versions:
        yield Sight(version.seen_at, version.content_hash, is_version=True)
    for shown in story.shown:
        yield Sight(shown.seen_at, story.versions[shown.version - 1].content_hash, is_version=False)


def _fullness(story: Story) -> tuple[int, int, str]:
    """Which of two records that saw the same says more."""
    texts = sum(version.text is not None for version in story.versions)
    return texts, len(story.article.blocks), f"{_told(story.article)} {[_noted(version) for version in story.versions]}"


def _timeless(article: Article) -> Article:
    """`article` without what is merged elsewhere."""
    return replace(article, view_count=None, comment_count=None)


def _told(article: Article) -> str:
    """What `article` says, wherever it stands."""
    return repr(replace(_timeless(article), url=CanonicalUrl("")))


def _noted(version: StoryVersion) -> str:
    return repr(replace(version, page_id=None, elsewhere_id=None))


def _as_in(story: Story, other: Story) -> Timeline:
    pages = {(version.seen_at, version.content_hash): version for version in other.versions}
    versions = tuple(
        _with_page(version, pages.get((version.seen_at, version.content_hash))) for version in story.versions
    )
    return Timeline(story.article, versions, story.shown)


def _with_page(version: StoryVersion, other: StoryVersion | None) -> StoryVersion:
    if other is None:
        return version
    return replace(
        version,
        page_id=version.page_id or other.page_id,
        elsewhere_id=version.elsewhere_id or other.elsewhere_id,
    )


def _in_one_line(one: Story, other: Story) -> Timeline:
    numbers: dict[str, int] = {}
    came_up: list[tuple[str, str]] = []
    shown: list[Shown] = []
    up = ""
    for seen_at, text in sorted({sight[:2] for sight in (*_sights(one), *_sights(other))}):
        if text not in numbers:
            numbers[text] = len(numbers) + 1
            came_up.append((seen_at, text))
        elif text != up:
            shown.append(Shown(seen_at=seen_at, version=numbers[text]))
        up = text
    for side, opposite in ((one, other), (other, one)):
        own = [(version.seen_at, version.content_hash) for version in side.versions]
        if (own, side.shown) == (came_up, tuple(shown)):
            # All that the other saw was up already: what was merged before stays as it is.
            return _as_in(side, opposite)
    known = _known(one, other)
    article = _article(known[list(numbers)[-1]], one, other)
    return Timeline(article, tuple(_linked([known[text] for text in numbers])), tuple(shown))


class _Known(NamedTuple):
    """All that both records know of one text."""

    version: StoryVersion
    text: VersionText | None
    before: str | None
    articles: tuple[Article, ...]


def _known(one: Story, other: Story) -> dict[str, _Known]:
    found: dict[str, list[_Known]] = {}
    for story in (one, other):
        before = None
        for version in story.versions:
            is_last = version is story.versions[-1]
            text = text_of(story.article) if is_last else version.text
            articles = (_timeless(story.article),) if is_last else ()
            found.setdefault(version.content_hash, []).append(_Known(version, text, before, articles))
            before = version.content_hash
    return {content_hash: _best(some) for content_hash, some in found.items()}


def _best(some: Sequence[_Known]) -> _Known:
    """One text as it was seen first, with what only the other record has of it."""
    some = sorted(some, key=_order)
    first = some[0]
    version = first.version
    for known in some[1:]:
        version = _with_page(version, known.version)
    text = next((known.text for known in some if known.text is not None), None)
    articles = tuple(article for known in some for article in known.articles)
    return _Known(version, text, first.before, articles)


def _order(known: _Known) -> tuple[str, ...]:
    """Which was first; at the same time, any order that does not depend on which record is which."""
    return (known.version.seen_at, _noted(known.version), known.before or "", *map(_told, known.articles))


def _linked(known: Sequence[_Known]) -> Iterator[StoryVersion]:
    """The versions in their new order: how each differs from the one before is told anew where that is another."""
    before: _Known | None = None
    for this in known:
        version = replace(this.version, text=None if this is known[-1] else this.text)
        if before is None:
            version = replace(version, kind="first", silent=False, changed_fields=())
        elif before.version.content_hash != this.before:
            version = _told_apart(version, before, this)
        yield version
        before = this


def _told_apart(version: StoryVersion, before: _Known, this: _Known) -> StoryVersion:
    """`version` with how it differs from what is before it now."""
    old, new = before.version, this.version
    changed = [name for name in ("title", "modified") if getattr(old, name) != getattr(new, name)]
    if before.text is not None and this.text is not None:
        names = (name for name in VersionText.__dataclass_fields__ if name != "body_html")
        changed += [name for name in names if getattr(before.text, name) != getattr(this.text, name)]
    words_changed = old.text_hash != new.text_hash
    is_dated = old.modified is not None and new.modified is not None
    return replace(
        version,
        kind="substantive" if words_changed else "cosmetic" if "body" in changed else "metadata",
        silent=words_changed and is_dated and old.modified == new.modified,
        changed_fields=tuple(changed),
    )


def text_of(article: Article) -> VersionText:
    """What `article` says, as is kept of a version once a newer one takes its place."""
    return VersionText(
        subtitle=article.subtitle,
        published=text_or_none(article.published.at if article.published else None),
        authors=article.authors,
        categories=article.categories,
        tags=article.tags,
        language=article.language,
        paywalled=article.paywalled,
        summary=article.summary,
        body=article.body,
        body_html=article.body_html,
    )


def _article(last: _Known, one: Story, other: Story) -> Article:
    """The article in its last version, which may be one that both records had put aside already."""
    if last.articles:
        return last.articles[0]
    newest = max((one, other), key=lambda story: (story.versions[-1].seen_at, _told(story.article)))
    article, text = _timeless(newest.article), last.text or VersionText()
    return replace(
        article,
        title=last.version.title,
        subtitle=text.subtitle,
        published=_stamp(text.published, article.published),
        modified=_stamp(last.version.modified, article.modified),
        authors=text.authors,
        categories=text.categories,
        tags=text.tags,
        language=text.language,
        paywalled=text.paywalled,
        summary=text.summary,
        body=text.body,
        body_html=text.body_html,
        blocks=article.blocks if text.body == article.body else (),
        word_count=last.version.word_count,
        extractor=last.version.extractor,
    )


def _stamp(at: str | None, like: Timestamp | None) -> Timestamp | None:
    """A time of which only the moment was kept: as exact and in the zone as `like` where that is the same."""
    if at is None:
        return None
    if like is not None and to_text(like.at) == at:
        return like
    moment = datetime.fromisoformat(at)
    return Timestamp(at=moment, offset_minutes=None, precision=Precision.SECOND, raw=at)
