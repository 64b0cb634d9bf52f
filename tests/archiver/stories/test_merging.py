"""Two records of a story become one that holds what either holds, whichever comes first."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archiver.archive import Archive
from scraper.archiver.care.checking import check
from scraper.archiver.stories.importing import Taken
from scraper.archiver.stories.merging import merged
from scraper.archiver.stories.story import Shown, Story, StoryLink, StoryUrl
from scraper.archiver.stories.timeline import text_of
from scraper.records import Article, Image
from scraper.urls import canonicalize
from tests.archiver.builders import BODY, make_article, stamp
from tests.archiver.stories.invented import URLS, stories, version_of

FIRST = make_article(URLS[0], title="Barge aground", body=BODY)
SECOND = make_article(URLS[0], title="Barge freed", body=f"{BODY} She was towed off on Tuesday.")
THIRD = make_article(
    URLS[0], title="Barge freed at last", body=SECOND.body, published=stamp("2026-03-01T08:00:00+00:00")
)
# The same texts come up in both records, as they do where two archives follow one site; markup and pictures differ.
TEXTS = st.builds(
    replace,
    st.sampled_from((FIRST, SECOND, THIRD)),
    images=st.sampled_from(((), (Image(url="https://img.example/1.jpg"),))),
    body_html=st.sampled_from((None, "<p>Text</p>")),
)


def _at(hour: int) -> str:
    return f"2026-03-01T{hour:02}:00:00Z"


def _story(*said: tuple[int, Article], shown: tuple[Shown, ...] = ()) -> Story:
    versions = [
        replace(version_of(article, _at(hour), "substantive" if place else "first"), text=text_of(article))
        for place, (hour, article) in enumerate(said)
    ]
    return Story(
        article=said[-1][1],
        first_seen_at=_at(said[0][0]),
        versions=(*versions[:-1], replace(versions[-1], text=None)),
        shown=shown,
        urls=(StoryUrl(url=URLS[0], role="canonical"),),
    )


@given(stories(TEXTS), stories(TEXTS))
@settings(max_examples=100, deadline=None)
def test_the_order_does_not_matter_and_nothing_is_lost(one: Story, other: Story) -> None:
    both = merged(one, other)
    assert both == merged(other, one)
    assert merged(both, one) == both == merged(both, other)
    assert merged(one, one) == one
    for side in (one, other):
        assert {version.content_hash for version in side.versions} <= {
            version.content_hash for version in both.versions
        }
        assert {(seen.source, seen.seen_at) for seen in side.counts} <= {(s.source, s.seen_at) for s in both.counts}
        sightings = {(link.url, link.kind, seen.seen_at) for link in both.links for seen in link.sightings}
        assert {(link.url, link.kind, seen.seen_at) for link in side.links for seen in link.sightings} <= sightings
        assert {entry.natural_key for entry in side.entries} <= {entry.natural_key for entry in both.entries}
        assert {url.url for url in side.urls} <= {url.url for url in both.urls}
    assert both.first_seen_at == min(one.first_seen_at, other.first_seen_at)
    assert [version.text is None for version in both.versions] == [False] * (len(both.versions) - 1) + [True]


def test_the_newest_version_is_the_current_one() -> None:
    both = merged(_story((9, FIRST), (15, SECOND)), _story((11, FIRST), (13, THIRD)))
    assert [(version.title, version.seen_at) for version in both.versions] == [
        ("Barge aground", _at(9)),
        ("Barge freed at last", _at(13)),
        ("Barge freed", _at(15)),
    ]
    assert both.article.title == "Barge freed"
    assert both.versions[1].text == text_of(THIRD)
    # The words of the last two are the same: it is another kind of edit than it was.
    assert [version.kind for version in both.versions] == ["first", "substantive", "metadata"]
    assert both.versions[2].changed_fields == ("title",)


def test_what_was_up_already_is_no_news() -> None:
    assert merged(_story((9, FIRST)), _story((11, FIRST))) == _story((9, FIRST))


def test_a_text_that_comes_up_again_is_no_new_version() -> None:
    both = merged(_story((9, FIRST), (10, SECOND)), _story((12, FIRST)))
    assert [version.seen_at for version in both.versions] == [_at(9), _at(10)]
    assert both.shown == (Shown(seen_at=_at(12), version=1),)
    assert both.article.title == "Barge freed"


def test_a_version_that_both_had_left_behind_says_what_it_said() -> None:
    both = merged(_story((9, SECOND)), _story((10, FIRST), (11, SECOND)))
    assert [version.title for version in both.versions] == ["Barge freed", "Barge aground"]
    assert (both.article.title, both.article.body, both.article.authors) == ("Barge aground", BODY, FIRST.authors)
    assert both.shown == (Shown(seen_at=_at(11), version=1),)


def test_archives_merged_in_either_order_are_the_same(tmp_path: Path) -> None:
    one = _story((9, FIRST), (15, SECOND))
    other = replace(
        _story((8, FIRST), (13, THIRD)),
        article=replace(THIRD, url=URLS[1]),
        urls=(StoryUrl(url=URLS[1], role="canonical"), StoryUrl(url=URLS[0], role="alias")),
    )
    found = []
    for name, order in (("a.db", (one, other)), ("b.db", (other, one))):
        with Archive(tmp_path / name) as archive:
            assert [archive.import_story(story) for story in order] == [Taken.NEW, Taken.CHANGED]
            assert [archive.import_story(story) for story in order] == [Taken.UNCHANGED, Taken.UNCHANGED]
            found.append(list(archive.stories()))
            (article,) = archive.search("towed")
            assert article.url == URLS[1]
            assert not archive.search("lost nowhere")
            assert archive.get(URLS[0]) == archive.get(URLS[1])
    assert found[0] == found[1]


def test_another_story_at_an_address_that_moves_on_is_another_story(tmp_path: Path) -> None:
    latest = StoryUrl(url=URLS[2], role="alias")
    elsewhere = canonicalize("https://news.example/elsewhere")
    one = replace(_story((9, FIRST)), urls=(latest, StoryUrl(url=URLS[0], role="canonical")))
    other = replace(
        _story((10, SECOND)),
        article=replace(SECOND, url=elsewhere),
        urls=(StoryUrl(url=elsewhere, role="canonical"), latest),
    )
    with Archive(tmp_path / "a.db") as archive:
        assert [archive.import_story(story) for story in (one, other)] == [Taken.NEW, Taken.NEW]


def test_index_and_sums_stay_in_step_where_a_story_comes_twice_in_one_transaction(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    link = StoryLink(kind="related", url=URLS[1], position=1, first_seen_at=_at(8), sightings=())
    target = replace(_story((8, THIRD)), article=replace(THIRD, url=URLS[1], authors=()), urls=())
    once = replace(_story((9, FIRST)), links=(link,))
    again = replace(_story((11, SECOND)), links=(replace(link, kind="popular"),))
    with Archive(path) as archive:
        with archive.transaction():
            assert [archive.import_story(story) for story in (target, once)] == [Taken.NEW, Taken.NEW]
            assert [archive.import_story(story) for story in (again, once)] == [Taken.CHANGED, Taken.UNCHANGED]
        assert [hit.url for hit in archive.search("towed tuesday -monday")] == []
        assert {hit.url for hit in archive.search("towed")} == {URLS[0], URLS[1]}
        assert len(archive.links_to(URLS[1])) == 2
    assert check(path, sample=None).findings == ()
