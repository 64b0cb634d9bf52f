"""The past as feeds and the REST API of WordPress tell it: exact times, authors, sections, often the whole text."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from scraper.archiver.records import FetchKind
from scraper.crawler.feeds.wordpress import api_index
from scraper.crawler.history import wordpress
from scraper.crawler.history.paging import following, is_wordpress_feed, paged_feed
from scraper.errors import PermanentError, Reason
from scraper.pipeline.backfill.records import Method, Portion, Window
from scraper.pipeline.backfill.start import Start
from scraper.records import Feed, FeedEntry, Page

MAX_PAGES = 100_000
"""Of any list. A million posts are ten thousand pages of the REST API."""

Unknown = Callable[[Sequence[FeedEntry]], Sequence[FeedEntry]]
"""Those of some entries that nobody knows: only for them it is worth to ask what their authors are called."""

_PAST_THE_END = frozenset((Reason.NOT_FOUND, Reason.GONE, Reason.HTTP_ERROR, Reason.NOT_A_FEED, Reason.EMPTY))


class RestWalk:
    """WordPress's REST API, a hundred posts at a time."""

    method = Method.REST
    descending = True
    patience = 1
    calm = 1

    def __init__(self, start: Start, window: Window, root: str, unknown: Unknown) -> None:
        self._web = start.web
        self._unknown = unknown
        self._root = root
        self._embed = True
        self._names: dict[tuple[str, int], str] = {}
        self._refused: set[str] = set()
        ends = {"after": window.since, "before": window.until}
        self._window = {name: at.strftime("%Y-%m-%dT%H:%M:%SZ") for name, at in ends.items() if at}

    def portions(self, position: str | None) -> Iterator[Portion]:
        for number in range(int(position or 1), MAX_PAGES):
            try:
                found = self._posts(number)
            except PermanentError as error:
                if number > 1 and error.reason in _PAST_THE_END:
                    return  # posts were deleted while we walked
                raise
            self._names.update(found.names)
            problems = tuple(self._look_up(self._news(found.posts)))
            pages = found.pages if found.pages is not None else number + (len(found.posts) == wordpress.PER_PAGE)
            yield Portion(
                entries=tuple(post.named(self._names) for post in found.posts),
                here=str(number),
                onward=str(number + 1) if number < pages else None,
                total=found.total,
                left=max(0, pages - number) if found.pages is not None else None,
                problems=problems,
            )
            if number >= pages:
                return

    def _news(self, posts: tuple[wordpress.Post, ...]) -> tuple[wordpress.Post, ...]:
        fresh = set(self._unknown([post.entry for post in posts]))
        return tuple(post for post in posts if post.entry in fresh)

    def _posts(self, number: int) -> wordpress.Posts:
        if self._embed:
            try:
                return self._read(number)
            except PermanentError as error:
                if number > 1 and error.status == 400:
                    raise  # the page after the last
                self._embed = False  # some installations refuse what they would have to look up
        return self._read(number)

    def _read(self, number: int) -> wordpress.Posts:
        url = wordpress.posts_url(self._root, page=number, embed=self._embed, **self._window)
        return self._web.read(self._web.get(url), wordpress.read_posts)

    def _look_up(self, posts: tuple[wordpress.Post, ...]) -> Iterator[str]:
        """Ask what authors and terms are called that came without their names; each kind is given up when refused."""
        for kind, numbers in wordpress.unnamed(posts, self._names).items():
            if self._embed or kind in self._refused:
                continue
            try:
                self._names.update(self._named(kind, numbers))
            except PermanentError as error:
                self._refused.add(kind)
                yield f"the names of its {kind} are not to be had: {error}"

    def _named(self, kind: str, numbers: tuple[int, ...]) -> dict[tuple[str, int], str]:
        try:
            return self._names_at(wordpress.names_url(self._root, kind, numbers), kind)
        except PermanentError:
            return self._names_at(wordpress.names_url(self._root, kind), kind)

    def _names_at(self, url: str, kind: str) -> dict[tuple[str, int], str]:
        return self._web.read(self._web.get(url), partial(wordpress.read_names, kind=kind))


class _FeedWalk:
    """A feed that goes on at other addresses, the newest entries first."""

    descending = True
    patience = 1
    calm = 1

    def __init__(self, start: Start) -> None:
        self._start = start

    def _feed_at(self, url: str) -> Feed:
        web = self._start.web
        return web.feed(web.get(url, FetchKind.FEED), max_entries=self._start.max_entries)


class PagedWalk(_FeedWalk):
    """A WordPress feed, page by page."""

    method = Method.PAGED

    def portions(self, position: str | None) -> Iterator[Portion]:
        page, first = _feed_of(self._start)
        for number in range(int(position or 1), MAX_PAGES):
            feed: Feed | None = first if number == 1 else self._page(paged_feed(page.url, number))
            if feed is None:
                return
            yield Portion(entries=feed.entries, here=str(number), onward=str(number + 1), problems=feed.problems)

    def _page(self, url: str) -> Feed | None:
        """A page of the feed; None beyond the last one, which WordPress answers with 404."""
        try:
            return self._feed_at(url)
        except PermanentError as error:
            if error.reason in _PAST_THE_END:
                return None
            raise


class ArchivedWalk(_FeedWalk):
    """A feed that says where it goes on (RFC 5005): its archives, or its further pages."""

    method = Method.RFC5005

    def portions(self, position: str | None) -> Iterator[Portion]:
        page, feed = _feed_of(self._start)
        url = position or page.url
        if position is not None:
            feed = self._feed_at(position)
        visited = {url}
        while True:
            onward = following(feed)
            is_last = onward is None or onward in visited or len(visited) >= MAX_PAGES
            yield Portion(entries=feed.entries, here=url, onward=None if is_last else onward, problems=feed.problems)
            if onward is None or is_last:
                return
            visited.add(onward)
            url, feed = onward, self._feed_at(onward)


def rest_walk(start: Start, window: Window, unknown: Unknown) -> RestWalk:
    """Raises PermanentError where the site announces no such API."""
    if start.api is None:
        raise PermanentError(Reason.NOT_FOUND, "the site announces no REST API of WordPress", url=start.url)
    return RestWalk(start, window, start.api, unknown)


def paged_walk(start: Start, *, forced: bool) -> PagedWalk:
    """Raises PermanentError where there is no feed, or WordPress did not make it and nobody insists."""
    page, _ = _feed_of(start)
    if not forced and not is_wordpress_feed(page) and api_index(page) is None:
        raise PermanentError(Reason.NOT_FOUND, "the feed is none of WordPress", url=page.url)
    return PagedWalk(start)


def archived_walk(start: Start) -> ArchivedWalk:
    """Raises PermanentError where there is no feed, or it does not say where it goes on."""
    page, feed = _feed_of(start)
    if following(feed) is None:
        raise PermanentError(Reason.NOT_FOUND, "the feed names no archives and no further pages", url=page.url)
    return ArchivedWalk(start)


def _feed_of(start: Start) -> tuple[Page, Feed]:
    found = start.feed
    if found is None:
        raise PermanentError(Reason.NOT_FOUND, "there is no feed at the address or on its page", url=start.url)
    return found
