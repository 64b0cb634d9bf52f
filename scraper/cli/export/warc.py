"""export warc: the raw pages of articles, for replay tools and other archives."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from scraper.archiver.export.warc import write_warc
from scraper.cli.terminal.files import binary_output
from scraper.cli.terminal.options import config_option, db_option, open_archive
from scraper.cli.terminal.output import counted, note
from scraper.cli.terminal.selecting import selected, selection_options
from scraper.errors import UsageError


@click.command()
@selection_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    metavar="FILE.warc.gz",
    help="The file, which appears when it is whole; - is standard output.",
)
@config_option
@db_option
def warc(*, output: Path, config_path: Path | None, db_path: Path | None, **options: Any) -> None:
    """Export the raw pages of articles, of every version, as WARC/1.1.

    Each comes with its headers and the redirects that led to it; pywb and its like replay them, and `scraper import
    warc` takes them back. Needs the extra `warc`: pip install 'scraper[warc]'
    """
    if output.suffix != ".gz" and str(output) != "-":
        raise UsageError("Each record is compressed by itself: name a file that ends in .warc.gz.")
    with open_archive(config_path, db_path) as archive, binary_output(output) as out:
        name = "pages.warc.gz" if str(output) == "-" else output.name
        count = write_warc(archive.pages(**selected(archive, options)), out, name=name, now=datetime.now(UTC))
    if sys.stderr.isatty():
        note(f"{counted(count, 'page')} written to {output}.")
