"""import: what comes from elsewhere, one command a kind."""

import click

from scraper.cli.terminal.groups import Entry, LazyGroup

_KINDS = {
    "opml": Entry("settings.opml:import_opml", "Feeds from another reader, into the settings."),
    "warc": Entry("imports.pages", "Articles in WARC or ARC files."),
    "html": Entry("imports.pages", "Articles in saved HTML files and folders."),
    "urls": Entry("imports.pages", "Addresses, one a line, for the next crawl."),
    "jsonl": Entry("imports.stories", "Articles from JSON Lines, ours or others'."),
    "archive": Entry("imports.stories", "Another archive, merged into this one."),
}


@click.group("import", cls=LazyGroup, table=_KINDS)
def import_() -> None:
    """Take in what other programs wrote."""
