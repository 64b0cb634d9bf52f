"""Pages extracted in processes of their own: with what result, and what becomes of a page that cannot be."""

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import partial

import pytest

from scraper.errors import ItemError, PermanentError, Reason, TransientError
from scraper.pipeline.pages.extraction import article_of
from scraper.pipeline.pages.extraction_pool import ExtractionPool, processes_for
from scraper.records import Page
from scraper.settings import CrawlSettings
from tests.pipeline.pages.test_processes import dies, of_no_end

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "<p>Der Rat hat am Abend lange beraten, und die Mehrheit war am Ende doch dafür, das Wehr zu bauen.</p>" * 6


def page(number: int) -> Page:
    markup = f"<!doctype html><html lang=de><title>Meldung {number}</title><article><h1>Meldung {number}</h1>{TEXT}"
    url = f"https://a.example/{number}"
    return Page(
        url=url,
        final_url=url,
        body=markup.encode(),
        fetched_at=NOW,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )


def fails() -> None:
    raise ValueError("nobody foresaw it")


@pytest.mark.parametrize("processes", [0, 1])
def test_an_article_is_the_same_wherever_it_is_read(processes: int) -> None:
    with closing(ExtractionPool((), processes, seconds=60)) as pool:
        assert (pool.run(page(0), os.getpid) == os.getpid()) is not bool(processes)
        found = [pool.read(page(number)).article for number in range(4)]

    assert found == [article_of(page(number), ()) for number in range(4)]


@pytest.mark.parametrize("processes", [0, 1])
def test_what_nobody_foresaw_is_told_with_its_words(processes: int) -> None:
    with closing(ExtractionPool((), processes, seconds=60)) as pool, pytest.raises(PermanentError) as caught:
        pool.run(page(1), fails)

    assert (caught.value.reason, str(caught.value)) == (Reason.INTERNAL, "ValueError: nobody foresaw it")


def test_a_page_that_ends_its_process_is_told_and_the_others_are_read() -> None:
    def read(number: int) -> str:
        try:
            return str(pool.run(page(3), dies) if number == 3 else pool.read(page(number)).article.title)
        except ItemError as error:
            return f"{error.reason}: {error}"

    with closing(ExtractionPool((), 1, seconds=60)) as pool, ThreadPoolExecutor(3) as threads:
        found = list(threads.map(read, range(8)))

    assert found.pop(3) == "internal: the page ended the process that read it"
    assert found == [f"Meldung {number}" for number in (0, 1, 2, 4, 5, 6, 7)]


def test_a_page_that_comes_to_no_end_is_given_up_and_the_others_are_read() -> None:
    with closing(ExtractionPool((), 1, seconds=0.1)) as pool:
        with pytest.raises(PermanentError) as caught:
            pool.run(page(1), of_no_end)
        found = pool.run(page(2), partial(str, "read"))

    assert (caught.value.reason, caught.value.url) == (Reason.TOO_SLOW, "https://a.example/1")
    assert "0.1 seconds" in str(caught.value)
    assert found == "read"


def test_a_page_that_is_read_when_the_run_is_to_end_did_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.pipeline.pages.extraction_pool._GRACE_SECONDS", 0.0)
    with closing(ExtractionPool((), 1, seconds=60)) as pool:
        pool.abort()
        with pytest.raises(TransientError) as caught:
            pool.run(page(1), of_no_end)

    assert caught.value.reason is Reason.INTERRUPTED


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
    assert 1 <= processes_for(CrawlSettings()) <= 4
