"""Groups whose commands are imported when they are called: the network and the extractor cost half a second to load."""

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click


class LazyGroup(click.Group):
    """Commands by name, each with the module of this package that holds it, in the order of --help.

    ``"opml:import_opml"`` names the function too, where it is not called as the command is (`import` is `import_`).
    """

    def __init__(self, *arguments: Any, table: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._table:
            return None
        module, _, name = self._table[cmd_name].partition(":")
        if not name:
            name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"scraper.cli.{module}"), name)
        return command
