"""rules: what is known of sites, CMS and themes: listed, put to the test, and proposed for a page."""

import click

from scraper.cli.terminal.groups import Entry, LazyGroup

_COMMANDS = {
    "list": Entry("rules.lists:list_rules", "Every rule in order of precedence."),
    "check": Entry("rules.lists", "Test rules on their own examples and archived pages."),
    "suggest": Entry("rules.suggestions", "Propose selectors for a page."),
}


@click.group(cls=LazyGroup, table=_COMMANDS)
def rules() -> None:
    """Rules for sites: list them, test them on archived pages, have one proposed."""
