"""What a page says of feeds: announced by link elements, or linked by anchors that look like one. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from scraper.records import FeedLink
from scraper.text import clean, or_none
from scraper.urls import InvalidUrlError, host_of, resolve

# Beautiful Soup forgives what parsers for whole pages do not, and needs a second for a megabyte.
_MAX_CHARACTERS = 1_000_000
_FEED_TYPES = re.compile(r"(?:application|text)/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|xml|rss|atom)\b", re.IGNORECASE)
_NO_FEEDS = re.compile(r"oembed|/wp-json/|xmlrpc|opensearch|/wlwmanifest|sitemap", re.IGNORECASE)
# As WordPress has it in its languages. Bare, the Chinese word is as often the section of opinions.
_COMMENTS = re.compile(
    r"\bcomments?\b|\bcommentaires?\b|\bcommenti\b|\bcoment[aá]ri|\bkomm?ent(?:[aáāoue]|it?\b|ti)|\breacties\b|\byorum"
    r"|\bhozzászólás|\biruzkin|\bphản hồi|\bкомм?ентар|σχ[οό]λί?|تعليقات|دیدگاه|תגובות|コメント|댓글|ความเห็น|კომენტარ"
    r"|的(?:评论|評論|迴響|回應|留言)|评论\s?feed|迴響$",
    re.IGNORECASE,
)
_COMMENTS_ADDRESS = re.compile(r"/comments?(?:/|$)|-comments-|[?&]feed=comments-")
_FEED_ADDRESS = re.compile(
    r"(?:^|[/._=&?-])(?:rss2?|atom|feeds?|rdf|newsfeed)(?:[/._&?=-]|$)|\.(?:rss|atom|rdf)$|[?&]format=feed\b",
    re.IGNORECASE,
)
_FEED_WORDS = re.compile(r"(?:rss|atom|news|web)?[ -]?feeds?|rss|atom|rdf", re.IGNORECASE)
_LONG_TEXT = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A feed's address as a page gives it, with the title it gives it."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What discovery wants of a page. `stories` are the addresses of its links that look like articles' headlines."""

    title: str | None
    language: str | None
    announced: tuple[Announced, ...]
    linked: tuple[Announced, ...]
    stories: tuple[str, ...]
    is_article: bool


def read_markup(text: str, url: str) -> Markup:
    """The page in `text`, whose links are resolved against its own base and `url`."""
    # The line end keeps Beautiful Soup from guessing aloud that a text is an address, or XML.
    soup = BeautifulSoup("\n" + clean(text[:_MAX_CHARACTERS]), "lxml")
    base = _base(soup, url)
    title = soup.find("title")
    html = soup.find("html")
    return Markup(
        title=or_none(title.get_text()) if isinstance(title, Tag) else None,
        language=or_none(_attribute(html, "lang")) if isinstance(html, Tag) else None,
        announced=_once(_announced(soup, base, url)),
        linked=_once(_linked(soup, base)),
        stories=tuple(dict.fromkeys(_stories(soup, base))),
        is_article=_is_article(soup),
    )


def header_feeds(links: tuple[FeedLink, ...]) -> tuple[Announced, ...]:
    """The feeds among the links of a response (RFC 8288)."""
    return tuple(
        Announced(url=link.href)
        for link in links
        if link.rel in ("alternate", "feed")
        and _is_feed_type(link.media_type or "")
        and not _NO_FEEDS.search(link.href)
    )


def is_of_comments(title: str | None, url: str) -> bool:
    """Whether this is the feed of what readers say, and not of articles."""
    parts = urlsplit(url)
    return bool(_COMMENTS.search(title or "") or _COMMENTS_ADDRESS.search(f"{parts.path}?{parts.query}"))


def _is_below(feed: str, page: str) -> bool:
    """Whether a feed is that of the very page: of an article, its comments, whatever language says so."""
    theirs, own = urlsplit(feed), urlsplit(page)
    if post := parse_qs(own.query).get("p"):
        return parse_qs(theirs.query).get("p") == post
    path = own.path.rstrip("/")
    return bool(path) and theirs.path.rstrip("/") == f"{path}/feed"


def _is_article(soup: BeautifulSoup) -> bool:
    kind = soup.find("meta", attrs={"property": "og:type"})
    body = soup.find("body")
    classes = _attribute(body, "class").split() if isinstance(body, Tag) else []
    return (isinstance(kind, Tag) and _attribute(kind, "content").lower() == "article") or "single" in classes


def _announced(soup: BeautifulSoup, base: str, url: str) -> Iterator[Announced]:
    is_article = _is_article(soup)
    for element in soup.find_all("link"):
        relations = _attribute(element, "rel").lower().split()
        is_feed = "feed" in relations or ("alternate" in relations and _is_feed_type(_attribute(element, "type")))
        found = _made(_attribute(element, "href"), _attribute(element, "title"), base) if is_feed else None
        if found is None or is_of_comments(found.title, found.url):
            continue
        if not (is_article and _is_below(found.url, url)):
            yield found


def _linked(soup: BeautifulSoup, base: str) -> Iterator[Announced]:
    for element in soup.find_all("a"):
        address = _attribute(element, "href")
        inner = _unwrapped(address)
        words = or_none(element.get_text()) or _attribute(element, "title")
        is_feed = (
            inner is not None
            or _FEED_ADDRESS.search(address)
            or _FEED_WORDS.fullmatch(words)
            or _is_feed_type(_attribute(element, "type"))
        )
        found = _made(inner or address, _attribute(element, "title"), base) if is_feed else None
        if found is not None and not is_of_comments(found.title, found.url):
            yield found


def _stories(soup: BeautifulSoup, base: str) -> Iterator[str]:
    host, own = _host(base), base.partition("#")[0]
    for element in soup.find_all("a"):
        if len(or_none(element.get_text()) or "") >= _LONG_TEXT:
            url = _absolute(_attribute(element, "href"), base)
            if url is not None and url != own and _host(url) == host:
                yield url


def _unwrapped(address: str) -> str | None:
    """The feed behind a button of a feed reader, such as ``https://feedly.com/i/subscription/feed/https://...``."""
    if address.startswith("feed:http"):
        return address.removeprefix("feed:")
    inner = re.search(r"(?<=.)https?://[^&]*", unquote(address))
    return inner[0] if inner and re.search(r"feed|subscri|reader", address[:40], re.IGNORECASE) else None


def _made(address: str, title: str, base: str) -> Announced | None:
    address = "https" + address[4:] if address.startswith("feed://") else address
    url = None if _NO_FEEDS.search(address) else _absolute(address, base)
    return Announced(url=url, title=or_none(title)) if url else None


def _absolute(address: str, base: str) -> str | None:
    try:
        return resolve(address, base) if address else None
    except InvalidUrlError:
        return None


def _base(soup: BeautifulSoup, url: str) -> str:
    element = soup.find("base")
    return (_absolute(_attribute(element, "href"), url) if isinstance(element, Tag) else None) or url


def _host(url: str) -> str:
    return host_of(url).removeprefix("www.")


def _attribute(element: Tag, name: str) -> str:
    value = element.get(name)
    return " ".join(value) if isinstance(value, list) else (value or "").strip()


def _is_feed_type(media_type: str) -> bool:
    return _FEED_TYPES.match(media_type.strip()) is not None


def _once(found: Iterator[Announced]) -> tuple[Announced, ...]:
    return tuple({each.url: each for each in reversed(list(found))}.values())[::-1]
