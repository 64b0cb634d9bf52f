"""What is deleted goes whole, takes nothing from others, and does not come back by itself."""

from random import Random

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.care.checking import check
from scraper.errors import PermanentError, Reason
from scraper.records import ChangeKind, Image, Link, LinkKind, Redirect
from scraper.urls import InvalidUrlError
from tests.archiver.builders import (
    BODY,
    add_feed,
    count,
    known_as,
    later,
    make_article,
    make_entry,
    poll,
    stamp,
    store,
)
from tests.archives import rows

URL = "https://news.example/harbour"
NOW = later(days=1)
EVERYTHING = (
    *("article_records", "article_texts", "article_versions", "version_texts", "authors", "article_authors"),
    *("categories", "article_categories", "tags", "article_tags", "images", "links", "link_sightings"),
    *("count_sightings", "near_duplicates", "text_signatures", "signature_bands", "pages", "page_bodies"),
    *("entries", "queue", "urls"),
)


def _page(number: int) -> bytes:
    shared = Random(1).randbytes(3_000).hex()
    return f"<html>{shared}<p>{Random(number + 2).randbytes(100).hex()}</p></html>".encode()


def _rich(archive: Archive) -> None:
    """An article with everything that hangs on one, in two versions, by a feed, an alias and a redirect."""
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1, url=f"{URL}?utm_source=feed"))
    (item,) = archive.due_items(later())
    links = (
        Link(kind=LinkKind.BODY, url="https://elsewhere.example/tides", position=1, title="tides"),
        Link(kind=LinkKind.RECENT, url="https://news.example/other", position=1, heading="More", view_count=3),
    )
    first = make_article(URL, links=links, images=(Image(url="https://news.example/a.jpg"),), view_count=7)
    hop = Redirect(url="https://short.example/x", status=301, location=URL)
    store(archive, first, item=item, redirects=(hop,), body=_page(1))
    edited = make_article(URL, body=BODY.replace("Monday", "Sunday"))
    store(archive, edited, at=later(hours=1), known=known_as(archive, first), change=ChangeKind.SUBSTANTIVE)


def test_nothing_of_an_article_stays_but_where_it_was(archive: Archive) -> None:
    _rich(archive)

    done = archive.delete([URL], now=NOW, reason="a court")

    assert (done.articles, done.versions, done.pages, done.places) == (1, 2, 2, 2)
    assert [article.url for article in done.doomed] == [URL]
    assert {table: count(archive, table) for table in EVERYTHING} == dict.fromkeys(EVERYTHING, 0)
    assert archive.search("barge") == []
    rows = list(archive.query("SELECT url, article_url, reason FROM deleted ORDER BY url"))
    assert [row["url"] for row in rows] == [URL, "https://short.example/x"]
    assert {(row["article_url"], row["reason"]) for row in rows} == {(URL, "a court")}
    report = check(archive.path, sample=None)
    assert report.findings == ()


def test_what_others_have_too_stays_theirs(archive: Archive) -> None:
    _rich(archive)
    other = make_article(
        "https://news.example/other",
        links=(Link(kind=LinkKind.RELATED, url=URL, position=1, heading="See also", title="Barge"),),
    )
    other_id = store(archive, other, body=_page(2))
    archive.delete([URL], now=NOW)

    kept = archive.get(other_id)
    assert kept is not None
    assert (kept.authors, kept.tags) == (other.authors, other.tags)
    assert [link.url for link in kept.links] == [URL]
    assert list(archive.query("SELECT target_article_id FROM article_links")) == [{"target_article_id": None}]
    assert kept.page_id is not None
    assert archive.page(kept.page_id).body == _page(2)
    assert [hit.id for hit in archive.search("barge")] == [other_id]
    assert check(archive.path, sample=None).findings == ()


def test_a_page_that_others_are_packed_with_goes_and_they_stay_readable(archive: Archive) -> None:
    ids = [
        store(archive, make_article(f"https://news.example/{number}", title=str(number)), body=_page(number))
        for number in range(4)
    ]
    (row,) = archive.query("SELECT count(*) AS n FROM page_bodies WHERE dictionary_id IS NOT NULL")
    assert row["n"] == 3

    archive.delete(["https://news.example/0"], now=NOW)

    assert count(archive, "page_bodies") == 3
    for number, article_id in enumerate(ids[1:], start=1):
        article = archive.get(article_id)
        assert article is not None
        assert article.page_id is not None
        assert archive.page(article.page_id).body == _page(number)
    # New pages find a dictionary again.
    store(archive, make_article("https://news.example/9"), body=_page(9))
    (row,) = archive.query("SELECT count(*) AS n FROM page_bodies WHERE dictionary_id IS NOT NULL")
    assert row["n"] == 3


def test_the_copies_of_a_deleted_text_find_one_another(archive: Archive) -> None:
    for number in range(3):
        store(archive, make_article(f"https://news.example/{number}", body="the same words again " * 20))
    archive.delete(["https://news.example/0"], now=NOW)

    assert [(row["article_id"], row["earlier_article_id"]) for row in archive.query("SELECT * FROM duplicates")] == [
        (3, 2)
    ]


def test_the_words_are_gone_from_the_file_once_it_is_made_smaller(archive: Archive) -> None:
    store(archive, make_article(URL, title="Xylophonically secret", body="Zyzzyvaesque matters. " * 30))
    archive.delete([URL], now=NOW)
    archive._database.execute("INSERT INTO article_search (article_search) VALUES ('optimize')")
    archive._database.execute("VACUUM")
    archive._database.all("PRAGMA wal_checkpoint(TRUNCATE)")

    content = archive.path.read_bytes().lower()
    assert b"xylophonically" not in content
    assert b"zyzzyvaesque" not in content


@pytest.mark.parametrize(
    "entry",
    [
        make_entry(1, url=f"{URL}?utm_source=feed"),
        make_entry(1, url=f"{URL}?utm_source=feed", title="A new headline"),
        make_entry(1, url="https://news.example/harbour-reopened"),  # the same GUID
        make_entry(7, url="https://short.example/x"),  # an address that led there
    ],
)
def test_no_feed_brings_it_back(archive: Archive, entry: object) -> None:
    _rich(archive)
    archive.delete([URL], now=NOW)

    poll(archive, 1, entry, at=later(days=2))  # type: ignore[arg-type]

    assert archive.due_items(later(days=9)) == ()
    assert count(archive, "entries") == 0


def test_nothing_that_asks_by_address_or_hands_it_in_brings_it_back(archive: Archive) -> None:
    _rich(archive)
    archive.delete([URL], now=NOW)

    with pytest.raises(PermanentError) as refused:
        archive.enqueue(f"{URL}?utm_medium=social", NOW)
    assert refused.value.reason is Reason.DELETED
    item = archive.enqueue("https://mirror.example/harbour", NOW)
    with pytest.raises(PermanentError):
        store(archive, make_article(URL), item=item)
    assert count(archive, "article_records") == 0


def test_whoever_asks_for_it_by_hand_gets_it_back(archive: Archive) -> None:
    _rich(archive)
    archive.delete([URL], now=NOW)

    assert archive.deleted("https://short.example/x") == "https://short.example/x"
    assert archive.undelete("https://short.example/x") == 2
    assert archive.deleted(URL, "https://short.example/x") is None
    poll(archive, 1, make_entry(1, url=URL), at=later(days=2))
    assert [item.url for item in archive.due_items(later(days=9))] == [URL]


def test_a_site_or_a_time_is_deleted_and_the_rest_is_not(archive: Archive) -> None:
    old, new = stamp("2020-05-01T00:00:00+00:00"), stamp("2026-01-01T00:00:00+00:00")
    for host in ("a.example", "b.example"):
        for name, published in (("old", old), ("new", new)):
            store(archive, make_article(f"https://{host}/{name}", published=published))

    plan = archive.delete(site="a.example", until=new.at, now=NOW, dry_run=True)
    assert [article.url for article in plan.doomed] == ["https://a.example/old"]
    assert len(list(archive)) == 4

    archive.delete(site="a.example", until=new.at, now=NOW)
    assert len(list(archive)) == 3
    archive.delete(site="b.example", now=NOW)
    assert [article.url for article in archive] == ["https://a.example/new"]


def test_an_address_that_is_not_archived_is_kept_out_from_now_on(archive: Archive) -> None:
    archive.enqueue(URL, later())
    done = archive.delete([URL], now=NOW)

    assert (done.articles, done.places) == (0, 1)
    assert archive.due_items(later(days=9)) == ()


def test_nothing_chosen_is_not_everything(archive: Archive) -> None:
    store(archive, make_article())
    with pytest.raises(ValueError, match="nothing was chosen"):
        archive.delete(now=NOW, limit=5)
    with pytest.raises(InvalidUrlError):
        archive.delete(["javascript:alert(1)"], now=NOW)
    assert count(archive, "article_records") == 1


def test_ids_looked_up_before_are_not_used_for_rows_that_are_gone(archive: Archive) -> None:
    """Within one transaction the writer remembers the ids of names: deleting makes them void."""
    store(archive, make_article(URL, authors=("Only Here",)))
    with archive.transaction():
        store(archive, make_article("https://news.example/2", authors=("Only Here",)))
        archive.delete([URL, "https://news.example/2"], now=NOW)
        store(archive, make_article("https://news.example/3", authors=("Only Here",)))
    assert rows(archive.path, "PRAGMA foreign_key_check") == []
    (article,) = archive
    assert article.authors == ("Only Here",)
