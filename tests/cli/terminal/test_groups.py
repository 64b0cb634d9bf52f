"""Groups of commands: their help is there at once, and every command in it can be called."""

import subprocess
import sys

import click
import pytest
from click.shell_completion import ShellComplete

from scraper.cli.main import cli, run
from scraper.cli.terminal.groups import LazyGroup
from tests.conftest import ROOT

GROUPS = [
    command
    for command in (cli, *(cli.get_command(click.Context(cli), name) for name in ("import", "export", "rules")))
    if isinstance(command, LazyGroup)
]


@pytest.mark.parametrize("group", GROUPS, ids=[str(group.name) for group in GROUPS])
def test_every_command_is_found_under_its_own_name(group: LazyGroup) -> None:
    context = click.Context(group)
    names = group.list_commands(context)

    assert len(names) > 2
    for name in names:
        command = group.get_command(context, name)
        assert command is not None
        assert command.name == name


def test_an_unknown_name_is_none() -> None:
    assert cli.get_command(click.Context(cli), "crwl") is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [("feed", "No such command 'feed'; did you mean 'feeds'?"), ("qqq", "No such command 'qqq'.")],
)
def test_a_slip_is_told_with_what_may_be_meant(typed: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([typed]) == 2
    assert told in capsys.readouterr().err


def test_a_shell_completes_what_is_known_and_is_silent_on_slips() -> None:
    shell = ShellComplete(cli, {}, "scraper", "_SCRAPER_COMPLETE")

    assert "--now" in [item.value for item in shell.get_completions(["crawl"], "--")]
    assert "--now" not in [item.value for item in shell.get_completions(["krawl"], "--")]


def test_help_loads_neither_the_network_nor_the_extractor() -> None:
    asked = (
        "import sys; from scraper.cli.main import run; run(['--help']); print({'lxml', 'requests'} & {*sys.modules})"
    )

    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.splitlines()[-1] == "set()"
