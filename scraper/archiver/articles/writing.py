"""Writes what a visit to a page brought: a new article, a new version, or only what surrounds an unchanged one."""

from dataclasses import dataclass

from scraper.archiver import tallies
from scraper.archiver.articles import counts, duplicates, urls, versions
from scraper.archiver.articles.counts import Counts
from scraper.archiver.articles.fingerprints import content_hash, hash_of_words, words_of
from scraper.archiver.articles.layout import to_layout
from scraper.archiver.articles.links import LinkStore
from scraper.archiver.articles.names import NameStore
from scraper.archiver.articles.pages import PageStore
from scraper.archiver.crawl_records import QueueItem
from scraper.archiver.crawling import entries, queue
from scraper.archiver.crawling.fetches import Request, log_answer
from scraper.archiver.records import FetchKind, KnownArticle
from scraper.archiver.search import indexing
from scraper.archiver.search.spelling import spellings
from scraper.archiver.store import rows
from scraper.archiver.store.columns import flag, stamp_columns, to_json, to_text
from scraper.archiver.store.database import Database, Value
from scraper.records import Article, ChangeKind, Page, Timestamp
from scraper.urls import CanonicalUrl, site_of

_COUNTS = ("view_count", "comment_count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page that was fetched, and the article read from it. `item` None: not for the queue, but somewhere else."""

    run_id: int | None
    item: QueueItem | None
    page: Page
    article: Article

    @property
    def feed_id(self) -> int | None:
        return self.item.feed_id if self.item else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What a visit is to an article that is archived: a change of some kind, or (None) none."""

    known: KnownArticle
    change: ChangeKind | None


class ArticleWriter:
    """Writes visits into one archive; every method inside the caller's transaction."""

    def __init__(self, database: Database, pages: PageStore) -> None:
        self._database = database
        self._pages = pages
        self._links = LinkStore(database)
        self._names = NameStore(database)

    def save(self, visit: Visit, update: Update | None) -> int:
        """Store a visit, of a new article where `update` is None; the id of the article.

        The raw page is kept for new articles and new versions; of an unchanged one only counts, links and aliases.
        """
        tallies.put_off(self._database)
        places = _places(visit)
        before = urls.article_of(self._database, visit.article.url) if update is None else update.known.id
        article_id, page_id = self._save_state(visit, update, before)
        urls.point(self._database, article_id, visit.article.url, places)
        self._save_surroundings(visit, article_id, page_id, is_new=before is None)
        entries.adopt(self._database, article_id, places, visit.item.entry_id if visit.item else None)
        return article_id

    def _save_state(self, visit: Visit, update: Update | None, before: int | None) -> tuple[int, int | None]:
        """The article's id, and that of the raw page where there was reason to keep it."""
        if update is not None:
            if update.change is None:
                return update.known.id, None
            page_id = self._pages.save(visit.page)
            self._change(visit, update.known, update.change, page_id)
            return update.known.id, page_id
        # Two items decided on at the same time may turn out to be one article: the second is no news.
        if before is not None:
            return before, None
        page_id = self._pages.save(visit.page)
        return self._add(visit, page_id), page_id

    def _add(self, visit: Visit, page_id: int) -> int:
        words = words_of(visit.article.body or "")
        text_hash = hash_of_words(words)
        record = _record(visit, page_id, text_hash)
        record |= {"feed_id": visit.feed_id, "first_seen_at": record["changed_at"]}
        record |= {name: getattr(visit.article, name) for name in _COUNTS}
        article_id = rows.add(self._database, "article_records", record)
        indexing.put_off(self._database, article_id)
        rows.add(self._database, "article_texts", {"article_id": article_id} | text_columns(visit.article))
        self._names.save(article_id, visit.article, is_new=True)
        versions.add_first(self._database, article_id, record, visit.article.extractor)
        duplicates.link(self._database, article_id, words, text_hash)
        return article_id

    def _change(self, visit: Visit, known: KnownArticle, change: ChangeKind, page_id: int) -> None:
        words = words_of(visit.article.body or "")
        text_hash = hash_of_words(words)
        versions.keep_current(self._database, known.id)
        indexing.catch_up(self._database)
        record = _record(visit, page_id, text_hash)
        # The URL an article is known by stays; a new canonical one leads to it from now on (table `urls`).
        del record["url"], record["site"]
        settings = ", ".join(f"{name} = ?" for name in record)
        self._database.execute(
            f"UPDATE article_records SET version_count = version_count + 1, {settings} WHERE id = ?",
            (*record.values(), known.id),
        )
        rows.change(self._database, "article_texts", text_columns(visit.article), where={"article_id": known.id})
        self._names.save(known.id, visit.article, is_new=False)
        versions.add_next(self._database, known, visit.article, change, text_hash)
        if known.text_hash != text_hash:
            duplicates.link_again(self._database, known.id, words, text_hash, old_text=known.body)

    def _save_surroundings(self, visit: Visit, article_id: int, page_id: int | None, *, is_new: bool) -> None:
        article, item, page = visit.article, visit.item, visit.page
        request = Request(
            run_id=visit.run_id,
            kind=FetchKind.ARTICLE,
            url=page.url,
            feed_id=visit.feed_id,
            queue_id=item.id if item else None,
            robots_asked=item.robots_asked if item else None,
        )
        log_answer(self._database, request, page, page_id=page_id)
        self._links.save(article_id, article.links, page.fetched_at, is_new=is_new)
        save_counts = counts.add_first if is_new else counts.save
        for seen in _counts(visit):
            save_counts(self._database, article_id, seen)
        if item is not None:
            queue.finish(self._database, item, article_id, page.validators, page.fetched_at)


def _record(visit: Visit, page_id: int, text_hash: str | None) -> dict[str, Value]:
    at = to_text(visit.page.fetched_at)
    return record_columns(visit.article, page_id=page_id, text_hash=text_hash, changed_at=at)


def _counts(visit: Visit) -> tuple[Counts, Counts]:
    """What the page and what the feed said of the counts; the extractor merged them, and says from where."""
    article, seen_at = visit.article, visit.page.fetched_at
    from_page = {name: getattr(article, name) for name in _COUNTS if article.sources.get(name) != "feed"}
    from_feed = {name: getattr(article, name) for name in _COUNTS if article.sources.get(name) == "feed"}
    return Counts(source="page", seen_at=seen_at, **from_page), Counts(source="feed", seen_at=seen_at, **from_feed)


def record_columns(
    article: Article, *, page_id: int | None, text_hash: str | None, changed_at: str
) -> dict[str, Value]:
    """The columns of `article_records` that a version sets."""
    published, modified = article.published, article.modified
    return {
        "url": article.url,
        "site": site_of(article.url),
        "site_name": article.site_name,
        "kind": article.kind.value,
        "title": article.title,
        "subtitle": article.subtitle,
        **_stamp("published", published),
        "published_on": published.day.isoformat() if published else None,
        **_stamp("modified", modified),
        "category": article.category,
        "language": article.language,
        "word_count": article.word_count,
        "paywalled": flag(article.paywalled),
        "content_hash": content_hash(article),
        "text_hash": text_hash,
        "page_id": page_id,
        "changed_at": changed_at,
    }


def text_columns(article: Article) -> dict[str, Value]:
    """The columns of `article_texts` that a version sets."""
    published, modified = article.published, article.modified
    return {
        "summary": article.summary,
        "body": article.body,
        "body_html": article.body_html,
        "captions": to_json(list(article.captions)) if article.captions else None,
        "blocks": to_layout(article.body, article.blocks),
        "sources": to_json(dict(article.sources)),
        "extractor": article.extractor,
        "reading": None,
        "published_raw": published.raw if published else None,
        "modified_raw": modified.raw if modified else None,
        "spellings": spellings((article.title, article.subtitle, article.summary, article.body), article.language),
    }


def _stamp(name: str, stamp: Timestamp | None) -> dict[str, Value]:
    at, precision, offset, _ = stamp_columns(stamp)
    return {name: at, f"{name}_precision": precision, f"{name}_offset_minutes": offset}


def _places(visit: Visit) -> tuple[CanonicalUrl, ...]:
    """Every URL that led to this page."""
    page, item = visit.page, visit.item
    entry = item.entry if item else None
    hops = [hop.url for hop in page.redirects]
    return urls.canonical_places(
        (item.url if item else None, page.url, *hops, page.final_url, entry.url if entry else None)
    )
