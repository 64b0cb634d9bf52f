"""delete: articles for good, after a look at what would go."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from scraper.archiver.archive import Archive
from scraper.archiver.care.deletion import Deletion, DoomedArticle
from scraper.archiver.lock import run_lock
from scraper.cli.terminal.options import config_option, db_option, existing_archive, json_option, read_config
from scraper.cli.terminal.output import counted, data, json_data, note, safe
from scraper.cli.terminal.selecting import filters_from, selected, selection_options
from scraper.errors import UsageError
from scraper.plain import fields_of
from scraper.urls import InvalidUrlError

_SHOWN = 20


@click.command()
@click.argument("urls", metavar="[URL]...", nargs=-1)
@selection_options
@click.option("--reason", help="Why, for those who ask later; kept with the address.")
@click.option("--dry-run", is_flag=True, help="Only show what would go.")
@click.option("--yes", is_flag=True, help="Do not ask back.")
@json_option
@config_option
@db_option
def delete(
    urls: tuple[str, ...],
    *,
    reason: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    config_path: Path | None,
    db_path: Path | None,
    **options: Any,
) -> None:
    """Delete articles for good: those at URL..., or all that the options select.

    Every version, link, count, picture and raw page of them goes. Their addresses are remembered, so that no feed,
    link or import brings them back; only `scraper fetch --save URL`, by hand, does.
    """
    filters = filters_from(options)
    if bool(urls) == bool(set(filters) - {"limit"}):
        raise UsageError("Name the URLs to delete, or what to select, such as --site HOST or --until DATE; not both.")
    path = existing_archive(db_path, read_config(config_path))
    try:
        with run_lock(path), Archive(path, create=False) as archive:
            selected(archive, options)
            plan = archive.delete(urls, now=datetime.now(UTC), dry_run=True, **filters)
            if dry_run or not _is_agreed(plan, yes=yes, quiet=as_json):
                _tell(plan, as_json=as_json, dry_run=True)
                return
            done = archive.delete(urls, now=datetime.now(UTC), reason=reason, **filters)
    except InvalidUrlError as error:
        raise UsageError(f"Cannot delete that: {error}.") from error
    _tell(done, as_json=as_json, dry_run=False)


def _is_agreed(plan: Deletion, *, yes: bool, quiet: bool) -> bool:
    """Whether there is something to delete and whoever asked for it means it."""
    if not plan.articles and not plan.places:
        return False
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(f"{_sum(plan)} would be deleted for good. Say --yes to do it, or --dry-run to see which.")
    if not quiet:
        _list(plan)
    click.confirm(f"Delete {_sum(plan)} for good?", abort=True, err=True)
    return True


def _tell(deletion: Deletion, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        json_data({"dry_run": dry_run, **fields_of(deletion)})
    elif dry_run:
        _list(deletion)
        note(f"{_sum(deletion)} would be deleted." if deletion.articles or deletion.places else "Nothing to delete.")
    elif not deletion.articles:
        note(f"No article was there. {counted(deletion.places, 'address')} kept out from now on.")
    else:
        freed = f", with {counted(deletion.pages, 'raw page')} of {deletion.stored_bytes:,} bytes"
        note(f"Deleted {_sum(deletion)}{freed}. They stay out: {counted(deletion.places, 'address')} remembered.")
        note("`scraper db vacuum` gives the space back to the disk.")


def _list(plan: Deletion) -> None:
    for article in plan.doomed[:_SHOWN]:
        data(_line(article))
    if len(plan.doomed) > _SHOWN:
        note(f"… and {len(plan.doomed) - _SHOWN:,} more; --json lists all.")


def _line(article: DoomedArticle) -> str:
    day = (article.published or "no date")[:10]
    return f"{article.id}  {day}  {safe(article.title or '(no title)')}  {safe(article.url)}"


def _sum(plan: Deletion) -> str:
    if not plan.articles:
        return f"No article (but {counted(plan.places, 'address')} to be kept out)"
    return f"{counted(plan.articles, 'article')} in {counted(plan.versions, 'version')}"
