"""Articles go in and come out the same; visits that bring nothing new leave no trace but the visit."""

import dataclasses

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.records import StoredArticle
from scraper.records import (
    Article,
    Block,
    BlockKind,
    ChangeKind,
    Image,
    ImageRole,
    Link,
    LinkKind,
    Precision,
    Redirect,
)
from tests.archiver.builders import BODY, add_feed, count, known_as, later, make_article, make_entry, poll, stamp, store


def _as_article(stored: StoredArticle) -> Article:
    return Article(**{field.name: getattr(stored, field.name) for field in dataclasses.fields(Article)})


def test_an_article_comes_back_with_every_field(archive: Archive) -> None:
    article = make_article(
        subtitle="Tugs work through the night",
        published=stamp("2026-03-01T08:00:00+00:00", offset=60),
        modified=stamp("2026-03-01T00:00:00+00:00", offset=None, precision=Precision.DAY),
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in BODY.split("\n\n")),
        body_html="<p>The harbour …</p>",
        summary="A barge lies across the mouth of the harbour.",
        site_name="The Nordhaven News",
        images=(
            Image(url="https://news.example/a.jpg", role=ImageRole.LEAD, caption="The barge", credit="A. Example"),
            Image(url="https://news.example/b.jpg", width=640, height=480, alt="A tug"),
        ),
        links=(
            Link(kind=LinkKind.BODY, url="https://elsewhere.example/tides", position=1, title="tides"),
            Link(
                kind=LinkKind.RECENT,
                url="https://news.example/other",
                position=1,
                heading="You missed",
                title="Other news",
                published=stamp("2026-02-27T00:00:00+00:00", offset=None, precision=Precision.DAY),
                excerpt="More of it",
                category="Region",
                view_count=12,
                comment_count=3,
            ),
        ),
        comment_count=4,
        view_count=1_000,
        paywalled=False,
        sources={"title": "json-ld", "comment_count": "html"},
    )
    article_id = store(archive, article)
    stored = archive.get(article_id)
    assert stored is not None
    assert _as_article(stored) == article


def test_an_article_is_found_under_any_spelling_of_any_url_that_led_to_it(archive: Archive) -> None:
    item = archive.enqueue("https://short.example/x1", later())
    article_id = store(
        archive,
        make_article(),
        item=item,
        final_url="https://news.example/harbour?utm_medium=mail",
        redirects=(Redirect(url="https://short.example/x1", status=301, location="https://news.example/harbour"),),
    )
    for url in ("https://NEWS.example:443/harbour#top", "https://short.example/x1", article_id):
        stored = archive.get(url)
        assert stored is not None
        assert stored.id == article_id


def test_an_unchanged_article_is_not_written_again(archive: Archive) -> None:
    article = make_article()
    article_id = store(archive, article)
    before = _rows_by_table(archive)
    store(archive, article, at=later(hours=2), known=known_as(archive, article))
    after = _rows_by_table(archive)
    # Only the log of requests and where the URL stands in the queue.
    assert {table for table in after if after[table] != before[table]} == {"fetches", "queue"}
    assert [count(archive, table) for table in ("article_versions", "pages", "fetches")] == [1, 1, 2]
    assert archive.history(article.url).article_id == article_id


def test_a_new_version_takes_the_place_of_the_old_one_which_is_kept(archive: Archive) -> None:
    old = make_article(tags=("ships",))
    new = make_article(title="Barge freed", body=BODY.replace("closed", "opened"), tags=("tugs",))
    article_id = store(archive, old)
    store(archive, new, at=later(hours=2), known=known_as(archive, old), change=ChangeKind.SUBSTANTIVE)
    stored = archive.get(article_id)
    assert stored is not None
    assert (stored.title, stored.tags, stored.version_count) == ("Barge freed", ("tugs",), 2)
    assert stored.changed_at == later(hours=2)
    first, second = archive.history(old.url).versions
    assert (first.kind, first.title) == (None, "Barge blocks harbour")
    assert (second.kind, set(second.changed_fields)) == (ChangeKind.SUBSTANTIVE, {"title", "body", "tags"})
    (kept,) = archive.query("SELECT body, tags FROM version_texts")
    assert kept == {"body": BODY, "tags": '["ships"]'}


def test_an_edit_that_leaves_the_modified_date_alone_is_a_silent_one(archive: Archive) -> None:
    first = make_article(modified=stamp("2026-03-01T08:30:00+00:00"))
    store(archive, first)
    second = dataclasses.replace(first, body=BODY + " Nobody was hurt.")
    store(archive, second, at=later(hours=2), known=known_as(archive, first), change=ChangeKind.SUBSTANTIVE)
    third = dataclasses.replace(second, body=BODY + " One man was hurt.", modified=stamp("2026-03-01T12:00:00+00:00"))
    store(archive, third, at=later(hours=3), known=known_as(archive, second), change=ChangeKind.SUBSTANTIVE)
    assert [version.silent for version in archive.history(first.url).versions] == [False, True, False]


def test_two_items_decided_on_at_once_become_one_article(archive: Archive) -> None:
    article = make_article()
    assert store(archive, article) == store(archive, article, item=archive.enqueue("https://news.example/amp", later()))
    assert count(archive, "articles") == 1
    assert archive.get("https://news.example/amp") is not None


def test_feeds_that_carry_a_story_are_its_members_in_order(archive: Archive) -> None:
    first, second = add_feed(archive, name="First"), add_feed(archive, "https://news.example/2.xml", name="Second")
    poll(archive, first, make_entry(1))
    (item,) = archive.due_items(later(minutes=1))
    poll(archive, second, make_entry(1, guid="other"), at=later(minutes=1))
    article_id = store(archive, make_article("https://news.example/story-1"), item=item)
    stored = archive.get(article_id)
    assert stored is not None
    assert stored.feeds == ("First", "Second")


def test_names_that_only_a_machine_could_tell_apart_are_different_names(archive: Archive) -> None:
    tags = ("a", "a\0b", "ä", "a\u0308", "x" * 3_000, *(f"tag {number}" for number in range(60)))
    store(archive, make_article("https://news.example/1", tags=tags))
    store(archive, make_article("https://news.example/2", tags=tags[::-1]))
    for number, expected in ((1, tags), (2, tags[::-1])):
        stored = archive.get(f"https://news.example/{number}")
        assert stored is not None
        assert stored.tags == expected
    assert count(archive, "tags") == len(tags)


def test_ids_learnt_in_a_transaction_that_failed_are_forgotten(archive: Archive) -> None:
    def fail() -> None:
        with archive.transaction():
            store(archive, make_article("https://news.example/1", tags=("lost", "kept"), authors=("Lost",)))
            raise ValueError("disk on fire")

    with pytest.raises(ValueError, match="disk on fire"):
        fail()
    article_id = store(archive, make_article("https://news.example/2", tags=("kept", "lost"), authors=("Found",)))
    stored = archive.get(article_id)
    assert stored is not None
    assert (stored.tags, stored.authors) == (("kept", "lost"), ("Found",))


def _rows_by_table(archive: Archive) -> dict[str, list[dict[str, object]]]:
    names = archive.query("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'")
    return {str(row["name"]): list(archive.query(f"SELECT * FROM {row['name']}")) for row in names}
