"""What is known of a story comes through JSON and through an archive as it was."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archiver.archive import Archive
from scraper.archiver.reader import ArchiveReader
from scraper.archiver.stories.document import document_of
from scraper.archiver.stories.fields import Fields, stamp_data
from scraper.archiver.stories.importing import Taken
from scraper.archiver.stories.lines import stories_in
from scraper.archiver.stories.parsing import story_from
from scraper.archiver.stories.story import Story
from scraper.extractor.text.markup import sanitised
from scraper.records import Timestamp
from tests.archiver.stories.invented import stories, timestamps

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def paper(paper_archive: Path) -> Path:
    """The fixture newspaper: versions, links with counts, feeds, two papers."""
    return paper_archive


def _lines(path: Path) -> bytes:
    with ArchiveReader(path) as archive:
        return "".join(
            json.dumps(document_of(story), ensure_ascii=False) + "\n" for story in archive.stories()
        ).encode()


def _import(path: Path, lines: bytes) -> list[Taken]:
    with Archive(path) as archive, archive.transaction():
        found = [line.story for line in stories_in(io.BytesIO(lines), NOW, sanitised)]
        return [archive.import_story(story) for story in found if isinstance(story, Story)]


def test_an_archive_comes_back_byte_for_byte(paper: Path, tmp_path: Path) -> None:
    lines = _lines(paper)
    copy = tmp_path / "copy.db"
    assert set(_import(copy, lines)) == {Taken.NEW}
    assert _lines(copy) == lines
    documents = [json.loads(line) for line in lines.splitlines()]
    assert any(len(document["history"]["versions"]) > 1 for document in documents)
    assert any(document["history"]["counts"] for document in documents)
    assert any(link.get("sightings") for document in documents for link in document["links"])
    assert any(document["history"]["entries"] for document in documents)


def test_what_is_recomputed_is_as_it_was(paper: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    _import(copy, _lines(paper))
    questions = (
        "SELECT articles, (SELECT url FROM articles WHERE id = canonical_id) FROM clusters ORDER BY 2",
        "SELECT * FROM articles_per_day ORDER BY published_on, site, feed",
        "SELECT * FROM coverage ORDER BY site, month",
        "SELECT url, version, seen_at, kind, silent, body FROM article_revisions ORDER BY url, version",
        "SELECT url, content_hash FROM article_records ORDER BY url",
        "SELECT count(*) FROM article_search WHERE article_search MATCH 'Hafen'",
        "SELECT url, canonical_url, content_hash FROM entries WHERE article_id IS NOT NULL ORDER BY natural_key",
    )
    with ArchiveReader(paper) as old, ArchiveReader(copy) as new:
        for question in questions:
            assert list(old.query(question)) == list(new.query(question))


def test_importing_again_changes_nothing(paper: Path, tmp_path: Path) -> None:
    lines, copy = _lines(paper), tmp_path / "copy.db"
    _import(copy, lines)
    with ArchiveReader(copy) as archive:
        before = list(archive.query("SELECT * FROM links"))
    assert set(_import(copy, lines)) == {Taken.UNCHANGED}
    assert _lines(copy) == lines
    with ArchiveReader(copy) as archive:
        assert list(archive.query("SELECT * FROM links")) == before


def test_raw_pages_of_another_archive_are_not_taken_for_those_of_the_same_number(paper: Path, tmp_path: Path) -> None:
    with ArchiveReader(paper) as old, Archive(tmp_path / "copy.db") as copy:
        for story in old.stories():
            assert copy.import_story(story) is Taken.NEW
        assert not any(article.page_id for article in copy)
        for story in old.stories():
            copy.import_story(story, old.page)
        for article in copy:
            known = old.get(article.url)
            assert known is not None
            assert known.page_id is not None
            assert article.page_id is not None
            assert copy.page(article.page_id) == old.page(known.page_id)


@given(stories())
@settings(max_examples=60, deadline=None)
def test_any_story_comes_through_json(story: Story) -> None:
    document = json.loads(json.dumps(document_of(story)))
    assert story_from(Fields(document), "2026-03-02T00:00:00Z", sanitised) == story


@given(stories())
@settings(max_examples=30, deadline=None)
def test_any_story_comes_through_an_archive(story: Story) -> None:
    with TemporaryDirectory() as folder, Archive(Path(folder) / "archive.db") as archive:
        assert archive.import_story(story) is Taken.NEW
        assert list(archive.stories()) == [story]
        assert archive.import_story(story) is Taken.UNCHANGED


@given(timestamps())
@settings(max_examples=300)
def test_times_come_back_to_the_minute_of_their_zone(stamp: Timestamp) -> None:
    assert Fields(stamp_data("published", stamp)).stamp("published") == stamp


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    (
                        "url",
                        "title",
                        "body",
                        "format",
                        "history",
                        "versions",
                        "links",
                        "blocks",
                        "published",
                        "images",
                        "sources",
                    )
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=200, deadline=None)
def test_no_line_is_more_than_refused(document: object) -> None:
    data = json.dumps(document).encode() + b"\n"
    assert len(list(stories_in(io.BytesIO(data), NOW, sanitised))) == 1
