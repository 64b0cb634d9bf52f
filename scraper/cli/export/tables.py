"""export csv, jsonl, parquet: the articles, or the rows of any query, for spreadsheets and programs."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from scraper.archiver.archive import Archive
from scraper.archiver.export.parquet import write_monthly_parquet, write_parquet
from scraper.archiver.export.tables import as_documents, write_csv, write_json_lines
from scraper.archiver.store.database import Table
from scraper.archiver.stories.document import document_of
from scraper.cli.terminal.files import output_option, text_output, written_to
from scraper.cli.terminal.options import config_option, db_option, open_archive
from scraper.cli.terminal.output import note
from scraper.cli.terminal.selecting import filters_from, selected, selection_options
from scraper.errors import UsageError

_COLUMNS = tuple(
    "id url site site_name title subtitle published published_precision published_on modified authors category "
    "categories tags feed language word_count comment_count view_count paywalled summary body version_count "
    "first_seen_at changed_at".split()
)
"""What a spreadsheet gets: a column for each field, the body as plain text."""

_TYPED_COLUMNS = tuple(
    "id url site site_name title subtitle published published_precision published_offset_minutes published_on modified "
    "authors_json category categories_json tags_json feeds_json language word_count comment_count view_count paywalled "
    "summary body captions_json version_count first_seen_at changed_at extractor".split()
)
"""The same where a cell may hold a list."""

_QUERY = click.option(
    "--sql", metavar="QUERY", help="Export the rows of this query instead; @FILE reads it from a file."
)
_PICK = click.option("--columns", metavar="A,B,...", help="Only these columns of the view `articles`, in this order.")


@click.command()
@selection_options
@_PICK
@_QUERY
@click.option("--raw", is_flag=True, help="Leave cells alone that a spreadsheet would run as formulas.")
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, without which Excel does not see UTF-8.")
@output_option
@config_option
@db_option
def csv(*, raw: bool, bom: bool, output: Path | None, **options: Any) -> None:
    """Export articles as CSV (RFC 4180): one row each, or the rows of a query.

    Text that a spreadsheet would take for a formula begins with ' unless --raw is given.
    """
    with _archive(options) as archive, text_output(output, encoding="utf-8-sig" if bom else "utf-8") as out:
        count = write_csv(_table(archive, options, _COLUMNS), out, raw=raw)
    _say(count, output)


@click.command()
@selection_options
@_QUERY
@output_option
@config_option
@db_option
def jsonl(*, output: Path | None, **options: Any) -> None:
    """Export articles as JSON Lines: a whole story a line, or the rows of a query.

    A line holds all that is known of an article but its raw pages; `scraper import jsonl` reads it back exactly.
    """
    with _archive(options) as archive, text_output(output) as out:
        if options["sql"]:
            count = write_json_lines(as_documents(_query(archive, options["sql"])), out)
        else:
            count = write_json_lines(map(document_of, archive.stories(**selected(archive, options))), out)
    _say(count, output)


@click.command()
@selection_options
@_PICK
@_QUERY
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="A file ending in .parquet, or a folder, which gets a file a month (month=2026-11/articles.parquet).",
)
@config_option
@db_option
def parquet(*, output: Path, **options: Any) -> None:
    """Export articles as Parquet, for DuckDB, pandas and the like: times, days and lists keep their types.

    Needs the extra `parquet`: pip install 'scraper[parquet]'
    """
    columns = _columns(options, _TYPED_COLUMNS)
    is_file = output.suffix == ".parquet"
    if not is_file and (options["sql"] or "published" not in columns):
        raise UsageError("A folder of months is made of articles with the column `published`. Name a .parquet file.")
    with _archive(options) as archive, written_to(output):
        table = _table(archive, options, _TYPED_COLUMNS)
        count = write_parquet(table, output) if is_file else write_monthly_parquet(table, output)
    _say(count, output)


def _archive(options: dict[str, Any]) -> Archive:
    return open_archive(options["config_path"], options["db_path"])


def _table(archive: Archive, options: dict[str, Any], columns: Sequence[str]) -> Table:
    """What is to be written: the rows of --sql, else the articles selected."""
    if options["sql"]:
        if filters_from(options) or options.get("columns"):
            raise UsageError("--sql selects by itself: leave out --columns, --site, --limit and the like.")
        return _query(archive, options["sql"])
    return archive.article_table(_columns(options, columns), **selected(archive, options))


def _query(archive: Archive, sql: str) -> Table:
    if sql.startswith("@"):
        try:
            sql = Path(sql[1:]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{sql[1:]} cannot be read: {error}") from error
    try:
        return archive.table(sql)
    except ValueError as error:
        raise UsageError(f"SQLite does not take the query: {error}") from error


def _columns(options: dict[str, Any], default: Sequence[str]) -> Sequence[str]:
    given = options.get("columns")
    return [name.strip() for name in given.split(",") if name.strip()] if given else default


def _say(count: int, output: Path | None) -> None:
    if output is not None and sys.stderr.isatty():
        note(f"{count} rows written to {output}.")
