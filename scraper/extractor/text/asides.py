"""What stands in a text and is told twice, or by others: quotes pulled out of it, embedded posts, legal notes.

Judges by names and by the rest of the text, never by words.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from scraper.extractor.text.evidence import tokens_of
from scraper.extractor.text.features import HEADING_TAGS
from scraper.extractor.text.passages import Context, Passage

# What the networks' own scripts look for, to put a frame in its place. Of 79 such passages none is in the annotated
# texts.
_POSTS = re.compile(
    r"\b(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-post|bluesky-embed|mastodon-embed|text-post-media"
    r"|reddit-(?:embed-bq|card)|imgur-embed-pub)\b"
)
_NOTES = frozenset(("disclaimer", "disclosure", "boilerplate"))
_WHOLE_TEXTS = frozenset(("article", "main", "body"))
_QUOTES = frozenset(("blockquote", "aside", "q"))
# Elements around a passage that may say what it is, the passage's own among them.
_NEAR = 4
# Each is looked for in all passages: a page of nothing but quotes has none pulled out of it.
_MOST_QUOTES = 60
# Letters and digits. A shorter quote may well stand twice.
_LEAST_PULLED = 25
_PARTED = re.compile(r"[\W_]+")


def without_asides(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The passages without them; all of them where they are most of it: a page of legal notes, or of posts."""
    rest = [passage for passage in passages if not _is_post(passage.context) and not _is_note(passage.context)]
    rest = _without_pulled(rest)
    return rest if 2 * _chars(rest) > _chars(passages) else passages


def _chars(passages: Sequence[Passage]) -> int:
    return sum([len(passage.text) for passage in passages])


def _is_post(context: Context) -> bool:
    return any(_names_post(around.evidence.names) for around in islice(context.chain(), _NEAR))


def _is_note(context: Context) -> bool:
    return any(_names_note(around.tag, around.evidence.names) for around in islice(context.chain(), 2))


# Pages repeat their names: to look them up takes a fiftieth of the time of matching them again.
@lru_cache(maxsize=8192)
def _names_post(names: str) -> bool:
    return _POSTS.search(names) is not None


@lru_cache(maxsize=8192)
def _names_note(tag: str, names: str) -> bool:
    return tag not in _WHOLE_TEXTS and not _NOTES.isdisjoint(tokens_of(tag, names))


@lru_cache(maxsize=8192)
def _names_quote(names: str) -> bool:
    return "quote" in names.lower()


def _without_pulled(passages: Sequence[Passage]) -> list[Passage]:
    """Without quotes that stand in a longer passage as well: of 31 such, 21 are not in the annotated texts."""
    quotes = {id(passage) for passage in passages if _is_quote(passage)}
    if not 0 < len(quotes) <= _MOST_QUOTES:
        return list(passages)
    plain = [_PARTED.sub(" ", passage.text.lower()).strip() for passage in passages]
    return [
        passage
        for passage, text in zip(passages, plain, strict=True)
        if id(passage) not in quotes or len(text) < _LEAST_PULLED or not _stands_in_another(text, plain)
    ]


def _is_quote(passage: Passage) -> bool:
    if passage.context.tag in HEADING_TAGS:
        return False
    return any(
        around.tag in _QUOTES or _names_quote(around.evidence.names)
        for around in islice(passage.context.chain(), _NEAR)
    )


def _stands_in_another(text: str, others: Sequence[str]) -> bool:
    return any(len(other) > len(text) and text in other for other in others)
