"""delete, as people type it: a look first, a question, and no way back but by hand."""

import json

import pytest

from fixtures.serve import Site
from scraper.archiver.archive import Archive
from tests.archiver.builders import make_article, store
from tests.conftest import Workplace

STORY = "/hafenrat-vertagt-abstimmung/"


@pytest.fixture
def stocked(workplace: Workplace) -> Workplace:
    workplace.configure("https://news.example/feed")
    with Archive(workplace.archive) as archive:
        for number, language in enumerate(("en", "en", "de")):
            store(archive, make_article(f"https://news.example/{number}", language=language))
    return workplace


@pytest.fixture
def crawled(site: Site, workplace: Workplace) -> Workplace:
    workplace.configure(site.feeds[0])
    assert workplace.run("crawl").returncode == 0
    return workplace


def _count(place: Workplace) -> int:
    with Archive(place.archive, read_only=True) as archive:
        return len(list(archive))


def test_a_dry_run_shows_what_would_go_and_does_nothing(stocked: Workplace) -> None:
    done = stocked.run("delete", "https://news.example/1?utm_source=x", "--dry-run")
    assert done.returncode == 0
    assert b"https://news.example/1" in done.stdout
    assert b"1 article in 1 version would be deleted" in done.stderr
    assert _count(stocked) == 3


def test_nobody_is_asked_where_nobody_can_answer(stocked: Workplace) -> None:
    done = stocked.run("delete", "https://news.example/1")
    assert done.returncode == 2
    assert b"Say --yes" in done.stderr
    assert _count(stocked) == 3


def test_what_is_deleted_stays_out_of_every_crawl_until_it_is_fetched_by_hand(site: Site, crawled: Workplace) -> None:
    done = crawled.run("delete", site.url + STORY, "--yes", "--reason", "asked for by letter")
    assert done.returncode == 0
    assert b"Deleted 1 article in 1 version" in done.stderr

    site.state = "later"
    assert crawled.run("crawl", "--now").returncode == 0
    assert crawled.run("show", site.url + STORY).returncode == 2
    why = crawled.run("why", site.url + STORY)
    assert b"deleted" in why.stdout
    assert b"asked for by letter" in why.stdout

    back = crawled.run("fetch", "--save", site.url + STORY)
    assert (back.returncode, b"Traceback" in back.stderr) == (0, False), back.stderr
    assert b"was deleted from this archive" in back.stderr
    assert crawled.run("show", site.url + STORY).returncode == 0
    assert crawled.run("db", "check", "--all").returncode == 0


def test_a_selection_is_deleted_and_told_as_json(stocked: Workplace) -> None:
    plan = json.loads(stocked.run("delete", "--language", "en", "--dry-run", "--json").stdout)
    done = json.loads(stocked.run("delete", "--language", "en", "--yes", "--json").stdout)
    assert (plan["dry_run"], plan["articles"]) == (True, 2)
    assert done["articles"] == len(done["doomed"]) == 2
    assert _count(stocked) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--limit", "3"),
        ("https://a.example/", "--site", "a.example"),
        ("--until", "soon"),
        ("javascript:x", "--yes"),
    ],
)
def test_what_is_unclear_is_no_deletion(stocked: Workplace, arguments: tuple[str, ...]) -> None:
    done = stocked.run("delete", *arguments)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert _count(stocked) == 3
