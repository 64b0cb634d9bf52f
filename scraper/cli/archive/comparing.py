"""diff: what changed between two versions of an article."""

import sys
from pathlib import Path

import click
from rich.text import Text

from scraper.archiver.archive import Archive
from scraper.archiver.articles.comparing import Comparison
from scraper.archiver.articles.differences import Piece
from scraper.archiver.records import VersionRecord
from scraper.cli.archive.comparing_html import comparison_page
from scraper.cli.terminal.options import config_option, db_option, json_option, open_archive, stored_article
from scraper.cli.terminal.output import console, data, json_data, note, safe, safe_lines
from scraper.errors import UsageError
from scraper.plain import utc_text

_MARKS = {"equal": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
_STYLES = {"equal": "", "deleted": "red strike", "inserted": "green underline"}
# So much of an unchanged passage is shown beside a change, in characters.
_CONTEXT = 160


@click.command()
@click.argument("key", metavar="ID|URL")
@click.argument("old", metavar="[A", required=False, type=click.IntRange(min=1))
@click.argument("new", metavar="B]", required=False, type=click.IntRange(min=1))
@click.option("--full", is_flag=True, help="Show unchanged passages whole.")
@click.option("--html", "as_html", is_flag=True, help="Print one self-contained HTML page instead.")
@json_option
@config_option
@db_option
def diff(
    key: str,
    *,
    old: int | None,
    new: int | None,
    full: bool,
    as_html: bool,
    as_json: bool,
    config_path: Path | None,
    db_path: Path | None,
) -> None:
    """Show what changed in an article, word by word: between versions A and B, or between its last two.

    A alone is compared with the last one. In colours on a terminal; elsewhere [-what went-] and {+what came+}.
    """
    with open_archive(config_path, db_path) as archive:
        comparison = _compared(archive, key, old, new)
        shown = archive.history(comparison.url).shown
    if as_json:
        json_data(comparison)
    elif as_html:
        data(comparison_page(comparison))
    else:
        _print(comparison, full=full)
        if shown and shown[-1].seen_at > comparison.new.seen_at:
            note(f"Since {utc_text(shown[-1].seen_at)} the page shows version {shown[-1].version} again.")


def _compared(archive: Archive, key: str, old: int | None, new: int | None) -> Comparison:
    article = stored_article(archive, key)
    if article.version_count == 1 and old is None:
        raise UsageError(f"Article {article.id} has one version: it was never seen to change.")
    try:
        return archive.compare(article.id, old, new)
    except KeyError as error:
        raise UsageError(
            f"Article {article.id} has no version {error}; it has 1 to {article.version_count}."
        ) from error


def _print(comparison: Comparison, *, full: bool) -> None:
    colours = sys.stdout.isatty()
    data(safe(comparison.url))
    for sign, version in (("---", comparison.old), ("+++", comparison.new)):
        data(f"{sign} {_about(version)}")
    for change in comparison.changes:
        data(f"\n{change.field}:")
        pieces = change.pieces
        if not full:
            pieces = tuple(_shortened(piece, place, len(pieces)) for place, piece in enumerate(pieces))
        if colours:
            parts = [(safe_lines(piece.text), _STYLES[piece.change]) for piece in pieces]
            console().print(Text.assemble(*parts))
        else:
            data("".join(safe_lines(piece.text).join(_MARKS[piece.change]) for piece in pieces))
    if not comparison.changes:
        note("They do not differ.")


def _about(version: VersionRecord) -> str:
    kind = f"{version.kind} change" if version.kind else "first"
    silent = ", silent: no new modified date" if version.silent else ""
    return f"version {version.number} · {utc_text(version.seen_at)} · {kind}{silent} · {version.word_count:,} words"


def _shortened(piece: Piece, place: int, count: int) -> Piece:
    """An unchanged passage with only what stands next to a change."""
    text = piece.text
    if piece.change != "equal" or len(text) <= 2 * _CONTEXT + 3:
        return piece
    start = "" if place == 0 else text[:_CONTEXT].rsplit(" ", 1)[0] + " "
    end = "" if place == count - 1 else " " + text[-_CONTEXT:].split(" ", 1)[-1]
    return Piece("equal", f"{start}…{end}")
