"""An archive that the first release made is brought up to date with everything in it.

`archive-v1.db.gz` was made by the code of the first release: the fixture newspaper, two of its feeds, crawled in its
first state and in its later one.
"""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.store.migrations import LATEST
from tests.archiver.builders import make_article, store

MADE_THEN = Path(__file__).parent / "archive-v1.db.gz"

# What an archive is kept for. The other tables serve the program, and may be made anew.
KEPT = (
    *("article_records", "article_texts", "article_versions", "version_texts"),
    *("authors", "article_authors", "categories", "article_categories", "tags", "article_tags", "images"),
    *("urls", "links", "link_sightings", "count_sightings"),
    *("feeds", "entries", "queue", "runs", "fetches", "failures", "pages"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    path.write_bytes(gzip.decompress(MADE_THEN.read_bytes()))
    return path


def _columns(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: [row[1] for row in connection.execute("SELECT * FROM pragma_table_info(?)", (table,))]
            for table in KEPT
        }


def _content(path: Path, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: sorted(connection.execute(f"SELECT {', '.join(names)} FROM {table}"), key=repr)
            for table, names in columns.items()
        }


def test_every_row_is_there_after_the_migration_and_in_the_backup(path: Path) -> None:
    columns = _columns(path)
    before = _content(path, columns)

    Archive(path).close()

    assert _content(path, columns) == before
    assert _content(path.with_name("archive.db.v1.backup"), columns) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (LATEST,)


def test_search_versions_links_and_pages_work_as_before(path: Path) -> None:
    with Archive(path) as archive:
        assert {hit.title for hit in archive.search("treenau sonntag")} >= {
            "Neue Brücke über die Treenau: Am Sonntag wird geschoben"
        }
        (ferry,) = (article for article in archive if article.version_count == 2)
        assert [version.kind for version in archive.history(ferry.url).versions] == [None, "substantive"]
        assert ferry.links
        assert all(archive.page(article.page_id).body for article in archive if article.page_id)
        (edges,) = archive.query("SELECT count(*) AS n FROM link_graph")
        assert edges["n"] == 154


def test_what_is_stored_after_the_migration_is_found_beside_what_was_before(path: Path) -> None:
    with Archive(path) as archive:
        before = len(list(archive))
        store(archive, make_article(title="Stored after the migration"))
        assert len(list(archive)) == before + 1
        assert [hit.title for hit in archive.search('"migration"')] == ["Stored after the migration"]
        # Rank 1: FTS5 compares the index with the text itself.
        archive._database.execute("INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)")
        assert archive._database.all("PRAGMA foreign_key_check") == []


def test_pairs_found_by_the_first_release_become_clusters(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM article_records ORDER BY id LIMIT 6")]
        connection.execute("UPDATE article_records SET published = '2026-01-0' || id, published_precision = 'second'")
        connection.execute("DELETE FROM near_duplicates")
        # A chain whose ends do not know each other, one article with two earlier ones, and a pair apart.
        pairs = [(ids[1], ids[0]), (ids[3], ids[1]), (ids[3], ids[2]), (ids[5], ids[4])]
        connection.executemany("INSERT INTO near_duplicates VALUES (?, ?, 0.7)", pairs)
        connection.commit()
    with Archive(path) as archive:
        rows = archive.query("SELECT cluster_id, article_id, is_canonical FROM cluster_articles ORDER BY 1, 2")
        found = [tuple(row.values()) for row in rows]
        sizes = [row["articles"] for row in archive.query("SELECT articles FROM clusters ORDER BY id")]
    assert found == [
        *((ids[0], number, int(number == ids[0])) for number in ids[:4]),
        *((ids[4], number, int(number == ids[4])) for number in ids[4:]),
    ]
    assert sizes == [4, 2]
