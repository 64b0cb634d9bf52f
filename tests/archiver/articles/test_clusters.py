"""Articles that repeat one another are one cluster, whose first member is the one published first."""

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.archiver.archive import Archive
from scraper.archiver.articles import clusters
from scraper.archiver.crawl_records import QueueItem
from scraper.records import Article, ChangeKind, Precision
from tests.archiver.articles.test_duplicates import WORDS, _edited, _story
from tests.archiver.builders import NOW, add_feed, known_as, later, make_article, make_entry, poll, stamp, store


def _add(archive: Archive, name: str, body: str, published: str | None = "2026-03-01T08:00:00+00:00") -> int:
    url = f"https://{name}.example/story"
    return store(archive, make_article(url, body=body, published=stamp(published) if published else None))


def _clusters(archive: Archive) -> list[tuple[object, list[int]]]:
    """For each cluster: its first member, and all of them."""
    rows = archive.query(
        "SELECT canonical_id, articles, (SELECT group_concat(article_id) FROM (SELECT article_id FROM cluster_articles"
        " WHERE cluster_id = clusters.id ORDER BY article_id)) AS members FROM clusters ORDER BY canonical_id"
    )
    found = [(row["canonical_id"], [int(part) for part in str(row["members"]).split(",")]) for row in rows]
    sizes = [row["articles"] for row in archive.query("SELECT articles FROM clusters ORDER BY canonical_id")]
    assert sizes == [len(members) for _, members in found]
    return found


def _change(archive: Archive, name: str, old: str, new: str, hours: int = 1) -> None:
    url = f"https://{name}.example/story"
    article = make_article(url, body=new)
    known = known_as(archive, make_article(url, body=old))
    store(archive, article, at=later(hours=hours), known=known, change=ChangeKind.SUBSTANTIVE)


# The four rungs


def test_one_canonical_url_is_one_article(archive: Archive) -> None:
    article = make_article("https://a.example/story?utm_source=feed")
    store(archive, article)
    again = make_article("https://www.a.example/story/", body="something else entirely")
    assert archive.find(again, feed_id=None, guid=None, urls=(article.url,)) is not None


def test_one_guid_is_one_article(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1))
    item: QueueItem
    (item,) = archive.due_items(NOW)
    stored = store(archive, make_article("https://news.example/story-1"), item=item)
    moved = make_article("https://news.example/moved")
    known = archive.find(moved, feed_id=feed_id, guid="urn:story:1", urls=(moved.url,))
    assert known is not None
    assert known.id == stored


def test_equal_words_are_one_cluster_with_the_first_published_as_its_head(archive: Archive) -> None:
    later_one = _add(archive, "a", _story(1), "2026-03-01T12:00:00+00:00")
    earlier_one = _add(archive, "b", _story(1).upper(), "2026-03-01T09:00:00+00:00")
    assert _clusters(archive) == [(earlier_one, [later_one, earlier_one])]
    (row,) = archive.query("SELECT * FROM clusters")
    assert (row["sites"], row["site"], row["equal_texts"], row["least_similarity"]) == (2, "b.example", 2, 1.0)
    assert (row["first_published"], row["last_published"]) == ("2026-03-01T09:00:00Z", "2026-03-01T12:00:00Z")
    assert row["first_archived_id"] == later_one


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: "DPA – " + text + " (mit Material der Agentur)", id="agency copy"),
        pytest.param(lambda text: _edited(text, 0.05), id="edited reprint"),
        pytest.param(lambda text: " ".join(text.split()[:220]), id="shortened"),
        pytest.param(lambda text: text + " " + _story(9, 500), id="live ticker, grown to almost three times"),
    ],
)
def test_nearly_equal_words_are_one_cluster(archive: Archive, change: Callable[[str], str]) -> None:
    first, second = _add(archive, "a", _story(1)), _add(archive, "b", change(_story(1)))
    assert _clusters(archive) == [(first, [first, second])]


def test_what_shares_a_template_or_nothing_is_no_cluster(archive: Archive) -> None:
    template = " ".join(_story(0, 60).split())
    for number in range(4):
        _add(archive, f"t{number}", f"{template} {_story(number + 1)}")
    assert _clusters(archive) == []
    assert {row["cluster_id"] for row in archive.query("SELECT cluster_id FROM articles")} == {None}


# Which is first


def test_a_date_without_time_does_not_win_by_saying_less_and_none_loses(archive: Archive) -> None:
    day = stamp("2026-03-01T00:00:00+00:00", precision=Precision.DAY)
    undated = _add(archive, "a", _story(1), None)
    by_day = store(archive, make_article("https://b.example/", body=_story(1), published=day))
    assert _clusters(archive) == [(by_day, [undated, by_day])]
    timed = _add(archive, "c", _story(1), "2026-03-01T20:00:00+00:00")
    assert _clusters(archive) == [(timed, [undated, by_day, timed])]


def test_a_date_that_is_corrected_may_change_the_head(archive: Archive) -> None:
    first = _add(archive, "a", _story(1), "2026-03-01T08:00:00+00:00")
    second = _add(archive, "b", _story(1), "2026-03-01T09:00:00+00:00")
    old = make_article("https://a.example/story", body=_story(1))
    new = make_article("https://a.example/story", body=_story(1), published=stamp("2026-03-01T10:00:00+00:00"))
    store(archive, new, at=later(hours=1), known=known_as(archive, old), change=ChangeKind.METADATA)
    assert _clusters(archive) == [(second, [first, second])]


# Growing together and falling apart


def test_an_article_like_both_joins_two_clusters(archive: Archive) -> None:
    halves = _story(1, 200), _story(2, 200)
    one = [_add(archive, f"a{number}", halves[0]) for number in range(3)]
    other = [_add(archive, f"b{number}", halves[1]) for number in range(2)]
    (larger,) = archive.query("SELECT id FROM clusters WHERE articles = 3")
    both = _add(archive, "c", " ".join(halves))
    assert _clusters(archive) == [(one[0], sorted([*one, *other, both]))]
    assert [row["id"] for row in archive.query("SELECT id FROM clusters")] == [larger["id"]]


def test_an_edit_that_keeps_the_likeness_keeps_the_cluster(archive: Archive) -> None:
    _add(archive, "a", _story(1))
    _add(archive, "b", _story(1))
    before = list(archive.query("SELECT * FROM clusters"))
    _change(archive, "a", _story(1), _edited(_story(1), 0.02))
    after = list(archive.query("SELECT * FROM clusters"))
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert [row["articles"] for row in after] == [2]


def test_what_one_article_held_together_falls_apart_without_it(archive: Archive) -> None:
    halves = _story(1, 200), _story(2, 200)
    one = [_add(archive, f"a{number}", halves[0]) for number in range(3)]
    bridge = _add(archive, "c", " ".join(halves))
    other = [_add(archive, f"b{number}", halves[1]) for number in range(2)]
    assert len(_clusters(archive)) == 1
    _change(archive, "c", " ".join(halves), _story(3))
    assert _clusters(archive) == [(one[0], one), (other[0], other)]
    assert clusters.is_clustered(archive._database, bridge) is False


def test_a_cluster_outlives_its_members_while_there_are_two(archive: Archive) -> None:
    ids = [_add(archive, f"a{number}", _story(1)) for number in range(3)]
    database = archive._database
    for gone, rest in ((0, [(ids[1], ids[1:])]), (1, [])):
        with database.transaction():
            database.execute("DELETE FROM article_records WHERE id = ?", (ids[gone],))
        assert _clusters(archive) == rest
    assert [row["cluster_id"] for row in archive.query("SELECT cluster_id FROM articles")] == [None]


def test_every_copy_of_a_text_printed_a_hundred_times_is_in_one_cluster(archive: Archive) -> None:
    with archive.transaction():
        ids = [_add(archive, f"paper{number}", _edited(_story(1), (number % 5) / 100)) for number in range(100)]
    assert _clusters(archive) == [(ids[0], ids)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=20))
def test_clusters_are_what_hangs_together_by_pairs(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int]]
) -> None:
    now: dict[int, Article] = {}
    with Archive(tmp_path_factory.mktemp("clusters") / "archive.db") as archive:
        for hour, (text, place) in enumerate(steps):
            note = " ".join(random.Random(hour).sample(WORDS, 9))
            article = make_article(f"https://p{place}.example/", body=f"{_story(text, 120)} {note}")
            if place in now:
                known = known_as(archive, now[place])
                store(archive, article, at=later(hours=hour), known=known, change=ChangeKind.SUBSTANTIVE)
            else:
                store(archive, article)
            now[place] = article
        pairs = [tuple(row.values()) for row in archive.query("SELECT article_id, earlier_article_id FROM duplicates")]
        found = _clusters(archive)
    assert sorted(number for _, ids in found for number in ids) == sorted({number for pair in pairs for number in pair})
    for one, other in pairs:
        assert any(one in ids and other in ids for _, ids in found)
