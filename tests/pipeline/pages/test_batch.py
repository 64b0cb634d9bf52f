"""Files extracted in bulk: order, bounded memory, and files that fail or kill whoever reads them."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from scraper.pipeline.bulk import MakeExecutor, Workers, process_pool
from scraper.pipeline.pages.batch import UNIT_FILES, FileRecord, extract_files, page_files
from scraper.rules.site_rules import read_rules

P = ParamSpec("P")
T = TypeVar("T")

PAGE = """<!doctype html><html lang="en"><title>Story {number}</title><body class="daily"><article>
<h1>Story {number}</h1>
<p class="kicker">Kicker {number}</p>
<p>The harbour master counted {number} boats on Tuesday morning, more than in any week since the bridge was closed.</p>
<p>Nobody could say where they had come from, and by the evening all of them had sailed again without a word.</p>
</article></body></html>"""


class FragileExecutor(Executor):
    """Does the work at once, and breaks for good, as a process pool does, when a unit holds a deadly file."""

    def __init__(self) -> None:
        self.broken = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self.broken:
            raise BrokenExecutor
        future: Future[T] = Future()
        if any("deadly" in str(argument) for argument in args):
            self.broken = True
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def workers(make_executor: MakeExecutor, count: int = 1) -> Workers:
    return Workers(make_executor=make_executor, count=lambda: count)


def write_pages(folder: Path, count: int) -> list[Path]:
    files = [folder / f"{number:03}.html" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(PAGE.format(number=number), encoding="utf-8")
    return files


def titles(records: list[FileRecord]) -> list[str]:
    return [json.loads(record.json)["title"] if record.json else "" for record in records]


@pytest.mark.parametrize(
    "make_executor",
    [None, lambda: ThreadPoolExecutor(3), process_pool(2), FragileExecutor],
    ids=["here", "threads", "processes", "at once"],
)
def test_every_executor_gives_the_same_records_in_the_order_of_the_files(
    tmp_path: Path, make_executor: MakeExecutor | None
) -> None:
    files = write_pages(tmp_path, 3 * UNIT_FILES + 1)

    records = list(extract_files(reversed(files), workers=make_executor and workers(make_executor, 2)))

    assert [record.file for record in records] == [str(file) for file in reversed(files)]
    assert titles(records) == [f"Story {number}" for number in reversed(range(len(files)))]


def test_a_line_is_one_record_with_the_name_of_its_file(tmp_path: Path) -> None:
    (file,) = write_pages(tmp_path, 1)
    (record,) = extract_files([file])
    assert record.json is not None
    assert "\n" not in record.json
    article: dict[str, Any] = json.loads(record.json)
    assert article["file"] == str(file)
    assert "The harbour master counted 0 boats" in article["body"]


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    first, last = write_pages(tmp_path, 2)
    records = list(extract_files([first, tmp_path / "absent.html", last]))
    assert titles(records) == ["Story 0", "", "Story 1"]
    assert records[1].error == "cannot be read: No such file or directory"


def test_rules_reach_other_processes(tmp_path: Path) -> None:
    rules, problems = read_rules(
        [{"name": "daily", "body_classes": ["daily"], "fields": {"title": ".kicker"}}], "sites"
    )
    assert not problems
    records = list(extract_files(write_pages(tmp_path, 2), rules, workers=workers(process_pool(1))))
    assert titles(records) == ["Kicker 0", "Kicker 1"]


def test_a_file_that_kills_its_process_is_named_and_costs_no_other(tmp_path: Path) -> None:
    files = write_pages(tmp_path, 5 * UNIT_FILES)
    places = (3, 4, 2 * UNIT_FILES)
    for place in places:
        files[place] = files[place].rename(tmp_path / f"deadly{place}.html")

    records = list(extract_files(files, workers=workers(FragileExecutor)))

    assert [record.file for record in records] == [str(file) for file in files]
    assert [Path(record.file).stem for record in records if record.error] == [f"deadly{at}" for at in places]


def test_an_executor_that_does_nothing_is_not_the_files_fault(tmp_path: Path) -> None:
    files = [tmp_path / f"deadly{number}.html" for number in range(UNIT_FILES)]
    with pytest.raises(BrokenExecutor):
        list(extract_files(files, workers=workers(FragileExecutor)))


def test_files_are_asked_for_only_as_records_are_taken(tmp_path: Path) -> None:
    """A folder of a million files must not become a list of a million futures."""
    asked = 0

    def endless() -> Iterator[Path]:
        nonlocal asked
        (file,) = write_pages(tmp_path, 1)
        while True:
            asked += 1
            yield file

    records = extract_files(endless(), workers=workers(FragileExecutor))
    for _ in range(10 * UNIT_FILES):
        next(records)
    assert asked <= 15 * UNIT_FILES


def test_the_executor_is_shut_down_when_nobody_wants_more(tmp_path: Path) -> None:
    made: list[ThreadPoolExecutor] = []

    def make() -> Executor:
        made.append(ThreadPoolExecutor(1))
        return made[-1]

    records = extract_files(write_pages(tmp_path, 2), workers=workers(make))
    next(records)
    records.close()
    with pytest.raises(RuntimeError, match="after shutdown"):
        made[0].submit(print)


def test_folders_are_searched_for_pages_in_alphabetical_order(tmp_path: Path) -> None:
    for name in ("b/two.html", "b/a/one.HTM", "b/notes.txt", "a.xhtml", "z.html"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    found = page_files([tmp_path / "z.html", tmp_path])
    assert [file.relative_to(tmp_path).as_posix() for file in found] == [
        "z.html",
        "a.xhtml",
        "z.html",
        "b/two.html",
        "b/a/one.HTM",
    ]


def test_a_file_given_by_name_needs_no_ending(tmp_path: Path) -> None:
    assert list(page_files([tmp_path / "page"])) == [tmp_path / "page"]


def test_files_that_are_not_read_in_time_are_named(tmp_path: Path) -> None:
    found = list(extract_files(write_pages(tmp_path, 2), seconds=0.0005))

    assert [record.error for record in found] == ["cannot be extracted: not done after 0.0005 seconds"] * 2
