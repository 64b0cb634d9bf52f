"""export: what goes elsewhere, one command a form."""

import click

from scraper.cli.groups import LazyGroup

_FORMS = {
    "csv": "tables",
    "jsonl": "tables",
    "parquet": "tables",
    "rss": "syndicating",
    "atom": "syndicating",
    "jsonfeed": "syndicating",
    "markdown": "pages",
    "html": "pages",
    "warc": "exporting_warc",
    "opml": "opml:export_opml",
}


@click.group(cls=LazyGroup, table=_FORMS)
def export() -> None:
    """Write what is kept here for other programs."""
