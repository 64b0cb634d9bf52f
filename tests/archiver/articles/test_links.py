"""Links and counts: seen over time, and leading to articles as soon as those are archived."""

from scraper.archiver.archive import Archive
from scraper.records import Link, LinkKind
from tests.archiver.builders import count, known_as, later, make_article, store

SOURCE = "https://news.example/source"
TARGET = "https://news.example/target"


def _recent(url: str, position: int, view_count: int | None = None) -> Link:
    return Link(
        kind=LinkKind.RECENT, heading="You missed", url=url, position=position, title=url, view_count=view_count
    )


def _visit(archive: Archive, *links: Link, hours: int = 0) -> None:
    article = make_article(SOURCE, links=links)
    known = known_as(archive, article) if hours else None
    store(archive, article, at=later(hours=hours), known=known)


def _links(archive: Archive) -> tuple[Link, ...]:
    stored = archive.get(SOURCE)
    assert stored is not None
    return stored.links


def test_a_link_leads_to_an_article_archived_before(archive: Archive) -> None:
    target = store(archive, make_article(TARGET))
    _visit(archive, _recent(f"{TARGET}?utm_source=sidebar", 1))
    assert [row["target_article_id"] for row in archive.query("SELECT * FROM article_links")] == [target]


def test_a_link_leads_to_an_article_archived_later_even_under_an_alias(archive: Archive) -> None:
    _visit(archive, _recent("https://news.example/?p=7", 1))
    assert list(archive.query("SELECT * FROM link_graph")) == []
    target = store(archive, make_article(TARGET), item=archive.enqueue("https://news.example/?p=7", later()))
    (edge,) = archive.query("SELECT * FROM link_graph")
    assert (edge["to_article_id"], edge["kind"]) == (target, "recent")


def test_a_block_that_changed_is_read_as_last_seen_and_remembered_as_it_was(archive: Archive) -> None:
    body = Link(kind=LinkKind.BODY, url="https://else.example/", position=1)
    _visit(archive, body, _recent("https://news.example/1", 1), _recent("https://news.example/2", 2))
    _visit(archive, body, _recent("https://news.example/3", 1), _recent("https://news.example/1", 2), hours=2)
    assert [(link.url[-1], link.position) for link in _links(archive)] == [("/", 1), ("3", 1), ("1", 2)]
    assert (count(archive, "links"), count(archive, "link_sightings")) == (4, 4)


def test_counts_in_a_block_are_a_time_series_of_its_target(archive: Archive) -> None:
    target = store(archive, make_article(TARGET))
    _visit(archive, _recent(TARGET, 1, view_count=10))
    _visit(archive, _recent(TARGET, 1, view_count=25), hours=1)
    rows = archive.query("SELECT view_count, source FROM view_counts WHERE article_id = ? ORDER BY seen_at", (target,))
    assert [tuple(row.values()) for row in rows] == [(10, "link"), (25, "link")]


def test_the_same_block_within_the_hour_is_one_sighting(archive: Archive) -> None:
    article = make_article(SOURCE, links=(_recent(TARGET, 1, view_count=10),))
    store(archive, article)
    store(archive, article, at=later(minutes=20), known=known_as(archive, article))
    assert count(archive, "link_sightings") == 1
    store(archive, article, at=later(minutes=40), known=known_as(archive, article))
    assert count(archive, "link_sightings") == 2


def test_one_link_named_twice_in_a_block_is_one(archive: Archive) -> None:
    _visit(archive, _recent(TARGET, 1), _recent(f"{TARGET}#again", 2), _recent("mailto:nobody@news.example", 3))
    assert [(link.url, link.position) for link in _links(archive)] == [(TARGET, 1)]


def test_counts_are_sighted_per_visit_once_an_hour_unless_they_change(archive: Archive) -> None:
    for minutes, views in ((0, 5), (10, 5), (20, 6), (40, 6), (120, 6)):
        article = make_article(view_count=views, comment_count=1, sources={"comment_count": "feed"})
        store(archive, article, at=later(minutes=minutes), known=known_as(archive, article) if minutes else None)
    rows = archive.query("SELECT source, view_count, comment_count FROM count_sightings ORDER BY source, seen_at")
    assert [tuple(row.values()) for row in rows] == [
        *(("feed", None, 1),) * 3,
        ("page", 5, None),
        ("page", 6, None),
        ("page", 6, None),
        ("page", 6, None),
    ]
    stored = archive.get(1)
    assert stored is not None
    assert (stored.view_count, stored.comment_count, stored.version_count) == (6, 1, 1)


def test_links_lead_to_an_article_that_comes_later_by_redirect_and_canonical_url(archive: Archive) -> None:
    """Three pages link to it, each under another of its addresses, before anybody has archived it."""
    short, moved = "https://news.example/s/7", "https://news.example/2026/target"
    for number, address in enumerate((short, moved, f"{TARGET}?utm_source=sidebar"), start=1):
        store(archive, make_article(f"https://news.example/source-{number}", links=(_recent(address, 1),)))
    assert list(archive.query("SELECT * FROM most_linked")) == []

    target = store(archive, make_article(TARGET), item=archive.enqueue(short, later()), final_url=moved)

    edges = list(archive.query("SELECT from_article_id, to_article_id FROM link_graph ORDER BY from_article_id"))
    assert [edge["to_article_id"] for edge in edges] == [target] * 3
    (most,) = archive.query("SELECT article_id, links FROM most_linked")
    assert tuple(most.values()) == (target, 3)


def test_popularity_puts_together_what_is_known_of_an_article(archive: Archive) -> None:
    target = store(archive, make_article(TARGET, view_count=7, comment_count=2))
    popular = Link(kind=LinkKind.POPULAR, heading="Most read", url=TARGET, position=1, view_count=12)
    _visit(archive, popular, _recent(TARGET, 1))
    (row,) = archive.query("SELECT * FROM popularity WHERE article_id = ?", (target,))
    assert {name: row[name] for name in ("view_count", "comment_count", "links", "popular_on", "views_elsewhere")} == {
        "view_count": 7,
        "comment_count": 2,
        "links": 2,
        "popular_on": 1,
        "views_elsewhere": 12,
    }
    (other,) = archive.query("SELECT * FROM popularity WHERE article_id <> ?", (target,))
    assert (other["links"], other["popular_on"], other["view_count"]) == (0, 0, None)
