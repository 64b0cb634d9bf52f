"""Groups whose commands are imported when they are called: the network and the extractor cost a second to load."""

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any, NamedTuple

import click

from scraper.text import did_you_mean


class Entry(NamedTuple):
    """A command of a group: the module of `scraper.cli` that holds it, and what its group's --help says of it.

    ``"settings.opml:import_opml"`` names the function too, where it is not called as the command is.
    """

    place: str
    summary: str


class LazyGroup(click.Group):
    """Commands by name, in the order of --help, which is printed without loading any of them."""

    def __init__(self, *arguments: Any, table: Mapping[str, Entry], **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._table:
            return None
        module, _, name = self._table[cmd_name].place.partition(":")
        if not name:
            name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"scraper.cli.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        # A shell that completes a line half typed is told nothing.
        if name not in self._table and not name.startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"No such command {name!r}{did_you_mean(name, self._table) or '.'}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self._table.items()])
