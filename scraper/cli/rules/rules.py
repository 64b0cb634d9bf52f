"""rules: what is known of sites, CMS and themes: listed, put to the test, and proposed for a page."""

import click

from scraper.cli.terminal.groups import LazyGroup

_COMMANDS = {"list": "rules.lists:list_rules", "check": "rules.lists", "suggest": "rules.suggestions"}


@click.group(cls=LazyGroup, table=_COMMANDS)
def rules() -> None:
    """Rules for sites: list them, test them on archived pages, have one proposed."""
