"""Files of pages extracted in bulk: in order, in bounded memory, in this process or on any executor.

Reads files and makes lines of JSON. Opens no network and no archive, prints nothing. What goes wrong with one file,
even the death of the process that read it, becomes a record; the run goes on. An executor that does no work at all
is no file's fault: its own error is raised.
"""

import json
import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from scraper.extractor.extract import extract
from scraper.extractor.page.document import MAX_BYTES
from scraper.pipeline.bulk import Bulk, Workers
from scraper.pipeline.pages.signatures import why_no_page
from scraper.pipeline.time_limit import TooSlowError, within
from scraper.plain import article_data
from scraper.rules.site_rules import SiteRule

Unit = tuple[str, ...]
"""One unit of work: names of files, never pages."""

UNIT_FILES = 8
"""Files in one unit. Measured: to ship a page costs half as much as to extract it, to ship a name nothing: the parent
spends 0.1 ms a page whether units have two files or sixteen. At the end processes wait for each other's last unit."""

_PAGE_ENDINGS = (".html", ".htm", ".xhtml")


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
    files: Iterable[Path], rules: Sequence[SiteRule] = (), *, workers: Workers | None = None, seconds: float = 60.0
) -> Generator[FileRecord]:
    """A record for each file, in the order given, read as it is asked for. Never raises for what is in a file.

    One that takes longer than so many `seconds` is given up.

    Without `workers` the work is done here; the error of their executor is raised where no file of a unit comes
    through. It is shut down when the generator ends or is closed.
    """
    if workers is None:
        yield from (extract_file(str(file), rules, seconds=seconds) for file in files)
        return
    folder = Path.cwd() if workers.elsewhere else Path()
    work = partial(extract_unit, rules=tuple(rules), seconds=seconds, folder=folder)
    with closing(Bulk(workers, work, _killer).do(_units(files))) as done:
        for records in done:
            yield from records


def extract_unit(
    unit: Sequence[str], rules: Sequence[SiteRule], *, seconds: float, folder: Path = Path()
) -> list[FileRecord]:
    """One unit of work, wherever it runs. Done twice it gives the same."""
    return [extract_file(file, rules, seconds=seconds, folder=folder) for file in unit]


def extract_file(file: str, rules: Sequence[SiteRule], *, seconds: float, folder: Path = Path()) -> FileRecord:
    """The record of one file, named from `folder`. Of one larger than any page may be only the beginning is read."""
    try:
        with Path(folder, file).open("rb") as stream:
            page = stream.read(MAX_BYTES)
        if why := why_no_page(page):
            return FileRecord(file=file, error=why)
        article = within(seconds, partial(extract, page, rules=rules))
    except OSError as error:
        return FileRecord(file=file, error=f"cannot be read: {error.strerror}")
    except TooSlowError:
        return FileRecord(file=file, error=f"cannot be extracted: not done after {seconds:g} seconds")
    except Exception as fault:  # noqa: BLE001 - one hostile page must not end the run; it is reported with its words
        return FileRecord(file=file, error=f"cannot be extracted: {type(fault).__name__}: {fault}")
    return FileRecord(file=file, json=json.dumps({"file": file} | article_data(article), ensure_ascii=False))


def _units(files: Iterable[Path]) -> Iterator[Unit]:
    names = map(str, files)
    while unit := tuple(islice(names, UNIT_FILES)):
        yield unit


def _killer(file: str) -> FileRecord:
    return FileRecord(file=file, error="cannot be extracted: it ended the process that read it")
