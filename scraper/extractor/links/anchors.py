"""Where a page's links lead: targets in their one spelling, and which of them can be another article.

Knows nothing of blocks or headings.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast

from lxml import etree

from scraper.extractor.page.document import text_of
from scraper.urls import CanonicalUrl, InvalidUrlError, canonicalize, registrable_domain, resolve


def _any_of(words: str) -> str:
    return "|".join(re.escape(word) for word in words.split())


# Lists of articles, people and services, by the words that sites and CMS put into their addresses; asked in lower case,
# because a pattern of eighty words that ignores case takes four times as long.
_NO_ARTICLE_PATH = re.compile(
    "/(?:"
    + _any_of("""
        tag tags category categories kategorie kategorien categorie categoria topic topics thema themen schlagwort
        sezione sezioni section sections seccion secciones rubrique rubriques rubrik rubriken ressort ressorts
        author authors autor autoren auteur profile profiles people staff search suche login signin sign-in register
        subscribe subscription abo abonnement abonnements abonnieren anmelden registrieren account user users u
        newsletter newsletters feed rss comments share sharer sharer.php intent print
        about contact kontakt impressum datenschutz privacy terms imprint agb
        cookie cookies help faq jobs advertise wp-login.php page
        anzeige anzeigen kleinanzeige kleinanzeigen anzeigenmarkt classified classifieds clasificados classificados
        petites-annonces advertorial advertorials sponsored
    """)
    + r")(?:/|$|\?|\.html?$)"
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|pdf|mp3|mp4|zip|xml|json)$", re.IGNORECASE)
_SHARING = re.compile(
    r"//(?:[\w-]+\.)*(?:"
    + _any_of("""
        facebook.com twitter.com x.com linkedin.com pinterest.com pinterest.de whatsapp.com wa.me t.me telegram.me
        reddit.com tumblr.com instagram.com youtube.com tiktok.com threads.net bsky.app google.com apple.com
        getpocket.com xing.com vk.com ok.ru line.me flipboard.com taboola.com outbrain.com doubleclick.net
    """)
    + ")(?:/|$)",
    re.IGNORECASE,
)
_NOT_A_PLACE = ("#", "javascript:", "mailto:", "tel:", "data:", "about:", "whatsapp:", "sms:", "viber:")
_NO_ARTICLE_REL = frozenset(("sponsored", "author", "tag", "category", "license", "home"))
_PAID_REL = frozenset(("sponsored", "nofollow", "ugc", "author", "license"))
# The last part of an article's path is a slug, a number or a document; that of a section is a word or two.
_SLUG = re.compile(
    r"[\w%]+(?:[-_][\w%]+){2}|\d{3}|\.\w*html?\b|%[0-9A-F]{2}.*%|[?&](?:id|p|a|art|aid|story)=", re.IGNORECASE
)
# `/2020/02/05/nichtlinear/`: what has a date before it is an article, however short its name.
_DATED = re.compile(r"/(?:19|20)\d\d/[01]?\d/(?:[0-3]?\d/)?[^/?.]{3,}$")
# `/thema/rathaus-sagt-nein-zur-bruecke` is an article all the same: lists and people have shorter names.
_HEADLINE_SLUG = re.compile(r"(?:[\w%]+-){4}")
_SHORTEST_PATH = 2
_VIEW = re.compile(r"[?&](?!itm_|icid|ref|src|source|from|via|cmp|mod=|ico=|\w*cid=)", re.IGNORECASE)
# At the root: "/?p=12", "/?newsid=12"; "/?n_cid=12" is the front page and where its visitor came from.
_NAMED = re.compile(r"&(?:\w*(?<!c)id|p|a|q|art|article|story|news)=", re.IGNORECASE)
# "https://example.org/"
_SLASHES_OF_ROOT = 3
_ORIGIN = re.compile(r"https?://[^/?#\\@\s]+")


_Value = TypeVar("_Value")


class Anchor(NamedTuple):
    """A link on the page and where it leads."""

    element: etree._Element
    url: CanonicalUrl


class Anchors:
    """Reads links of one page; the same address and the same label are worked out once."""

    def __init__(self, base_url: str | None, page_url: str | None) -> None:
        self._base = base_url
        self._origin = _origin(base_url)
        self._known: dict[str, CanonicalUrl | None] = {}
        self._domains: dict[str, str] = {}
        self._judged: dict[CanonicalUrl, bool] = {}
        self._labels: dict[etree._Element, str] = {}
        self._read: dict[Hashable, Any] = {}
        self.page_url: CanonicalUrl | None = None
        self.page_url = self.target(page_url) if page_url else None
        self._site = self._domain(self.page_url) if self.page_url else None

    def below(self, elements: Iterable[etree._Element]) -> Iterator[Anchor]:
        """The links in `elements` that lead to some page, in document order."""
        known = self._known
        for element in elements:
            for link in element.iter("a"):
                href = link.get("href")
                url = known[href] if href in known else self.target(href)
                if url is not None:
                    yield Anchor(link, url)

    def target(self, href: str | None) -> CanonicalUrl | None:
        """Where `href` leads, in its one spelling; None where that is no page."""
        if href is None:
            return None
        if href not in self._known:
            self._known[href] = self._target(href)
        return self._known[href]

    def address(self, source: str) -> str | None:
        """The absolute address of a file, as its server expects it; None where it is none."""
        try:
            return resolve(source, self._base)
        except InvalidUrlError:
            return None

    def may_be_article(self, anchor: Anchor) -> bool:
        """Can this lead to another article of the same site, as far as the address and the kind of link tell?"""
        url = anchor.url
        if url not in self._judged:
            self._judged[url] = self._leads_to_article(url)
        if not self._judged[url]:
            return False
        rel = anchor.element.get("rel")
        return not rel or _NO_ARTICLE_REL.isdisjoint(rel.lower().split())

    def may_be_article_abroad(self, anchor: Anchor) -> bool:
        """Can this lead to an article of another site? Asked for are a headline in the address and no paid relation."""
        if self._site is None or self._site == self._domain(anchor.url):
            return False
        rel = anchor.element.get("rel")
        if rel and not _PAID_REL.isdisjoint(rel.lower().split()):
            return False
        path = anchor.url.partition("://")[2].partition("/")[2].partition("?")[0]
        if _HEADLINE_SLUG.search(path) is None or _FILE.search(path):
            return False
        return not _SHARING.search(anchor.url) and not _NO_ARTICLE_PATH.search(f"/{path}".lower())

    def is_view_of_page(self, url: CanonicalUrl) -> bool:
        """Is this the page's address and some parameters more: "load more", answers to a comment, a way to print?

        Not so where these say only by which list a reader came.
        """
        page = self.page_url
        if page is None or not url.startswith(page) or _VIEW.match(url, len(page)) is None:
            return False
        # At the root the query says what the page is: `/?p=12` is an article.
        return page.count("/") > _SLASHES_OF_ROOT or not page.endswith("/")

    def names_an_article(self, url: CanonicalUrl) -> bool:
        """Does the address alone look like one of an article, with a slug or a number at its end?"""
        return _has_article_name(url)

    def label(self, link: etree._Element) -> str:
        """What a link of this page says, as :func:`label_of` reads it; worked out once, for several ask."""
        if link not in self._labels:
            self._labels[link] = label_of(link)
        return self._labels[link]

    def once(self, parts: Hashable, read: Callable[[], _Value]) -> _Value:
        """What `read` finds in these elements of the page: where one list stands under many headings, all ask."""
        if parts not in self._read:
            self._read[parts] = read()
        return cast("_Value", self._read[parts])

    def _leads_to_article(self, url: CanonicalUrl) -> bool:
        if not _has_article_path(url):
            return False
        return not _SHARING.search(url) if self._site is None else self._site == self._domain(url)

    def _target(self, href: str) -> CanonicalUrl | None:
        text = href.strip()
        if not text or text.lower().startswith(_NOT_A_PLACE):
            return None
        if text.startswith(("http://", "https://")):
            url = _canonical(text)
        elif self._origin is not None and text[0] == "/" and not text.startswith(("//", "/\\")):
            url = _canonical(self._origin + text)
        else:
            url = _spelled(text, self._base)
        return None if url == self.page_url and "#" in text else url

    def _domain(self, url: CanonicalUrl) -> str:
        host = url.split("/", 3)[2]
        if host not in self._domains:
            self._domains[host] = registrable_domain(host)
        return self._domains[host]


def _origin(base_url: str | None) -> str | None:
    """Scheme and host, to which a path from the root is only to be added; None where the base is no such address."""
    found = _ORIGIN.match(base_url or "")
    return found[0] if found else None


def _spelled(href: str, base_url: str | None) -> CanonicalUrl | None:
    try:
        return canonicalize(href, base_url)
    except InvalidUrlError:
        return None


# The pages of a site share their menus and lists: of a recorded one's addresses nine in ten were on the page before.
@lru_cache(maxsize=16_384)
def _canonical(url: str) -> CanonicalUrl | None:
    return _spelled(url, None)


@lru_cache(maxsize=16_384)
def _has_article_name(url: CanonicalUrl) -> bool:
    path = "/" + url.partition("://")[2].partition("/")[2].rstrip("/")
    return _SLUG.search(path.rpartition("/")[2]) is not None or _DATED.search(path) is not None


@lru_cache(maxsize=16_384)
def _has_article_path(url: CanonicalUrl) -> bool:
    path = url.partition("://")[2].partition("/")[2]
    place, _, query = path.partition("?")
    if len(path) < _SHORTEST_PATH or _FILE.search(place) or (not place and _NAMED.search(f"&{query}") is None):
        return False
    return _NO_ARTICLE_PATH.search(f"/{path}".lower()) is None or _HEADLINE_SLUG.search(path) is not None


def label_of(link: etree._Element) -> str:
    """What a link says: its text, else what it says to a screen reader, else what its picture shows."""
    text = text_of(link)
    if text:
        return text
    for name in ("title", "aria-label"):
        if label := (link.get(name) or "").strip():
            return label
    return next((alt for image in link.iter("img") if (alt := (image.get("alt") or "").strip())), "")
