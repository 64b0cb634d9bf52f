"""An article in several pages: the address of its next page, and of the view that shows it on one.

A page of an article has the article's address and something after it (`/2`, `-2`, `?page=2`); the next article never
does. Reads links only: whoever fetches the pages counts them, and joins them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from scraper.extractor.links.anchors import Anchors, label_of
from scraper.extractor.page.document import Document, parse
from scraper.extractor.profiles.matching import matching_rules
from scraper.extractor.profiles.selectors import elements, occurring, values
from scraper.rules.selectors import Selector
from scraper.rules.site_rules import SiteRule
from scraper.urls import registrable_domain

_WORDS = "page|seite|p[aá]gina|p[aá]g|strona|strana|sida|side|sivu|pagina|teil|part|sayfa|oldal|halaman|trang|pg|p|s"
_MARK = rf"(?:[/_,-]|%2C)(?:(?:{_WORDS})[-_/,=]?)?"
_NUMBER_AT_END = re.compile(rf"{_MARK}0?1(?=(?:\.\w{{3,5}})?/?$)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:x?html?|php|aspx?|jsp|shtml|cms)$", re.IGNORECASE)
_QUERY_NUMBER = frozenset(_WORDS.replace("[aá]", "a").split("|")) | {
    "pagenum",
    "page_no",
    "pageno",
    "paged",
    "seitennr",
}
_MAX_PAGES = 99
_NEXT = re.compile(
    r"\W*(?:next(?: page)?|continue(?: reading)?(?: on)?(?: page \d+)?|weiter(?:lesen)?(?: auf seite \d+)?"
    r"|(?:zur )?n[äa]chsten? seite|page suivante|suivante?|(?:p[áa]gina )?siguiente|(?:pagina )?successiva"
    r"|volgende(?: pagina)?|(?:p[áa]gina )?(?:seguinte|pr[óo]xima)|następna(?: strona)?|nästa(?: sida)?"
    r"|næste(?: side)?|neste(?: side)?|seuraava(?: sivu)?|další(?: strana)?|следующая(?: страница)?|далее|sonraki"
    r"|次(?:の)?(?:ページ|へ)?|下一页|下一頁|다음)\W*(?:\d+\W*)?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"\W*(?:(?:{_WORDS})\W{{0,2}})?(\d{{1,2}})(?:\W|ページ|$)", re.IGNORECASE)
_SINGLE = re.compile(
    r"auf einer seite|als einzelseite|komplettansicht|alles auf eine|single[- ]page|(?:on|in) one page|view all pages"
    r"|all on one|(?:sur|en) une (?:seule )?page|en una (?:sola )?p[áa]gina|(?:su|in) un['’ ]?(?:unica|a sola)? ?pagina"
    r"|op (?:één|1|een) pagina|(?:em|numa) (?:uma )?(?:só |única )?p[áa]gina|na jednej stronie|på en sida"
    r"|på (?:én|en) side|yhdellä sivulla|на одной странице|на одній сторінці|tek sayfada"
    "|全ページ|1ページ[でに]|単一ページ|单页|單頁",
    re.IGNORECASE,
)
_LONGEST_LABEL = 60


class Pages(NamedTuple):
    """Where to go on: the next page, or the view of all of them. Both are None for an article of one page."""

    next_page: str | None = None
    single_page: str | None = None


def find_pages(
    page: bytes | str,
    url: str,
    first_url: str,
    number: int = 1,
    *,
    content_type: str | None = None,
    rules: Sequence[SiteRule] = (),
) -> Pages:
    """What `page`, fetched from `url`, says of its further pages; it is page `number` of the article at `first_url`.

    Where a rule or profile says that these links stand is asked first, and an address found there, of the same site, is
    believed whatever it looks like. Never raises, whatever the markup.
    """
    doc = parse(page, url, content_type)
    anchors = Anchors(doc.base_url, doc.url)
    matched = [found.rule for found in matching_rules(doc, rules)]
    following = _by_rule(doc, anchors, (selector for rule in matched for selector in rule.next_page))
    single = _by_rule(doc, anchors, (selector for rule in matched for selector in rule.single_page))
    for href, label, rel in _links(doc):
        # What it says is looked at first: to resolve every address on a page takes longer than to extract the page.
        leads_on = following is None and _leads_on(label, rel, number + 1)
        is_single = single is None and _SINGLE.search(label) is not None
        target = anchors.address(href.strip()) if (leads_on or is_single) and href.strip() else None
        if target is None or not _is_same_site(target, url):
            continue
        if is_single and _is_view_of(target, first_url):
            single = target
        if leads_on and page_number(target, first_url) == number + 1:
            following = target
    return Pages(following, single)


def _by_rule(doc: Document, anchors: Anchors, selectors: Iterable[Selector]) -> str | None:
    """The first address of the same site that a rule finds."""
    for selector in occurring(doc, selectors):
        for href in _addresses(doc, selector):
            target = anchors.address(href)
            if target is not None and target != doc.url and _is_same_site(target, doc.url or target):
                return target
    return None


def _addresses(doc: Document, selector: Selector) -> list[str]:
    """What the selector reads; where it finds elements and names no attribute, where they lead."""
    if selector.attribute is None and (found := elements([selector], doc.root)):
        return [href for element in found if (href := (element.get("href") or "").strip())]
    return list(values(selector, doc.root))


def page_number(url: str, first_url: str) -> int | None:
    """Which page of the article at `first_url` this is by its address alone, from 2 on; None where it is none."""
    parts, first = urlsplit(url), urlsplit(first_url)
    if _host(parts.netloc) != _host(first.netloc):
        return None
    if first.path in ("", "/") and first.query:
        return _of_query(parts.query, first.query) if parts.path in ("", "/") else None
    found = _path_pattern(first.path).fullmatch(parts.path)
    same_query = _query(parts.query) == _query(first.query)
    if found is not None and found[1] and same_query:
        return _in_bounds(int(found[1]))
    if found is None or (found[1] and int(found[1]) != 1):
        return None
    numbers = {value for name, value in parse_qsl(parts.query) if name.lower() in _QUERY_NUMBER and value.isdigit()}
    return _in_bounds(int(numbers.pop())) if len(numbers) == 1 and same_query else None


def _of_query(query: str, first: str) -> int | None:
    """The number that `query` has beside all of what names the article: WordPress without pretty addresses, `?p=34`."""
    added = parse_qsl(query, keep_blank_values=True)
    for pair in parse_qsl(first, keep_blank_values=True):
        if pair not in added:
            return None
        added.remove(pair)
    (name, value), *others = added or [("", "")]
    is_number = not others and name.lower() in _QUERY_NUMBER and value.isdigit()
    return _in_bounds(int(value)) if is_number else None


def _in_bounds(number: int) -> int | None:
    return number if 2 <= number <= _MAX_PAGES else None


@lru_cache(maxsize=64)
def _path_pattern(path: str) -> re.Pattern[str]:
    """Addresses that go on where the first page's ends; its ending, and a number that says "1", may be left out."""
    base = _EXTENSION.sub("", path.rstrip("/"))
    ending = _EXTENSION.search(path.rstrip("/"))
    bases = {base, _NUMBER_AT_END.sub("", base)} - {""}
    stem = "|".join(re.escape(one) for one in bases) or "(?!)"
    tail = rf"(?:{re.escape(ending[0])})?" if ending else ""
    return re.compile(rf"(?:{stem}){tail}(?:{_MARK}(\d{{1,2}}))?{tail}/?", re.IGNORECASE)


def _query(query: str) -> list[tuple[str, str]]:
    """What else the query says, in one order; what only tells where a reader came from is not asked."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return sorted(
        pair for pair in pairs if pair[0].lower() not in _QUERY_NUMBER and not pair[0].lower().startswith("utm_")
    )


def _links(doc: Document) -> Iterator[tuple[str, str, str]]:
    """Address, label and relation of all links, those of the head first."""
    for link in doc.root.iter("link"):
        rel = (link.get("rel") or "").lower()
        if "next" in rel.split():
            yield link.get("href") or "", "", "next"
    for link in doc.by_tag.get("a", ()):
        href = link.get("href")
        if href:
            yield href, _label(link), (link.get("rel") or "").lower()


def _label(link: etree._Element) -> str:
    label = label_of(link)
    return label if len(label) <= _LONGEST_LABEL else label[:_LONGEST_LABEL] + "…"


def _leads_on(label: str, rel: str, number: int) -> bool:
    """Does the link say that it leads to the next page, by its relation, its number or its words?"""
    if "next" in rel.split() or _NEXT.match(label):
        return True
    numbered = _NUMBERED.match(label)
    return numbered is not None and int(numbered[1]) == number


def _is_view_of(url: str, first_url: str) -> bool:
    """The same article in another form: its address and something after it."""
    parts, first = urlsplit(url), urlsplit(first_url)
    base = _NUMBER_AT_END.sub("", _EXTENSION.sub("", first.path.rstrip("/")))
    is_another = (parts.path, parts.query) != (first.path, first.query)
    return len(base) > 1 and parts.path.startswith(base) and is_another


def _is_same_site(url: str, other: str) -> bool:
    return _host(urlsplit(url).netloc) == _host(urlsplit(other).netloc)


@lru_cache(maxsize=256)
def _host(netloc: str) -> str:
    host = netloc.rpartition("@")[2]
    return registrable_domain(host) if ":" not in host else host
