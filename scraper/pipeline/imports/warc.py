"""Import of WARC and ARC files: opens what it needs, and takes the articles of each file into the archive."""

import tempfile
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from scraper.archiver.archive import Archive
from scraper.archiver.imports.progress import ImportSource
from scraper.archiver.lock import run_lock
from scraper.archiver.reader import ArchiveReader
from scraper.errors import UsageError
from scraper.pipeline.bulk import Workers
from scraper.pipeline.imports.captures import Capture, Wanted, capture_steps
from scraper.pipeline.imports.running import Import, Item, PageImporter, PageWatch, SourceReport
from scraper.pipeline.imports.sights import Reading, read_captures
from scraper.pipeline.recorded_runs import recorded_run
from scraper.settings import Config
from scraper.warc import require_warcio


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of a file is imported: captures of these hosts and what is below them, articles in this language, published
    at `since` or later and before `until`, at most `limit` of them. With `dry_run` nothing is written."""

    hosts: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    language: str | None = None
    limit: int | None = None
    workers: Workers | None = None
    dry_run: bool = False

    def options(self) -> dict[str, object]:
        """The filters, as they tell one import of a file from another."""
        given = {
            "hosts": sorted(self.hosts),
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "language": self.language,
        }
        return {name: value for name, value in given.items() if value}

    def reading(self, config: Config) -> Reading:
        return Reading(
            rules=tuple(config.sites),
            max_bytes=config.crawl.max_body_bytes,
            seconds=config.crawl.extraction_seconds,
            language=self.language,
            since=self.since,
            until=self.until,
        )


def import_warcs(
    files: Mapping[Path, str], config: Config, archive_path: Path, choice: Choice, watch: PageWatch
) -> Iterator[SourceReport]:
    """Take the articles in `files` into the archive, one file after the other; a report for each.

    Each is spoken of by the name given with it. Raises UsageError for a file that cannot be read, before any is, and
    MissingExtraError without warcio.
    """
    require_warcio()
    for file in files:
        _readable(file)
    tasks = (warc_task(file, name, config, choice) for file, name in files.items())
    yield from run_all(tasks, archive_path, choice, command="import warc", watch=watch)


def warc_task(file: Path, name: str, config: Config, choice: Choice) -> Import[Capture]:
    """The import of one file."""
    wanted = Wanted(hosts=tuple(host.lower().removeprefix("www.") for host in choice.hosts), since=choice.since)
    source = ImportSource(kind="warc", name=name, identity=_identity(file), options=choice.options())
    return Import(
        source=source,
        steps=lambda skip: capture_steps(file.absolute(), wanted, skip=skip),
        read=partial(read_captures, reading=choice.reading(config)),
    )


def run_all(
    tasks: Iterator[Import[Item]], archive_path: Path, choice: Choice, *, command: str, watch: PageWatch
) -> Iterator[SourceReport]:
    """Do `tasks` one after the other, as one run of the program; with `dry_run` only look what they would do."""
    if choice.dry_run:
        importer = PageImporter(None, None, clock=_now, workers=choice.workers, limit=choice.limit)
        with _existing(archive_path) as reader:
            for task in tasks:
                yield importer.look(task, reader, watch)
        return
    total: Counter[str] = Counter()
    with (
        run_lock(archive_path),
        Archive(archive_path) as archive,
        recorded_run(archive, command, clock=_now, counts=lambda: dict(sorted(total.items()))) as run_id,
    ):
        importer = PageImporter(archive, run_id, clock=_now, workers=choice.workers, limit=choice.limit)
        for task in tasks:
            report = importer.run(task, watch)
            total.update(report.counts)
            yield report


@contextmanager
def spooled(stream: BinaryIO) -> Generator[Path]:
    """What a stream holds, as a file: it has to be gone through more than once, and from any place."""
    with tempfile.NamedTemporaryFile(prefix="scraper-import-", suffix=".warc") as file:
        copyfileobj(stream, file)
        file.flush()
        yield Path(file.name)


@contextmanager
def _existing(path: Path) -> Generator[ArchiveReader | None]:
    """The archive, if there is one, for looking only."""
    if not path.exists():
        yield None
        return
    with Archive(path, read_only=True) as archive:
        yield archive


def _readable(file: Path) -> None:
    try:
        with file.open("rb"):
            pass
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error


def _identity(file: Path) -> str:
    """BLAKE2b of all bytes: a file that grew is another, one that was renamed is not. A gigabyte takes two seconds."""
    digest = blake2b(digest_size=16)
    with file.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _now() -> datetime:
    return datetime.now(UTC)
