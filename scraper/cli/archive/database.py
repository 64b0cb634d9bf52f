"""db: check, back up, restore and shrink an archive."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from scraper.archiver.care import backups, checking, vacuuming
from scraper.archiver.care.checking import CheckReport
from scraper.archiver.care.retention import PageRetention
from scraper.cli.terminal.options import (
    archive_path,
    config_option,
    db_option,
    existing_archive,
    json_option,
    read_config,
)
from scraper.cli.terminal.output import counted, data, json_data, note, safe
from scraper.errors import ArchiveError, UsageError
from scraper.plain import fields_of

_SAMPLE = 1_000
_ALL = 10**9


@click.group()
def db() -> None:
    """Take care of the archive: check it, back it up, restore it, make it smaller."""


@db.command(short_help="Look for damage, and say what to do.")
@click.option("--all", "everything", is_flag=True, help="Read every raw page and text, not a sample.")
@click.option(
    "--sample",
    type=click.IntRange(0, _ALL),
    default=_SAMPLE,
    show_default=True,
    help="How many raw pages, and how many texts, are read and compared with their hashes.",
)
@json_option
@config_option
@db_option
def check(*, everything: bool, sample: int, as_json: bool, config_path: Path | None, db_path: Path | None) -> int:
    """Look for everything that can be wrong with the archive, and say what to do.

    The file's structure, references, the search index, orphans of every kind, the hashes of raw pages and texts.
    Exit status 4 where it is damaged. Readers and runs go on meanwhile.
    """
    path = existing_archive(db_path, read_config(config_path))
    report = checking.check(path, sample=None if everything else sample)
    if as_json:
        json_data({"archive": path, "damaged": report.is_damaged, **fields_of(report)})
    else:
        _print_report(path, report)
    return ArchiveError.exit_code if report.is_damaged else 0


@db.command(short_help="Copy the archive while it is in use, and verify the copy.")
@click.argument("to", required=False, type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@json_option
@config_option
@db_option
def backup(to: Path | None, *, force: bool, as_json: bool, config_path: Path | None, db_path: Path | None) -> None:
    """Copy the archive to the file or folder TO, beside itself where none is named, and verify the copy.

    A crawl may go on writing: the copy is the archive as it was at one moment.
    """
    made = backups.back_up(existing_archive(db_path, read_config(config_path)), to, datetime.now(UTC), force=force)
    if as_json:
        json_data(made)
        return
    data(safe(made.path))
    note(f"{counted(made.rows['article_records'], 'article')} in {made.size_bytes:,} bytes, verified.")


@db.command(short_help="Put a backup into the archive's place.")
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask back.")
@json_option
@config_option
@db_option
def restore(source: Path, *, yes: bool, as_json: bool, config_path: Path | None, db_path: Path | None) -> None:
    """Put the backup FROM into the archive's place; what was there is kept beside it."""
    path = archive_path(db_path, read_config(config_path))
    if path.exists() and not yes:
        if not sys.stdin.isatty():
            raise UsageError(f"{path} would be replaced, and kept under another name. Say --yes to do it.")
        click.confirm(f"Replace {path} by {source}?", abort=True, err=True)
    done = backups.restore(path, source, datetime.now(UTC))
    if as_json:
        json_data(done)
        return
    note(f"{done.path} holds {counted(done.articles, 'article')} of {done.source} again.")
    if done.replaced:
        note(f"What was there before is {done.replaced}.")


@db.command(short_help="Drop what nothing needs, and shrink the file.")
@json_option
@config_option
@db_option
def vacuum(*, as_json: bool, config_path: Path | None, db_path: Path | None) -> None:
    """Drop raw pages that the settings let go and whatever nothing refers to, and give the space back to the disk.

    Which raw pages are kept is set by keep_page_versions and keep_page_days in [archive]. Records and texts stay.
    """
    config = read_config(config_path)
    path, settings = existing_archive(db_path, config), config.archive
    retention = PageRetention(versions=settings.keep_page_versions, days=settings.keep_page_days)
    done = vacuuming.vacuum(path, retention, datetime.now(UTC))
    if as_json:
        json_data(done)
        return
    data(f"{done.before_bytes:,} bytes before, {done.after_bytes:,} after")
    note(f"{counted(done.pages, 'raw page')} and {counted(done.bodies + done.orphans, 'other leftover')} dropped.")
    if done.search_was_rebuilt:
        note("The search index was not in step with the texts, and was built anew.")


def _print_report(path: Path, report: CheckReport) -> None:
    for finding in report.findings:
        mark = "damage" if finding.is_damage else "untidy"
        named = f" ({', '.join(finding.examples)}{', …' if finding.has_others else ''})"
        data(safe(f"{mark}: {finding.message}: {finding.count:,}{named if finding.examples else ''}"))
        data(safe(f"  {finding.cure}"))
    for line in report.notes:
        note(f"Note: {line}")
    pages, texts = counted(report.pages_checked, "raw page"), counted(report.texts_checked, "text")
    looked = f"{counted(report.articles, 'article')}, {pages}, {texts} looked at"
    verdict = "is damaged" if report.is_damaged else "is well"
    note(f"{path} {verdict}: {looked}.")
