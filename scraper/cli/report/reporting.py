"""report: a picture of the archive, as one HTML file for people who would rather look."""

from datetime import UTC, datetime
from pathlib import Path

import click

from scraper.archiver.archive import Archive
from scraper.cli.report.answers import Questions, Scope
from scraper.cli.report.page import render
from scraper.cli.terminal.files import text_output
from scraper.cli.terminal.options import config_option, db_option, existing_archive, read_config
from scraper.cli.terminal.output import note
from scraper.cli.terminal.selecting import Moment


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("report.html"),
    show_default=True,
    help="Write to this file, which appears when it is whole; - for standard output.",
)
@click.option("--site", default="", help="Only this site, such as example.org.")
@click.option("--since", type=Moment(), help="Only what was published from this day on: 2026-11-01, 2026-11, 7d (ago).")
@click.option("--until", type=Moment(), help="Only what was published before this day, written alike.")
@click.option("--title", help="Headline of the report. Else the name of the archive.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    help="Most time for one figure; one that takes longer is left out and says so.",
)
@config_option
@db_option
def report(
    *,
    output: Path,
    site: str,
    since: datetime | None,
    until: datetime | None,
    title: str | None,
    seconds: float,
    config_path: Path | None,
    db_path: Path | None,
) -> None:
    """Draw the archive as one HTML file that needs no network.

    What was published when and where, what is read, what was edited silently, who copied whom, how feeds and fields
    are doing: each figure with the query behind it. Needs the extra `report`.
    """
    path = existing_archive(db_path, read_config(config_path))
    scope = Scope(
        site=site.lower().removeprefix("www."),
        since=since.date() if since else None,
        until=until.date() if until else None,
        seconds=seconds,
    )
    with Archive(path, read_only=True) as archive:
        page = render(
            Questions(archive, scope),
            title=title or ("The archive" if path.stem == "archive" else f"The archive {path.stem}"),
            made_at=datetime.now(UTC),
        )
    with text_output(output) as out:
        out.write(page)
    if str(output) != "-":
        note(f"{output}: {len(page.encode()) // 1000} kB. Open it in a browser.")
