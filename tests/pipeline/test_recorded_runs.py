"""How runs end, as the archive remembers it."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from scraper.archiver.archive import Archive
from scraper.config import loads
from scraper.errors import ArchiveError, PermanentError
from scraper.pipeline.fetch import fetch_and_save
from scraper.pipeline.imports.addresses import import_addresses
from scraper.pipeline.imports.stories import StoryImporter, StoryWatch
from scraper.pipeline.recorded_runs import recorded_run
from tests.archiver.builders import NOW, later
from tests.loopback import Loopback, reply

ADDRESS = "https://a.example/1"


def ended(path: Path) -> list[tuple[str, str | None]]:
    with Archive(path) as archive:
        return [(run.command, run.outcome) for run in archive.latest_runs()]


def lines(fault: BaseException | None) -> Iterator[str]:
    yield ADDRESS
    if fault is not None:
        raise fault


@pytest.mark.parametrize(
    ("fault", "outcome"), [(None, "finished"), (KeyboardInterrupt(), "stopped"), (OSError("disk"), "failed")]
)
def test_a_list_of_addresses_ends_in_the_words_of_a_crawl(
    tmp_path: Path, fault: BaseException | None, outcome: str
) -> None:
    path = tmp_path / "archive.db"
    if fault is None:
        import_addresses(lines(fault), path, name="list")
    else:
        with pytest.raises(type(fault)):
            import_addresses(lines(fault), path, name="list")

    assert ended(path) == [("import urls", outcome)]


def test_an_import_that_fails_has_an_end(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    watch = StoryWatch(refused=lambda _place, _why: None, reached=lambda _end, _intake: None)
    with Archive(path) as archive, (tmp_path / "closed").open("wb+") as file:
        file.close()
        with pytest.raises(ValueError, match="closed file"):
            StoryImporter(archive, watch, lambda: NOW).import_lines(file)

    assert ended(path) == [("import jsonl", "failed")]


def test_the_times_and_counts_of_a_run_are_kept(tmp_path: Path) -> None:
    moments = iter((NOW, later(hours=1)))
    with (
        Archive(tmp_path / "archive.db") as archive,
        pytest.raises(ArchiveError),
        recorded_run(archive, "import", clock=lambda: next(moments), counts=lambda: {"new": 3}),
    ):
        raise ArchiveError("full")
    with Archive(tmp_path / "archive.db") as archive:
        (run,) = archive.latest_runs()

    assert (run.started_at, run.finished_at, run.outcome, run.counts) == (NOW, later(hours=1), "failed", {"new": 3})


def test_a_run_that_came_to_its_end_may_say_how(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with (
        Archive(path) as archive,
        recorded_run(archive, "crawl", clock=lambda: NOW, counts=dict, ending=lambda: "stopped"),
    ):
        pass

    assert ended(path) == [("crawl", "stopped")]


@pytest.mark.parametrize(("status", "outcome"), [("200 OK", "finished"), ("404 Not Found", "failed")])
def test_a_fetch_ends_as_its_page_did(server: Loopback, tmp_path: Path, status: str, outcome: str) -> None:
    path = tmp_path / "archive.db"
    config = loads('[crawl]\npause_seconds = 0\nallow_private_hosts = ["127.0.0.1"]')
    text = "<p>The tide comes twice a day, and twice a day the ships leave the harbour with it.</p>" * 9
    server.routes["/a"] = reply(
        f"<!doctype html><title>Tide</title><h1>Tide</h1><article>{text}".encode(),
        status=status,
        Content_Type="text/html",
    )
    with nullcontext() if outcome == "finished" else pytest.raises(PermanentError):
        fetch_and_save(server.url("/a"), config, path)

    assert ended(path) == [("fetch", outcome)]
