"""export: what goes elsewhere, one command a form."""

import click

from scraper.cli.terminal.groups import LazyGroup

_FORMS = {
    "csv": "export.tables",
    "jsonl": "export.tables",
    "parquet": "export.tables",
    "rss": "export.syndicating",
    "atom": "export.syndicating",
    "jsonfeed": "export.syndicating",
    "markdown": "export.pages",
    "html": "export.pages",
    "warc": "export.warc",
    "opml": "settings.opml:export_opml",
}


@click.group(cls=LazyGroup, table=_FORMS)
def export() -> None:
    """Write what is kept here for other programs."""
