"""The schema and its history: append-only migrations in numbered folders of SQL, then the views and triggers of today.

A released migration never changes. Views and triggers are made anew after each one: they are derived, and
sqlite-utils' `transform()` drops triggers without a word.
"""

from importlib.resources import files

from scraper.archiver.store.database import Database

_SCHEMA = files("scraper.archiver.store") / "schema"
_STEPS = ("0001_first", "0002_years", "0003_size")

LATEST = len(_STEPS)
"""`PRAGMA user_version` of an archive that is up to date: the number of migrations applied."""


def migrate(database: Database, application_id: int) -> None:
    """Apply what is missing, each migration in a transaction of its own together with its views and its number.

    Another process may do the same at the same time: what is missing is looked up under the write lock.
    """
    for number, name in enumerate(_STEPS, start=1):

        def step(number: int = number, name: str = name) -> None:
            _drop_derived(database)
            for file in sorted((_SCHEMA / name).iterdir(), key=lambda file: file.name):
                database.script(file.read_text(encoding="utf-8"))
            _make_derived(database)
            database.execute(f"PRAGMA application_id = {application_id}")
            database.execute(f"PRAGMA user_version = {number}")

        with database.transaction():
            database.apply_migration(name, step)


def _make_derived(database: Database) -> None:
    for name in ("views.sql", "triggers.sql", "tally_triggers.sql"):
        database.script((_SCHEMA / name).read_text(encoding="utf-8"))


def _drop_derived(database: Database) -> None:
    for row in database.all("SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')"):
        # With a view go the triggers on it.
        database.execute(f'DROP {row["type"]} IF EXISTS "{row["name"]}"')
