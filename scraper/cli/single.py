"""fetch and extract: one page, one clean record."""

from pathlib import Path

import click

from scraper.cli.options import archive_path, config_option, db_option, read_config
from scraper.cli.output import data, json_data, safe_lines
from scraper.cli.render import article_text
from scraper.errors import UsageError
from scraper.extractor.extract import extract as extract_record
from scraper.extractor.markdown import to_markdown
from scraper.pipeline.fetch import fetch as fetch_record
from scraper.pipeline.fetch import fetch_and_save
from scraper.plain import article_data
from scraper.records import Article

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text", "markdown"]),
    default="json",
    show_default=True,
    help="How the record is printed.",
)


@click.command()
@click.argument("url")
@click.option("--save", is_flag=True, help="Store it in the archive, as a crawl would.")
@format_option
@config_option
@db_option
def fetch(url: str, *, save: bool, form: str, config_path: Path | None, db_path: Path | None) -> None:
    """Fetch the page at URL and print its record."""
    config = read_config(config_path)
    article = fetch_and_save(url, config, archive_path(db_path, config)) if save else fetch_record(url, config)
    print_article(article, form)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", help="Where the page came from: makes its links absolute and helps to date it.")
@format_option
@config_option
def extract(file: Path, *, url: str | None, form: str, config_path: Path | None) -> None:
    """Print the record of a page in FILE (or - for standard input), without touching the network."""
    rules = read_config(config_path).sites
    print_article(extract_record(_read(file), url, rules=rules), form)


def print_article(article: Article, form: str) -> None:
    """Print a record in one of the forms of --format."""
    if form == "json":
        json_data(article_data(article))
    else:
        data(safe_lines(to_markdown(article)) if form == "markdown" else article_text(article))


def _read(file: Path) -> bytes:
    if str(file) == "-":
        return click.get_binary_stream("stdin").read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
