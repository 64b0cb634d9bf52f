"""Import of a list of addresses: into the queue, to be fetched by the next crawl with all its manners."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from scraper.archiver.archive import Archive
from scraper.archiver.lock import run_lock
from scraper.errors import Reason
from scraper.pipeline.imports.running import SourceReport
from scraper.pipeline.recorded_runs import recorded_run
from scraper.urls import InvalidUrlError, canonicalize

_BATCH = 1_000


def import_addresses(lines: Iterable[str], archive_path: Path, *, name: str) -> SourceReport:
    """Put the addresses in `lines`, one a line, into the queue; empty lines and those that begin with # are none."""
    report = SourceReport(name=name, finished=True)
    now, addresses = _now(), _addresses(lines)
    with (
        run_lock(archive_path),
        Archive(archive_path) as archive,
        recorded_run(archive, "import urls", clock=_now, counts=lambda: dict(report.counts)),
    ):
        while batch := list(islice(addresses, _BATCH)):
            with archive.transaction():
                counted = Counter(_offered(archive, address, now) for address in batch)
            report.counts += counted + Counter(seen=len(batch))
    report.total = report.counts
    return report


def _now() -> datetime:
    return datetime.now(UTC)


def _addresses(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        address = line.strip().lstrip("\ufeff")
        if address and not address.startswith("#"):
            yield address


def _offered(archive: Archive, address: str, now: datetime) -> str:
    try:
        canonicalize(address)
    except InvalidUrlError:
        return Reason.BAD_URL
    return archive.offer(address, now)
