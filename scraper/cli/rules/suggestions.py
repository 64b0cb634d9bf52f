"""rules suggest: selectors proposed for a page, and a rule made of the best of them."""

import json
from pathlib import Path

import click

from scraper.archiver.reader import ArchiveReader
from scraper.cli.terminal.options import archive_path, config_option, db_option, json_option, read_config
from scraper.cli.terminal.output import data, json_data, safe, table
from scraper.errors import UsageError
from scraper.extractor.page.document import Document, parse
from scraper.extractor.profiles.suggesting import Proposal
from scraper.extractor.profiles.suggesting import suggest as propose
from scraper.pipeline.fetch import fetch_page
from scraper.records import Page
from scraper.settings import Config
from scraper.urls import InvalidUrlError, host_of, resolve

_OTHER_PAGES = 10
_SHOWN = 70


@click.command()
@click.argument("source", metavar="URL|FILE")
@click.option("--url", help="Where the page in FILE came from.")
@json_option
@config_option
@db_option
def suggest(source: str, *, url: str | None, as_json: bool, config_path: Path | None, db_path: Path | None) -> None:
    """Propose selectors for the page at URL or in FILE, show what each gives, and print a rule made of the best.

    A page that is archived is not fetched. Other archived pages of the site are asked too: a selector that finds
    nothing there is no good. Read the result before you use it: what scraper reads wrong it also proposes wrong.
    """
    config = read_config(config_path)
    page, others = _pages(source, url, config, archive_path(db_path, config))
    proposals = propose(page, others)
    if not proposals:
        raise UsageError(f"{source}: nothing was found on this page that a rule could point at.")
    if as_json:
        json_data({name: [_as_data(one) for one in found] for name, found in proposals.items()})
        return
    rows = (
        (name, one.selector, f"{one.elsewhere} of {len(others)}" if others else "", _short(one.gives))
        for name, found in proposals.items()
        for one in found
    )
    table(("field", "selector", "other pages", "gives here"), rows)
    data("")
    data(_rule({name: found[0] for name, found in proposals.items()}, page.url))


def _pages(source: str, url: str | None, config: Config, archive: Path) -> tuple[Document, list[Document]]:
    """The page, and other archived ones of its site."""
    file = Path(source)
    is_url = source.startswith(("http://", "https://"))
    if not is_url and not file.is_file():
        raise UsageError(f"{source} is neither a URL nor a file.")
    address = _resolved(source) if is_url else url
    others: list[Page] = []
    page: Page | None = None
    if archive.exists() and address:
        with ArchiveReader(archive) as reader:
            page = reader.rereader().page_at(address) if is_url else None
            others = list(reader.rereader().pages_of([host_of(address)], _OTHER_PAGES))
    if not is_url:
        here = parse(file.read_bytes(), url)
    else:
        page = page or fetch_page(source, config)
        here = _parsed(page)
    return here, [_parsed(other) for other in others if other.final_url != here.url]


def _resolved(url: str) -> str:
    try:
        return resolve(url)
    except InvalidUrlError as error:
        raise UsageError(f"Cannot fetch that: {error}.") from error


def _parsed(page: Page) -> Document:
    return parse(page.body, page.final_url, page.header("Content-Type"))


def _rule(best: dict[str, Proposal], url: str | None) -> str:
    host = host_of(url).removeprefix("www.") if url else "example.org"
    lines = ["[[sites]]", f"name = {json.dumps(host)}", f"hosts = [{json.dumps(host)}]", "", "[sites.fields]"]
    lines += [f"{name} = {json.dumps(str(proposal.selector))}" for name, proposal in best.items()]
    return "\n".join(map(safe, lines))


def _as_data(proposal: Proposal) -> dict[str, object]:
    return {"selector": str(proposal.selector), "gives": proposal.gives, "other_pages": proposal.elsewhere}


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
