"""search and show: what the archive holds."""

from pathlib import Path

import click

from scraper.archiver.archive import Archive
from scraper.archiver.records import SearchHit
from scraper.cli.options import archive_path, config_option, db_option, json_option, read_config
from scraper.cli.output import console, data, json_lines, note, safe
from scraper.cli.single import format_option, print_article
from scraper.errors import UsageError

_MOST_HITS = 1_000_000


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, _MOST_HITS), default=20, show_default=True, help="Most articles shown.")
@click.option("--site", help="Only articles of this site, such as example.org.")
@json_option
@config_option
@db_option
def search(
    words: tuple[str, ...],
    *,
    limit: int,
    site: str | None,
    as_json: bool,
    config_path: Path | None,
    db_path: Path | None,
) -> None:
    """Find archived articles by WORDS, best first.

    All words must occur. "a phrase" in quotes, begin* for beginnings; Mueller finds Müller, strasse finds Straße.
    """
    with open_archive(config_path, db_path) as archive:
        hits = archive.search(" ".join(words), limit=limit, site=site)
    if as_json:
        json_lines(hits)
        return
    for hit in hits:
        _print_hit(hit)
    if not hits:
        note("Nothing found.")


@click.command()
@click.argument("key", metavar="ID|URL")
@format_option
@config_option
@db_option
def show(key: str, *, form: str, config_path: Path | None, db_path: Path | None) -> None:
    """Print an archived article by its ID or any URL that led to it."""
    with open_archive(config_path, db_path) as archive:
        article = archive.get(int(key) if key.isascii() and key.isdigit() else key)
    if article is None:
        raise UsageError(f"The archive has no article {key}. To see why: scraper why URL")
    print_article(article, form)


def open_archive(config_path: Path | None, db_path: Path | None) -> Archive:
    """The archive, for reading. Raises UsageError where there is none yet."""
    path = archive_path(db_path, read_config(config_path))
    if not path.exists():
        raise UsageError(f"There is no archive {path} yet. Fill one with: scraper crawl")
    return Archive(path, read_only=True)


def _print_hit(hit: SearchHit) -> None:
    out = console()
    day = str(hit.published.day) if hit.published else "no date"
    out.print(safe(hit.title or "(no title)"), style="bold", markup=False)
    out.print(f"  {hit.id} · {day} · {safe(hit.site)}", style="dim", markup=False)
    out.print(f"  {safe(hit.snippet)}", markup=False)
    data(f"  {safe(hit.url)}")
