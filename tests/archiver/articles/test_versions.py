"""Versions: what is one, what is only an old one shown again, and which edits were kept quiet."""

from typing import Any

import pytest

from scraper.archiver.archive import Archive
from scraper.pipeline.crawling.decide import change_between, completed, returned_to
from scraper.records import Article
from tests.archiver.builders import BODY, count, known_as, later, make_article, stamp, store

EDITED = BODY.replace("Monday", "Tuesday")


def _visit(archive: Archive, hours: int, **fields: Any) -> None:
    """What the crawl does with a page that shows an article of these fields."""
    article = make_article(**fields)
    known = known_as(archive, article)
    article = completed(known, article)
    change = change_between(known, article)
    store(archive, article, at=later(hours=hours), known=known, change=change)
    if change is None:
        archive.note_shown(known, returned_to(known, article) or known.version_count, later(hours=hours))


def _shown(archive: Archive) -> list[tuple[object, object]]:
    rows = archive.query(
        "SELECT substr(sights.seen_at, 12, 5) AS at, number FROM version_sightings AS sights"
        " JOIN article_versions ON id = version_id ORDER BY sights.seen_at"
    )
    return [(row["at"], row["number"]) for row in rows]


def test_a_headline_on_trial_makes_two_versions_however_often_it_changes(archive: Archive) -> None:
    store(archive, make_article(title="A"))
    for hours, title in enumerate("BABAABBA", start=1):
        _visit(archive, hours, title=title)

    assert [version.title for version in archive.history("https://news.example/harbour").versions] == ["A", "B"]
    # Only where it shows another one than at the sight before: at 12, 15 and 16 o'clock nothing is written.
    assert _shown(archive) == [("11:30", 1), ("12:30", 2), ("13:30", 1), ("15:30", 2), ("17:30", 1)]


def test_a_third_version_is_one_and_from_then_on_the_first_can_return_again(archive: Archive) -> None:
    store(archive, make_article(title="A"))
    for hours, title in enumerate("BACA", start=1):
        _visit(archive, hours, title=title)

    stored = archive.get(1)
    assert stored is not None
    assert (stored.title, stored.version_count) == ("C", 3)
    assert _shown(archive) == [("11:30", 1), ("13:30", 1)]


def test_an_edit_taken_back_is_known_again_though_the_site_dates_every_answer_anew(archive: Archive) -> None:
    store(archive, make_article(modified=stamp("2026-03-01T09:00:00+00:00")))
    _visit(archive, 1, body=EDITED, modified=stamp("2026-03-01T10:00:00+00:00"))
    _visit(archive, 2, modified=stamp("2026-03-01T11:00:00+00:00"))

    assert count(archive, "article_versions") == 2
    assert _shown(archive) == [("11:30", 1)]


def test_new_words_beside_an_old_headline_are_a_new_version(archive: Archive) -> None:
    store(archive, make_article(title="A"))
    _visit(archive, 1, title="B")
    _visit(archive, 2, title="A", body=EDITED)

    assert count(archive, "article_versions") == 3
    assert _shown(archive) == []


@pytest.mark.parametrize(
    ("before", "after", "silent"),
    [
        ("09:00", "09:00", True),
        ("09:00", "10:00", False),
        ("09:00", None, True),  # what the page showed before still counts
        (None, None, False),  # a site that states none kept nothing quiet
        (None, "10:00", False),
    ],
)
def test_an_edit_is_silent_only_where_the_site_states_when_it_edits(
    archive: Archive, before: str | None, after: str | None, silent: bool
) -> None:
    def modified(hour: str | None) -> dict[str, Any]:
        return {"modified": stamp(f"2026-03-01T{hour}:00+00:00")} if hour else {}

    store(archive, make_article(**modified(before)))
    _visit(archive, 1, body=EDITED, **modified(after))

    (_, second) = archive.history("https://news.example/harbour").versions
    assert second.silent is silent


def test_a_version_shown_again_goes_with_its_article(archive: Archive) -> None:
    article: Article = make_article(title="A")
    store(archive, article)
    _visit(archive, 1, title="B")
    _visit(archive, 2, title="A")

    archive.delete([article.url], now=later(days=1))

    assert (count(archive, "article_versions"), count(archive, "version_sightings")) == (0, 0)
