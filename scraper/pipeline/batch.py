"""Files of pages extracted in bulk: in order, in bounded memory, in this process or on any executor.

Reads files and makes lines of JSON. Opens no network and no archive, prints nothing. What goes wrong with one file,
even the death of the process that read it, becomes a record; the run goes on. An executor that does no work at all
is no file's fault: its own error is raised.
"""

import json
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scraper.extractor.extract import extract
from scraper.extractor.page.document import MAX_BYTES
from scraper.plain import article_data
from scraper.rules import SiteRule

MakeExecutor = Callable[[], Executor]
"""Makes an executor anew: one that lost a process (BrokenExecutor) takes no more work."""

Unit = tuple[str, ...]
"""One unit of work: names of files, never pages."""

UNIT_FILES = 8
"""Files in one unit. Measured: to ship a page costs half as much as to extract it, to ship a name nothing: the parent
spends 0.1 ms a page whether units have two files or sixteen. At the end processes wait for each other's last unit."""

_PAGE_ENDINGS = (".html", ".htm", ".xhtml")
# Units under way or waiting for their turn to be given out, for each worker: enough that no worker waits for work
# while the slowest unit holds the order up, few enough that memory stays flat.
_UNITS_PER_WORKER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """What one file gave: its article as one line of JSON, with the file's name in it, or why there is none."""

    file: str
    json: str | None = None
    error: str | None = None


def page_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and for a folder every page below it in alphabetical order. Follows no links to folders."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, subfolders, names in os.walk(path):
            subfolders.sort()
            yield from (Path(folder, name) for name in sorted(names) if name.lower().endswith(_PAGE_ENDINGS))


def extract_files(
    files: Iterable[Path],
    rules: Sequence[SiteRule] = (),
    *,
    make_executor: MakeExecutor | None = None,
    workers: int = 1,
) -> Generator[FileRecord, None, None]:
    """A record for each file, in the order given, read as it is asked for. Never raises for what is in a file.

    Without `make_executor` the work is done here; else on what it makes, for which `workers` says how much it does at
    once, and whose error is raised where no file of a unit comes through. The executor is shut down when the generator
    ends or is closed.
    """
    if make_executor is None:
        yield from (extract_file(str(file), rules) for file in files)
        return
    bulk = _Bulk(make_executor, tuple(rules))
    try:
        for unit in _units(files):
            bulk.submit(unit)
            if len(bulk.under_way) >= workers * _UNITS_PER_WORKER:
                yield from bulk.oldest()
        while bulk.under_way:
            yield from bulk.oldest()
    finally:
        bulk.close()


def process_pool(workers: int) -> MakeExecutor:
    """Makes pools of so many processes on this machine."""

    def make() -> Executor:
        # Forking copies the locks of threads that are not copied; only "spawn" is safe whatever the caller runs.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_the_parent)

    return make


def extract_unit(unit: Unit, rules: Sequence[SiteRule]) -> list[FileRecord]:
    """One unit of work, wherever it runs. Done twice it gives the same."""
    return [extract_file(file, rules) for file in unit]


def extract_file(file: str, rules: Sequence[SiteRule]) -> FileRecord:
    """The record of one file. Of a file larger than any page may be only the beginning is read."""
    try:
        with Path(file).open("rb") as stream:
            page = stream.read(MAX_BYTES)
        article = extract(page, rules=rules)
    except OSError as error:
        return FileRecord(file=file, error=f"cannot be read: {error.strerror}")
    except Exception as fault:  # noqa: BLE001 - one hostile page must not end the run; it is reported with its words
        return FileRecord(file=file, error=f"cannot be extracted: {type(fault).__name__}: {fault}")
    return FileRecord(file=file, json=json.dumps({"file": file} | article_data(article), ensure_ascii=False))


def _units(files: Iterable[Path]) -> Iterator[Unit]:
    names = map(str, files)
    while unit := tuple(islice(names, UNIT_FILES)):
        yield unit


class _Bulk:
    """Units under way on an executor, oldest first. An executor that broke is replaced, and what it lost done again."""

    def __init__(self, make_executor: MakeExecutor, rules: tuple[SiteRule, ...]) -> None:
        self._make_executor = make_executor
        self._rules = rules
        self._executor = make_executor()
        self.under_way: deque[tuple[Unit, Future[list[FileRecord]]]] = deque()

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)

    def submit(self, unit: Unit) -> None:
        self.under_way.append((unit, self._future(unit)))

    def oldest(self) -> Iterator[FileRecord]:
        """The records of the unit that was submitted first, waited for."""
        unit, future = self.under_way.popleft()
        try:
            records = future.result()
        except Exception:  # noqa: BLE001 - a unit raises nothing; each executor has its own words for a lost worker
            yield from self._again(unit)
        else:
            yield from records

    def _again(self, unit: Unit) -> Iterator[FileRecord]:
        """A lost unit file by file with nothing beside it, so that the file that kills its process is known.

        Then the units that were under way are begun again: what a unit gives does not depend on how often it is done.
        Where no file of a whole unit came through, the executor is at fault and its error flies on.
        """
        self._renew()
        killers = 0
        for file in unit:
            try:
                yield from self._future((file,)).result()
            except Exception:
                killers += 1
                if killers == UNIT_FILES:
                    raise
                yield FileRecord(file=file, error="cannot be extracted: it ended the process that read it")
                self._renew()
        self.under_way = deque((waiting, self._future(waiting)) for waiting, _ in self.under_way)

    def _renew(self) -> None:
        self.close()
        self._executor = self._make_executor()

    def _future(self, unit: Unit) -> Future[list[FileRecord]]:
        try:
            return self._executor.submit(extract_unit, unit, self._rules)
        except BrokenExecutor as error:  # broke while nobody waited: whoever asks for the result will learn it
            lost: Future[list[FileRecord]] = Future()
            lost.set_exception(error)
            return lost


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal; the parent alone decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
