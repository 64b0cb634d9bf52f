"""Links found on a page against those that were read there by eye. Reads no page and prints nothing.

An item is right where address and kind are; where a list may be called one thing as well as another ("Top stories"
are recent and popular), each of these kinds is right, and the first is the one it is counted under. Links of the text
are not judged, nor the page itself, nor what an annotation calls neutral.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from scraper.records import Link, LinkKind
from scraper.urls import InvalidUrlError, canonicalize

ANNOTATIONS = Path(__file__).with_name("annotations.jsonl")

_KINDS = {kind.value: kind.value for kind in LinkKind} | {"previous": "neighbour", "next": "neighbour"}
_EDGES = re.compile(r"^[\s:•・|]+|[\s:•・|]+$")
KINDS = ("related", "recent", "popular", "neighbour")
"""The kinds that are counted; the previous and the next article are counted together, a page has few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article in a list; `kinds` and `headings` are all that are right. `title` is None where there is none."""

    url: str
    kinds: tuple[str, ...]
    headings: tuple[str, ...] = ()
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One page as it was read: `id` is data set and id in the corpus, `part` says what it was used for."""

    id: str
    part: str
    items: tuple[Item, ...]
    neutral: frozenset[str]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From a line of the file."""
        return cls(
            id=row["id"],
            part=row["part"],
            items=tuple(item for block in row["blocks"] for item in _items(block)),
            neutral=frozenset(filter(None, map(spelled, row.get("neutral", ())))),
        )


@dataclass(slots=True)
class Tally:
    """Counts by kind: what there is to find, what was found of it, what was found at all, what of that is right."""

    expected: Counter[str] = field(default_factory=Counter)
    recalled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[Link] = field(default_factory=list)
    missed: list[Item] = field(default_factory=list)

    def add(self, other: Self) -> None:
        """Count what `other` has counted too."""
        for name in ("expected", "recalled", "found", "right"):
            getattr(self, name).update(getattr(other, name))

    def scores(self) -> dict[str, float]:
        """Precision and recall, of all items and by kind; what has nothing to be counted is left out."""
        shares = {}
        for kind in ("link", *KINDS, "heading", "linktitle"):
            names = KINDS if kind == "link" else (kind,)
            for letter, part, whole in (("p", self.right, self.found), ("r", self.recalled, self.expected)):
                total = sum(whole[name] for name in names)
                if total:
                    shares[f"{kind}_{letter}"] = sum(part[name] for name in names) / total
        return shares


def read_annotations(path: Path = ANNOTATIONS) -> list[Annotation]:
    """All pages that were annotated."""
    return [Annotation.of(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def tally(annotation: Annotation, links: Iterable[Link], page_urls: Iterable[str]) -> Tally:
    """Count one page's links; `page_urls` are the page's own addresses."""
    passed_over = {*annotation.neutral, *map(spelled, page_urls)}
    found = {(link.kind.value, link.url): link for link in links if link.kind is not LinkKind.BODY}
    found = {key: link for key, link in found.items() if link.url not in passed_over}
    result = Tally()
    by_url: dict[str, list[Item]] = {}
    for item in annotation.items:
        if item.url not in passed_over:
            by_url.setdefault(item.url, []).append(item)
            _count_expected(result, item, found)
    for (kind, url), link in found.items():
        result.found[_KINDS[kind]] += 1
        if any(kind in item.kinds for item in by_url.get(url, ())):
            result.right[_KINDS[kind]] += 1
        else:
            result.wrong.append(link)
    _count_headings(result, annotation, found.values())
    return result


def spelled(url: str) -> str | None:
    """The address in its one spelling; None where it is none."""
    try:
        return canonicalize(url)
    except InvalidUrlError:
        return None


def _count_expected(result: Tally, item: Item, found: Mapping[tuple[str, str], Link]) -> None:
    counted_as = _KINDS[item.kinds[0]]
    link = next((found[kind, item.url] for kind in item.kinds if (kind, item.url) in found), None)
    result.expected[counted_as] += 1
    if link is None:
        result.missed.append(item)
        return
    result.recalled[counted_as] += 1
    if item.title is not None:
        result.expected["linktitle"] += 1
        result.recalled["linktitle"] += _is_title(link.title or "", item.title)


def _count_headings(result: Tally, annotation: Annotation, links: Iterable[Link]) -> None:
    """Lists, as their headings and kinds tell them apart."""
    found = {(link.kind.value, _plain(link.heading)) for link in links if link.heading}
    expected = {(item.kinds, item.headings) for item in annotation.items if item.headings}
    right = {(kind, _plain(heading)) for kinds, headings in expected for kind in kinds for heading in headings}
    result.found["heading"] += len(found)
    result.right["heading"] += len(found & right)
    result.expected["heading"] += len(expected)
    result.recalled["heading"] += sum(
        any((kind, _plain(heading)) in found for kind in kinds for heading in headings) for kinds, headings in expected
    )


def _is_title(said: str, expected: str) -> bool:
    """A title that begins with "~" is all that a card says: the headline is a good part of it.

    What a theme cut off ("The crane is…") may be given in full: a tooltip or a picture often has it.
    """
    if expected.startswith("~"):
        return _plain(said) in _plain(expected[1:]) and len(said) >= 0.2 * len(expected)
    if expected.endswith(("...", "…")) and not said.endswith(("...", "…")):
        return _plain(said).startswith(_plain(expected).rstrip(". …"))
    return _plain(said) == _plain(expected)


def _plain(text: str | None) -> str:
    return " ".join(_EDGES.sub("", text or "").lower().split())


def _items(block: Mapping[str, Any]) -> Iterator[Item]:
    kinds = tuple(block["kind"].split("|"))
    headings = tuple(block["heading"].split("||")) if "heading" in block else ()
    for address, *title in block["items"]:
        url = spelled(address)
        if url is not None:
            yield Item(url=url, kinds=kinds, headings=headings, title=title[0] if title else None)
