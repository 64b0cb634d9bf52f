"""Raw pages come back byte for byte, and cost little."""

import random
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.archiver.archive import Archive
from scraper.archiver.articles.packing import pack
from scraper.archiver.articles.pages import PageStore
from scraper.errors import ArchiveError
from scraper.records import Page, Redirect
from scraper.settings import MOST_BODY_BYTES
from tests.archiver.builders import count, later, make_page


@pytest.fixture
def pages(archive: Archive) -> PageStore:
    return archive._pages


def _template(number: int) -> bytes:
    """A page of a site: much that all its pages share, a little of its own."""
    shared = random.Random(1).randbytes(4_000).hex()
    own = random.Random(number + 2).randbytes(200).hex()
    return f"<html>{shared}<p>{own}</p></html>".encode()


def _stored_bytes(archive: Archive) -> list[int]:
    return [int(str(row["stored_bytes"])) for row in archive.query("SELECT stored_bytes FROM page_bodies ORDER BY id")]


def test_a_page_comes_back_as_it_came(pages: PageStore) -> None:
    page = Page(
        url="https://news.example/a",
        final_url="https://www.news.example/a",
        body=b"\x00\xff<html>caf\xe9</html>",
        fetched_at=later(),
        status=203,
        headers=(("Content-Type", "text/html"), ("set-cookie", "a=1"), ("Set-Cookie", "b=ü")),
        redirects=(Redirect(url="https://news.example/a", status=302, location="https://www.news.example/a"),),
        wire_bytes=12,
        elapsed_seconds=0.25,
    )
    assert pages.load(pages.save(page)) == page


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.binary(max_size=2_000), min_size=1, max_size=5))
def test_any_bytes_survive_packing_against_any_other_page(pages: PageStore, bodies: list[bytes]) -> None:
    ids = [pages.save(make_page("https://any.example/", body=body)) for body in bodies]
    assert [pages.load(page_id).body for page_id in ids] == bodies


def test_what_was_taken_back_leaves_no_trace_in_later_pages(archive: Archive, pages: PageStore) -> None:
    """SQLite gives the ids of a rolled back transaction to the next bodies, which are packed against one another."""

    def save_and_stop() -> None:
        with archive.transaction():
            for number in (1, 2):
                pages.save(make_page(f"https://news.example/{number}", body=_template(number)))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        save_and_stop()
    bodies = [_template(number) for number in (3, 4)]
    ids = [pages.save(make_page("https://news.example/", body=body)) for body in bodies]

    assert [PageStore(archive._database).load(page_id).body for page_id in ids] == bodies


def test_later_pages_of_a_host_cost_a_fraction(archive: Archive, pages: PageStore) -> None:
    for number in range(3):
        pages.save(make_page(f"https://news.example/{number}", body=_template(number)))
    first, second, third = _stored_bytes(archive)
    assert max(second, third) < first / 4


def test_pages_are_readable_by_a_process_that_did_not_store_them(archive: Archive, pages: PageStore) -> None:
    ids = [pages.save(make_page(f"https://news.example/{number}", body=_template(number))) for number in range(3)]
    with Archive(archive.path, read_only=True) as reader:
        assert [reader.page(page_id).body for page_id in ids] == [_template(number) for number in range(3)]


def test_a_new_design_becomes_the_new_dictionary(archive: Archive, pages: PageStore) -> None:
    for number, body in enumerate((_template(0), random.Random(9).randbytes(4_000), random.Random(9).randbytes(4_001))):
        pages.save(make_page(f"https://news.example/{number}", body=body))
    dictionaries = [row["dictionary_id"] for row in archive.query("SELECT dictionary_id FROM page_bodies ORDER BY id")]
    assert dictionaries == [None, None, 2]


def test_equal_bytes_are_kept_once(archive: Archive, pages: PageStore) -> None:
    first = pages.save(make_page("https://news.example/a", body=b"same"))
    assert pages.save(make_page("https://news.example/a", body=b"same", at=later(hours=1))) == first
    assert pages.save(make_page("https://other.example/b", body=b"same")) != first
    assert (count(archive, "pages"), count(archive, "page_bodies")) == (2, 1)


def test_an_unknown_page_is_a_key_error(archive: Archive) -> None:
    with pytest.raises(KeyError):
        archive.page(7)


def test_bytes_that_changed_on_disk_are_noticed(archive: Archive, pages: PageStore) -> None:
    kept = pages.save(make_page("https://news.example/a", body=b"one"))
    other = pages.save(make_page("https://other.example/b", body=b"two"))
    archive._database.execute(
        "UPDATE page_bodies SET data = (SELECT data FROM page_bodies WHERE id = ?) WHERE id = ?", (other, kept)
    )
    with pytest.raises(ArchiveError, match="damaged"):
        archive.page(kept)


@pytest.mark.parametrize("stated", [-3, 0, 11, 13, MOST_BODY_BYTES + 1, 2**62])
def test_no_more_is_unpacked_than_the_row_says_there_is(archive: Archive, pages: PageStore, stated: int) -> None:
    kept = [pages.save(make_page(f"https://news.example/{name}", body=name.encode())) for name in ("twelve bytes", "b")]
    archive._database.execute("UPDATE page_bodies SET body_bytes = ? WHERE id = 1", (stated,))
    with pytest.raises(ArchiveError, match="page body 1 is damaged"):
        archive.page(kept[0])
    assert archive.page(kept[1]).body == b"b"


def test_a_kilobyte_that_holds_a_hundred_million_bytes_takes_no_memory(archive: Archive, pages: PageStore) -> None:
    """An archive may come from anybody; the first body is the dictionary of the second."""
    kept = [pages.save(make_page(f"https://news.example/{n}", body=_template(n))) for n in range(2)]
    bomb = pack(bytes(100_000_000))
    archive._database.execute("UPDATE page_bodies SET data = ? WHERE id = 1", (bomb,))
    tracemalloc.start()
    try:
        for page_id in kept:
            with pytest.raises(ArchiveError, match=f"{len(_template(0)):,} bytes"):
                PageStore(archive._database).load(page_id)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_bodies_that_are_each_others_dictionary_are_damage(archive: Archive, pages: PageStore) -> None:
    kept = [pages.save(make_page(f"https://{name}.example/a", body=name.encode())) for name in ("one", "two")]
    archive._database.execute("UPDATE page_bodies SET dictionary_id = 3 - id")
    for page_id in kept:
        with pytest.raises(ArchiveError, match="damaged"):
            archive.page(page_id)
