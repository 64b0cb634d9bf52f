"""What an imported sight of a page is to the archive, decided as in a crawl, and written.

A crawl sees the present; an import may bring what was seen long ago. What is shown of a story is what was seen last,
so an older sight becomes an earlier version at the most (`archiver/imports/earlier.py`).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scraper.archiver.archive import Archive
from scraper.archiver.articles.fingerprints import content_hash
from scraper.archiver.imports.earlier import EarlierSight
from scraper.archiver.reader import ArchiveReader
from scraper.archiver.records import KnownArticle
from scraper.pipeline.crawling.decide import change_between, completed, is_truncated, returned_to
from scraper.records import Article, ChangeKind, Page


class Became(StrEnum):
    """What an imported article came to. `older`: seen before the last sight, and not kept, because the version that
    is shown now was there already; `suspect`: too short to be an edit of what is held."""

    NEW = "new"
    CHANGED = "changed"
    EARLIER = "earlier"
    UNCHANGED = "unchanged"
    OLDER = "older"
    SUSPECT = "suspect"
    DELETED = "deleted"


_OF_EARLIER = {
    EarlierSight.VERSION: Became.EARLIER,
    EarlierSight.SAME: Became.UNCHANGED,
    EarlierSight.BETWEEN: Became.OLDER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a sight is to the archive. `article` is completed from what is known, where it is the latest sight."""

    became: Became
    article: Article
    known: KnownArticle | None = None
    change: ChangeKind | None = None


def judge(archive: ArchiveReader, page: Page, article: Article) -> Verdict:
    """What `article`, read from `page`, is to the archive. Writes nothing."""
    known = archive.find(article, feed_id=None, guid=None, urls=(page.url, page.final_url))
    if known is None:
        deleted = archive.deleted(article.url, page.url, page.final_url)
        return Verdict(became=Became.DELETED if deleted else Became.NEW, article=article)
    if is_truncated(known, article):
        return Verdict(became=Became.SUSPECT, article=article, known=known)
    if _second(page.fetched_at) <= archive.last_sight(known.id):
        held = {known.content_hash, *(version.content_hash for version in known.earlier)}
        became = Became.UNCHANGED if content_hash(article) in held else Became.EARLIER
        return Verdict(became=became, article=article, known=known)
    article = completed(known, article)
    change = change_between(known, article)
    return Verdict(became=Became.CHANGED if change else Became.UNCHANGED, article=article, known=known, change=change)


def store(archive: Archive, run_id: int | None, page: Page, article: Article) -> Became:
    """Store a sight of an article; for use inside a transaction."""
    verdict = judge(archive, page, article)
    known = verdict.known
    if verdict.became in (Became.DELETED, Became.SUSPECT):
        return verdict.became
    if known is not None and _second(page.fetched_at) <= archive.last_sight(known.id):
        return _OF_EARLIER[archive.save_earlier(run_id, page, article, known)]
    archive.save_sight(run_id, page, verdict.article, known=known, change=verdict.change)
    if known is not None and verdict.change is None:
        shown = returned_to(known, verdict.article) or known.version_count
        archive.note_shown(known, shown, page.fetched_at)
    return verdict.became


def _second(at: datetime) -> datetime:
    """The archive keeps times to the second."""
    return at.replace(microsecond=0)
