"""feeds: the feeds of the settings and how they do; disabled, enabled, renamed, removed."""

from collections.abc import Iterator
from pathlib import Path

import click

from scraper.archiver.archive import Archive
from scraper.archiver.records import FeedHealth, FeedState
from scraper.cli.terminal.options import archive_path, config_file, config_option, db_option, json_option, read_config
from scraper.cli.terminal.output import json_lines, note, table
from scraper.config import load
from scraper.plain import plain, utc_text
from scraper.settings import Config, FeedSettings
from scraper.subscriptions import change_feed, find_feed, remove_feed


@click.group(invoke_without_command=True)
@json_option
@config_option
@db_option
@click.pass_context
def feeds(context: click.Context, *, as_json: bool, config_path: Path | None, db_path: Path | None) -> None:
    """List the feeds of the settings with their state; change them with the commands below.

    NAME|URL is the name of a feed or its address.
    """
    if context.invoked_subcommand is not None:
        context.obj = config_path
        return
    _list(config_path, db_path, as_json=as_json)


@feeds.command("list")
@json_option
@config_option
@db_option
@click.pass_obj
def list_(above: Path | None, *, as_json: bool, config_path: Path | None, db_path: Path | None) -> None:
    """List them, as `scraper feeds` alone does."""
    _list(config_path or above, db_path, as_json=as_json)


def _list(config_path: Path | None, db_path: Path | None, *, as_json: bool) -> None:
    config = read_config(config_path, required=True)
    rows = list(_listed(config, archive_path(db_path, config)))
    if as_json:
        json_lines(row for _, _, row in rows)
    elif rows:
        _print_table([_cells(feed, health) for feed, health, _ in rows])
    else:
        note("No feeds yet. Add one with: scraper add URL")


def _print_table(rows: list[tuple[object, ...]]) -> None:
    """The columns that say something: addresses need the room."""
    names = ("feed", "state", "folder", "articles", "last ok", "next check", "address")
    shown = [place for place, name in enumerate(names) if name == "feed" or any(row[place] for row in rows)]
    table([names[place] for place in shown], ([row[place] for place in shown] for row in rows))


def _listed(config: Config, path: Path) -> Iterator[tuple[FeedSettings, FeedHealth | None, dict[str, object]]]:
    """Every feed of the settings, in their order, with what the archive knows of it, if there is one."""
    known: dict[str, FeedHealth] = {}
    if path.exists():
        with Archive(path, read_only=True) as archive:
            known = {health.url: health for health in archive.feed_health()}
    for feed in config.feeds:
        health = known.get(feed.url)
        shown = {
            "name": feed.name,
            "url": feed.url,
            "folder": feed.folder,
            "site_url": feed.site_url,
            "state": _state(feed, health),
            "articles": health.articles if health else 0,
            "last_ok_at": health.last_ok_at if health else None,
            "next_check_at": health.next_check_at if health and feed.enabled else None,
        }
        yield feed, health, {name: plain(value) for name, value in shown.items()}


def _state(feed: FeedSettings, health: FeedHealth | None) -> str:
    """What the settings say comes first: the archive hears of it at the next crawl only."""
    if not feed.enabled:
        return "disabled"
    of_old_settings = (FeedState.DISABLED, FeedState.UNSUBSCRIBED)
    return str(health.state if health and health.state not in of_old_settings else FeedState.NEW)


def _cells(feed: FeedSettings, health: FeedHealth | None) -> tuple[object, ...]:
    last = utc_text(health.last_ok_at) if health and health.last_ok_at else ""
    following = utc_text(health.next_check_at) if health and health.next_check_at and feed.enabled else ""
    articles = health.articles if health else 0
    return feed.name, _state(feed, health), feed.folder or "", articles, last, following, feed.url


@feeds.command()
@click.argument("wanted", metavar="NAME|URL")
@config_option
@click.pass_obj
def disable(above: Path | None, wanted: str, *, config_path: Path | None) -> None:
    """Ask a feed no more; keep it and its articles."""
    _switch(config_path or above, wanted, enabled=False)


@feeds.command()
@click.argument("wanted", metavar="NAME|URL")
@config_option
@click.pass_obj
def enable(above: Path | None, wanted: str, *, config_path: Path | None) -> None:
    """Ask a feed again that was disabled."""
    _switch(config_path or above, wanted, enabled=True)


@feeds.command()
@click.argument("wanted", metavar="NAME|URL")
@click.argument("name")
@config_option
@click.pass_obj
def rename(above: Path | None, wanted: str, name: str, *, config_path: Path | None) -> None:
    """Call a feed NAME."""
    path, index, feed = _found(config_path or above, wanted)
    change_feed(path, index, name=name)
    note(f"{path}: {feed.name!r} is now {name!r}.")


@feeds.command()
@click.argument("wanted", metavar="NAME|URL")
@config_option
@click.pass_obj
def remove(above: Path | None, wanted: str, *, config_path: Path | None) -> None:
    """Take a feed out of the settings. Its articles stay in the archive."""
    path, index, feed = _found(config_path or above, wanted)
    remove_feed(path, index)
    note(f"{path}: {feed.name!r} is removed. What it brought stays in the archive.")


def _switch(given: Path | None, wanted: str, *, enabled: bool) -> None:
    path, index, feed = _found(given, wanted)
    word = "enabled" if enabled else "disabled"
    if feed.enabled is enabled:
        note(f"{path}: {feed.name!r} is {word} already.")
        return
    change_feed(path, index, enabled=enabled)
    note(f"{path}: {feed.name!r} is {word}.")


def _found(given: Path | None, wanted: str) -> tuple[Path, int, FeedSettings]:
    """The settings file, and the feed of that name or address with its place there."""
    path = config_file(given)
    feeds = load(path).feeds
    index = find_feed(feeds, wanted)
    return path, index, feeds[index]
