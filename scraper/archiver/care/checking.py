"""Looks for everything that can be wrong with an archive, and says what to do about each. Changes nothing."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from scraper.archiver import tallies
from scraper.archiver.articles.fingerprints import text_hash
from scraper.archiver.articles.pages import PageStore
from scraper.archiver.care.orphans import ORPHANS
from scraper.archiver.lock import run_lock
from scraper.archiver.store.database import Database
from scraper.archiver.store.opening import open_archive
from scraper.errors import ArchiveError, RunLockedError

_RESTORE = "restore a backup: scraper db restore FROM"
_REBUILD = "have it built anew: scraper db vacuum"
_NAMED = 5
_MOST_FAULTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong: what, how often, some examples, and what to do.

    `is_damage` is False for what only takes room; `has_others` says whether there are more than `examples`.
    """

    kind: str
    message: str
    cure: str
    count: int
    is_damage: bool = True
    examples: tuple[str, ...] = ()
    has_others: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was looked at, and what was found. `notes` say what could not be looked at, and why."""

    findings: tuple[Finding, ...]
    articles: int
    pages_checked: int
    texts_checked: int
    notes: tuple[str, ...] = ()

    @property
    def is_damaged(self) -> bool:
        return any(finding.is_damage for finding in self.findings)


class _Named(TypedDict):
    examples: tuple[str, ...]
    has_others: bool


def check(path: Path, *, sample: int | None) -> CheckReport:
    """Check the archive at `path`; of raw pages and texts `sample` of each, drawn by lot, or all where it is None.

    Raises ArchiveError where it cannot even be opened.
    """
    notes: list[str] = []
    with open_archive(path, read_only=True) as database:
        findings = list(_structure(database))
        if findings:
            notes.append("the rest was not looked at, for nothing can be relied on")
            return CheckReport(
                findings=tuple(findings), articles=0, pages_checked=0, texts_checked=0, notes=tuple(notes)
            )
        findings += _references(database)
        findings += _search(database, path, notes)
        findings += _orphans(database)
        findings += _tallies(database)
        pages, damaged_pages = _pages(database, sample)
        texts, damaged_texts = _texts(database, sample)
        return CheckReport(
            findings=(*findings, *damaged_pages, *damaged_texts),
            articles=database.number("SELECT count(*) FROM article_records") or 0,
            pages_checked=pages,
            texts_checked=texts,
            notes=tuple(notes),
        )


def structure_of(database: Database) -> list[str]:
    """What SQLite itself finds wrong with the file."""
    try:
        rows = database.all(f"PRAGMA integrity_check({_MOST_FAULTS})")
    except ArchiveError as error:
        return [str(error)]
    return [str(row[0]) for row in rows if row[0] != "ok"]


def search_is_in_step(database: Database) -> bool:
    """Whether FTS5 finds its index and the texts to agree. Takes the write lock, and writes nothing."""
    try:
        # Rank 1: compare with the external content (https://sqlite.org/fts5.html, 6.4).
        database.execute("INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)")
    except ArchiveError as error:
        if "malformed" in str(error) or "corrupt" in str(error):
            return False
        raise
    return True


def _structure(database: Database) -> Iterator[Finding]:
    faults = structure_of(database)
    if faults:
        message = "SQLite finds the file damaged"
        cure = f"{_RESTORE}, or read what is left with `.recover` of sqlite3"
        yield Finding(kind="structure", message=message, cure=cure, count=len(faults), **_named(faults))


def _references(database: Database) -> Iterator[Finding]:
    rows = database.all("PRAGMA foreign_key_check")
    if rows:
        named = list(dict.fromkeys(f"{row['table']} -> {row['parent']}" for row in rows))
        message = "rows point to rows that are not there"
        yield Finding(kind="references", message=message, cure=_RESTORE, count=len(rows), **_named(named))


def _search(database: Database, path: Path, notes: list[str]) -> Iterator[Finding]:
    message = "the search index is not in step with the texts"
    # Which rows are indexed can be read by anybody; whether their words agree, only the index itself can tell.
    rows = database.all(
        "SELECT article_id AS id FROM article_texts WHERE article_id NOT IN (SELECT id FROM article_search_docsize)"
        " UNION ALL SELECT id FROM article_search_docsize WHERE id NOT IN (SELECT article_id FROM article_texts)"
        " UNION ALL SELECT article_id FROM search_backlog"
    )
    if rows:
        named = [f"article {row['id']}" for row in rows]
        yield Finding(kind="search", message=message, cure=_REBUILD, count=len(rows), **_named(named))
        return
    try:
        with run_lock(path), Database(path) as writer:
            if not search_is_in_step(writer):
                yield Finding(kind="search", message=message, cure=_REBUILD, count=1)
    except RunLockedError:
        notes.append("a run is at work: the search index was compared row by row, not word by word")
    except ArchiveError as error:
        notes.append(f"the search index was compared row by row, not word by word: {error}")


def _orphans(database: Database) -> Iterator[Finding]:
    for orphan in ORPHANS:
        count = database.number(f"SELECT count(*) FROM ({orphan.sql})")
        if count:
            rows = database.all(f"{orphan.sql} LIMIT {_NAMED + 1}")
            yield Finding(
                kind=orphan.kind,
                message=orphan.message,
                cure=_RESTORE if orphan.is_damage else "they only take room: scraper db vacuum",
                count=count,
                is_damage=orphan.is_damage,
                **_named([str(row[0]) for row in rows]),
            )


def _tallies(database: Database) -> Iterator[Finding]:
    found = dict(tallies.wrong(database))
    if found:
        message = "sums are not what counting gives"
        yield Finding(kind="tallies", message=message, cure=_REBUILD, count=sum(found.values()), **_named(list(found)))


def _pages(database: Database, sample: int | None) -> tuple[int, list[Finding]]:
    """How many bodies were unpacked and hashed, and which of them are not what came."""
    checked, damaged = 0, []
    store = PageStore(database)
    for body_id in _drawn(database, "SELECT id FROM page_bodies WHERE sha256 >= ? ORDER BY sha256 LIMIT ?", sample):
        checked += 1
        try:
            store.body(body_id)
        except (ArchiveError, KeyError):
            damaged.append(f"body {body_id}")
    message = "raw pages are not what was stored"
    return checked, _damage("pages", message, f"{_RESTORE}, or fetch them again", damaged)


def _texts(database: Database, sample: int | None) -> tuple[int, list[Finding]]:
    """How many texts were hashed, and which of them are not those that were stored."""
    checked, damaged = 0, []
    drawn = "SELECT id FROM article_records WHERE text_hash >= ? ORDER BY text_hash LIMIT ?"
    for article_id in _drawn(database, drawn, sample):
        checked += 1
        row = database.one(
            "SELECT body, text_hash FROM article_texts JOIN article_records ON id = article_id WHERE id = ?",
            (article_id,),
        )
        if row is None or text_hash(row["body"]) != row["text_hash"]:
            damaged.append(f"article {article_id}")
    return checked, _damage("texts", "texts are not what was stored", _RESTORE, damaged)


def _damage(kind: str, message: str, cure: str, damaged: list[str]) -> list[Finding]:
    if not damaged:
        return []
    return [Finding(kind=kind, message=message, cure=cure, count=len(damaged), **_named(damaged))]


def _named(examples: Sequence[str]) -> _Named:
    return {"examples": tuple(examples[:_NAMED]), "has_others": len(examples) > _NAMED}


def _drawn(database: Database, sql: str, sample: int | None) -> list[int]:
    """Ids by lot, without reading the table: hashes are random already, so those that follow a random one are too."""
    if sample is None:
        return [row[0] for row in database.all(sql, ("", -1))]
    start = secrets.token_hex(16)
    found = [row[0] for row in database.all(sql, (start, sample))]
    return list(dict.fromkeys(found + [row[0] for row in database.all(sql, ("", sample - len(found)))]))
