"""Every recipe runs, says what it is for, and answers truly about the fixture newspaper's archive."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.archive import COPYIST
from scraper.archiver.archive import Archive
from scraper.archiver.cookbook.recipe import Recipe, recipe, recipes
from tests.archiver.builders import make_article, store
from tests.archiver.engines import BUT_3_39

ANYWHERE = {"links-out", "coverage-gaps", "time-to-archive", "tags-rising"}
"""Recipes whose answer from a small paper seen for two days may be nothing."""


@pytest.fixture(scope="module")
def newspaper(paper_archive: Path) -> Iterator[Archive]:
    with Archive(paper_archive, read_only=True) as archive:
        yield archive


def _ask(archive: Archive, name: str, **given: str) -> list[dict[str, object]]:
    return list(archive.query(recipe(name).sql, recipe(name).values(given)))


def test_there_are_many_and_their_names_are_unique() -> None:
    names = [each.name for each in recipes()]

    assert len(names) >= 20
    assert len(names) == len(set(names)) == len({each.title for each in recipes()})


@pytest.mark.parametrize("each", recipes(), ids=lambda each: each.name)
def test_a_recipe_says_what_it_is_for_and_answers(newspaper: Archive, each: Recipe) -> None:
    rows = list(newspaper.query(each.sql, each.values()))

    assert each.title[0].isupper()
    assert each.about.endswith(".")
    assert rows or each.name in ANYWHERE
    assert each.sql.startswith(("SELECT", "WITH"))


@pytest.mark.parametrize("each", recipes(), ids=lambda each: each.name)
def test_a_recipe_with_its_values_written_in_says_the_same(newspaper: Archive, each: Recipe) -> None:
    assert list(newspaper.query(each.filled())) == list(newspaper.query(each.sql, each.values()))


@pytest.mark.parametrize("each", recipes(), ids=lambda each: each.name)
def test_a_recipe_answers_of_an_empty_archive(tmp_path: Path, each: Recipe) -> None:
    with Archive(tmp_path / "empty.db") as archive:
        assert isinstance(list(archive.query(each.sql, each.values())), list)


@pytest.mark.parametrize("each", recipes(), ids=lambda each: each.name)
def test_the_answer_of_a_recipe_is_bounded_and_its_order_is_given(each: Recipe) -> None:
    """One row, a row per version or per step of a scale, or a LIMIT: a report of millions must stay a page."""
    bounded = {"totals", "words-per-article", "publication-hours", "versions-of-one-story"}

    assert each.name in bounded or re.search(r"\nLIMIT \d+$", each.sql)
    assert each.name == "totals" or "ORDER BY" in each.sql


def test_values_are_written_in_as_texts_and_nothing_else_is_touched(tmp_path: Path) -> None:
    made = Recipe("a", "A", "A.", recipe("latest-articles").parameters, "SELECT ':site', :site -- :site\n, \":site\"")

    assert made.filled({"site": "o'x"}) == "SELECT ':site', 'o''x' -- :site\n, \":site\""


def test_totals_count_each_article_once(newspaper: Archive) -> None:
    (row,) = _ask(newspaper, "totals")

    assert (row["articles"], row["sites"]) == (31, 2)
    assert row["near_duplicates"] == 3


def test_the_first_to_publish_is_named_first(newspaper: Archive) -> None:
    rows = _ask(newspaper, "who-copied-whom")

    assert [(row["first_site"], row["second_site"]) for row in rows] == [
        ("foerdebote.example", COPYIST.removeprefix("https://"))
    ] * 3
    assert {row["hours_later"] for row in rows} == {26.0}


def test_a_changed_headline_is_shown_before_and_after(newspaper: Archive) -> None:
    rows = _ask(newspaper, "headline-changes")

    assert len(rows) == 3
    assert all(row["before"] == f"{row['after']} (Nachdruck)" for row in rows)


def test_search_finds_either_spelling(newspaper: Archive) -> None:
    found = [{row["id"] for row in _ask(newspaper, "search-with-snippets", words=word)} for word in ("foerde", "förde")]

    assert found[0] == found[1] != set()


def test_only_one_site_and_some_days_are_asked_for(newspaper: Archive) -> None:
    rows = _ask(newspaper, "latest-articles", site="foerdebote.example", since="2024-10-21", until="2024-10-22")

    assert {str(row["published"])[:10] for row in rows} == {"2024-10-21"}


def test_months_and_weeks_begin_where_they_begin(newspaper: Archive) -> None:
    months = {row["starts_on"] for row in _ask(newspaper, "articles-over-time", bucket="month")}
    weeks = {row["starts_on"] for row in _ask(newspaper, "articles-over-time", bucket="week")}

    assert months == {"2024-10-01"}
    assert weeks == {"2024-09-30", "2024-10-07", "2024-10-14", "2024-10-21", "2024-10-28"}


def test_an_article_without_a_day_counts_where_no_day_is_asked_for(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.db") as archive:
        store(archive, make_article(published=None))

        assert [row["articles"] for row in _ask(archive, "totals")] == [1]
        assert [row["articles"] for row in _ask(archive, "totals", since="2020-01-01")] == [0]


def test_what_is_asked_of_the_latest_is_asked_of_the_latest_that_fulfil_the_conditions(newspaper: Archive) -> None:
    """And not of those conditions among the latest of all: an older year would have no answer."""
    given = {"site": "foerdebote.example", "until": "2024-10-22", "latest": "3"}
    older = list(newspaper.query("SELECT id FROM articles WHERE published_on < '2024-10-22'"))
    assert len(older) >= 3

    hours = _ask(newspaper, "publication-hours", **given)
    sources = _ask(newspaper, "where-fields-come-from", **given)

    assert sum(row["articles"] for row in hours) == sum(row["articles"] for row in sources) == 3  # type: ignore[misc]


def test_a_search_in_one_site_is_not_hidden_by_the_others(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.db") as archive:
        store(archive, make_article("https://rare.example/1", title="Harbour"))
        for number in range(5):
            store(archive, make_article(f"https://often.example/{number}", title="Harbour"))

        found = _ask(archive, "search-with-snippets", words="harbour", site="rare.example", latest="2")
        best_of_few = _ask(archive, "search-with-snippets", words="harbour", latest="2")

    assert [row["id"] for row in found] == [1]
    assert {row["id"] for row in best_of_few} == {5, 6}


def test_a_query_that_takes_too_long_is_broken_off(newspaper: Archive) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

    with pytest.raises(TimeoutError, match="longer than"):
        list(newspaper.query(endless, seconds=0.05))


@BUT_3_39
@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("most-linked", "link_tallies_links"),
        ("most-viewed", "article_records_views"),
        ("views-over-time", "urls_article"),
        ("sites", "INDEX day_tallies_"),
        ("totals", "article_records_edited"),
        ("most-edited", "article_records_edited"),
        ("categories-over-time", "COVERING INDEX article_records_category_day"),
        ("languages", "COVERING INDEX article_records_language"),
        ("words-per-article", "COVERING INDEX article_records_day"),
        ("edits-over-time", "COVERING INDEX article_versions_edits"),
        ("headline-changes", "article_versions_edits"),
        *(
            (name, "COVERING INDEX article_records_day")
            for name in ("tags-together", "tags-rising", "publication-hours")
        ),
        *((name, "COVERING INDEX article_records_day") for name in ("time-to-archive", "where-fields-come-from")),
        ("pictures-and-credits", "COVERING INDEX article_records_day"),
        ("behind-the-paywall", "SCAN tallies"),
        ("authors-output", "SCAN tallies"),
        ("links-out", "SCAN tallies"),
    ],
)
def test_an_answer_from_an_index_does_not_grow_with_the_archive(archive: Archive, name: str, index: str) -> None:
    found = recipe(name)
    plan = [row["detail"] for row in archive.query(f"EXPLAIN QUERY PLAN {found.sql}", found.values())]
    assert [step for step in plan if index in str(step)]
