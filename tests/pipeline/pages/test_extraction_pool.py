"""Pages extracted in processes of their own: when, with what result, and what a process that dies costs."""

import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import parent_process
from threading import Event, Semaphore

import pytest

from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.pipeline.bulk import MakeExecutor
from scraper.pipeline.pages.extraction import FirstPage, article_of
from scraper.pipeline.pages.extraction_pool import ExtractionPool, Task, processes_for, read_task
from scraper.records import Page
from scraper.settings import CrawlSettings
from tests.conftest import ROOT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "<p>Der Rat hat am Abend lange beraten, und die Mehrheit war am Ende doch dafür, das Wehr zu bauen.</p>" * 6
KILLER, HELD, WHICH = b"<title>Killer</title>", b"<title>Held</title>", b"<title>Which process?</title>"
UNDER_WAY, LET_GO = Semaphore(0), Event()


def page(number: int, body: bytes | None = None) -> Page:
    markup = f"<!doctype html><html lang=de><title>Meldung {number}</title><article><h1>Meldung {number}</h1>{TEXT}"
    url = f"https://a.example/{number}"
    return Page(
        url=url,
        final_url=url,
        body=markup.encode() if body is None else body,
        fetched_at=NOW,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )


def in_which_process(task: Task) -> FirstPage | ItemError:
    """The number of the process, as an error's message: what a reader can give back without a page to read."""
    if task.page.body == HELD and parent_process() is None:
        UNDER_WAY.release()
        LET_GO.wait()
    return PermanentError(Reason.INTERNAL, str(os.getpid()), url=task.page.url)


def dies_of_some(task: Task) -> FirstPage | ItemError:
    if task.page.body in (HELD, WHICH):
        return in_which_process(task)
    if task.page.body == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_task(task)


def process_of(pool: ExtractionPool, number: int, body: bytes | None = None) -> int:
    with pytest.raises(PermanentError) as caught:
        pool.read(page(number, body))
    return int(str(caught.value))


def process_of_the_third(pool: ExtractionPool) -> int:
    """Which process reads a page that comes while two others are under way; after it the pool has its processes."""
    process_of(pool, 9, WHICH)  # the first page of a run is read alone
    LET_GO.clear()
    with ThreadPoolExecutor(2) as threads:
        for number in range(2):
            threads.submit(process_of, pool, number, HELD)
            UNDER_WAY.acquire()
        try:
            return process_of(pool, 2, WHICH)
        finally:
            LET_GO.set()


def test_pages_that_pile_up_are_read_beside_this_process() -> None:
    with ExtractionPool((), 1, starts_after=0, read=in_which_process) as pool:
        third = process_of_the_third(pool)

        assert third != os.getpid()
        assert [process_of(pool, number) for number in range(4)] == [third] * 4


def test_a_few_pages_start_no_process() -> None:
    with ExtractionPool((), 1, read=in_which_process) as pool:
        assert process_of_the_third(pool) == os.getpid()


def test_pages_that_do_not_wait_for_each_other_start_none() -> None:
    with ExtractionPool((), 1, starts_after=0, read=in_which_process) as pool:
        assert {process_of(pool, number) for number in range(8)} == {os.getpid()}


def test_none_are_started_where_there_are_to_be_none() -> None:
    with ExtractionPool((), 0, starts_after=0, read=in_which_process) as pool:
        assert process_of_the_third(pool) == os.getpid()


def test_an_article_is_the_same_wherever_it_is_read() -> None:
    with ExtractionPool((), 1, starts_after=0, read=dies_of_some) as pool:
        process_of_the_third(pool)
        found = [pool.read(page(number)).article for number in range(4)]

    assert found == [article_of(page(number), ()) for number in range(4)]


def test_a_page_that_ends_its_process_is_told_and_the_others_are_read() -> None:
    def read(number: int) -> str:
        try:
            return str(pool.read(page(number, KILLER if number == 3 else None)).article.title)
        except ItemError as error:
            return f"{error.reason}: {error}"

    with ExtractionPool((), 1, starts_after=0, read=dies_of_some) as pool, ThreadPoolExecutor(3) as threads:
        process_of_the_third(pool)
        found = list(threads.map(read, range(8)))

    assert found.pop(3) == "internal: the page ended the process that read it"
    assert found == [f"Meldung {number}" for number in (0, 1, 2, 4, 5, 6, 7)]


def test_processes_end_with_the_one_that_started_them() -> None:
    """Killed, it can tell nobody: what its children hold open says when the last of them has gone."""
    code = """
from concurrent.futures import ThreadPoolExecutor
from scraper.pipeline.pages.extraction_pool import ExtractionPool
from tests.pipeline.pages.test_extraction_pool import in_which_process, process_of_the_third
if __name__ == "__main__":
    pool = ExtractionPool((), 1, starts_after=0, read=in_which_process)
    print(process_of_the_third(pool), flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) != parent.pid
        parent.kill()
        assert parent.stdout.read() == b""


@pytest.mark.parametrize(
    "error",
    [
        PermanentError(Reason.NOT_ARTICLE, "a list", url="https://a.example/1", status=200),
        TransientError(Reason.RATE_LIMITED, "slow", url="https://a.example/2", status=429, not_before=NOW),
    ],
)
def test_an_error_from_another_process_has_all_its_fields(error: ItemError) -> None:
    again = pickle.loads(pickle.dumps(error))

    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_the_settings_have_the_last_word_on_how_many_there_are() -> None:
    assert processes_for(CrawlSettings(extraction_processes=3)) == 3
    assert 0 <= processes_for(CrawlSettings()) <= 4


def test_where_no_process_can_be_had_pages_are_read_here() -> None:
    """In a container without shared memory there can be no pool, and the first to ask for one learns it."""

    def none(_processes: int) -> MakeExecutor:
        raise FileNotFoundError("/dev/shm")

    with ExtractionPool((), 1, starts_after=0, read=in_which_process, make_pool=none) as pool:
        assert process_of_the_third(pool) == os.getpid()
