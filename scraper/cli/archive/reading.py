"""search and show: what the archive holds."""

from pathlib import Path
from typing import Any

import click

from scraper.archiver.records import SearchHit
from scraper.cli.terminal.options import config_option, db_option, json_option, open_archive, stored_article
from scraper.cli.terminal.output import console, data, json_lines, note, safe
from scraper.cli.terminal.render import format_option, print_article
from scraper.cli.terminal.selecting import selected, selection_options


@click.command()
@click.argument("words", nargs=-1, required=True)
@selection_options
@json_option
@config_option
@db_option
def search(
    words: tuple[str, ...], *, as_json: bool, config_path: Path | None, db_path: Path | None, **options: Any
) -> None:
    """Find archived articles by WORDS, best first, 20 unless --limit says otherwise.

    All words must occur. "a phrase" in quotes, begin* for beginnings, -without, a OR b, title:word, NEAR(a b, 5) for
    words at most five apart; Mueller finds Müller, strasse finds Straße.
    """
    with open_archive(config_path, db_path) as archive:
        hits = archive.search(" ".join(words), **selected(archive, options))
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
@json_option
@config_option
@db_option
def show(key: str, *, form: str, as_json: bool, config_path: Path | None, db_path: Path | None) -> None:
    """Print an archived article by its ID or any URL that led to it."""
    with open_archive(config_path, db_path) as archive:
        article = stored_article(archive, key)
    print_article(article, "json" if as_json else form)


def _print_hit(hit: SearchHit) -> None:
    out = console()
    day = str(hit.published.day) if hit.published else "no date"
    out.print(safe(hit.title or "(no title)"), style="bold", markup=False)
    out.print(f"  {hit.id} · {day} · {safe(hit.site)}", style="dim", markup=False)
    out.print(f"  {safe(hit.snippet)}", markup=False)
    data(f"  {safe(hit.url)}")
