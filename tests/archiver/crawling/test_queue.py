"""The queue: due items come in order, failures wait, verdicts end, and a URL is in it once."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from scraper.archiver.archive import Archive
from scraper.archiver.crawl_records import Revisit
from scraper.archiver.crawling.queue import HEAD
from scraper.archiver.records import QueueState
from scraper.errors import PermanentError, Reason, TransientError
from scraper.records import NotModified, Validators
from scraper.urls import InvalidUrlError
from tests.archiver.builders import NOW, add_feed, later, make_article, make_page, store

URL = "https://news.example/a"


def _error(kind: type[PermanentError] | type[TransientError], reason: Reason) -> PermanentError | TransientError:
    return kind(reason, "it did not work", url=URL, status=404)


def test_a_url_is_queued_once_whatever_its_spelling(archive: Archive) -> None:
    first = archive.enqueue(f"{URL}?utm_source=x", NOW)
    assert archive.enqueue("HTTPS://NEWS.example/a#part", later(hours=1)).id == first.id
    assert len(archive.due_items(later(hours=2))) == 1


def test_what_is_no_url_is_refused(archive: Archive) -> None:
    with pytest.raises(InvalidUrlError):
        archive.enqueue("javascript:alert(1)", NOW)


def test_due_items_leave_out_busy_hosts_and_what_waits(archive: Archive) -> None:
    archive.enqueue("https://busy.example/1", NOW)
    second = archive.enqueue("https://free.example/2", later(minutes=2))
    first = archive.enqueue("https://free.example/1", later(minutes=1))
    archive.enqueue("https://free.example/3", later(hours=1))
    due = archive.due_items(later(minutes=5), hosts_busy={"busy.example"})
    assert [item.id for item in due] == [first.id, second.id]
    assert [item.id for item in archive.due_items(later(minutes=5), limit=1)] == [1]


def test_whether_anything_waits_is_known(archive: Archive) -> None:
    assert not archive.has_waiting()
    item = archive.enqueue(URL, later(hours=1))
    assert archive.has_waiting()
    store(archive, make_article(URL), item=item)
    assert not archive.has_waiting()


def test_a_failed_item_waits_for_its_next_try(archive: Archive) -> None:
    item = archive.enqueue(URL, NOW)
    error = _error(TransientError, Reason.SERVER_ERROR)
    archive.save_failure(None, item, error, at=NOW, next_try_at=later(hours=1))
    assert archive.due_items(NOW) == ()
    (again,) = archive.due_items(later(hours=1))
    assert (again.id, again.tries) == (item.id, 1)


def test_an_item_given_up_is_not_due_and_says_why(archive: Archive) -> None:
    item = archive.enqueue(URL, NOW)
    archive.save_failure(None, item, _error(PermanentError, Reason.NOT_FOUND), at=NOW, next_try_at=None)
    assert archive.due_items(later(days=30)) == ()
    history = archive.history(URL)
    assert history.queue is not None
    assert (history.queue.state, history.queue.finished_at) == (QueueState.GIVEN_UP, NOW)
    assert [(failure.reason, failure.status, failure.next_try_at) for failure in history.failures] == [
        ("not_found", 404, None)
    ]
    assert [fetch.outcome for fetch in history.fetches] == ["failed"]


def test_the_page_of_a_failure_is_kept_where_it_was_given(archive: Archive) -> None:
    item = archive.enqueue(URL, NOW)
    page = make_page(URL, body=b"<html>a list of articles</html>")
    archive.save_failure(None, item, _error(PermanentError, Reason.NOT_ARTICLE), at=NOW, next_try_at=None, page=page)
    (fetch,) = archive.history(URL).fetches
    assert fetch.page_id is not None
    assert archive.page(fetch.page_id) == page


def test_a_stored_page_is_done_with_and_its_validators_are_sent_next_time(archive: Archive) -> None:
    item = archive.enqueue(URL, NOW)
    article_id = store(archive, make_article(URL), item=item, headers=(("ETag", '"v1"'),))
    assert archive.due_items(later(days=1)) == ()
    again = archive.enqueue(URL, later(days=1))
    assert (again.id, again.validators) == (item.id, Validators(etag='"v1"'))
    answer = NotModified(url=URL, final_url=URL, fetched_at=later(days=1), validators=Validators(etag='"v2"'))
    archive.save_not_modified(None, again, answer, article_id)
    assert archive.due_items(later(days=2)) == ()
    assert archive.enqueue(URL, later(days=3)).validators == Validators(etag='"v2"')
    assert [fetch.outcome for fetch in archive.history(URL).fetches] == ["ok", "not_modified"]


def _plans(archive: Archive, ask: Callable[[], object]) -> str:
    """How SQLite goes about every statement that `ask` has it run."""
    connection = archive._database._connection
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    ask()
    connection.set_trace_callback(None)
    assert statements
    return "\n".join(
        str(row["detail"])
        for statement in statements
        if "queue" in statement
        for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
    )


def _steps(archive: Archive, ask: Callable[[], object]) -> int:
    """How many hundreds of its instructions SQLite needs for what `ask` has it do."""
    steps: list[None] = []
    archive._database._connection.set_progress_handler(lambda: steps.append(None), 100)
    ask()
    archive._database._connection.set_progress_handler(None, 0)
    return len(steps)


def _busy(archive: Archive, feed_id: int, count: int = HEAD + 5) -> None:
    """A host with more waiting than is looked at one by one, all due before what `free.example` has."""
    with archive.transaction():
        for number in range(count):
            archive.enqueue(f"https://busy.example/{number}", NOW, feed_id)
        for number in range(5):
            archive.enqueue(f"https://free.example/{number}", later(minutes=1), feed_id)
            archive.enqueue(f"https://late.example/{number}", later(hours=9), feed_id)


@pytest.mark.parametrize("is_of_one_feed", [False, True])
def test_a_busy_host_with_much_to_do_stands_in_nobodys_way_and_is_not_walked_through(
    archive: Archive, *, is_of_one_feed: bool
) -> None:
    feed_id = add_feed(archive)
    _busy(archive, feed_id)
    asked = partial(
        archive.due_items,
        later(hours=1),
        hosts_busy={"busy.example"},
        feed_id=feed_id if is_of_one_feed else None,
    )

    assert [item.url for item in asked()] == [f"https://free.example/{number}" for number in range(5)]
    effort = _steps(archive, asked)
    _busy(archive, feed_id, 6 * HEAD)
    assert _steps(archive, asked) <= effort + 1
    plans = _plans(archive, asked)
    assert "SCAN queue" not in plans
    assert "USING INDEX queue_feed_hosts" in plans if is_of_one_feed else "USING INDEX queue_hosts" in plans


def test_hosts_have_a_share_each_of_what_is_handed_out(archive: Archive) -> None:
    _busy(archive, add_feed(archive))

    found = Counter(item.host for item in archive.due_items(later(hours=1), limit=6))
    assert found == {"busy.example": 3, "free.example": 3}
    assert {item.host for item in archive.due_items(later(hours=1), most_hosts=1)} == {"busy.example"}


def test_what_is_looked_at_again_comes_where_nothing_new_of_its_host_waits(archive: Archive) -> None:
    item = archive.enqueue(URL, NOW)
    store(archive, make_article(URL), item=item)
    archive.plan_revisit(item, Revisit(at=later(hours=1), because="age"))
    waiting = archive.enqueue("https://news.example/b", later(hours=1))

    assert [found.id for found in archive.due_items(later(hours=2))] == [waiting.id]
    store(archive, make_article("https://news.example/b"), item=waiting)
    assert [found.id for found in archive.due_items(later(hours=2))] == [item.id]
