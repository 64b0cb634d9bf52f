"""A run of the program noted in the archive: when it began, and in one word how it ended, whatever ended it."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import datetime

from scraper.archiver.archive import Archive
from scraper.version import VERSION


@contextmanager
def recorded_run(
    archive: Archive,
    command: str,
    *,
    clock: Callable[[], datetime],
    counts: Callable[[], Mapping[str, int]],
    ending: Callable[[], str] = lambda: "finished",
    version: str = VERSION,
) -> Generator[int]:
    """The id of a new run, which is noted as finished, as stopped by the user, or as failed when the block is left.

    `counts` are asked for then: what it did, by name; and where nothing was raised, `ending`: how it ended.
    """
    run_id = archive.start_run(clock(), version, command)
    outcome = "failed"
    try:
        yield run_id
        outcome = ending()
    except (KeyboardInterrupt, GeneratorExit):  # nobody wants the rest of what a generator gives
        outcome = "stopped"
        raise
    finally:
        archive.finish_run(run_id, clock(), outcome, counts())
