"""HTML files that were saved: finds them, finds out where each came from, and takes their articles into the archive."""

import csv
import json
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import quote, urljoin

from scraper.archiver.imports.progress import ImportSource
from scraper.errors import PermanentError, Reason, UsageError
from scraper.extractor.metadata.canonical import UNKNOWN, read_canonical
from scraper.extractor.page.document import parse
from scraper.pipeline.imports.running import Import, PageWatch, SourceReport
from scraper.pipeline.imports.sights import PageRead, Reading, UnreadableError, read_sight
from scraper.pipeline.imports.steps import Sight, Step
from scraper.pipeline.imports.warc import Choice, run_all
from scraper.records import Page
from scraper.settings import Config
from scraper.urls import resolve

_ENDINGS: Final = frozenset((".html", ".htm", ".xhtml", ".shtml"))
_LOOKED_AT: Final = 4_096
_LOOKS_LIKE_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]", re.IGNORECASE)
# What browsers and HTTrack write into the pages they save.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{4}\)(https?://\S+?)\s*-->", re.IGNORECASE)
_MIRRORED_FROM = re.compile(rb"<!--\s*Mirrored from (\S+?) by HTTrack", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+(?::\d{1,5})?", re.IGNORECASE)
_INDEX = re.compile(r"(^|/)index\.x?html?(?=\?|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a list says of a file: its address, and when it was fetched."""

    url: str
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFile:
    """A file, and what is known of where it came from: `stated` for certain, `guessed` from where it lies."""

    path: str
    stated: Origin | None = None
    guessed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPages:
    """Where pages lie: files and folders, a list of addresses by file, and the address that the folders stand for."""

    paths: Sequence[Path]
    origins: Mapping[Path, Origin] = field(default_factory=dict)
    base: str | None = None

    def steps(self, skip: int = 0) -> Iterator[Step[SavedFile]]:
        counts: Counter[str] = Counter()
        position = 0
        for position, (path, place) in enumerate(self._files(), 1):
            if position <= skip:
                continue
            known = self.origins.get(path.resolve())
            if _facts(path) is None:
                counts[Reason.UNREADABLE_FILE] += 1
                continue
            if known is None and not _is_html(path):
                counts[Reason.NOT_HTML] += 1
                continue
            item = SavedFile(path=str(path.absolute()), stated=known, guessed=self._guessed(path, place))
            yield Step(position=position, offset=position, counts=dict(counts + Counter(seen=1)), item=item)
            counts.clear()
        yield Step(position=max(position, skip), offset=position, counts=dict(counts))

    def _files(self) -> Iterator[tuple[Path, Path]]:
        """Every file with the folder it was named by, in an order that is always the same."""
        for named in self.paths:
            if not named.is_dir():
                yield named, named.parent
                continue
            for folder, subfolders, names in os.walk(named):
                subfolders.sort()
                yield from ((Path(folder, name), named) for name in sorted(names))

    def _guessed(self, path: Path, place: Path) -> str | None:
        """The address by the place of the file: below the base, or, in a mirror, below a folder named as a host."""
        if self.base is not None:
            return urljoin(self.base, _as_url(path.relative_to(place).as_posix()))
        parts = path.resolve().parts[:-1]
        named = max(len(place.resolve().parts) - 1, 0)
        for start in range(named, len(parts)):
            if _HOST.fullmatch(parts[start]):
                return f"https://{parts[start]}/{_as_url('/'.join(path.resolve().parts[start + 1 :]))}"
        return None

    def identity(self) -> str:
        """Tells this set of files from others: their names, sizes and times, and what the list says of them."""
        digest = blake2b(digest_size=16)
        for path, _ in self._files():
            facts = _facts(path)
            told = f"{facts.st_size}\0{facts.st_mtime_ns}" if facts is not None else ""
            digest.update(os.fsencode(path.resolve()))
            digest.update(f"\0{told}\0{self.origins.get(path.resolve())}\n".encode())
        return digest.hexdigest()


def import_saved(
    pages: SavedPages, config: Config, archive_path: Path, choice: Choice, watch: PageWatch
) -> Iterator[SourceReport]:
    """Take the articles of saved pages into the archive. Raises UsageError for what cannot be read."""
    for path in pages.paths:
        if not path.exists():
            raise UsageError(f"{path} is not there.")
        if not path.is_dir() and _facts(path) is None:
            raise UsageError(f"{path} is no file that can be read twice; save it to one first.")
    options = choice.options() | ({"base": pages.base} if pages.base else {})
    name = os.fsencode(", ".join(map(str, pages.paths))).decode("utf-8", "replace")
    task = Import(
        source=ImportSource(kind="html", name=name, identity=pages.identity(), options=options),
        steps=pages.steps,
        read=partial(read_saved, reading=choice.reading(config)),
    )
    yield from run_all(iter((task,)), archive_path, choice, command="import html", watch=watch)


def read_saved(files: Sequence[SavedFile], reading: Reading) -> list[Sight]:
    """What is in these files, in their order."""
    return [read_sight(partial(_saved, file, reading.max_bytes), reading, is_html=True) for file in files]


def _saved(file: SavedFile, max_bytes: int) -> PageRead:
    path = Path(file.path)
    try:
        with path.open("rb") as stream:
            body = stream.read(max_bytes + 1)
            seen_at = datetime.fromtimestamp(os.fstat(stream.fileno()).st_mtime, UTC)
    except OSError as error:
        raise UnreadableError(Reason.UNREADABLE_FILE) from error
    if len(body) > max_bytes:
        raise UnreadableError(Reason.TOO_LARGE)
    url = resolve(file.stated.url if file.stated else _address(body, file.guessed))
    if file.stated and file.stated.fetched_at:
        seen_at = file.stated.fetched_at
    page = Page(url=url, final_url=url, body=body, fetched_at=seen_at.replace(microsecond=0), wire_bytes=len(body))
    return page, ()


def _address(body: bytes, guessed: str | None) -> str:
    """Where a page came from: by what was noted when it was saved, by what it declares, by where it lies."""
    head = body[:_LOOKED_AT]
    if found := _SAVED_FROM.search(head):
        return found[1].decode("utf-8", "replace")
    declared, _ = read_canonical(parse(body))
    if declared != UNKNOWN:
        return declared
    if found := _MIRRORED_FROM.search(head):
        return "https://" + found[1].decode("utf-8", "replace")
    if guessed is None:
        raise PermanentError(Reason.BAD_URL, "nothing says where it came from", url="about:blank")
    return guessed


def _facts(path: Path) -> os.stat_result | None:
    """Size and time of a file; None for a link that leads nowhere, a pipe, and what else lies in folders."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts if stat.S_ISREG(facts.st_mode) else None


def _is_html(path: Path) -> bool:
    """By its name, or, where that says nothing, by how it begins: mirrors keep addresses such as ``/story?p=1``."""
    if path.suffix.lower() in _ENDINGS:
        return True
    try:
        with path.open("rb") as stream:
            return _LOOKS_LIKE_HTML.search(stream.read(1_024)) is not None
    except OSError:
        return False


def _as_url(path: str) -> str:
    """The path of a file as that of an address; ``index.html`` is its folder."""
    return quote(os.fsencode(_INDEX.sub(r"\1", path)), safe="/%?&=+,;:@~!$'()*")


def read_origins(file: Path, folders: Iterable[Path]) -> dict[Path, Origin]:
    """The addresses that a list names, by file: CSV with the columns file, url and perhaps fetched_at, or JSON Lines
    with these keys. Files are named from the folder of the list, or from one of `folders`.

    Raises UsageError for a list that cannot be understood, with the line.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    places = (file.parent, *(folder for folder in folders if folder.is_dir()))
    origins: dict[Path, Origin] = {}
    for number, row in _listed(file, text):
        name, url = row.get("file"), row.get("url")
        if not (isinstance(name, str) and name and isinstance(url, str) and url):
            raise UsageError(f"{file}:{number}: a file and its url are needed in each line.")
        path = next((place / name for place in places if (place / name).exists()), places[-1] / name)
        origins[path.resolve()] = Origin(url=url, fetched_at=_moment(file, number, row.get("fetched_at")))
    return origins


def _listed(file: Path, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    if file.suffix.lower() != ".jsonl":
        rows = csv.DictReader(text.splitlines())
        yield from ((rows.line_num, row) for row in rows)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{file}:{number}: not JSON: {error}.") from error
        yield number, row if isinstance(row, dict) else {}


def _moment(file: Path, number: int, text: object) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise UsageError(f"{file}:{number}: {text!r} is no time; write 2026-11-01T12:00:00Z.") from error
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
