"""init, config check, config show: the settings file made, checked and explained."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import click

from scraper.cli.terminal.options import CONFIG_NAME, config_option, json_option, read_config
from scraper.cli.terminal.output import counted, data, json_data, note
from scraper.errors import UsageError
from scraper.plain import fields_of


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
def init(folder: Path) -> None:
    """Write a commented config.toml into FOLDER (here by default). Never overwrites one."""
    target = folder / CONFIG_NAME
    text = files("scraper.cli").joinpath("config.toml").read_text(encoding="utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{target} exists and was left as it is.") from None
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error
    note(f"Wrote {target}. Choose your feeds in it, then run: scraper crawl")


@click.group()
def config() -> None:
    """Check or show the settings."""


@config.command(short_help="Report every problem in the settings at once.")
@config_option
def check(config_path: Path | None) -> None:
    """Report every problem in the settings at once; exit status 2 if there is one."""
    settings = read_config(config_path, required=True)
    feeds = sum(feed.enabled for feed in settings.feeds)
    hosts, rules = counted(len(settings.hosts), "host"), counted(len(settings.sites), "site rule")
    note(f"{settings.source}: all well. {counted(feeds, 'feed')}, {hosts}, {rules}.")


@config.command("show")
@config_option
@json_option
def show_config(config_path: Path | None, *, as_json: bool) -> None:
    """Print the settings in force, defaults included.

    What may be secret is not shown: the values of request headers, and of the webhook all but its host.
    """
    settings = read_config(config_path)
    shown = fields_of(settings)
    for host in shown["hosts"].values():
        host["headers"] = dict.fromkeys(host["headers"], "…")
    if settings.notify.webhook is not None:
        url = urlsplit(settings.notify.webhook)
        shown["notify"]["webhook"] = f"{url.scheme}://{url.hostname}/…"
    if as_json:
        json_data(shown)
        return
    data(f"# from {settings.source or 'the defaults: no config.toml was found'}")
    for section in ("archive", "crawl", "notify"):
        _section(f"[{section}]", shown[section])
    for name, host in shown["hosts"].items():
        _section(f'[hosts."{name}"]', host)
    for feed in shown["feeds"]:
        _section("[[feeds]]", feed)
    data(f"\n# {len(settings.sites)} site rules: {', '.join(rule.name for rule in settings.sites) or 'none'}")


def _section(title: str, values: Mapping[str, object]) -> None:
    data(f"\n{title}")
    for name, value in values.items():
        if value is None or value == {}:
            data(f"# {name} is not set")
        elif isinstance(value, dict):
            data(f"{name} = {{ {', '.join(f'{json.dumps(k)} = {json.dumps(v)}' for k, v in value.items())} }}")
        else:
            # JSON's text, numbers, booleans and lists are TOML's too.
            data(f"{name} = {json.dumps(value, ensure_ascii=False)}")
