"""Options that many commands share, and how they find the configuration, the archive, and an article in it."""

from contextlib import suppress
from os import environ
from pathlib import Path
from shlex import quote

import click

from scraper.archiver.archive import Archive
from scraper.archiver.records import StoredArticle
from scraper.config import load
from scraper.errors import UsageError
from scraper.settings import Config

CONFIG_NAME = "config.toml"


config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help="Settings file. Else $SCRAPER_CONFIG, ./config.toml, then ~/.config/scraper/config.toml.",
)
db_option = click.option(
    "--db",
    "db_path",
    type=click.Path(path_type=Path),
    help="Archive file. Else $SCRAPER_DB, the settings' [archive] path, then ./archive.db.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def read_config(given: Path | None, *, required: bool = False) -> Config:
    """The configuration from the first place that has one; the defaults where none is required.

    Raises ConfigError for a broken file and UsageError for one that was named but is not there.
    """
    path = _config_path(given)
    if path is not None:
        return load(path)
    if required:
        raise UsageError(f"There is no {CONFIG_NAME} here. Make one with: scraper init")
    return Config()


def config_file(given: Path | None) -> Path:
    """The settings file itself, for commands that change it.

    Raises UsageError where there is none: only `scraper init` makes one.
    """
    path = _config_path(given)
    if path is None:
        raise UsageError(f"There is no {CONFIG_NAME} here. Make one with: scraper init")
    return path


def archive_path(given: Path | None, config: Config) -> Path:
    """The archive's file by the same order of precedence in every command."""
    named = given or (Path(environ["SCRAPER_DB"]) if environ.get("SCRAPER_DB") else None)
    path = named or config.archive.path
    # The lock, the turns and what SQLite writes stand beside the file itself: who comes through a link must find them.
    return path.resolve() if path.is_symlink() else path


def existing_archive(given: Path | None, config: Config) -> Path:
    """The same where a command makes none: raises UsageError where there is none yet."""
    path = archive_path(given, config)
    if not path.exists():
        raise UsageError(f"There is no archive {path} yet. Fill one with: scraper crawl")
    return path


def open_archive(config_path: Path | None, db_path: Path | None) -> Archive:
    """The archive, for reading. Raises UsageError where there is none yet."""
    return Archive(existing_archive(db_path, read_config(config_path)), read_only=True)


def stored_article(archive: Archive, key: str) -> StoredArticle:
    """The article with the ID or any of the URLs that `key` is. Raises UsageError where there is none."""
    article = archive.get(int(key) if key.isascii() and key.isdigit() else key)
    if article is None:
        hint = f"To see why: scraper why {quote(key)}" if "://" in key else "Look for it with: scraper search WORDS"
        raise UsageError(f"The archive has no article {key}. {hint}")
    return article


def _config_path(given: Path | None) -> Path | None:
    named = given or (Path(environ["SCRAPER_CONFIG"]) if environ.get("SCRAPER_CONFIG") else None)
    if named is not None:
        if not named.is_file():
            raise UsageError(f"There is no settings file {named}.")
        return named
    places = [Path(CONFIG_NAME)]
    with suppress(RuntimeError):  # a user without a home, as in many containers
        home = Path(environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
        places.append(home / "scraper" / CONFIG_NAME)
    return next((place for place in places if place.is_file()), None)
