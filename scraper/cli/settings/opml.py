"""import opml, export opml: lists of feeds from and for other readers."""

from datetime import UTC, datetime
from pathlib import Path

import click

from scraper.cli.terminal.files import binary_output, read_input
from scraper.cli.terminal.options import config_file, config_option, read_config
from scraper.cli.terminal.output import counted, note
from scraper.opml import read_opml, write_opml
from scraper.subscriptions import add_feeds


@click.command("opml")
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@config_option
def import_opml(file: Path, *, config_path: Path | None) -> int:
    """Append the feeds of an OPML list to the settings, each with its folder.

    Feeds that are there already are counted and left as they are. Outlines that cannot be read are named with their
    line, and the exit status is 1.
    """
    path = config_file(config_path)
    name = "standard input" if str(file) == "-" else str(file)
    outlines = read_opml(read_input(file), source=name)
    for problem in outlines.problems:
        note(f"{name}: {problem}")
    result = add_feeds(path, outlines.feeds)
    note(
        f"{path}: {counted(len(result.feeds), 'feed')} added, {len(result.known)} there already"
        + (f", {len(outlines.problems)} not understood." if outlines.problems else ".")
    )
    return 1 if outlines.problems else 0


@click.command("opml")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--title", default="Feeds", show_default=True, help="Title of the list.")
@config_option
def export_opml(file: Path | None, *, title: str, config_path: Path | None) -> None:
    """Write the feeds of the settings as an OPML 2.0 list, to FILE or to standard output."""
    feeds = read_config(config_path, required=True).feeds
    document = write_opml(feeds, title=title, created_at=datetime.now(UTC))
    with binary_output(file) as out:
        out.write(document)
    if file is not None and str(file) != "-":
        note(f"{file}: {counted(len(feeds), 'feed')} written.")
