"""export: what goes elsewhere, one command a form."""

import click

from scraper.cli.terminal.groups import Entry, LazyGroup

_FORMS = {
    "csv": Entry("export.tables", "Articles, or any query, as CSV (RFC 4180)."),
    "jsonl": Entry("export.tables", "Whole stories as JSON Lines, or any query."),
    "parquet": Entry("export.tables", "Articles, or any query, for DuckDB, pandas and the like."),
    "rss": Entry("export.syndicating", "Articles as a feed: RSS 2.0."),
    "atom": Entry("export.syndicating", "Articles as a feed: Atom (RFC 4287)."),
    "jsonfeed": Entry("export.syndicating", "Articles as a feed: JSON Feed 1.1."),
    "markdown": Entry("export.pages", "Articles as Markdown with front matter."),
    "html": Entry("export.pages", "Articles as HTML pages that stand alone."),
    "warc": Entry("export.warc", "Raw pages, every version, as WARC/1.1."),
    "opml": Entry("settings.opml:export_opml", "The feeds of the settings as OPML 2.0."),
}


@click.group(cls=LazyGroup, table=_FORMS)
def export() -> None:
    """Write what is kept here for other programs."""
