"""The ladder: from an address a person has at hand to the sources behind it, the surest signs first.

Is it a feed; what is known of its host; what the page announces; what its system has by custom; what it links to;
well-known paths; sitemaps; and last the page itself as a list. A rung is climbed only where those below it brought
nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from scraper.crawler.discovery import places
from scraper.crawler.discovery.markup import Announced, Markup, header_feeds, is_of_comments, read_markup
from scraper.crawler.discovery.sources import Source, SourceKind, feed_source, page_source, sitemap_source
from scraper.crawler.feeds.feedbytes import decode_feed
from scraper.crawler.feeds.parsing import parse_feed
from scraper.crawler.http.linkheaders import response_links
from scraper.crawler.sitemaps.summary import summarize
from scraper.errors import ItemError, Reason
from scraper.records import Feed, Page
from scraper.urls import InvalidUrlError, canonicalize, resolve

_MAX_ANNOUNCED = 12
_MAX_LINKED = 6
_MAX_CUSTOMARY = 6
_MAX_SITEMAPS = 4
_MIN_STORIES = 5
# What another scheme may cure; a host without a name or an error of the server it does not.
_OTHER_SCHEME = frozenset((Reason.CONNECT, Reason.TLS, Reason.TIMEOUT, Reason.PROTOCOL, Reason.TRUNCATED))
# An old bookmark: the site behind it may still be there.
_GONE = frozenset((Reason.NOT_FOUND, Reason.GONE))
# Worth no look at other addresses of the same host: they would end the same way.
_HOPELESS = frozenset((Reason.INTERRUPTED, Reason.RATE_LIMITED, Reason.ROBOTS_UNREACHABLE))


class Web(Protocol):
    """The network as discovery uses it. Both raise an ItemError."""

    def get_source(self, url: str, *, ask_robots: bool) -> Page: ...

    def sitemaps(self, url: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found, best first, and every address that was asked and was no source, with why."""

    sources: tuple[Source, ...]
    misses: tuple[tuple[str, str], ...]


def discover(
    typed: str, web: Web, *, max_entries: int, thorough: bool = False, observe: Callable[[str], None] = lambda _: None
) -> Discovery:
    """Climb the ladder from what a person typed, `thorough` to its top whatever was found before.

    Addresses that are only guessed are asked for where robots.txt allows it. `observe` is told each address before it
    is asked. Raises InvalidUrlError for what is no address, and an ItemError where the address itself cannot be had
    and nothing is known of its host.
    """
    return _Climb(web, max_entries, observe).climb(typed, thorough=thorough)


def spellings(typed: str) -> tuple[str, ...]:
    """The URLs that `typed` may mean: without a scheme https first, then http; feed: as http; @user@host as a profile.

    Raises InvalidUrlError.
    """
    text = typed.strip()
    if text.startswith("@") and text.count("@") == 2:
        user, host = text[1:].split("@")
        text = f"https://{host}/@{user}"
    if text.lower().startswith("feed:"):
        text = text[5:].removeprefix("//")
    if "://" in text.split("?", 1)[0]:
        return (resolve(text),)
    if text.split(":", 1)[0].lower() in ("mailto", "javascript", "data", "file"):
        raise InvalidUrlError(f"not an http or https URL: {text[:200]!r}")
    return (resolve(f"https://{text.lstrip('/')}"), resolve(f"http://{text.lstrip('/')}"))


class _Climb:
    """One climb: remembers what was asked, so that nothing is asked twice."""

    def __init__(self, web: Web, max_entries: int, observe: Callable[[str], None]) -> None:
        self._web = web
        self._max_entries = max_entries
        self._observe = observe
        self._asked: set[str] = set()
        self._entries: list[frozenset[str]] = []
        self._sources: list[Source] = []
        self._misses: list[tuple[str, str]] = []

    def climb(self, typed: str, *, thorough: bool) -> Discovery:
        urls = spellings(typed)
        for place in places.of_host(urls[0]):
            self._try_feed(Announced(url=place.url), f"custom of {place.custom}", ask_robots=False)
        if not self._sources or thorough:
            page = self._first(urls)
            if page is not None:
                self._from_page(page, thorough=thorough)
        return Discovery(sources=tuple(self._ranked(urls[0])), misses=tuple(self._misses))

    def _first(self, urls: tuple[str, ...]) -> Page | None:
        """The answer of the address itself; that of its site where it is gone; None where the host's custom will do."""
        for url in urls:
            try:
                return self._get(url, ask_robots=False)
            except ItemError as error:
                self._misses.append((url, str(error)))
                if url != urls[-1] and error.reason in _OTHER_SCHEME:
                    continue
                site = urljoin(url, "/")
                page = self._answer(site, ask_robots=True) if error.reason in _GONE and site != url else None
                if page is None and not self._sources:
                    raise
                return page
        return None

    def _from_page(self, page: Page, *, thorough: bool) -> None:
        if self._take(page, "the address itself", None):
            return
        summary = summarize(page)
        if summary is not None and summary.addresses:
            self._sources.append(sitemap_source(page, summary, found="the address itself"))
            self._entries.append(frozenset())
            return
        text = decode_feed(page.body, page.header("Content-Type"))[0]
        markup = read_markup(text, page.final_url)
        self._announced(page, text, markup)
        self._of_section(page, text, markup)
        for rung in (self._customary, self._linked, self._well_known, self._sitemaps):
            if self._sources and not thorough:
                return
            rung(page, text, markup)
        if len(markup.stories) >= _MIN_STORIES and (thorough or not self._sources):
            self._sources.append(page_source(page, markup))
            self._entries.append(frozenset())

    def _announced(self, page: Page, text: str, markup: Markup) -> None:
        for feed in markup.announced[:_MAX_ANNOUNCED]:
            self._try_feed(feed, "announced by the page", ask_robots=False)
        for feed in header_feeds(response_links(page))[:_MAX_ANNOUNCED]:
            self._try_feed(feed, "announced by a Link header", ask_robots=False)
        for place in places.of_host(page.final_url, text):
            self._try_feed(Announced(url=place.url), f"custom of {place.custom}", ask_robots=False)

    def _of_section(self, page: Page, text: str, markup: Markup) -> None:
        """The section's own feed, where only the site's are announced. What an article has there are its comments."""
        is_section = urlsplit(page.final_url).path not in ("", "/") and not markup.is_article
        if is_section and not any(_is_of(source, page.final_url) for source in self._sources):
            for place in places.of_system(page, text):
                if _key(place.url).startswith(_key(page.final_url)):
                    self._try_feed(Announced(url=place.url), f"custom of {place.custom}", ask_robots=True)

    def _customary(self, page: Page, text: str, _markup: Markup) -> None:
        for place in places.of_system(page, text)[:_MAX_CUSTOMARY]:
            self._try_feed(Announced(url=place.url), f"custom of {place.custom}", ask_robots=True)

    def _linked(self, _page: Page, _text: str, markup: Markup) -> None:
        overviews: list[Page] = []
        for feed in markup.linked[:_MAX_LINKED]:
            answer = self._try_feed(feed, "a link on the page", ask_robots=True)
            if answer is not None:
                overviews.append(answer)
        # Many sites have a page that lists their feeds.
        for page in overviews[:1]:
            text = decode_feed(page.body, page.header("Content-Type"))[0]
            inner = read_markup(text, page.final_url)
            for feed in (*inner.announced, *inner.linked)[:_MAX_ANNOUNCED]:
                self._try_feed(feed, f"a link on {page.final_url}", ask_robots=True)

    def _well_known(self, page: Page, _text: str, _markup: Markup) -> None:
        before = len(self._sources)
        for place in places.well_known(page.final_url):
            self._try_feed(Announced(url=place.url), place.custom, ask_robots=True)
            if len(self._sources) > before:
                return  # the others are the same feed once more

    def _sitemaps(self, page: Page, text: str, _markup: Markup) -> None:
        try:
            named = self._web.sitemaps(page.final_url)
        except ItemError as error:
            self._misses.append((page.final_url, str(error)))
            return
        found = "named in robots.txt" if named else "a well-known path"
        before = len(self._sources)
        guessed = (*places.well_known_sitemaps(page.final_url), *places.sitemaps_of_system(page, text))
        for url in named[:_MAX_SITEMAPS] or guessed:
            answer = self._answer(url, ask_robots=True)
            summary = summarize(answer) if answer is not None else None
            if answer is not None and summary is not None and summary.addresses:
                self._sources.append(sitemap_source(answer, summary, found=found))
                self._entries.append(frozenset())
            elif answer is not None:
                self._misses.append((url, "not a sitemap"))
            if not named and len(self._sources) > before:
                return

    def _try_feed(self, feed: Announced, found: str, *, ask_robots: bool) -> Page | None:
        """Take what stands there if it is a feed; the page where it is something else."""
        answer = self._answer(feed.url, ask_robots=ask_robots)
        return answer if answer is not None and not self._take(answer, found, feed.title) else None

    def _answer(self, url: str, *, ask_robots: bool) -> Page | None:
        if _key(url) in self._asked:
            return None
        try:
            return self._get(url, ask_robots=ask_robots)
        except ItemError as error:
            self._misses.append((url, str(error)))
            if error.reason in _HOPELESS and not self._sources:
                raise
            return None

    def _get(self, url: str, *, ask_robots: bool) -> Page:
        self._asked.add(_key(url))
        self._observe(url)
        page = self._web.get_source(url, ask_robots=ask_robots)
        self._asked.add(_key(page.final_url))
        return page

    def _take(self, page: Page, found: str, title: str | None) -> bool:
        """Whether the page is a feed; then it is among the sources, unless it is one of comments."""
        try:
            feed = parse_feed(page, max_entries=self._max_entries)
        except ItemError as error:
            if found != "the address itself":
                self._misses.append((page.url, str(error)))
            return False
        # Who gives the very address of a feed means that feed, whatever its title says.
        told = None if found == "the address itself" else feed.title
        if _says_comments(feed) or is_of_comments(told, page.final_url):
            self._misses.append((page.url, "a feed of comments"))
            return True
        keys = frozenset(_key(entry.url) for entry in feed.entries if entry.url)
        twin = next((n for n, known in enumerate(self._entries, 1) if keys and known == keys), None)
        source = feed_source(page, feed, found=found, title=title)
        if all(_key(source.url) != _key(other.url) for other in self._sources):
            self._sources.append(replace(source, same_as=twin))
            self._entries.append(keys)
        return True

    def _ranked(self, url: str) -> Iterator[Source]:
        """Feeds of the very section that was asked for first, empty ones last, else as they were found."""
        order = sorted(range(len(self._sources)), key=lambda place: _rank(self._sources[place], url))
        numbers = {place + 1: number for number, place in enumerate(order, 1)}
        for place in order:
            source = self._sources[place]
            twin = numbers[source.same_as] if source.same_as is not None else None
            yield replace(source, same_as=twin)


def _rank(source: Source, url: str) -> tuple[bool, bool, bool]:
    is_feed = source.kind is SourceKind.FEED
    return (not is_feed, source.entries == 0, not _is_of(source, url))


def _is_of(source: Source, url: str) -> bool:
    """Whether the source is that of the address itself. WordPress names the whole site as the site of every feed."""
    section = _key(url) + "/"
    is_below = section.count("/") > 1 and _key(source.url).startswith(section)
    return is_below or (source.site_url is not None and _key(source.site_url) == _key(url))


def _says_comments(feed: Feed) -> bool:
    """Whether every entry is a comment by its identity; an archive would take them for articles."""
    guids = [entry.guid or "" for entry in feed.entries]
    return bool(guids) and all("#comment" in guid for guid in guids)


def _key(url: str) -> str:
    """One spelling for addresses that differ in scheme or in a last slash only."""
    try:
        return canonicalize(url).split("://", 1)[1].rstrip("/")
    except InvalidUrlError:
        return url
