"""export rss, atom, jsonfeed: archived articles as a feed again."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, BinaryIO, TypeVar

import click

from scraper.archiver.export.syndication import ExportedFeed, write_atom, write_json_feed, write_rss
from scraper.archiver.records import StoredArticle
from scraper.cli.terminal.files import binary_output, output_option
from scraper.cli.terminal.options import config_option, db_option, open_archive
from scraper.cli.terminal.selecting import selected, selection_options

Command = TypeVar("Command", bound=Callable[..., Any])
Writer = Callable[[ExportedFeed, Iterable[StoredArticle], BinaryIO], int]

_FEED_LENGTH = 50


def _feed_options(command: Command) -> Command:
    options = (
        selection_options,
        click.option("--words", help="Only articles that match this search, best first."),
        click.option("--title", help="Name of the feed. Else made of what is selected."),
        click.option(
            "--link", metavar="URL", help="The page that the feed belongs to. Else the site, or the first article."
        ),
        click.option("--self", "own_url", metavar="URL", help="Where the feed will stand."),
        output_option,
        config_option,
        db_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@_feed_options
def rss(**options: Any) -> None:
    """Export articles as RSS 2.0, the latest 50 unless --limit says otherwise."""
    _write(write_rss, options)


@click.command()
@_feed_options
def atom(**options: Any) -> None:
    """Export articles as Atom (RFC 4287), the latest 50 unless --limit says otherwise."""
    _write(write_atom, options)


@click.command()
@_feed_options
def jsonfeed(**options: Any) -> None:
    """Export articles as JSON Feed 1.1, the latest 50 unless --limit says otherwise."""
    _write(write_json_feed, options)


def _write(write: Writer, options: dict[str, Any]) -> None:
    with open_archive(options["config_path"], options["db_path"]) as archive:
        filters = selected(archive, options)
        filters.setdefault("limit", _FEED_LENGTH)
        if options["words"]:
            hits = archive.search(options["words"], **filters)
            articles = [article for hit in hits if (article := archive.get(hit.id))]
        else:
            articles = list(archive.articles(**filters))
        with binary_output(options["output"]) as out:
            write(_head(options, articles), articles, out)


def _head(options: dict[str, Any], articles: list[StoredArticle]) -> ExportedFeed:
    named = (options["words"], options["category"], options["author"], options["feed"], options["site"])
    site = options["site"] or (articles[0].site if articles else None)
    return ExportedFeed(
        title=options["title"] or " · ".join(name for name in named if name) or "Archived articles",
        site_url=options["link"] or (f"https://{site}/" if site else "about:blank"),
        url=options["own_url"],
        made_at=datetime.now(UTC).replace(microsecond=0),
    )
