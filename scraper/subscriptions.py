"""The `[[feeds]]` of a config.toml added, changed and removed in place: the door to tomlkit.

Comments, order and formatting of everything else stay as they are. Each change is written whole or not at all, and
only if what then stands in the file is what was meant.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Comment, Item, Table, Whitespace

from scraper.config import loads
from scraper.errors import UsageError
from scraper.settings import FeedSettings
from scraper.urls import canonicalize
from scraper.whole_files import sync, whole_file

_MARK = "# scraper: here "


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """`feeds` were appended, under the names that they have now; `known` were there already."""

    feeds: tuple[FeedSettings, ...]
    known: tuple[FeedSettings, ...]


def add_feeds(path: Path, feeds: Sequence[FeedSettings]) -> Added:
    """Append those of `feeds` to the settings that are not there yet; the canonical URL tells.

    A name that is taken gets a number. Raises ConfigError where the file is faulty, UsageError where it cannot be
    written.
    """
    settings = loads(_text(path).removeprefix("\ufeff"), source=path)
    taken = {canonicalize(feed.url) for feed in settings.feeds}
    names = {feed.name for feed in settings.feeds}
    added: list[FeedSettings] = []
    known: list[FeedSettings] = []
    for feed in feeds:
        url = canonicalize(feed.url)
        if url in taken:
            known.append(feed)
            continue
        taken.add(url)
        name = _free_name(feed.name or url.split("://", 1)[1].rstrip("/"), names)
        names.add(name)
        added.append(FeedSettings(**{**_fields(feed), "name": name}))
    if added:
        tables = [_table(feed) for feed in added]
        _edit(path, lambda text: _with_feeds(text, tables), lambda feeds: [*feeds, *tables])
    return Added(feeds=tuple(added), known=tuple(known))


def change_feed(path: Path, index: int, **changes: str | bool) -> None:
    """Set keys of the feed at `index` (counted from 0, as in the file). Raises as :func:`add_feeds` does."""

    _edit(
        path,
        lambda text: _with_changes(text, index, changes),
        lambda feeds: [{**feed, **changes} if i == index else feed for i, feed in enumerate(feeds)],
    )


def remove_feed(path: Path, index: int) -> None:
    """Take the feed at `index` out of the settings; comments that stand apart from it stay. Raises the same."""
    _edit(path, lambda text: _without_feed(text, index), lambda feeds: [*feeds[:index], *feeds[index + 1 :]])


def find_feed(feeds: Sequence[FeedSettings], wanted: str) -> int:
    """Where the feed of this name or address stands in `feeds`. Raises UsageError where there is none."""
    for is_it in (lambda feed: feed.name == wanted, lambda feed: _same(feed.url, wanted)):
        found = [i for i, feed in enumerate(feeds) if is_it(feed)]
        if found:
            return found[0]
    near = [feed.name for feed in feeds if wanted.casefold() in feed.name.casefold() or wanted in feed.url][:5]
    near = near or difflib.get_close_matches(wanted, [feed.name for feed in feeds], n=3)
    hint = f" Is it one of these? {', '.join(map(repr, near))}" if near else " See them with: scraper feeds"
    raise UsageError(f"No feed has the name or address {wanted!r}.{hint}")


def _same(url: str, wanted: str) -> bool:
    with suppress(ValueError):
        return canonicalize(url) == canonicalize(wanted)
    return False


def _free_name(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _fields(feed: FeedSettings) -> dict[str, Any]:
    return {name: getattr(feed, name) for name in FeedSettings.__dataclass_fields__}


def _table(feed: FeedSettings) -> dict[str, Any]:
    """What is to be written of a feed: its name and address first, then what differs from the defaults."""
    default = _fields(FeedSettings())
    rest = {key: value for key, value in _fields(feed).items() if value != default[key] and key not in ("name", "url")}
    return {"name": feed.name, "url": feed.url, **rest}


def _with_feeds(text: str, tables: Sequence[Mapping[str, Any]]) -> str:
    document = tomlkit.parse(text)
    feeds = document.get("feeds")
    if feeds is not None and not isinstance(feeds, AoT) and len(feeds):
        for table in tables:
            line = tomlkit.inline_table()
            line.update(table)
            feeds.append(line)
        return tomlkit.dumps(document)
    if feeds is None or not len(feeds):
        document.pop("feeds", None)
        rest = tomlkit.dumps(document)
        return (
            rest
            + ("" if not rest or rest.endswith("\n\n") else "\n" if rest.endswith("\n") else "\n\n")
            + _block(tables)
        )
    _mark(feeds[-1], _end(feeds[-1]), "end")
    before, after = _around(tomlkit.dumps(document), "end")
    return before.rstrip("\n") + "\n\n" + _block(tables) + after


def _with_changes(text: str, index: int, changes: Mapping[str, Any]) -> str:
    document = tomlkit.parse(text)
    feed: Any = document["feeds"][index]
    new = {key: value for key, value in changes.items() if key not in feed}
    if not isinstance(feed, Table):
        feed.update(changes)
        return tomlkit.dumps(document)
    feed.update({key: value for key, value in changes.items() if key in feed})
    if not new:
        return tomlkit.dumps(document)
    # Tomlkit would put them behind the comments that stand above the next table.
    _mark(feed, _end(feed), "end")
    before, after = _around(tomlkit.dumps(document), "end")
    return before + ("" if before.endswith("\n") else "\n") + tomlkit.dumps(new) + after


def _without_feed(text: str, index: int) -> str:
    document = tomlkit.parse(text)
    feeds: Any = document["feeds"]
    if not isinstance(feeds, AoT):
        del feeds[index]
        return tomlkit.dumps(document)
    _mark(feeds[index], _end(feeds[index]), "end")
    _mark(feeds[index], 0, "start")
    start, rest = _around(tomlkit.dumps(document), "start")
    _, end = _around(rest, "end")
    head = start[: start.rindex("[[")]
    return head.rstrip(" \t") + (end.removeprefix("\n") if head.endswith("\n\n") or not head else end)


def _block(tables: Iterable[Mapping[str, Any]]) -> str:
    document = tomlkit.document()
    array = tomlkit.aot()
    for values in tables:
        table = tomlkit.table()
        table.update(values)
        array.append(table)
    document.append("feeds", array)
    return tomlkit.dumps(document)


def _end(table: Table) -> int:
    """Where in the body of a table its own lines end: what stands after an empty line belongs to what follows."""
    body = table.value.body
    last = max((place for place, (key, _) in enumerate(body) if key is not None), default=-1)
    for place in range(last + 1, len(body)):
        item: Item = body[place][1]
        if isinstance(item, Whitespace) and "\n" in item.as_string():
            return place
    return len(body)


def _mark(table: Table, place: int, name: str) -> None:
    mark = Comment(tomlkit.items.Trivia(indent="", comment_ws="", comment=_MARK + name, trail="\n"))
    table.value.body.insert(place, (None, mark))


def _around(text: str, name: str) -> tuple[str, str]:
    before, _, after = text.partition(_MARK + name + "\n")
    return before, after


def _edit(
    path: Path, change: Callable[[str], str], meant: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
) -> None:
    before = _text(path)
    plain = before.replace("\r\n", "\n")
    after = change(plain.removeprefix("\ufeff"))
    was, now = tomllib.loads(plain.removeprefix("\ufeff")), tomllib.loads(after)
    was["feeds"] = meant(was.get("feeds", []))
    if {"feeds": [], **now} != was:
        raise UsageError(f"{path} is written in a way that cannot be changed safely. Please change it by hand.")
    loads(after, source=path)
    if "\r\n" in before:
        after = re.sub(r"(?<!\r)\n", "\r\n", after)
    _replace(path, before, ("\ufeff" if before.startswith("\ufeff") else "") + after)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error


def _replace(path: Path, before: str, after: str) -> None:
    """The whole new file in the place of the old one, whatever happens in between."""
    try:
        with whole_file(path) as draft:
            draft.write_bytes(after.encode("utf-8"))
            sync(draft)
            if _text(path) != before:
                raise UsageError(f"{path} was changed by somebody else at the same time. Please try again.")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
