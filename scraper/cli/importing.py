"""import: what comes from elsewhere, one command a kind."""

import click

from scraper.cli.groups import LazyGroup

_KINDS = {
    "opml": "opml:import_opml",
    "warc": "importing_pages",
    "html": "importing_pages",
    "urls": "importing_pages",
    "jsonl": "story_imports",
    "archive": "story_imports",
}


@click.group("import", cls=LazyGroup, table=_KINDS)
def import_() -> None:
    """Take in what other programs wrote."""
