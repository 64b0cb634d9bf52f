"""Who reads many pages: this process, others beside it (--jobs), or the workers of a cluster (--executor)."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from scraper.cli.terminal.output import note
from scraper.errors import UsageError
from scraper.pipeline.bulk import Workers, local_workers

Command = TypeVar("Command", bound=Callable[..., Any])


def workers_options(command: Command) -> Command:
    """Add --jobs and --executor."""
    executor = click.option(
        "--executor",
        metavar="ADDRESS",
        help="Let the workers of a Dask scheduler read the pages, such as tcp://host:8786.",
    )
    return click.option(
        "--jobs", type=click.IntRange(min=1), help="Processes that read pages. Else one for each core."
    )(executor(command))


@contextmanager
def chosen_workers(
    jobs: int | None, executor: str | None, *, usual: Callable[[], int], files: Iterable[Path] = ()
) -> Generator[Workers | None]:
    """Who was asked for, `usual` processes where nobody was; None: this process. Workers elsewhere have to see `files`.

    Raises UsageError where both were asked for, and as :class:`~scraper.pipeline.cluster.Cluster` does.
    """
    if executor is None:
        yield local_workers(jobs or usual())
        return
    if jobs is not None:
        raise UsageError("--jobs are processes on this machine, --executor names workers on others: choose one.")
    from scraper.pipeline.cluster import Cluster  # noqa: PLC0415 - hardly anybody has one

    with Cluster(executor, files=files, tell=note) as cluster:
        yield cluster.workers
