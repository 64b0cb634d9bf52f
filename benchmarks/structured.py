"""What a page says of itself, and nothing more: JSON-LD, meta tags and `<time>`, the first in a fixed order.

The reference that every extractor should beat. Written for the benchmark alone; the extractor does not use it.
"""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from lxml import etree

from benchmarks.corpus import Result

_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate")
_AUTHORS = ("article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_KINDS = ("Article", "Posting", "Report")


def read(page: bytes, url: str | None = None) -> Result:
    """The fields that JSON-LD states, else those of the meta tags, else `<time>`, `<title>` and `<html lang>`."""
    root = etree.fromstring(page, etree.HTMLParser(recover=True, huge_tree=True))
    if root is None:
        return {}
    meta = _meta(root)
    story: dict[str, Any] = next(_stories(root), {})
    times = (element.get("datetime") for element in root.iter("time"))
    return {
        "body": story.get("articleBody"),
        "title": story.get("headline") or _first(meta, _TITLES) or root.findtext(".//title"),
        "date": story.get("datePublished") or _first(meta, _DATES) or next(filter(None, times), None),
        "authors": list(_names(story.get("author"))) or meta.get("author") or _strings(_first(meta, _AUTHORS)),
        "categories": _strings(story.get("articleSection")) or meta.get("article:section", []),
        "tags": _strings(story.get("keywords")) or meta.get("article:tag", []) or meta.get("keywords", []),
        "language": root.get("lang") or story.get("inLanguage") or _first(meta, ("og:locale",)),
        "site_name": _first(meta, ("og:site_name", "application-name")),
    }


def _meta(root: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next(chain.from_iterable(meta.get(name, ()) for name in names), None)


def _stories(root: etree._Element) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except ValueError:
            continue
        for node in _nodes(data):
            kinds = _strings(node.get("@type"))
            if any(kind.endswith(_KINDS) for kind in kinds):
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
