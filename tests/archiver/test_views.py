"""The views are the contract: what they say, that they explain themselves, and that they are fast by design."""

import json
import re

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.describe import describe
from scraper.errors import PermanentError, Reason
from scraper.records import ChangeKind, Link, LinkKind
from tests.archiver.builders import (
    NOW,
    add_feed,
    known_as,
    later,
    make_article,
    make_entry,
    poll,
    store,
)

VIEWS = {
    *("articles", "article_revisions", "article_links", "link_graph", "view_counts", "articles_per_day"),
    *("most_linked", "popularity"),
    *(
        "feed_health",
        "duplicates",
        "clusters",
        "cluster_articles",
        "failures_by_reason",
        "coverage",
        "article_search_source",
    ),
}


def _rows(archive: Archive, sql: str) -> list[dict[str, object]]:
    return list(archive.query(sql))


def test_articles_shows_names_as_text_and_as_json(archive: Archive) -> None:
    feed_id = add_feed(archive, name="The News")
    poll(archive, feed_id, make_entry(1))
    (item,) = archive.due_items(NOW)
    article = make_article("https://news.example/story-1", authors=("Zoe", "Ada"), tags=("z", "a"))
    store(archive, article, item=item)
    (row,) = _rows(archive, "SELECT * FROM articles")
    assert (row["authors"], row["authors_json"]) == ("Zoe, Ada", '["Zoe","Ada"]')
    assert (row["category"], row["categories"]) == ("Harbour", "Harbour, Region")
    assert (row["tags"], row["tags_json"]) == ("z, a", '["z","a"]')
    assert (row["feed"], row["feeds_json"]) == ("The News", '["The News"]')
    assert (row["published"], row["published_on"], row["published_offset_minutes"]) == (
        "2026-03-01T08:00:00Z",
        "2026-03-01",
        60,
    )
    assert row["first_seen_at"] == "2026-03-01T09:30:00Z"


def test_an_article_of_which_nothing_is_known_has_nulls_and_no_empty_strings(archive: Archive) -> None:
    store(
        archive, make_article(title=None, published=None, authors=(), categories=(), tags=(), body=None, language=None)
    )
    (row,) = _rows(archive, "SELECT * FROM articles")
    assert "" not in row.values()
    assert (row["authors"], row["authors_json"], row["category"], row["body"]) == (None, "[]", None, None)


def test_article_revisions_says_what_each_version_said(archive: Archive) -> None:
    first = make_article(subtitle="Before")
    second = make_article(subtitle="After", body="Another text altogether.")
    store(archive, first)
    store(archive, second, at=later(hours=1), known=known_as(archive, first), change=ChangeKind.SUBSTANTIVE)
    rows = _rows(
        archive, "SELECT version, kind, subtitle, body, changed_fields FROM article_revisions ORDER BY version"
    )
    assert [(row["version"], row["kind"], row["subtitle"], row["body"]) for row in rows] == [
        (1, "first", "Before", first.body),
        (2, "substantive", "After", second.body),
    ]
    assert set(json.loads(str(rows[1]["changed_fields"]))) == {"subtitle", "body"}


def test_article_links_shows_targets_archived_or_not(archive: Archive) -> None:
    recent = Link(kind=LinkKind.RECENT, heading="More", url="https://news.example/b", position=1, view_count=7)
    inside = Link(kind=LinkKind.BODY, url="https://else.example/", position=1, title="there")
    source = store(archive, make_article(links=(recent, inside)))
    target = store(archive, make_article("https://news.example/b"))
    rows = _rows(
        archive, "SELECT article_id, kind, url, view_count, target_article_id FROM article_links ORDER BY kind"
    )
    assert [tuple(row.values()) for row in rows] == [
        (source, "body", "https://else.example/", None, None),
        (source, "recent", "https://news.example/b", 7, target),
    ]


def test_articles_per_day_counts_days_as_written(archive: Archive) -> None:
    for number in range(3):
        store(archive, make_article(f"https://news.example/{number}", body="one two"))
    store(archive, make_article("https://news.example/none", published=None))
    rows = _rows(archive, "SELECT published_on, site, articles, words FROM articles_per_day ORDER BY 1")
    assert [tuple(row.values()) for row in rows] == [
        (None, "news.example", 1, 54),
        ("2026-03-01", "news.example", 3, 6),
    ]


def test_failures_by_reason_counts_failures_and_urls(archive: Archive) -> None:
    for url, next_try_at in (("https://a.example/1", later(hours=1)), ("https://a.example/1", None)):
        item = archive.enqueue(url, NOW)
        error = PermanentError(Reason.NOT_FOUND, "gone", url=url, status=404)
        archive.save_failure(None, item, error, at=NOW, next_try_at=next_try_at)
    (row,) = _rows(archive, "SELECT kind, reason, host, failures, urls, given_up FROM failures_by_reason")
    assert tuple(row.values()) == ("article", "not_found", "a.example", 2, 1, 1)


def test_coverage_gives_shares_per_site_and_month(archive: Archive) -> None:
    store(archive, make_article("https://news.example/1"))
    store(archive, make_article("https://news.example/2", authors=(), body=None, subtitle="Line"))
    (row,) = _rows(archive, "SELECT * FROM coverage")
    assert (row["month"], row["articles"], row["authors"], row["body"], row["subtitle"], row["title"]) == (
        *("2026-03", 2),
        *(0.5, 0.5, 0.5, 1.0),
    )


def test_every_view_of_the_contract_is_there_with_every_column_explained(archive: Archive) -> None:
    page = describe()
    named = set(re.findall(r"^### (\w+)$", page, re.MULTILINE))
    assert named >= VIEWS
    views = page.split("## Views")[1].split("## Tables")[0]
    assert re.findall(r"^\| `\w+` \| \w* \| *\|$", views, re.MULTILINE) == []
    for view in VIEWS:
        columns = re.findall(r"^\| `(\w+)`", views.split(f"### {view}\n")[1].split("###")[0], re.MULTILINE)
        (row,) = _rows(archive, f"SELECT group_concat(name) AS names FROM pragma_table_info('{view}')")
        assert str(row["names"]).split(",") == columns


def test_the_diagram_tells_what_stands_one_to_one() -> None:
    assert "article_records ||--o| article_texts : article_id" in describe()


def test_tables_are_strict_and_foreign_keys_have_indexes(archive: Archive) -> None:
    tables = _rows(
        archive,
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
        " AND name NOT LIKE 'sqlite%' AND name NOT LIKE '~_%' ESCAPE '~' AND name NOT LIKE 'article_search%'",
    )
    assert [table["name"] for table in tables if not table["strict"]] == []
    for table in tables:
        keys = _rows(archive, f"SELECT \"from\" AS name FROM pragma_foreign_key_list('{table['name']}')")
        first_columns = {
            row["name"]
            for row in _rows(
                archive,
                "SELECT info.name FROM pragma_index_list('{0}') AS list, pragma_index_info(list.name) AS info"
                " WHERE info.seqno = 0 UNION SELECT name FROM pragma_table_info('{0}') WHERE pk = 1".format(
                    table["name"]
                ),
            )
        }
        assert {key["name"] for key in keys} <= first_columns, table["name"]


def _plan(archive: Archive, sql: str) -> str:
    return "\n".join(str(row["detail"]) for row in archive.query(f"EXPLAIN QUERY PLAN {sql}"))


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("SELECT title, site FROM articles ORDER BY published DESC LIMIT 50", "article_records_published"),
        ("SELECT title FROM articles WHERE site = 'a' ORDER BY published DESC LIMIT 50", "article_records_site"),
        (
            "SELECT title FROM articles WHERE category = 'a' ORDER BY published DESC LIMIT 50",
            "article_records_category",
        ),
        ("SELECT title FROM articles WHERE feed = 'a' ORDER BY published DESC LIMIT 50", "article_records_feed"),
        ("SELECT title FROM articles ORDER BY view_count DESC LIMIT 20", "article_records_views"),
        ("SELECT title FROM articles ORDER BY comment_count DESC LIMIT 20", "article_records_comments"),
        ("SELECT title FROM articles WHERE first_seen_at > '2026'", "article_records_first_seen"),
        ("SELECT * FROM articles WHERE url = 'a'", "sqlite_autoindex_article_records"),
        ("SELECT * FROM articles_per_day WHERE published_on >= '2026'", "COVERING INDEX day_tallies_day"),
        ("SELECT published_on, sum(articles) FROM articles_per_day GROUP BY 1", "COVERING INDEX day_tallies_day"),
        ("SELECT * FROM articles_per_day WHERE site = 'a' ORDER BY published_on", "day_tallies_site"),
        ("SELECT * FROM coverage WHERE site = 'a'", "coverage_tallies_natural"),
        ("SELECT * FROM article_revisions WHERE article_id = 1", "sqlite_autoindex_article_versions"),
        ("SELECT * FROM article_revisions WHERE silent = 1 ORDER BY seen_at DESC", "article_versions_silent"),
        ("SELECT * FROM link_graph WHERE from_site = 'a'", "article_records_site"),
        ("SELECT * FROM link_graph WHERE to_article_id = 1", "links_url"),
        ("SELECT * FROM article_links WHERE article_id = 1", "links_natural"),
        ("SELECT * FROM view_counts WHERE article_id = 1", "links_url"),
        ("SELECT * FROM most_linked ORDER BY links DESC LIMIT 20", "link_tallies_links"),
        ("SELECT * FROM popularity ORDER BY view_count DESC LIMIT 20", "article_records_views"),
        ("SELECT * FROM popularity ORDER BY comment_count DESC LIMIT 20", "article_records_comments"),
        ("SELECT * FROM popularity WHERE article_id = 1", "links_url"),
        ("SELECT * FROM popularity WHERE site = 'a'", "article_records_site"),
        ("SELECT * FROM linked_articles ORDER BY links DESC LIMIT 20", "link_tallies_links"),
        ("SELECT * FROM linked_articles WHERE article_id = 1", "INTEGER PRIMARY KEY"),
        ("SELECT * FROM site_links WHERE from_site = 'a'", "PRIMARY KEY (from_site=?)"),
        ("SELECT count(*) FROM articles WHERE version_count > 1", "COVERING INDEX article_records_edited"),
        # As Datasette counts its facets.
        (
            "SELECT site, count(*) FROM articles WHERE site IS NOT NULL GROUP BY 1",
            "COVERING INDEX article_records_site",
        ),
        ("SELECT category, count(*) FROM articles WHERE category IS NOT NULL GROUP BY 1", "COVERING INDEX"),
        ("SELECT language, count(*) FROM articles WHERE language IS NOT NULL GROUP BY 1", "COVERING INDEX"),
        ("SELECT site, avg(word_count), max(published_on) FROM articles GROUP BY 1", "COVERING INDEX"),
        ("SELECT title FROM articles ORDER BY changed_at DESC LIMIT 20", "article_records_changed"),
        ("SELECT * FROM authors_per_day WHERE author_id = 1", "PRIMARY KEY (author_id=?)"),
        ("SELECT * FROM linked_hosts WHERE from_site = 'a'", "PRIMARY KEY (from_site=?)"),
        ("SELECT count(*) FROM articles WHERE paywalled = 1", "article_records_paywalled"),
        ("SELECT * FROM duplicates WHERE article_id = 1", "SEARCH pairs USING PRIMARY KEY"),
        ("SELECT * FROM duplicates WHERE earlier_article_id = 1", "near_duplicates_earlier"),
        ("SELECT * FROM duplicates WHERE site = 'a'", "article_records_site"),
        ("SELECT * FROM clusters ORDER BY articles DESC LIMIT 20", "cluster_records_articles"),
        ("SELECT * FROM clusters WHERE id = 1", "SEARCH clusters USING INTEGER PRIMARY KEY"),
        ("SELECT * FROM cluster_articles WHERE cluster_id = 1", "article_records_cluster"),
        ("SELECT * FROM cluster_articles WHERE article_id = 1", "SEARCH members USING INTEGER PRIMARY KEY"),
        ("SELECT * FROM articles WHERE cluster_id = 1", "article_records_cluster"),
        ("SELECT * FROM articles WHERE id IN (SELECT rowid FROM article_search('a'))", "VIRTUAL TABLE INDEX"),
        ("SELECT article_id FROM article_tags JOIN tags ON tags.id = tag_id WHERE name = 'a'", "article_tags_tag"),
    ],
)
def test_what_is_asked_most_is_answered_from_an_index(archive: Archive, sql: str, index: str) -> None:
    plan = _plan(archive, sql)
    assert index in plan
    scans = re.findall(r"^SCAN (\w+)\b(?! USING| VIRTUAL)", plan, re.MULTILINE)
    # A scan is fine of what was made on the way, and of feeds (their names are few); never of a table that grows.
    assert [name for name in scans if not re.match(r"subquery|view_counts|feeds$", name, re.IGNORECASE)] == []


def test_columns_that_are_not_asked_for_cost_nothing(archive: Archive) -> None:
    assert _plan(archive, "SELECT title, published FROM articles") == "SCAN records"
    assert "article_texts" not in _plan(archive, "SELECT site, count(*) FROM articles GROUP BY site")
    assert "authors" not in _plan(archive, "SELECT body FROM articles WHERE id = 1")
