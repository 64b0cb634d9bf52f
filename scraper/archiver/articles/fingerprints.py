"""Hashes that say "the same": of an article's text, and of everything that makes a version of it. Pure."""

import json
import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

from scraper.archiver.records import KnownArticle
from scraper.records import Article, Timestamp

_INVISIBLE = "\u00ad\u200b\u2060"
_WORD = re.compile(r"\w+")
# Each costs a walk through the text, and a text made to be slow may have a hundred thousand.
_MANY = 100


def words_of(text: str) -> list[str]:
    """The words of `text`, folded: what is left when look (case, quotes, spaces, punctuation) does not count.

    As `scraper.text.fold`, less what the division into words makes needless. Most texts have a few dozen different
    characters that stand in no word: to put spaces for them, all of one kind at once, takes three quarters of the time
    of a pattern.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    for char in _INVISIBLE:
        folded = folded.replace(char, "")
    between = [char for char in set(folded) if not (char.isalnum() or char == "_")]
    if len(between) > _MANY:
        return _WORD.findall(folded)
    for char in between:
        folded = folded.replace(char, " ")
    return folded.split()


def text_hash(text: str | None) -> str | None:
    """BLAKE2b-128 (hex) of the words of `text`: equal for texts that differ in look only. None without a word."""
    return hash_of_words(words_of(text)) if text else None


def hash_of_words(words: Sequence[str]) -> str | None:
    """:func:`text_hash` of a text whose words are at hand."""
    return _hash(" ".join(words)) if words else None


def content_hash(article: Article) -> str:
    """BLAKE2b-128 (hex) of the fields that make a version.

    Counts, links, pictures and markup are left out: they change with every visit (counts, signed image addresses)
    without the article having changed.
    """
    fields = (
        article.title,
        article.subtitle,
        _time(article.published),
        _time(article.modified),
        article.authors,
        article.categories,
        article.tags,
        article.summary,
        article.body,
        article.language,
        article.paywalled,
    )
    return _hash(json.dumps(fields, ensure_ascii=False))


def changed_fields(old: Article | KnownArticle, new: Article) -> tuple[str, ...]:
    """The names of the fields of :func:`content_hash` in which two articles differ."""
    names = ("title", "subtitle", "authors", "categories", "tags", "summary", "body", "language", "paywalled")
    changed = [name for name in names if getattr(old, name) != getattr(new, name)]
    times = [name for name in ("published", "modified") if _time(getattr(old, name)) != _time(getattr(new, name))]
    return tuple(changed + times)


def _time(stamp: Timestamp | None) -> str | None:
    # The offset is left out: the same moment written in another zone is no new version.
    return None if stamp is None else f"{stamp.at.isoformat(timespec='seconds')} {stamp.precision}"


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
