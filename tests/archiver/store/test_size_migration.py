"""An archive made before there were sums of authors, hosts and paywalls gets them, and is well."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.archiver import tallies
from scraper.archiver.archive import Archive
from scraper.archiver.care.checking import check
from tests.archiver.builders import make_article, store

_BEFORE = """
DROP TABLE author_tallies;
DROP TABLE host_link_tallies;
DROP INDEX day_tallies_day;
ALTER TABLE day_tallies DROP COLUMN paywall_known;
ALTER TABLE day_tallies DROP COLUMN paywalled;
CREATE INDEX day_tallies_day ON day_tallies (published_on, site, feed_id, articles, words);
DROP INDEX article_records_category_day;
DROP INDEX article_records_language;
DROP INDEX article_records_changed;
DROP INDEX article_versions_edits;
DROP INDEX entries_feed;
DROP INDEX fetches_failed;
DROP INDEX page_bodies_size;
DELETE FROM _sqlite_migrations WHERE name = '0003_size';
PRAGMA user_version = 2;
"""


@pytest.fixture
def path(paper_archive: Path, tmp_path: Path) -> Path:
    """The fixture newspaper's archive, taken back to the schema before."""
    path = tmp_path / "archive.db"
    shutil.copy(paper_archive, path)
    with closing(sqlite3.connect(path)) as connection:
        derived = connection.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')"
        ).fetchall()
        for kind, name in derived:
            connection.execute(f"DROP {kind} IF EXISTS {name}")
        connection.executescript(_BEFORE)
    return path


def test_the_sums_are_there_afterwards_and_are_kept(path: Path) -> None:
    with Archive(path) as archive:
        assert list(tallies.wrong(archive._database)) == []
        before = archive._database.number("SELECT sum(articles) FROM authors_per_day")
        assert before
        store(archive, make_article(authors=("Ada", "Bo"), paywalled=True))
        assert list(tallies.wrong(archive._database)) == []
        assert archive._database.number("SELECT sum(articles) FROM authors_per_day") == before + 2
    assert not check(path, sample=None).findings
    assert path.with_name("archive.db.v2.backup").exists()
