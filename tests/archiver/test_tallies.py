"""The sums kept by triggers say what counting anew would, after any writing, changing and deleting."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archiver.archive import Archive
from scraper.records import ChangeKind, Image, ImageRole, Precision
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
    }
)
STEPS = st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), FIELDS)), min_size=1, max_size=16)


def _equal(archive: Archive) -> None:
    for kept, anew in ((PER_DAY, PER_DAY_ANEW), (COVERAGE, COVERAGE_ANEW)):
        rows, wanted = ([tuple(row.values()) for row in archive.query(sql)] for sql in (kept, anew))
        assert len(rows) == len(wanted)
        for row, other in zip(rows, wanted, strict=True):
            assert row == pytest.approx(other)


@settings(max_examples=20, deadline=None)
@given(STEPS)
def test_sums_are_what_counting_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, dict[str, Any] | None]]
) -> None:
    with Archive(tmp_path_factory.mktemp("tallies") / "archive.db") as archive:
        now: dict[int, Any] = {}
        for hour, (place, fields) in enumerate(steps):
            url = f"https://site{place % 2}.example/{place}"
            if fields is None:
                with archive.transaction():
                    archive._database.execute("DELETE FROM article_records WHERE url = ?", (url,))
                    archive._database.execute("DELETE FROM urls WHERE url = ?", (url,))
                now.pop(place, None)
                continue
            article = make_article(url, **fields)
            known = known_as(archive, now[place]) if place in now else None
            change = ChangeKind.SUBSTANTIVE if place in now else None
            store(archive, article, at=later(hours=hour), known=known, change=change)
            now[place] = article
        _equal(archive)


def test_an_article_adopted_by_a_feed_later_moves_to_it(archive: Archive) -> None:
    store(archive, make_article("https://news.example/story-1"))
    feed_id = add_feed(archive, name="The News")
    poll(archive, feed_id, make_entry(1), at=NOW)
    _equal(archive)
    (row,) = archive.query("SELECT feed, articles FROM articles_per_day")
    assert row == {"feed": "The News", "articles": 1}
