"""Options that select articles, alike in every command that has them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

import click

from scraper.archiver.articles.reading import Filters
from scraper.archiver.reader import ArchiveReader
from scraper.cli.terminal.output import note
from scraper.settings import span_seconds

Command = TypeVar("Command", bound=Callable[..., Any])

_FORMS = ("%Y-%m-%d", "%Y-%m", "%Y")
MANY = click.IntRange(1, 1_000_000_000)
"""A number that SQLite understands."""


class Moment(click.ParamType[datetime]):
    """A point in time: 2026-11-01, 2026-11, a full ISO 8601 time, or how long ago (24h, 7d, 2w). UTC."""

    name = "when"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        moment = _moment(str(value))
        if moment is None:
            self.fail(f"{value!r} is no time; write 2026-11-01, 2026-11, 2026-11-01T12:00, 24h or 7d", param, ctx)
        return moment


since_option = click.option(
    "--since", type=Moment(), help="Published then or later: 2026-11-01, 2026-11, 7d (ago), 24h."
)
until_option = click.option("--until", "--before", "until", type=Moment(), help="Published before then, written alike.")


def selection_options(command: Command) -> Command:
    """Add the options that become one argument `filters` with :func:`filters_from`."""
    options = (
        click.option("--site", help="Only articles of this site, such as example.org."),
        click.option("--feed", help="Only articles that this feed carried: its name or address."),
        click.option("--category", help="Only articles of this section, by its whole name."),
        click.option("--author", help="Only articles by this author, by the whole name."),
        click.option("--language", help="Only articles in this language, such as de (which means de-CH too)."),
        since_option,
        until_option,
        click.option("--limit", type=MANY, help="Most articles."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def filters_from(options: dict[str, Any]) -> Filters:
    """The values of :func:`selection_options` out of a command's keyword arguments, without those not given."""
    given = {name: options[name] for name in Filters.__annotations__ if options.get(name) is not None}
    return cast("Filters", given)


def selected(archive: ArchiveReader, options: dict[str, Any]) -> Filters:
    """As :func:`filters_from`, and a message for each name that nothing in the archive has."""
    filters = filters_from(options)
    for kind, name, hint in archive.unknown_names(**filters):
        note(f"No article is of the {kind} {name!r}{hint}")
    return filters


def _moment(text: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        return datetime.now(UTC) - timedelta(seconds=span_seconds(text))
    try:
        moment = next((found for form in _FORMS if (found := _read(text, form))), None)
        moment = moment or datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _read(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None
