"""export markdown, html: articles as files for people, one each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from scraper.archiver.export.pages import file_stem, front_matter, html_page
from scraper.archiver.records import StoredArticle
from scraper.cli.terminal.files import text_output, written_to
from scraper.cli.terminal.options import config_option, db_option, open_archive, stored_article
from scraper.cli.terminal.selecting import filters_from, selected, selection_options
from scraper.errors import UsageError
from scraper.extractor.markdown import to_markdown

_KEYS = click.argument("keys", metavar="[ID|URL]...", nargs=-1)
_OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="A file for one article; for several a folder, in which each gets a file of its own.",
)


@click.command()
@_KEYS
@selection_options
@_OUTPUT
@config_option
@db_option
def markdown(keys: tuple[str, ...], **options: Any) -> None:
    """Export articles as Markdown with YAML front matter: those named, or those selected."""
    _export(keys, options, ".md", lambda article: front_matter(article) + to_markdown(article))


@click.command()
@_KEYS
@selection_options
@_OUTPUT
@config_option
@db_option
def html(keys: tuple[str, ...], **options: Any) -> None:
    """Export articles as HTML pages that stand alone and ask no network: those named, or those selected."""
    _export(keys, options, ".html", html_page)


def _export(
    keys: tuple[str, ...], options: dict[str, Any], ending: str, render: Callable[[StoredArticle], str]
) -> None:
    if keys and filters_from(options):
        raise UsageError("Name articles or select them, not both.")
    output: Path | None = options["output"]
    with open_archive(options["config_path"], options["db_path"]) as archive:
        filters = selected(archive, options)
        if len(keys) == 1 and not (output and output.is_dir()):
            with text_output(output) as out:
                out.write(render(stored_article(archive, keys[0])))
            return
        articles = (stored_article(archive, key) for key in keys) if keys else archive.articles(**filters)
        if output is None or str(output) == "-" or output.is_file():
            raise UsageError("Several articles need a folder: --output FOLDER")
        with written_to(output):
            output.mkdir(parents=True, exist_ok=True)
        for article in articles:
            with text_output(output / f"{file_stem(article)}{ending}") as out:
                out.write(render(article))
