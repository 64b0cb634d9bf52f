"""The sums kept while writing say what counting anew would, after any writing, changing and deleting."""

from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archiver import tallies
from scraper.archiver.archive import Archive
from scraper.archiver.search import indexing
from scraper.records import ChangeKind, Image, ImageRole, Link, LinkKind, Precision
from tests.archiver.builders import NOW, add_feed, known_as, later, make_article, make_entry, poll, stamp, store

PER_DAY = "SELECT published_on, site, feed, articles, words FROM articles_per_day ORDER BY 1, 2, 3"
PER_DAY_ANEW = (
    "SELECT published_on, site, feed, count(*), sum(word_count) FROM articles"
    " GROUP BY published_on, site, feed ORDER BY 1, 2, 3"
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
    (COVERAGE, COVERAGE_ANEW),
    (SITE_LINKS, SITE_LINKS_ANEW),
    (LINKED, LINKED_ANEW),
    (TOTALS, TOTALS_ANEW),
)

LINKS = st.lists(
    st.builds(
        lambda place, kind: Link(kind=kind, heading="More", position=1, url=_url(place)),
        st.integers(0, 6),
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
        "view_count": st.sampled_from([None, 3]),
        "links": LINKS,
    }
)
BATCHES = st.lists(
    st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), FIELDS)), min_size=1, max_size=6),
    min_size=1,
    max_size=5,
)


def _url(place: int) -> str:
    return f"https://site{place % 2}.example/{place}"


def _equal(archive: Archive) -> None:
    assert list(tallies.wrong(archive._database)) == []
    for kept, anew in ALL:
        rows, wanted = ([tuple(row.values()) for row in archive.query(sql)] for sql in (kept, anew))
        assert len(rows) == len(wanted)
        for row, other in zip(rows, wanted, strict=True):
            assert row == pytest.approx(other)


@settings(max_examples=15, deadline=None)
@given(BATCHES)
def test_sums_are_what_counting_gives(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[tuple[int, dict[str, Any] | None]]]
) -> None:
    with Archive(tmp_path_factory.mktemp("tallies") / "archive.db") as archive:
        now: dict[int, Any] = {}
        hours = count()
        for batch in batches:
            with archive.transaction():
                for place, fields in batch:
                    _do(archive, now, place, fields, next(hours))
            _equal(archive)
        with archive.transaction():
            tallies.count_anew(archive._database)
        _equal(archive)


def _do(archive: Archive, now: dict[int, Any], place: int, fields: dict[str, Any] | None, hour: int) -> None:
    """Store an article, or another version of it, or (without `fields`) delete it as another program would."""
    if fields is None:
        indexing.catch_up(archive._database)
        archive._database.execute("DELETE FROM article_records WHERE url = ?", (_url(place),))
        archive._database.forget_known()
        now.pop(place, None)
        return
    article = make_article(_url(place), **fields)
    known = known_as(archive, now[place]) if place in now else None
    store(archive, article, at=later(hours=hour), known=known, change=ChangeKind.SUBSTANTIVE if known else None)
    now[place] = article


def test_another_program_keeps_the_sums_of_links_too(archive: Archive) -> None:
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
