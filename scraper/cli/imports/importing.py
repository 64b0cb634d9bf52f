"""import: what comes from elsewhere, one command a kind."""

import click

from scraper.cli.terminal.groups import LazyGroup

_KINDS = {
    "opml": "settings.opml:import_opml",
    "warc": "imports.pages",
    "html": "imports.pages",
    "urls": "imports.pages",
    "jsonl": "imports.stories",
    "archive": "imports.stories",
}


@click.group("import", cls=LazyGroup, table=_KINDS)
def import_() -> None:
    """Take in what other programs wrote."""
