"""Posts as the REST API of WordPress gives them (wp/v2), as the entries of a feed would say them. Pure.

Names of authors and terms come with the posts (`_embed`), or are looked up by their numbers.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scraper.crawler.feeds.feedentries import link
from scraper.crawler.feeds.fragments import to_text
from scraper.dates.reading import parse_timestamp
from scraper.errors import PermanentError, Reason
from scraper.records import FeedEntry, Page, Precision, Timestamp
from scraper.text import clean, or_none

PER_PAGE: Final = 100
"""The most that WordPress gives at a time."""

Names = Mapping[tuple[str, int], str]
"""What authors ("users") and terms ("categories", "tags") are called, by their kind and number."""

_KINDS: Final = ("categories", "tags", "users")
_TAXONOMIES: Final = {"category": "categories", "post_tag": "tags"}
_LONGEST_OFFSET = timedelta(hours=15)
_MAX_TERMS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post; the names of its authors and terms are not in `entry` yet, only their numbers here."""

    entry: FeedEntry
    author_ids: tuple[int, ...] = ()
    category_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()

    def named(self, names: Names) -> FeedEntry:
        """The entry with all names that are known; categories come before tags."""
        terms = [names.get(("categories", n)) for n in self.category_ids]
        terms += [names.get(("tags", n)) for n in self.tag_ids]
        authors = [names.get(("users", n)) for n in self.author_ids]
        return replace(
            self.entry,
            categories=tuple(dict.fromkeys(name for name in terms if name)),
            authors=tuple(dict.fromkeys(name for name in authors if name)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """One answer: `total` posts and `pages` in all, as its headers say; the names that came with it."""

    posts: tuple[Post, ...]
    total: int | None
    pages: int | None
    names: Names


def posts_url(root: str, *, page: int = 1, embed: bool = True, **window: str) -> str:
    """Where to ask for a page of the posts, newest first; `window` is `after` and `before` (ISO 8601)."""
    query = {"per_page": str(PER_PAGE)} | ({"page": str(page)} if page > 1 else {}) | window
    return _route(root, "wp/v2/posts", query | ({"_embed": "author,wp:term"} if embed else {}))


def names_url(root: str, kind: str, numbers: Sequence[int] = ()) -> str:
    """Where to ask what users, categories or tags of these numbers are called; without numbers: what there is."""
    wanted = {"per_page": str(PER_PAGE), "include": ",".join(map(str, numbers))} if numbers else {}
    return _route(root, f"wp/v2/{kind}", wanted)


def read_posts(page: Page) -> Posts:
    """The posts in an answer. Raises PermanentError where it is something else."""
    found = _list(page)
    names: dict[tuple[str, int], str] = {}
    for each in found:
        names.update(_embedded(each))
    return Posts(
        posts=tuple(post for each in found if (post := _post(each, page)) is not None),
        total=_count(page.header("X-WP-Total")),
        pages=_count(page.header("X-WP-TotalPages")),
        names=names,
    )


def read_names(page: Page, kind: str) -> dict[tuple[str, int], str]:
    """What the users or terms in an answer are called. Raises PermanentError where it is something else."""
    return dict(_named(kind, _list(page)))


def unnamed(posts: Sequence[Post], names: Names) -> dict[str, tuple[int, ...]]:
    """The numbers of users and terms without a name, by kind."""
    wanted: dict[str, dict[int, None]] = defaultdict(dict)
    for post in posts:
        for kind, numbers in zip(_KINDS, (post.category_ids, post.tag_ids, post.author_ids), strict=True):
            wanted[kind].update((number, None) for number in numbers if (kind, number) not in names)
    return {kind: tuple(numbers)[:PER_PAGE] for kind, numbers in wanted.items() if numbers}


def _route(root: str, route: str, query: Mapping[str, str]) -> str:
    """An address below the API's root, which without pretty permalinks is a parameter: ``/?rest_route=/``."""
    parts = urlsplit(root)
    held = parse_qsl(parts.query, keep_blank_values=True)
    if any(name == "rest_route" for name, _ in held):
        held = [(name, value.rstrip("/") + f"/{route}" if name == "rest_route" else value) for name, value in held]
        return urlunsplit(parts._replace(query=urlencode([*held, *query.items()])))
    path = parts.path.rstrip("/") + f"/{route}"
    return urlunsplit(parts._replace(path=path, query=urlencode(query, safe=":,")))


def _list(page: Page) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(page.body)
    except (ValueError, RecursionError) as error:
        raise PermanentError(Reason.NOT_A_FEED, "no posts of WordPress's REST API: no JSON", url=page.url) from error
    if not isinstance(found, list):
        raise PermanentError(Reason.NOT_A_FEED, "no posts of WordPress's REST API", url=page.url)
    return [each for each in found[:PER_PAGE] if isinstance(each, dict)]


def _post(found: Mapping[str, Any], page: Page) -> Post | None:
    url = link(_text(found.get("link")), page.final_url)
    if url is None or found.get("status") not in (None, "publish"):
        return None
    not_after = page.fetched_at + timedelta(days=1)
    content, excerpt = _rendered(found, "content"), _rendered(found, "excerpt")
    entry = FeedEntry(
        guid=or_none(_rendered(found, "guid")),
        url=url,
        title=to_text(_rendered(found, "title")),
        published=_time(found, "date", not_after),
        updated=_time(found, "modified", not_after),
        summary=to_text(excerpt),
        content_html=content,
    )
    author = found.get("author")
    return Post(
        entry=entry,
        author_ids=(author,) if isinstance(author, int) and author > 0 else (),
        category_ids=_numbers(found.get("categories")),
        tag_ids=_numbers(found.get("tags")),
    )


def _rendered(found: Mapping[str, Any], name: str) -> str | None:
    """A field's markup; none of what stands behind a password."""
    value = found.get(name)
    if not isinstance(value, dict) or value.get("protected") is True:
        return None
    return _text(value.get("rendered")) or None


def _text(value: object) -> str | None:
    # JSON may spell half a character ("\ud83d"), which no database takes.
    return clean(value) if isinstance(value, str) else None


def _numbers(value: object) -> tuple[int, ...]:
    return tuple(each for each in value[:_MAX_TERMS] if isinstance(each, int)) if isinstance(value, list) else ()


def _time(found: Mapping[str, Any], name: str, not_after: datetime) -> Timestamp | None:
    """A moment given twice, on the site's clock and in GMT: the difference is the zone."""
    local, raw = _text(found.get(name)), _text(found.get(f"{name}_gmt"))
    stated = parse_timestamp(local, not_after=not_after) if local else None
    gmt = parse_timestamp(raw, not_after=not_after) if raw else None
    if gmt is None or stated is None:
        return stated
    offset = stated.at - gmt.at
    if abs(offset) > _LONGEST_OFFSET or stated.offset_minutes or offset.seconds % 60:
        return stated
    at = gmt.at.astimezone(UTC)
    return Timestamp(
        at=at, offset_minutes=round(offset.total_seconds() / 60), precision=Precision.SECOND, raw=f"{raw}Z"
    )


def _embedded(found: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int], str]]:
    embedded = found.get("_embedded")
    if not isinstance(embedded, dict):
        return
    authors, groups = embedded.get("author"), embedded.get("wp:term")
    yield from _named("users", authors if isinstance(authors, list) else [])
    for group in groups if isinstance(groups, list) else []:
        for term in group if isinstance(group, list) else []:
            kind = _TAXONOMIES.get(str(term.get("taxonomy"))) if isinstance(term, dict) else None
            if kind is not None:
                yield from _named(kind, [term])


def _named(kind: str, found: Sequence[Any]) -> Iterator[tuple[tuple[str, int], str]]:
    for each in found:
        if isinstance(each, dict) and isinstance(each.get("id"), int):
            name = to_text(_text(each.get("name")))
            if name:
                yield (kind, each["id"]), name


def _count(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
