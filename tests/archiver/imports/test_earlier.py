"""Sights from before the last one: they become earlier versions at their place in time, and nothing newer changes."""

from datetime import datetime

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.imports.earlier import EarlierSight
from scraper.records import Article, ChangeKind
from tests.archiver.builders import BODY, known_as, later, make_article, make_page, store


def see(archive: Archive, article: Article, at: datetime) -> EarlierSight:
    return archive.save_earlier(
        None, make_page(article.url, at=at, body=repr(article).encode()), article, _known(archive)
    )


def _known(archive: Archive):  # type: ignore[no-untyped-def]
    return known_as(archive, make_article())


def versions(archive: Archive) -> list[tuple[object, ...]]:
    rows = archive.query("SELECT number, title, seen_at, kind, silent FROM article_versions ORDER BY number")
    return [tuple(row.values()) for row in rows]


@pytest.fixture
def edited(archive: Archive) -> Archive:
    """A story in two versions, at 0 and at 48 hours, seen last at 96 hours."""
    store(archive, make_article())
    changed = make_article(title="Barge freed")
    store(archive, changed, at=later(hours=48), known=_known(archive), change=ChangeKind.SUBSTANTIVE)
    store(archive, changed, at=later(hours=96), known=_known(archive))
    return archive


def test_the_last_sight_counts_though_nothing_had_changed(edited: Archive) -> None:
    assert edited.last_sight(1) == later(hours=96)
    with pytest.raises(KeyError):
        edited.last_sight(9)


def test_what_was_before_the_first_becomes_the_first(edited: Archive) -> None:
    draft = make_article(title="Barge aground", body=BODY + "\n\nMore follows.")

    assert see(edited, draft, later(hours=-2)) is EarlierSight.VERSION

    assert versions(edited) == [
        (1, "Barge aground", "2026-03-01T07:30:00Z", "first", 0),
        (2, "Barge blocks harbour", "2026-03-01T09:30:00Z", "substantive", 0),
        (3, "Barge freed", "2026-03-03T09:30:00Z", "substantive", 0),
    ]
    article = edited.get(1)
    assert article is not None
    assert (article.title, article.version_count) == ("Barge freed", 3)
    assert (article.first_seen_at, article.changed_at) == (later(hours=-2), later(hours=48))
    changes = {change.field: change for change in edited.compare(1, 1, 2).changes}
    assert set(changes) == {"title", "body"}
    assert [version.number for version in _known(edited).earlier] == [1, 2]


def test_what_was_between_two_versions_stands_between_them(edited: Archive) -> None:
    assert see(edited, make_article(subtitle="A long night"), later(hours=24)) is EarlierSight.SAME  # same words
    assert see(edited, make_article(title="BARGE blocks harbour!"), later(hours=24)) is EarlierSight.VERSION
    assert [(row[0], row[3]) for row in versions(edited)] == [(1, "first"), (2, "cosmetic"), (3, "substantive")]


def test_the_same_version_seen_earlier_dates_the_story_back_and_only_that(edited: Archive) -> None:
    assert see(edited, make_article(), later(hours=-5)) is EarlierSight.SAME
    assert see(edited, make_article(), later(hours=-3)) is EarlierSight.SAME
    assert [row[2] for row in versions(edited)] == ["2026-03-01T04:30:00Z", "2026-03-03T09:30:00Z"]
    article = edited.get(1)
    assert article is not None
    assert article.first_seen_at == later(hours=-5)


def test_what_came_and_went_while_the_current_version_stood_is_not_kept(edited: Archive) -> None:
    before = versions(edited)
    assert see(edited, make_article(title="Test"), later(hours=72)) is EarlierSight.BETWEEN
    assert versions(edited) == before


def test_the_same_moment_is_the_same_sight_whatever_is_read_from_it(edited: Archive) -> None:
    before = versions(edited)
    assert see(edited, make_article(title="Read otherwise"), later()) is EarlierSight.SAME
    assert versions(edited) == before
