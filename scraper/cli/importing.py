"""import: what comes from elsewhere, one command a kind."""

import click

from scraper.cli.groups import LazyGroup

_KINDS = {
    "opml": "opml:import_opml",
}


@click.group("import", cls=LazyGroup, table=_KINDS)
def import_() -> None:
    """Take in what other programs wrote."""
