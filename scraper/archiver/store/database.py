"""The door to SQLite (sqlite3 and sqlite-utils): connections, transactions, and errors a user can cure made plain.

Knows nothing of articles. An error that is our own fault (bad SQL, a broken constraint) flies on as it is.
"""

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Self

from scraper.archiver.store.cures import cure_of, explain, translated
from scraper.archiver.store.deadline import no_longer_than
from scraper.archiver.store.files import connect, copy_to
from scraper.whole_files import sync

Row = sqlite3.Row
Value = str | int | float | bytes | None
Parameters = Sequence[Value] | Mapping[str, Value]

_CACHE_KIBIBYTES = 65_536
_CHECKPOINT_PAGES = 16_000
_WAL_LIMIT_BYTES = 67_108_864


class Table(NamedTuple):
    """Named columns and their rows, which can be read once."""

    columns: tuple[str, ...]
    rows: Iterator[Sequence[Value]]


class Database:
    """One connection to one file. Not for sharing between threads.

    Everything that writes stands in :meth:`transaction`. Each method raises ArchiveError where a user can help.
    """

    def __init__(self, path: Path, *, read_only: bool = False, timeout_seconds: float = 30.0) -> None:
        self.path = path
        self.read_only = read_only
        self._failed_inside = False
        self._before_commit: dict[Callable[[Database], None], None] = {}
        self.known_since = 0
        """Changes whenever ids read before may have come to mean something else: with every transaction."""
        with translated(path):
            self._connection = connect(path, read_only=read_only, timeout_seconds=timeout_seconds)
            self._connection.row_factory = sqlite3.Row
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        # Some builds of SQLite overwrite with zeros what is deleted, and each merge of the search index deletes much.
        pragmas = (
            "foreign_keys = ON",
            "synchronous = FULL",
            "secure_delete = OFF",
            f"cache_size = -{_CACHE_KIBIBYTES}",
            # Every batch writes to the same pages of the indexes: they go to the file once for many of them.
            f"wal_autocheckpoint = {_CHECKPOINT_PAGES}",
        )
        for pragma in pragmas:
            self._connection.execute(f"PRAGMA {pragma}")
        if self.read_only:
            self._connection.execute("PRAGMA query_only = ON")
        # Reads the header: a file that is no database is found here, not in the middle of a run.
        self._connection.execute("PRAGMA schema_version").fetchone()

    def use_wal(self) -> None:
        """Let readers read while a writer writes. Kept by the file; a file system that cannot do it stays as it was."""
        with translated(self.path):
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT_BYTES}")

    def close(self) -> None:
        with translated(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All or nothing. The outermost takes the write lock at once; one inside another joins it.

        BEGIN IMMEDIATE, because a read transaction that turns into a write fails at once with SQLITE_BUSY when
        someone else wrote meanwhile, whatever the busy timeout. No savepoints inside, because each makes FTS5 write
        out what it has gathered. So where something inside failed, the whole cannot be committed any more: to look
        away and go on is a RuntimeError.
        """
        joins = self._connection.in_transaction
        if joins:
            try:
                yield
            except BaseException:
                self._failed_inside = True
                raise
            return
        self.execute("BEGIN IMMEDIATE")
        self.forget_known()
        self._failed_inside = False
        self._before_commit.clear()
        try:
            yield
            self._finish()
            self.execute("COMMIT")
        except BaseException:
            # SQLite itself may have rolled everything back already, for example when the disk was full. Where even
            # that fails, what went wrong first is what must be told; the next to open the file takes it back.
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
            raise

    def before_commit(self, work: Callable[["Database"], None]) -> bool:
        """Have `work` done, once, as the last of the open transaction; False where that was asked for before."""
        is_new = work not in self._before_commit
        self._before_commit[work] = None
        return is_new

    def forget_known(self) -> None:
        """Rows that others point to are deleted: ids of them that somebody remembers hold no longer."""
        self.known_since += 1

    def _finish(self) -> None:
        if self._failed_inside:
            raise RuntimeError("a step inside this transaction failed: nothing of it can be kept")
        for work in self._before_commit:
            work(self)

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; the number of rows it changed."""
        return self._run(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Iterable[Parameters]) -> int:
        """Run one statement for each of `rows`; the number of rows changed in all."""
        try:
            return self._connection.executemany(sql, rows).rowcount
        except sqlite3.Error as error:
            explain(self.path, error)

    def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one INSERT; the id of the new row."""
        cursor = self._run(sql, parameters)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def script(self, sql: str) -> None:
        """Run several statements inside the open transaction (sqlite3's own executescript would commit it first)."""
        for statement in _statements(sql):
            self.execute(statement)

    def all(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Every row of a query."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            explain(self.path, error)

    def each(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """The rows of a query one by one, in constant memory."""
        with translated(self.path):
            # Not the cursor itself: it would be closed after the connection, where nobody reads to the end.
            yield from (row for row in self._connection.execute(sql, parameters))

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row of a query, or None."""
        try:
            row: Row | None = self._connection.execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            explain(self.path, error)
        return row

    def number(self, sql: str, parameters: Parameters = ()) -> int | None:
        """The first column of the first row as a number; None where there is no row or a NULL."""
        row = self.one(sql, parameters)
        return None if row is None or row[0] is None else int(row[0])

    def _run(self, sql: str, parameters: Parameters) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, parameters)
        except sqlite3.Error as error:
            explain(self.path, error)

    def user_query(
        self, sql: str, parameters: Parameters = (), *, seconds: float | None = None
    ) -> Iterator[dict[str, object]]:
        """The rows of somebody else's SQL as dicts; see :meth:`user_table`."""
        table = self.user_table(sql, parameters, seconds=seconds)
        for row in table.rows:
            yield dict(zip(table.columns, row, strict=True))

    def user_table(self, sql: str, parameters: Parameters = (), *, seconds: float | None = None) -> Table:
        """The columns and rows of somebody else's SQL, on a connection of its own that cannot write.

        Raises ValueError where SQLite refuses it or it gives no rows, TimeoutError where it takes more than `seconds`.
        """
        rows = self._user_rows(sql, parameters, seconds)
        return Table(tuple(str(name) for name in next(rows)), rows)

    def _user_rows(self, sql: str, parameters: Parameters, seconds: float | None) -> Iterator[Sequence[Value]]:
        """The names of the columns, then every row."""
        with (
            Database(self.path, read_only=True) as reader,
            translated(self.path),
            no_longer_than(seconds, reader._connection),
        ):
            # ATTACH would make a file where there is none, even for a connection that cannot write.
            reader._connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            try:
                cursor = reader._connection.execute(sql, parameters)
            except (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.Warning) as error:
                code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
                if cure_of(error) and code != sqlite3.SQLITE_READONLY:
                    raise
                raise ValueError(f"{error}: {sql}") from error
            if cursor.description is None:
                raise ValueError(f"not a query that gives rows: {sql}")
            yield tuple(column[0] for column in cursor.description)
            yield from cursor

    def apply_migration(self, name: str, migration: Callable[[], None]) -> bool:
        """Run `migration` inside the open transaction and note it in `_sqlite_migrations`; False if it ran before."""
        # Imported where it is needed: it imports pandas where there is one, half a second of every run of cron.
        from sqlite_utils import Database as Tools  # noqa: PLC0415
        from sqlite_utils.migrations import Migrations  # noqa: PLC0415

        tools = Tools(self._connection, execute_plugins=False)
        steps = Migrations("scraper")
        steps(name=name)(lambda _: migration())
        with translated(self.path):
            if not steps.pending(tools):
                return False
            steps.apply(tools)
        return True

    @contextmanager
    def snapshot(self) -> Generator[None]:
        """Let all reads inside see one state of the file, whoever writes meanwhile."""
        self.execute("BEGIN")
        try:
            yield
        finally:
            self.execute("ROLLBACK")

    def back_up(self, target: Path, verify: Callable[[Path], None] = lambda _: None) -> None:
        """Copy the whole archive as it stands now to `target`, which appears only when it is complete and on the disk.

        `verify` is given the finished copy under another name, and refuses it by raising.
        """
        draft = target.with_name(f"{target.name}.part")
        draft.unlink(missing_ok=True)
        try:
            with translated(draft):
                copy_to(draft, self._connection)
            verify(draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        sync(target.parent)


def _statements(sql: str) -> Iterator[str]:
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
