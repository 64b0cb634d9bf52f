"""rules: what is known of sites, CMS and themes: listed, put to the test, and proposed for a page."""

import click

from scraper.cli.groups import LazyGroup

_COMMANDS = {"list": "rule_lists:list_rules", "check": "rule_lists", "suggest": "rule_suggestions"}


@click.group(cls=LazyGroup, table=_COMMANDS)
def rules() -> None:
    """Rules for sites: list them, test them on archived pages, have one proposed."""
