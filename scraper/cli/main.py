"""The `scraper` command: its groups, its version, and the one place where errors become messages and exit codes."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from scraper.cli.terminal.groups import Entry, LazyGroup
from scraper.cli.terminal.interrupts import INTERRUPTED
from scraper.cli.terminal.output import ReaderGoneError, note
from scraper.errors import ItemError, ScraperError
from scraper.version import VERSION

_FAULT = 1

_COMMANDS = {
    "init": Entry("settings.configuration", "Write a commented config.toml to start from."),
    "add": Entry("settings.adding", "Find the feeds behind any address, and follow them."),
    "feeds": Entry("settings.feeds", "List the feeds you follow; disable, rename or remove them."),
    "crawl": Entry("crawl.crawling", "Make one pass over what is due."),
    "backfill": Entry("crawl.backfilling", "Bring the past of a feed or a site."),
    "fetch": Entry("crawl.single", "Fetch one page and print its record."),
    "extract": Entry("crawl.single", "Print the records of saved pages, without the network."),
    "reextract": Entry("crawl.reextracting", "Read stored pages again with today's extractor and rules."),
    "rules": Entry("rules.rules", "List, test or propose rules for sites."),
    "search": Entry("archive.reading", "Find archived articles by words, best first."),
    "show": Entry("archive.reading", "Print an archived article."),
    "status": Entry("archive.health", "Show the health of every feed, worst first."),
    "why": Entry("archive.health", "Tell the whole story of an address."),
    "import": Entry("imports.importing", "Take in what other programs wrote."),
    "export": Entry("export.exporting", "Write what is kept here for other programs."),
    "report": Entry("report.reporting", "Draw the archive as one HTML page."),
    "serve": Entry("serve.serving", "Show the archive in the browser."),
    "diff": Entry("archive.comparing", "Show what changed in an article, word by word."),
    "delete": Entry("archive.deleting", "Delete articles for good."),
    "db": Entry("archive.database", "Check, back up, restore or shrink the archive."),
    "config": Entry("settings.configuration", "Check or show the settings."),
}
"""Every command, in the order of --help."""


@click.group(
    cls=LazyGroup, table=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(VERSION, prog_name="scraper")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def cli(debug: bool) -> None:
    """Keep a permanent, deduplicated, queryable archive of the articles behind a set of feeds.

    Data goes to standard output, everything else to standard error. Exit status: 0 all well; 1 some feed or page
    failed; 2 wrong usage or settings; 3 every source failed; 4 trouble with the archive; 75 another run is at work;
    130 interrupted.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status. No traceback without --debug."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(arguments, debug="--debug" in arguments))


def run(arguments: Sequence[str], *, debug: bool = False) -> int:
    """Run the command line and return its exit status."""
    _ready_streams()
    try:
        result = cli.main(args=list(arguments), prog_name="scraper", standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (ReaderGoneError, BrokenPipeError):
        # What is still buffered must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if debug:
            raise
        note(_told(error))
        return error.exit_code if isinstance(error, ScraperError) else _FAULT
    return result if isinstance(result, int) else 0


def _ready_streams() -> None:
    """Let nothing that is printed be an error: not in an old locale, nor where cron or a service closed the stream."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as the process
        getattr(sys, name).reconfigure(errors="backslashreplace")


def _told(error: Exception) -> str:
    """What went wrong in a line: with which address, where many may have been asked for; a bug as what it is."""
    if isinstance(error, ItemError):
        return f"{error.url}: {error.reason}: {error}"
    if isinstance(error, ScraperError):
        return str(error)
    if isinstance(error, OSError):
        return f"The system refuses: {error}"
    return f"A fault of scraper itself: {type(error).__name__}: {error}. To see where: scraper --debug ..."
