"""What to do, decided from records alone: is this a change, when to try again. Touches nothing."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from scraper.archiver.articles.fingerprints import content_hash, text_hash
from scraper.archiver.records import KnownArticle
from scraper.errors import ItemError, Reason, TransientError
from scraper.records import Article, ChangeKind, Precision, Timestamp
from scraper.text import fold

# Below this share of the words we hold, a page is taken for a teaser, a wall or a broken page, not for an edit.
TRUNCATED_SHARE: Final = 0.4

_FIRST_RETRY: Final = timedelta(minutes=10)
_LONGEST_RETRY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Patience:
    """How a fault is met over runs: how often it is tried in all, and the first pause (doubled each time)."""

    tries: int
    first_pause: timedelta = _FIRST_RETRY


# Faults that no waiting cures get one try; what may be a mistake of the site gets a few, days apart in the end.
_VERDICT: Final = Patience(1)
_PATIENCE: Final = {
    Reason.NOT_FOUND: Patience(3, timedelta(hours=6)),
    Reason.FORBIDDEN: Patience(3, timedelta(hours=6)),
    Reason.NO_TEXT: Patience(4, timedelta(hours=1)),
    Reason.EMPTY: Patience(4, timedelta(hours=1)),
    Reason.SUSPECT: Patience(4, timedelta(hours=6)),
    Reason.ROBOTS: Patience(3, timedelta(days=1)),
    Reason.SOFT_404: Patience(3, timedelta(hours=6)),
    Reason.FRONT_PAGE: Patience(3, timedelta(hours=6)),
    Reason.BOT_WALL: Patience(5, timedelta(hours=6)),
    Reason.CONSENT_WALL: Patience(3, timedelta(days=1)),
    Reason.LOGIN_WALL: Patience(2, timedelta(days=1)),
    # Much is free after some days.
    Reason.PAYWALL: Patience(3, timedelta(days=1)),
    Reason.PARKED: Patience(4, timedelta(days=1)),
    Reason.TOO_MANY_REDIRECTS: Patience(3, timedelta(hours=6)),
    Reason.TLS: Patience(5, timedelta(hours=1)),
    # No fault of the page: a later release of this program may read it.
    Reason.INTERNAL: Patience(10, timedelta(hours=6)),
    Reason.TOO_SLOW: Patience(4, timedelta(days=1)),
}


def completed(known: KnownArticle, article: Article) -> Article:
    """`article` with what an earlier look knew better: fields this page does not show, and the hour of its day."""
    kept = {
        name: old
        for name in ("subtitle", "authors", "categories", "tags", "summary", "modified", "language", "paywalled")
        if getattr(article, name) in (None, ()) and (old := getattr(known, name)) not in (None, ())
    }
    if _better(known.published, article.published):
        kept["published"] = known.published
    return dataclasses.replace(article, **kept) if kept else article


def change_between(known: KnownArticle, article: Article) -> ChangeKind | None:
    """How `article` differs from the version we hold; None where there is no new version to keep.

    `article` was completed from `known` before. Counts, links and pictures are no part of a version. A text that lost
    most of its words is not taken over: the old one stays (a wall or a teaser must never replace an article). Nor is
    an earlier version that is shown again one more: see :func:`returned_to`.
    """
    if is_truncated(known, article) or returned_to(known, article) is not None:
        return None
    if _folded(known.title) != _folded(article.title) or _folded(known.body) != _folded(article.body):
        return ChangeKind.SUBSTANTIVE
    if known.title != article.title or known.body != article.body:
        return ChangeKind.COSMETIC
    return ChangeKind.METADATA if _metadata_changed(known, article) else None


def returned_to(known: KnownArticle, article: Article) -> int | None:
    """The number of the earlier version that `article` shows again; None where it shows the last one or a new one.

    A headline on trial goes to and fro between two versions for days. A version is known again by all its fields, or
    by the words of its headline and text alone: some sites state the moment of asking as the modified date.
    """
    if not known.earlier:
        return None
    content, words = content_hash(article), (article.title, text_hash(article.body))
    if content == known.content_hash:
        return None
    by_words = words != (known.title, known.text_hash)
    for version in reversed(known.earlier):
        if version.content_hash == content or (by_words and (version.title, version.text_hash) == words):
            return version.number
    return None


def is_truncated(known: KnownArticle, article: Article) -> bool:
    """Whether the text shrank so much that it is no edit."""
    return bool(known.word_count) and article.word_count < TRUNCATED_SHARE * known.word_count


def next_try(error: ItemError, tries: int, now: datetime, most: int) -> datetime | None:
    """When to try a failing page again, after `tries` tries; None gives it up.

    Transient faults are tried `most` times, ten minutes after the first and twice as long after each, a day at the
    longest; a server's own Retry-After counts where it is later.
    """
    patience = Patience(most) if isinstance(error, TransientError) else _PATIENCE.get(error.reason, _VERDICT)
    if tries >= min(patience.tries, most):
        return None
    at = now + min(_LONGEST_RETRY, patience.first_pause * (1 << min(tries - 1, 20)))
    wished = error.not_before if isinstance(error, TransientError) else None
    return max(at, wished) if wished else at


def _metadata_changed(known: KnownArticle, article: Article) -> bool:
    names = ("subtitle", "authors", "categories", "tags", "published", "paywalled")
    return any(getattr(known, name) != getattr(article, name) for name in names)


def _better(old: Timestamp | None, new: Timestamp | None) -> bool:
    """Whether `old` says the same day more exactly, or says it at all."""
    if old is None or new is None:
        return new is None and old is not None
    exactness = list(Precision)
    old_rank = (exactness.index(old.precision), old.offset_minutes is not None)
    return old.day == new.day and old_rank > (exactness.index(new.precision), new.offset_minutes is not None)


def _folded(text: str | None) -> str:
    kept = "".join(c if c.isalnum() else " " for c in fold(text or ""))
    return " ".join(kept.split())
