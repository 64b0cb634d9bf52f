"""The sums kept while writing say what counting anew would, after any writing, changing and deleting."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archiver import tallies
from scraper.archiver.archive import Archive
from scraper.archiver.rereading.changes import Difference, FieldDifference
from scraper.archiver.search import indexing
from scraper.archiver.store.columns import to_text
from scraper.archiver.stories.story import Story, StoryLink, StoryUrl
from scraper.records import Article, ChangeKind, Image, ImageRole, Link, LinkKind, Precision
from scraper.settings import ArchiveSettings
from scraper.urls import canonicalize
from tests.archiver.builders import NOW, add_feed, later, make_article, make_entry, make_page, poll, stamp, store
from tests.archiver.stories.invented import version_of

PER_DAY = "SELECT * FROM articles_per_day ORDER BY 1, 2, 3"
PER_DAY_ANEW = (
    "SELECT published_on, site, feed, count(*), sum(word_count), count(paywalled), ifnull(sum(paywalled), 0)"
    " FROM articles GROUP BY published_on, site, feed ORDER BY 1, 2, 3"
)
AUTHORS = "SELECT author, published_on, site, articles, words FROM authors_per_day ORDER BY 1, 2, 3"
AUTHORS_ANEW = (
    "SELECT value, published_on, site, count(*), sum(word_count) FROM articles, json_each(authors_json)"
    " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
)
# Every address in these tests is https://host/path.
LINKED_HOSTS = "SELECT * FROM linked_hosts ORDER BY 1, 2"
LINKED_HOSTS_ANEW = (
    "SELECT site, host, count(*) FROM articles JOIN ("
    " SELECT article_id, replace(substr(url, 9, instr(substr(url, 9), '/') - 1), 'www.', '') AS host"
    " FROM article_links WHERE kind = 'body') AS links ON links.article_id = articles.id"
    " WHERE site <> host GROUP BY 1, 2 ORDER BY 1, 2"
)
COVERAGE = "SELECT * FROM coverage ORDER BY site, month"
COVERAGE_ANEW = (
    "SELECT site, substr(published_on, 1, 7) AS month, count(*) AS articles, avg(title IS NOT NULL),"
    " avg(subtitle IS NOT NULL), avg(ifnull(published_precision <> 'day', 0)), avg(modified IS NOT NULL),"
    " avg(authors_json <> '[]'), avg(category IS NOT NULL), avg(tags_json <> '[]'), avg(body IS NOT NULL),"
    " avg(id IN (SELECT article_id FROM images)), avg(language IS NOT NULL), avg(comment_count IS NOT NULL),"
    " avg(view_count IS NOT NULL), avg(paywalled IS NOT NULL) FROM articles GROUP BY 1, 2 ORDER BY 1, 2"
)

SITE_LINKS = "SELECT * FROM site_links ORDER BY 1, 2"
SITE_LINKS_ANEW = (
    "SELECT from_site, to_site, count(*) FROM link_graph WHERE from_article_id <> to_article_id"
    " GROUP BY 1, 2 ORDER BY 1, 2"
)
LINKED = "SELECT * FROM linked_articles ORDER BY 1"
LINKED_ANEW = (
    "SELECT to_article_id, count(*) FROM link_graph WHERE from_article_id <> to_article_id GROUP BY 1 ORDER BY 1"
)
TOTALS = "SELECT * FROM totals"
TOTALS_ANEW = "SELECT count(*), count(DISTINCT site) FROM articles"
ALL = (
    (PER_DAY, PER_DAY_ANEW),
    (AUTHORS, AUTHORS_ANEW),
    (LINKED_HOSTS, LINKED_HOSTS_ANEW),
    (COVERAGE, COVERAGE_ANEW),
    (SITE_LINKS, SITE_LINKS_ANEW),
    (LINKED, LINKED_ANEW),
    (TOTALS, TOTALS_ANEW),
)

LINKS = st.lists(
    st.builds(
        lambda place, kind: Link(kind=kind, heading="More", position=1, url=_url(place)),
        st.integers(0, 7),
        st.sampled_from([LinkKind.RECENT, LinkKind.BODY]),
    ),
    max_size=4,
).map(tuple)
FIELDS = st.fixed_dictionaries(
    {
        "published": st.sampled_from(
            [
                None,
                stamp("2026-02-28T08:00:00+00:00"),
                stamp("2026-03-01T08:00:00+00:00"),
                stamp("2026-03-01T00:00:00+00:00", precision=Precision.DAY),
            ]
        ),
        "subtitle": st.sampled_from([None, "Line"]),
        "authors": st.sampled_from([(), ("Ada",), ("Ada", "Bo")]),
        "categories": st.sampled_from([(), ("Harbour",)]),
        "tags": st.sampled_from([(), ("a", "b")]),
        "images": st.sampled_from([(), (Image(url="https://news.example/a.jpg", role=ImageRole.LEAD),)]),
        "body": st.sampled_from([None, "one two", "one two three"]),
        "view_count": st.sampled_from([None, 3, 4]),
        "paywalled": st.sampled_from([None, True, False]),
        "links": LINKS,
    }
)
EVENTS: st.SearchStrategy[tuple[str, int, dict[str, Any]]] = st.one_of(
    st.tuples(st.sampled_from(["seen", "seen", "imported", "read again", "seen earlier"]), st.integers(0, 5), FIELDS),
    st.tuples(
        st.sampled_from(["deleted", "deleted by another program", "undeleted", "in a feed", "pages dropped"]),
        st.integers(0, 5),
        st.just({}),
    ),
)
BATCHES = st.lists(st.tuples(st.booleans(), st.lists(EVENTS, min_size=1, max_size=6)), min_size=1, max_size=6)
"""Events in one transaction (True), or each in its own."""


def _url(place: int) -> str:
    return f"https://{'www.' * (place % 3 == 0)}site{place % 2}.example/{place}"


def _equal(archive: Archive) -> None:
    assert list(tallies.wrong(archive._database)) == []
    for kept, anew in ALL:
        rows, wanted = ([tuple(row.values()) for row in archive.query(sql)] for sql in (kept, anew))
        assert len(rows) == len(wanted)
        for row, other in zip(rows, wanted, strict=True):
            assert row == pytest.approx(other)


@settings(max_examples=15, deadline=None)
@given(BATCHES)
def test_sums_are_what_counting_gives_whatever_befalls_an_archive(
    tmp_path_factory: pytest.TempPathFactory, batches: list[tuple[bool, list[tuple[str, int, dict[str, Any]]]]]
) -> None:
    with Archive(tmp_path_factory.mktemp("tallies") / "archive.db") as archive:
        befall = Befall(archive, add_feed(archive))
        for at_once, events in batches:
            with archive.transaction() if at_once else nullcontext():
                for what, place, fields in events:
                    befall(what, place, fields)
            _equal(archive)
        with archive.transaction():
            tallies.count_anew(archive._database)
        _equal(archive)


class Befall:
    """What can happen to the article at a place, each thing an hour after the one before."""

    def __init__(self, archive: Archive, feed_id: int) -> None:
        self._archive = archive
        self._feed_id = feed_id
        self._hours = count()

    def __call__(self, what: str, place: int, fields: dict[str, Any]) -> None:
        archive, url, at = self._archive, _url(place), later(hours=next(self._hours))
        match what:
            case "imported":
                archive.import_story(_story(make_article(url, **fields), to_text(at)))
            case "deleted":
                archive.delete([url], now=at)
            case "undeleted":
                archive.undelete(url)
            case "in a feed":
                poll(archive, self._feed_id, make_entry(place, url=url), at=at)
            case "pages dropped":
                kept = ArchiveSettings(keep_page_versions=1, keep_page_days=1)
                archive.drop_pages(kept, at + timedelta(days=2), changed_since=NOW)
            case "deleted by another program":
                with archive.transaction():
                    # Another program would find no transaction open: nothing put off.
                    indexing.catch_up(archive._database)
                    archive._database.execute("DELETE FROM article_records WHERE url = ?", (url,))
                    archive._database.forget_known()
            case _:
                self._sight(what, place, make_article(url, **fields), at)

    def _sight(self, what: str, place: int, article: Article, at: datetime) -> None:
        archive = self._archive
        known = archive.find(article, feed_id=None, guid=None, urls=())
        match what:
            case "seen" if archive.deleted(article.url) is None:
                store(archive, article, at=at, known=known, change=ChangeKind.SUBSTANTIVE if known else None)
            case "seen earlier" if known:
                page = make_page(article.url, at=NOW - timedelta(hours=place + 1))
                archive.save_earlier(None, page, article, known)
            case "read again" if known:
                links = FieldDifference("links", Difference.CHANGED, None, None)
                with archive.transaction():
                    archive.rereader().rewrite(known.id, article, "mark", (links,))


def _story(article: Article, seen_at: str) -> Story:
    """All that another archive knows of an article that it saw once."""
    links = tuple(
        StoryLink(kind=each.kind.value, url=canonicalize(each.url), position=1, first_seen_at=seen_at)
        for each in article.links
    )
    return Story(
        article=replace(article, links=()),
        first_seen_at=seen_at,
        versions=(version_of(article, seen_at),),
        links=tuple({(link.url, link.kind): link for link in links}.values()),
        urls=(StoryUrl(url=article.url, role="canonical"),),
    )


def test_another_program_keeps_the_sums_too(archive: Archive) -> None:
    links = (Link(kind=LinkKind.BODY, position=1, url=_url(1)), Link(kind=LinkKind.BODY, position=2, url=_url(2)))
    store(archive, make_article(_url(0), links=links))
    store(archive, make_article(_url(1)))
    for statement in (
        (
            "INSERT INTO links (article_id, url_id, kind, position, first_seen_at)"
            " SELECT 2, id, 'body', 1, '2026-03-01T00:00:00Z' FROM urls WHERE url LIKE '%/0'"
        ),
        "UPDATE urls SET article_id = 2, role = 'alias' WHERE url LIKE '%/2'",
        "UPDATE article_records SET site = 'elsewhere.example' WHERE id = 1",
        "UPDATE article_records SET site = 'elsewhere.example' WHERE id = 2",
        "UPDATE article_records SET site = 'news.example'",
        "DELETE FROM links WHERE article_id = 1 AND position = 1",
        "UPDATE urls SET article_id = NULL, role = NULL WHERE url LIKE '%/2'",
        "INSERT INTO authors (name) VALUES ('A. Example')",
        "UPDATE article_authors SET author_id = (SELECT max(id) FROM authors) WHERE article_id = 1",
        "UPDATE article_records SET published_on = NULL, paywalled = 1, word_count = 7 WHERE id = 1",
        "DELETE FROM article_authors WHERE article_id = 2",
    ):
        with archive.transaction():
            archive._database.execute(statement)
        _equal(archive)
    assert list(archive.query("SELECT * FROM linked_articles")) == [{"article_id": 1, "links": 1}]


def test_an_article_adopted_by_a_feed_later_moves_to_it(archive: Archive) -> None:
    store(archive, make_article("https://news.example/story-1"))
    feed_id = add_feed(archive, name="The News")
    poll(archive, feed_id, make_entry(1), at=NOW)
    _equal(archive)
    (row,) = archive.query("SELECT feed, articles FROM articles_per_day")
    assert row == {"feed": "The News", "articles": 1}
