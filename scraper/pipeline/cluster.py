"""Workers behind the address of a Dask scheduler, on any machines. The only door to Dask, which is an extra.

Dask's workers do units in threads, where no page can be ended that never comes to its end. So each hands what it is
given on to a process beside it, in whose main thread a limit of time holds, and which is replaced when it dies.
"""

import asyncio
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import cache, lru_cache, partial
from math import inf
from multiprocessing import current_process
from pathlib import Path
from socket import gethostname
from types import ModuleType, TracebackType
from typing import Any, Final, NamedTuple, ParamSpec, Self, TypeVar

from scraper.errors import MissingExtraError, ScraperError, UsageError
from scraper.extractor.extract import EXTRACTOR
from scraper.pipeline.bulk import Workers
from scraper.pipeline.pages.processes import Processes
from scraper.version import VERSION

Given = ParamSpec("Given")
Result = TypeVar("Result")

_CONNECT_SECONDS: Final = 5.0
_MOST_FILES: Final = 100
_LOGGERS: Final = ("distributed", "distributed.client", "tornado", "tornado.application", "bokeh")
_PROGRAM: Final = f"scraper {VERSION} with {EXTRACTOR}"


class NeededFile(NamedTuple):
    """A file or folder (`size_bytes` None) that units are about, as this machine knows it."""

    path: str
    size_bytes: int | None


class Cluster:
    """The workers of one scheduler, for the length of a with.

    Entering it raises MissingExtraError, and UsageError where no scheduler of the same Dask answers within `seconds`.
    Units raise UsageError where a worker has another scraper, or does not see `files`: those, or the first hundred of
    them, that units open by name. `tell` is told when there are no workers to wait for.
    """

    def __init__(
        self,
        address: str,
        *,
        files: Iterable[Path] = (),
        tell: Callable[[str], None] = lambda _: None,
        seconds: float = _CONNECT_SECONDS,
    ) -> None:
        self._address = address
        self._files = tuple(needed(files))
        self._tell = tell
        self._seconds = seconds
        self._client: Any = None
        self._count = 1

    def __enter__(self) -> Self:
        self._client = _connected(self._address, self._seconds)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            if self._client.status == "running":
                with suppress(OSError):
                    self._client.run(_rest, on_error="ignore")
            self._client.close()

    @property
    def workers(self) -> Workers:
        return Workers(make_executor=self._executor, count=self._counted, elsewhere=True)

    def _executor(self) -> Executor:
        """On the connection there is; on a new one where that was lost."""
        if self._client is None or self._client.status != "running":
            if self._client is not None:
                self._client.close()
            self._client = _connected(self._address, self._seconds)
        return _UnitExecutor(self._client, self._files)

    def _counted(self) -> int:
        """The threads of all workers, as it was last known where the scheduler does not say."""
        known = self._count
        if self._client.status == "running":
            with suppress(OSError):  # it went away this moment: those who wait for a unit are told by Dask
                self._count = sum(self._client.nthreads().values())
        if known and not self._count:
            self._tell(f"{self._address} has no workers: waiting for one. Start some with: dask worker {self._address}")
        return self._count


class _UnitExecutor(Executor):
    def __init__(self, client: Any, files: tuple[NeededFile, ...]) -> None:
        self._client = client
        self._pool = client.get_executor(pure=False)
        self._files = files

    def submit(self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Result]:
        future: Future[Result] = self._pool.submit(do_beside, partial(fn, *args, **kwargs), _PROGRAM, self._files)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nobody waits for what is under way: it is given up, and what a worker has begun comes to nothing."""
        if self._client.status == "running":
            self._pool.shutdown(wait=False)


def needed(files: Iterable[Path]) -> Iterable[NeededFile]:
    """What workers have to see; what is not there here either is told of by whoever reads it."""
    for path in list(files)[:_MOST_FILES]:
        with suppress(OSError):
            facts = path.stat()
            yield NeededFile(str(path.absolute()), None if path.is_dir() else facts.st_size)


def do_beside(work: Callable[[], Result], program: str, files: tuple[NeededFile, ...]) -> Result:
    """What `work` gives, done for a worker of Dask in a process of its own.

    Raises UsageError where this worker cannot be what was thought of.
    """
    _check(program, files)
    result = _processes().run(partial(_caught, work))
    if isinstance(result, _Raised):
        raise result.error
    return result


@lru_cache(maxsize=8)
def _check(program: str, files: tuple[NeededFile, ...]) -> None:
    """Once for each run in each process."""
    if program != _PROGRAM:
        raise UsageError(f"The worker on {gethostname()} has {_PROGRAM}, and {program} is asked for.")
    for file in files:
        if next(iter(needed([Path(file.path)])), None) != file:
            message = "share its folder, so that it is found in the same place on all machines."
            raise UsageError(f"The worker on {gethostname()} does not see {file.path} as it is here: {message}")


@cache
def _processes() -> Processes:
    """As many as units are done at once. They stay until nobody wants them."""
    # Dask's nanny makes its workers daemons, which may start no processes. Ours end with the one that started them.
    current_process().daemon = False
    return Processes(most=1_000, seconds=inf, begin=_nothing, backlog=0)


def _rest() -> None:
    """End the processes that have nothing to do; whoever comes next has new ones."""
    if _processes.cache_info().currsize:
        processes = _processes()
        _processes.cache_clear()
        processes.close()


def _nothing() -> None:
    """All is loaded by the first unit."""


class _Raised(NamedTuple):
    error: ScraperError


def _caught(work: Callable[[], Result]) -> Result | _Raised:
    try:
        return work()
    except ScraperError as error:
        return _Raised(error)


def _connected(address: str, seconds: float) -> Any:
    """A connection to a scheduler of the same Dask, where it and all workers there are have this very program."""
    distributed = _dask()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of packages that no page is read with
        # A client that meets another version, or nobody, does not end without a noise.
        theirs = _version_at(address, seconds)
        if theirs != distributed.__version__:
            here = f"here is {distributed.__version__}"
            raise UsageError(f"The scheduler at {address} is of Dask's version {theirs}, and {here}: install the same.")
        client = distributed.Client(address, timeout=seconds, set_as_default=False)
    try:
        _check_program(client, address)
    except BaseException:
        client.close()
        raise
    return client


def _dask() -> ModuleType:
    try:
        import dask  # noqa: PLC0415 - takes a second, and is an extra

        # It would tell of each connection that is lost, with a traceback; what that means is told here.
        dask.config.set({"logging": dict.fromkeys(_LOGGERS, "critical")})
        import dask.distributed  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("--executor needs Dask: pip install 'scraper[scale]'") from error
    return dask.distributed


def _version_at(address: str, seconds: float) -> object:
    """Which version of Dask answers there."""
    distributed = _dask()

    async def asked() -> object:
        security = distributed.Security().get_connection_args("client")
        async with distributed.rpc(address, timeout=seconds, connection_args=security) as scheduler:
            return (await asyncio.wait_for(scheduler.versions(), 2 * seconds))["packages"]["distributed"]

    try:
        return asyncio.run(asked())
    except Exception as error:  # whatever the protocol of the other side leads to
        raise UsageError(f"No scheduler of Dask answers at {address}: {str(error) or 'it says nothing'}.") from error


def _check_program(client: Any, address: str) -> None:
    """Raise UsageError where somebody has another scraper, or none. Who comes later is asked with each unit."""
    try:
        found = {f"scheduler at {address}": client.run_on_scheduler(_program)}
    except ImportError as error:
        found = {f"scheduler at {address}": error}
    found |= {f"worker at {name}": one for name, one in client.run(_program, on_error="return").items()}
    for who, theirs in found.items():
        if theirs != _PROGRAM:
            has = theirs if isinstance(theirs, str) else f"none of ours ({theirs})"
            raise UsageError(f"The {who} has {has}, and here is {_PROGRAM}: install the same everywhere.")


def _program() -> str:
    return _PROGRAM
