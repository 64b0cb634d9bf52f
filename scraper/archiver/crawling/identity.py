"""What tells two entries of one feed apart: its GUID where that can be trusted, else less and less sure marks. Pure.

A feed of which more than a few per cent of the entries lack a mark, or share it over different stories, is taken to the
next one (the way FreshRSS found to work over years of odd feeds).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from scraper.archiver.crawl_records import GuidPolicy
from scraper.records import FeedEntry
from scraper.text import fold
from scraper.urls import CanonicalUrl

FEW: Final = 0.05
"""The share of a feed's entries that may be odd without the feed being so."""

_LADDER: Final = tuple(GuidPolicy)
_TITLE_LENGTH: Final = 200
_MARKUP = re.compile(r"<[^<>]*>")
# Counts and clock times in the text of an entry change without an edit.
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Offered:
    """An entry as a poll offered it, and the canonical form of its address."""

    entry: FeedEntry
    canonical: CanonicalUrl | None

    @property
    def story(self) -> str:
        """What it is about, as far as that can be told without its GUID."""
        return self.canonical or self.entry.title or ""


def key_of(offered: Offered, policy: GuidPolicy) -> str:
    """The mark of an entry under `policy`; where it has none, the next best."""
    marks = (_mark(offered, each) for each in (policy, GuidPolicy.LINK, GuidPolicy.GUID, GuidPolicy.TITLE))
    return next((mark for mark in marks if mark), "")


def policy_for(offered: Sequence[Offered], policy: GuidPolicy) -> GuidPolicy:
    """`policy`, or the first after it under which hardly any entry lacks its mark or shares it with another story."""
    for each in _LADDER[_LADDER.index(policy) :]:
        if odd_ones(offered, each) <= FEW * len(offered):
            return each
    return GuidPolicy.CONTENT


def odd_ones(offered: Sequence[Offered], policy: GuidPolicy) -> int:
    """How many entries lack their mark under `policy`, or share it with another story."""
    stories: dict[str, set[str]] = defaultdict(set)
    missing = 0
    for one in offered:
        mark = _mark(one, policy)
        if mark is None:
            missing += 1
        else:
            stories[mark].add(_story_beside(one, policy))
    return missing + sum(len(told) - 1 for told in stories.values() if len(told) > 1)


def shared_guids(offered: Iterable[Offered]) -> frozenset[str]:
    """The GUIDs that stand for two stories of one poll."""
    stories: dict[str, set[str]] = defaultdict(set)
    for one in offered:
        if one.entry.guid:
            stories[one.entry.guid].add(one.story)
    return frozenset(guid for guid, told in stories.items() if len(told) > 1)


def content_hash(entry: FeedEntry) -> str | None:
    """The SHA-256 (hex) of the words an entry carries as its content, without markup and figures; None without any."""
    words = _DIGITS.sub("", fold(_MARKUP.sub(" ", entry.content_html or "")))
    return _hash(words) if words.strip() else None


def _mark(offered: Offered, policy: GuidPolicy) -> str | None:
    entry = offered.entry
    match policy:
        case GuidPolicy.GUID:
            return entry.guid
        case GuidPolicy.LINK:
            return offered.canonical
        case GuidPolicy.LINK_DATE:
            dated = offered.canonical and entry.published
            return f"{offered.canonical} {entry.published.at.isoformat()}" if dated and entry.published else None
        case GuidPolicy.TITLE:
            return (entry.title or "")[:_TITLE_LENGTH] or None
        case GuidPolicy.CONTENT:
            return _hash("\n".join(filter(None, (entry.title, entry.summary, entry.content_html))))


def _story_beside(offered: Offered, policy: GuidPolicy) -> str:
    """What tells stories apart where they share the mark of `policy`."""
    entry = offered.entry
    if policy is GuidPolicy.GUID:
        return offered.story
    if policy is GuidPolicy.TITLE:
        return entry.content_html or entry.summary or ""
    return entry.title or entry.content_html or entry.summary or ""


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
