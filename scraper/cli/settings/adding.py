"""add: from any address to its feed in the settings; shows what there is, asks, appends."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from scraper.cli.terminal.options import config_file, config_option, json_option, read_config
from scraper.cli.terminal.output import console, data, json_data, note, safe
from scraper.crawler.discovery.ladder import Discovery, spellings
from scraper.crawler.discovery.rhythm import in_words
from scraper.crawler.discovery.sources import Source, SourceKind
from scraper.errors import UsageError
from scraper.pipeline.discover import discover
from scraper.plain import fields_of
from scraper.settings import Config, FeedSettings
from scraper.subscriptions import add_feeds

_NOTHING_FOUND = 1
_UNDECIDED = 2
_MOST = 999


@click.command()
@click.argument("address", metavar="URL")
@click.option("--yes", is_flag=True, help="Take the best one without asking.")
@click.option("--pick", metavar="N,M", help="Take these, by their numbers.")
@click.option("--all", "take_all", is_flag=True, help="Take every feed.")
@click.option("--name", help="How to call it; the feed's own title by default.")
@click.option("--folder", help="Folder to list it in, such as News/Germany.")
@click.option("--thorough", is_flag=True, help="Look everywhere, also where a feed was found already.")
@json_option
@config_option
def add(
    address: str,
    *,
    yes: bool,
    pick: str | None,
    take_all: bool,
    name: str | None,
    folder: str | None,
    thorough: bool,
    as_json: bool,
    config_path: Path | None,
) -> int:
    """Find the feeds behind URL, any address at all, and append those you choose to the settings.

    URL may be a site, a section, an article, a profile, a channel or a feed, with or without https://. What is found
    is shown with its entries and its rhythm. With --json it is only shown. Exit status 1: nothing was found.
    """
    if sum((yes, take_all, pick is not None, as_json)) > 1:
        raise UsageError("--yes, --pick, --all and --json exclude one another.")
    if pick is not None:
        _numbers(pick, _MOST)
    config = read_config(config_path, required=not as_json)
    path = None if as_json else config_file(config_path)
    found = _searched(address, config, thorough=thorough)
    if as_json:
        json_data([{**fields_of(source), "rhythm": in_words(source.per_day)} for source in found.sources])
        return 0 if found.sources else _NOTHING_FOUND
    if not found.sources:
        _tell_misses(address, found)
        return _NOTHING_FOUND
    _tell_gone(address, found)
    for number, source in enumerate(found.sources, 1):
        _print_source(number, source)
    numbers = _chosen(found.sources, yes=yes, take_all=take_all, pick=pick)
    if numbers is None:
        note("Nothing was added. Choose with --yes (the first), --pick N,M or --all.")
        return _UNDECIDED
    if path is not None and numbers:
        _append(path, [found.sources[number - 1] for number in numbers], name=name, folder=folder)
    return 0


def _searched(address: str, config: Config, *, thorough: bool) -> Discovery:
    """The search itself, with the address that is being asked shown where somebody watches."""
    out = console(stderr=True)
    with out.status("looking") as status:

        def observe(url: str) -> None:
            status.update(safe(f"asking {url}").replace("[", "\\["))

        if not sys.stderr.isatty():
            status.stop()
        return discover(address, config, thorough=thorough, observe=observe)


def _print_source(number: int, source: Source) -> None:
    data(safe(f"{number:3}  {source.title or source.url}"))
    data(safe(f"     {source.url}"))
    data(safe(f"     {', '.join(_facts(source))}"))


def _facts(source: Source) -> Iterator[str]:
    kinds = {SourceKind.FEED: "feed", SourceKind.SITEMAP: "sitemap", SourceKind.PAGE: "list page"}
    yield kinds[source.kind] + (f" ({source.format})" if source.format else "")
    things = {SourceKind.FEED: "entries", SourceKind.SITEMAP: "addresses", SourceKind.PAGE: "links"}
    yield f"{source.entries} {things[source.kind]}"
    if source.newest_at is not None:
        yield f"newest {source.newest_at:%Y-%m-%d}"
    if (rhythm := in_words(source.per_day)) is not None:
        yield rhythm
    if source.language is not None:
        yield source.language
    yield source.found
    if source.same_as is not None:
        yield f"the same entries as {source.same_as}"


def _chosen(sources: Sequence[Source], *, yes: bool, take_all: bool, pick: str | None) -> list[int] | None:
    """The numbers of those to add; None where nobody said and nobody can be asked."""
    feeds = [n for n, source in enumerate(sources, 1) if source.kind is SourceKind.FEED]
    if take_all:
        return [n for n in feeds if sources[n - 1].same_as is None]
    if pick is not None:
        return _numbers(pick, len(sources))
    if yes:
        return [1]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    while True:
        answer = click.prompt(
            "Add which ones? Numbers such as 1,3; Enter for 1; 0 for none", default="1", show_default=False, err=True
        )
        try:
            return _numbers(answer, len(sources))
        except UsageError as error:
            note(str(error))


def _numbers(text: str, most: int) -> list[int]:
    words = text.replace(",", " ").split()
    if words == ["0"]:
        return []
    if not words or not all(word.isdecimal() and 1 <= int(word) <= most for word in words):
        raise UsageError(f"Not numbers from 1 to {most}: {text!r}. Write them such as 1,3.")
    return list(dict.fromkeys(map(int, words)))


def _append(path: Path, sources: Sequence[Source], *, name: str | None, folder: str | None) -> None:
    feeds = [
        FeedSettings(
            url=source.url,
            name=source.title or "",
            kind=source.kind.value,
            folder=folder,
            site_url=source.site_url,
        )
        for source in sources
    ]
    if name is not None:
        feeds[0] = replace(feeds[0], name=name)
    result = add_feeds(path, feeds)
    for feed in result.feeds:
        note(f"{path}: added {feed.name!r}, {feed.url}")
    for feed in result.known:
        note(f"{path}: has {feed.url} already.")
    if result.feeds:
        note("Fetch its articles with: scraper crawl")


def _tell_gone(address: str, found: Discovery) -> None:
    """Say where what is shown is not what was typed: a slip in a feed's address leads to the site's other feeds."""
    misses = dict(found.misses)
    asked = spellings(address)
    if all(url in misses for url in asked):
        note(f"{asked[-1]}: {misses[asked[-1]]}. This is what its site has:")


def _tell_misses(address: str, found: Discovery) -> None:
    note(f"No feed, no sitemap and no list of articles was found behind {address}.")
    for url, why in found.misses[:20]:
        note(f"  {url}: {why}")
