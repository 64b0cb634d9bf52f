"""fetch and extract: one page, one clean record; many pages, a line for each."""

import re
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from itertools import chain, islice
from pathlib import Path
from shlex import quote

import click

from scraper.cli.crawl.explanation import print_explanation
from scraper.cli.terminal.files import read_input
from scraper.cli.terminal.options import archive_path, config_option, db_option, json_option, read_config
from scraper.cli.terminal.output import json_text, note
from scraper.cli.terminal.render import format_option, print_article
from scraper.cli.terminal.workers import chosen_workers, workers_options
from scraper.errors import UsageError
from scraper.extractor.extract import extract as extract_record
from scraper.pipeline.bulk import usable_cores
from scraper.pipeline.fetch import fetch as fetch_record
from scraper.pipeline.fetch import fetch_and_save
from scraper.pipeline.pages.batch import extract_files, page_files
from scraper.pipeline.pages.signatures import why_no_page
from scraper.settings import Config

# Fewer files than this are done before other processes have started.
_FEW = 64


@click.command()
@click.argument("url")
@click.option("--save", is_flag=True, help="Store it in the archive, as a crawl would.")
@format_option
@json_option
@config_option
@db_option
def fetch(url: str, *, save: bool, form: str, as_json: bool, config_path: Path | None, db_path: Path | None) -> None:
    """Fetch the page at URL and print its record. https:// may be left out."""
    config = read_config(config_path)
    url = _address(url)
    if save:
        article = fetch_and_save(url, config, archive_path(db_path, config), tell=note)
    else:
        article = fetch_record(url, config)
    print_article(article, "json" if as_json else form)


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", help="Where the page came from: makes its links absolute and helps to date it.")
@workers_options
@click.option("--explain", is_flag=True, help="Show instead why the page was read so: rules, kind, each passage.")
@format_option
@json_option
@config_option
def extract(
    files: tuple[Path, ...],
    *,
    url: str | None,
    jobs: int | None,
    executor: str | None,
    explain: bool,
    form: str,
    as_json: bool,
    config_path: Path | None,
) -> int:
    """Print the records of the pages in FILE..., without touching the network.

    One file (or - for standard input) gives one record. Several files, or a folder with everything below it, give
    JSON Lines: a record a line in the order of the files, each with the name of its file. Files that cannot be read
    are named on standard error, and the exit status is 1.
    """
    config = read_config(config_path)
    rules = config.sites
    if len(files) > 1 or files[0].is_dir():
        if url or explain or form != "json" or Path("-") in files:
            raise UsageError("--url, --explain, --format and standard input are for one page, not for many.")
        return _extract_many(files, config, jobs, executor)
    if executor is not None:
        raise UsageError("--executor is for many pages.")
    page = read_input(files[0])
    if why := why_no_page(page):
        raise UsageError(f"{'Standard input' if files[0] == Path('-') else files[0]} {why}.")
    if explain:
        print_explanation(page, url, rules, as_json=as_json)
    else:
        print_article(extract_record(page, url, rules=rules), "json" if as_json else form)
    return 0


def _address(typed: str) -> str:
    """The address that a person typed or pasted, with its scheme. What begins with a host's name is one, as it is for
    `scraper add`; a file is none, and neither is a mail address.
    """
    typed = typed.strip()
    if "://" in typed:
        return typed
    if typed == "-" or Path(typed).is_file():
        raise UsageError(f"{typed} is no address. To read a saved page: scraper extract {quote(typed)}")
    if typed.startswith("//"):
        return f"https:{typed}"
    host = re.split(r"[/?#]", typed, maxsplit=1)[0]
    is_host = host.partition(":")[0] == "localhost" or ("." in host.strip(".") and "@" not in host)
    return f"https://{typed}" if is_host else typed


def _extract_many(paths: Sequence[Path], config: Config, jobs: int | None, executor: str | None) -> int:
    files = page_files(paths)
    first = list(islice(files, _FEW))
    status = 0
    seconds = config.crawl.extraction_seconds
    usual = partial(_usual_jobs, len(first))
    with (
        chosen_workers(jobs, executor, usual=usual, files=paths) as workers,
        closing(extract_files(chain(first, files), config.sites, workers=workers, seconds=seconds)) as records,
    ):
        for record in records:
            if record.json is not None:
                json_text(record.json)
            else:
                note(f"{record.file}: {record.error}")
                status = 1
    return status


def _usual_jobs(files: int) -> int:
    return 1 if files < _FEW else usable_cores()
