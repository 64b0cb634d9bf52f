"""Which mark tells a feed's entries apart, for feeds whose GUIDs are missing, repeated, or new each time."""

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import GuidPolicy
from scraper.archiver.crawling.identity import content_hash
from scraper.records import FeedEntry
from scraper.settings import FeedSettings
from tests.archiver.builders import FEED_URL, NOW, add_feed, count, later, make_article, make_entry, poll, stamp, store

FRONT = "https://news.example/"


def policy(archive: Archive) -> str:
    return archive.feed_health()[0].guid_policy


def stories(*numbers: int, **fields: object) -> list[FeedEntry]:
    return [make_entry(number, **fields) for number in numbers]


def test_good_guids_are_believed(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, *stories(*range(30)))
    poll(archive, feed_id, *stories(*range(5, 35)), at=later(hours=1))

    assert policy(archive) == GuidPolicy.GUID
    assert count(archive, "entries") == 35


def test_guids_made_anew_for_every_visit_are_given_up(archive: Archive) -> None:
    feed_id = add_feed(archive)
    news = [
        poll(
            archive,
            feed_id,
            *(make_entry(number, guid=f"{visit}-{number}") for number in range(visit, visit + 20)),
            at=later(hours=visit),
        ).new_entries
        for visit in range(6)
    ]

    assert news == [20, 1, 1, 1, 1, 1]
    assert policy(archive) == GuidPolicy.LINK
    assert count(archive, "entries") == count(archive, "queue") == 25


def test_entries_under_remade_guids_are_not_written_again(archive: Archive) -> None:
    feed_id = add_feed(archive)
    for visit in range(3):
        entries = [make_entry(number, guid=f"{visit}-{number}") for number in range(20)]
        poll(archive, feed_id, *entries, at=later(hours=visit))

    changed = {row["changed_at"] for row in archive.query("SELECT changed_at FROM entries")}
    assert changed == {"2026-03-01T10:30:00Z"}  # when the policy was changed, and not since


def test_one_guid_for_all_is_none(archive: Archive) -> None:
    feed_id = add_feed(archive)
    assert poll(archive, feed_id, *stories(*range(20), guid="item")).new_entries == 20
    assert poll(archive, feed_id, *stories(*range(2, 22), guid="item"), at=later(hours=1)).new_entries == 2
    assert policy(archive) == GuidPolicy.LINK


def test_a_few_odd_ones_do_not_spoil_the_others(archive: Archive) -> None:
    """Two of a hundred share a GUID: they are told apart by their addresses, the others still by GUIDs."""
    feed_id = add_feed(archive)
    entries = [*stories(*range(98)), *stories(98, 99, guid="shared")]
    assert poll(archive, feed_id, *entries).new_entries == 100
    assert poll(archive, feed_id, *entries, at=later(hours=1)).new_entries == 0
    assert policy(archive) == GuidPolicy.GUID


def test_missing_guids_leave_the_address(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, *stories(*range(20), guid=None))

    assert policy(archive) == GuidPolicy.LINK


def test_one_address_for_all_leaves_address_and_date(archive: Archive) -> None:
    feed_id = add_feed(archive)
    entries = [
        make_entry(number, guid=None, url=FRONT, published=stamp(f"2026-02-{number:02}T08:00:00+00:00"))
        for number in range(1, 21)
    ]
    assert poll(archive, feed_id, *entries).new_entries == 20
    assert poll(archive, feed_id, *entries, at=later(hours=1)).new_entries == 0
    assert policy(archive) == GuidPolicy.LINK_DATE


@pytest.mark.parametrize("title", ["Story", None])
def test_at_last_titles_and_contents_are_all_there_is(archive: Archive, title: str | None) -> None:
    feed_id = add_feed(archive)
    entries = [
        make_entry(
            number,
            guid=None,
            url=FRONT,
            published=None,
            title=title and f"{title} {number}",
            content_html=f"<p>What happened on day {'I' * number}</p>",
        )
        for number in range(20)
    ]
    assert poll(archive, feed_id, *entries).new_entries == 20
    assert poll(archive, feed_id, *entries, at=later(hours=1)).new_entries == 0
    assert policy(archive) == (GuidPolicy.TITLE if title else GuidPolicy.CONTENT)


def test_a_policy_is_remembered_and_what_is_known_stays_known(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, *stories(*range(20)))
    poll(archive, feed_id, *stories(*range(20), guid="item"), at=later(hours=1))
    result = poll(archive, feed_id, *stories(*range(20)), at=later(hours=2))

    assert (result.new_entries, policy(archive)) == (0, GuidPolicy.LINK)
    assert count(archive, "entries") == 20


def test_the_settings_have_the_last_word(archive: Archive) -> None:
    archive.sync_feeds([FeedSettings(url=FEED_URL, name="A", guid_policy="title")], NOW)
    feed_id = archive.feed_health()[0].id
    poll(archive, feed_id, *stories(1, 2, 3))
    result = poll(archive, feed_id, *stories(1, 2, 3, guid="item", url=FRONT), at=later(hours=1))

    assert (result.new_entries, policy(archive)) == (0, GuidPolicy.TITLE)


def test_an_edit_that_moves_no_date_has_the_page_looked_at_again(archive: Archive) -> None:
    feed_id = add_feed(archive)
    poll(archive, feed_id, make_entry(1, content_html="<p>The barge lies across the harbour mouth, 3 comments</p>"))
    (item,) = archive.due_items(NOW)
    store(archive, make_article(item.url), item=item)
    assert archive.due_items(later(days=1)) == ()

    same = "<p>The barge lies <b>across</b> the harbour mouth, 14 comments</p>"
    poll(archive, feed_id, make_entry(1, content_html=same), at=later(hours=2))
    assert archive.due_items(later(days=1)) == ()
    poll(archive, feed_id, make_entry(1, content_html="<p>The barge was towed away</p>"), at=later(hours=3))

    (again,) = archive.due_items(later(days=1))
    assert (again.id, again.whole) == (item.id, True)


def test_an_edit_is_one_of_words_not_of_markup_or_figures() -> None:
    def hash_of(html: str) -> str | None:
        return content_hash(make_entry(1, content_html=html))

    assert hash_of("<p>A boat, <b>3 comments</b>") == hash_of("<div class=x>A boat, 12 comments</div>")
    assert hash_of("<p>A boat") != hash_of("<p>A ship")
    assert hash_of("<p> 3 ") is None


def test_markup_that_never_ends_is_hashed_in_one_go() -> None:
    """What looked for its end from each of its beginnings would be at it for an hour."""
    assert content_hash(make_entry(1, content_html="<" * 3_000_000)) is not None
