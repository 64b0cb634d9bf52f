"""The sources behind an address: discovery over the network of one command. Nothing is stored."""

import re
from collections.abc import Callable
from threading import Event
from typing import Final

from scraper.crawler.discovery.ladder import Discovery
from scraper.crawler.discovery.ladder import discover as climb
from scraper.errors import UsageError
from scraper.pipeline.network import Network
from scraper.settings import Config
from scraper.urls import InvalidUrlError

_PASSWORD: Final = re.compile(r"[^/?#]*//[^/?#]*@")


def discover(
    typed: str,
    config: Config,
    *,
    thorough: bool = False,
    stop: Event | None = None,
    observe: Callable[[str], None] = lambda _: None,
) -> Discovery:
    """The feeds, sitemaps or list page behind what a person typed, best first.

    `thorough` looks for more where something was found already. `observe` is told each address before it is asked.
    Raises UsageError for what is no address, and an ItemError where it cannot be had.
    """
    if _PASSWORD.match(typed):
        hint = 'its host can have headers = { Authorization = "env:NAME" } in the settings'
        raise UsageError(f"The address holds a password, and settings are no place for one; {hint}.")
    with Network(config, stop=stop) as network:
        try:
            return climb(typed, network, max_entries=config.crawl.max_entries, thorough=thorough, observe=observe)
        except InvalidUrlError as error:
            raise UsageError(f"That is no address: {error}.") from error
