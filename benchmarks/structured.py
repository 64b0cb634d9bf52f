"""What a page says of itself, and nothing more: JSON-LD, microdata, meta tags and `<time>`, in a fixed order.

The reference that every extractor should beat. Written for the benchmark alone; the extractor does not use it.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from typing import Any

from lxml import etree

from benchmarks.corpus import Result

_TITLES = ("og:title", "headline", "twitter:title", "dc.title")
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_KINDS = ("Article", "Posting", "Report")
_SEPARATOR = re.compile(r"\s+[|–—·-]\s+")


def read(page: str) -> Result:
    """The fields that JSON-LD states, else microdata and meta tags, else `<time>`, `<title>` and `<html lang>`."""
    root = etree.fromstring(page.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if root is None:
        return {}
    stated = _stated(root)
    story: dict[str, Any] = next(_stories(root), {})
    site_name = _first(stated, ("og:site_name", "application-name"))
    title = _first(stated, ("og:title",)) or story.get("headline") or _first(stated, _TITLES)
    times = (element.get("datetime") for element in root.iter("time"))
    author = _first(stated, _AUTHORS)
    return {
        "body": story.get("articleBody"),
        "title": _without_site(title or root.findtext(".//title") or "", site_name),
        "date": story.get("datePublished") or _first(stated, _DATES) or next(filter(None, times), None),
        "authors": list(_names(story.get("author"))) or ([author] if author else []),
        "categories": _strings(story.get("articleSection")) or stated.get("article:section", []),
        "tags": _strings(story.get("keywords")) or stated.get("article:tag", []) or stated.get("keywords", []),
        "language": root.get("lang") or story.get("inLanguage") or _first(stated, ("og:locale",)),
        "site_name": site_name,
    }


def _without_site(title: object, site_name: str | None) -> str:
    """`title` without a last part that is the site's name; of a site without a name, without a short last part."""
    text = unescape(title) if isinstance(title, str) else ""
    parts = _SEPARATOR.split(text)
    is_site = len(parts) > 1 and (parts[-1].casefold() == site_name.casefold() if site_name else len(parts[-1]) < 25)
    return text[: text.rindex(parts[-1])].rstrip(" |–—·-") if is_site else text


def _stated(root: etree._Element) -> dict[str, list[str]]:
    """Contents by meta name, property or microdata property, in document order."""
    found: dict[str, list[str]] = {}
    for element in root.iter(etree.Element):
        name = element.get("property") or element.get("itemprop") or element.get("name")
        if name is None or (element.tag != "meta" and element.get("itemprop") is None):
            continue
        content = element.get("content") or element.get("datetime") or "".join(map(str, element.itertext()))
        if value := " ".join(content.split()):
            found.setdefault(name.lower(), []).append(value)
    return found


def _first(stated: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next(chain.from_iterable(stated.get(name, ()) for name in names), None)


def _stories(root: etree._Element) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except ValueError:
            continue
        for node in _nodes(data):
            if any(kind.endswith(_KINDS) for kind in _strings(node.get("@type"))):
                yield node


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"))


def _names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield from _strings(item.get("name"))
        else:
            yield from _strings(item)


def _strings(value: object) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str) and item]
